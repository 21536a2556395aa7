"""联合督查 through real pages: from the yearly plan to the finding, from the conclusion to its review, and the hold."""

import pytest
from playwright.sync_api import expect

from organization.states import Role
from supervision.models import Finding, Inspection, Review, Worksheet
from tasks.models import Task
from tests.factories import organization
from tests.factories import supervision_correcting as ready
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.journeys.conftest import fill

pytestmark = pytest.mark.browser

TITLE, TOPIC = "城市内涝治理联合督查", "城市内涝治理"
FACT = "人民路下穿通道泵站未通电，台账却填写“已完成”"
PHOTO = {"name": "泵站现场照片说明.txt", "mimeType": "text/plain", "buffer": "配电箱无电".encode()}
SCHEME = {
    "content": "易涝点整治进度与质量", "scope": "中心城区12处易涝点", "discipline": "不陪同、不层层通知",
    "materials": "整治台账",
}  # fmt: skip


@pytest.fixture
def who(who):
    """The house, with somebody of a second body who inspects."""
    emergency = organization.department("市应急管理局", who.government)
    who.partner = organization.person(Role.INSPECTOR, emergency, "应急局组员")
    return who


def test_a_joint_inspection_goes_from_the_plan_to_a_finding_that_the_unit_accepts(team, who):
    plan, task = inspecting.plan(who), make.active(who)
    register(team, plan)
    inspection = Inspection.objects.get()
    man_and_approve(team, inspection, task)
    check_on_the_spot(team, inspection, task)
    find_and_accept(team, inspection, task)

    inspection, finding = make.fresh(inspection), Finding.objects.get()
    assert (inspection.plan_item, inspection.joint, inspection.state) == (plan.items.get(), True, "running")
    assert {member.body for member in inspection.members.all()} == {"市政府督查室", "市应急管理局"}
    assert (finding.state, finding.issued_by, finding.answered_by) == ("accepted", who.inspector, who.unit_head)
    assert len({inspection.registered_by_id, inspection.approved_by_id, finding.found_by_id}) == 3


def register(team, plan):
    officer = team("supervisor").goes_to("/inspections/").opens("年度计划").opens(str(plan.year)).opens("拟制督查")
    form = officer.page.locator("main form.form")
    expect(form.get_by_label("主题词")).to_have_value(TOPIC)
    fill_in(form, plan)
    officer.sends(form, "已拟制").reads("联合督查").reads(f"{plan.year}年度计划：{TOPIC}")


def fill_in(form, plan):
    fill(form, SCHEME | {
        "title": TITLE, "methods": ["开展检查、访谈、暗访", "调阅、复制相关资料"], "subject_kind": "上级和本级政府部署",
        "basis": "政府决定或行政首长指示", "basis_text": "市政府常务会议决定", "basis_document": "青政阅〔2026〕12号",
        "objects": "市水务局", "ends_on": inspecting.today().isoformat(), "joint": True,
    })  # fmt: skip


def man_and_approve(team, inspection, task):
    officer, address = team("supervisor"), inspection.get_absolute_url()
    today = inspecting.today().isoformat()
    for person, role, body in (("督查组员", "组长", "市政府督查室"), ("应急局组员", "成员", "市应急管理局")):
        joining = {"user": person, "role": role, "body": body, "trained_on": today, "pledged_on": today}
        officer.does("增加组员", **joining)
    officer.does("关联任务", tasks=str(task)).does("提请批准")
    leader = team("leader").goes_to(f"{address}?tab=schemes").reads("青政阅〔2026〕12号").reads("中心城区12处易涝点")
    leader.does("批准督查", comment="同意，注意减轻基层负担").reads("核验码")


def check_on_the_spot(team, inspection, task):
    address = inspection.get_absolute_url()
    head = team("inspector", width=390, height=844).goes_to("/inspections/").opens(TITLE).does("开始督查")
    head.turns_to("核查清单").page.locator(".entry").get_by_role("link", name="填写底稿").click()
    form = head.page.locator("main form.form")
    expect(form.get_by_label("对照的任务")).to_have_value(str(task.pk))
    fill(form, {"place": "人民路下穿通道", "fact": "泵站未通电", "result": "不符合", "object_note": "正在报装"})
    head.sends(form, "已填写底稿")
    head.goes_to(Worksheet.objects.get().get_absolute_url()).does("上传佐证", "已上传材料。", file=PHOTO, note="现场")
    head.reads("泵站现场照片说明.txt")
    assert head.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    head.goes_to(f"{address}?tab=checklist").reads("不符合")


def find_and_accept(team, inspection, task):
    head = team("inspector")
    head.does(
        "登记问题", department="市水务局", fact=FACT, basis="《实施方案》第三条", severity="较重", cause="力量不足",
        task=f"{task.number} {task.matter}", proofs=[f"{PHOTO['name']}（现场）"],
    )  # fmt: skip
    head.goes_to(f"{inspection.get_absolute_url()}?tab=findings")
    expect(head.page.locator("nav.tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
    head.opens(FACT[:10]).does("下达问题").reads("待单位答复")
    unit = team("unit_head").goes_to("/findings/").opens(FACT[:10]).reads("《实施方案》第三条")
    unit.does("认可问题", comment="属实，立即整改").reads("已认可")


def test_a_conclusion_is_received_and_looked_at_again_by_who_took_no_part(team, who):
    inspection = ready.inspected(who)
    ready.accepted(who, inspection)
    conclude(team, ready.reported(inspection))
    conclusion = inspection.conclusions.get()
    apply_and_review(team, conclusion)

    review = Review.objects.get()
    assert (review.state, review.decision, review.handler, review.decided_by) == (
        "decided", "changed", who.helper, who.leader,
    )  # fmt: skip
    conclusion = make.fresh(conclusion)
    assert (conclusion.state, conclusion.approved_by, conclusion.received_by) == ("changed", who.chief, who.handler)


def conclude(team, inspection):
    officer = team("supervisor").goes_to(inspection.get_absolute_url())
    officer.does("拟制督查结论", department="市水务局", process="实地核查12处", appraisal="总体推进，个别弄虚作假")
    officer.goes_to(inspection.conclusions.get().get_absolute_url()).does("提请批准")
    chief = team("chief").goes_to("/conclusions/").opens(inspection.title).reads(FACT)
    chief.does("批准印发", comment="同意").reads("已印发")


def apply_and_review(team, conclusion):
    address = conclusion.get_absolute_url()
    team("handler").goes_to("/conclusions/").opens(conclusion.inspection.title).does("签收").reads("已签收")
    team("unit_head").goes_to(address).does("申请复核", reason="停电系供电部门检修")
    review = Review.objects.get()

    officer = team("supervisor").goes_to(address).opens("复核")
    form = officer.presses("指定承办人")
    fill(form, {"handler": "督查组员"})
    officer.is_refused(form, "此人参与过作出督查结论，应当回避")
    assert make.fresh(review).handler is None
    officer.does("指定承办人", handler="财政经办").reads("财政经办")

    handler = team("helper").goes_to(review.get_absolute_url())
    handler.does("提出复核意见", decision="变更", grounds="经核，确系检修", changes="不再认定弄虚作假")
    team("leader").goes_to(review.get_absolute_url()).does("批准复核决定", comment="同意").reads("已决定")
    team("unit_head").goes_to(address).reads("不再认定弄虚作假").reads("经复核变更")


def test_the_task_of_a_finding_is_closed_only_when_the_finding_is_put_right(team, who):
    task = make.in_approval(who)
    item = ready.ordered(who, ready.inspected(who, tasks=[task]))
    leader = team("leader").goes_to(task.get_absolute_url())
    form = leader.presses("批准销号")
    fill(form, {"conclusion": "同意销号"})
    leader.is_refused(form, "督查发现的问题尚未了结")
    assert Task.objects.get(pk=task.pk).state == "approval"

    unit = team("handler").goes_to("/rectifications/").opens("泵站通电")
    unit.does("填报整改措施", measures="架设专线，更换水泵", responsible="排水处长")
    team("unit_head").goes_to(item.get_absolute_url()).does("申报整改完成", done="已通电并试运行72小时")
    verifier = team("colleague").goes_to(item.get_absolute_url())
    verifier.does("核验整改", result="已完成", opinion="现场查看，运行正常").reads("已完成")

    leader.goes_to(task.get_absolute_url()).does("批准销号", conclusion="同意销号").reads("已销号")
