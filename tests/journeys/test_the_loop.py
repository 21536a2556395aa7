"""The whole loop through real pages: from registering a source to 销号, by six different people."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tasks.models import Task
from tests.factories import tasks as make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MATTER = "整治市区12处易涝点"
SIX = {"checks": True, "opinion": "现场核查属实"}


def test_from_an_instruction_to_being_struck_off(people, who):
    register_and_draft(people)
    task = Task.objects.get()
    assign_and_sign(people, task)
    report_return_and_accept(people, task)
    extend(people, task)
    claim_return_and_close(people, task)

    task = make.fresh(task)
    assert (task.state, task.returns, task.progress) == ("closed", 1, 100)
    assert task.original_due_on == make.in_workdays(20) < task.due_on == make.in_workdays(30)
    assert len({task.closed_by_id, task.assigned_by_id, who.handler.pk, who.unit_head.pk}) == 4


def register_and_draft(people):
    officer, leader = people("supervisor"), people("leader")
    form = officer.goes_to("/").opens("登记督查事项").page.locator("main form.form")
    form.get_by_label("事项名称").fill("关于加快推进城市内涝治理的会议议定事项")
    form.get_by_label("来源", exact=False).first.select_option(label="会议议定事项")
    form.get_by_label("来文字号").fill("青政阅〔2026〕18号")
    officer.sends(form, "已登记").does("提请立项审批")

    leader.goes_to("/").reads("待审批立项").opens("关于加快推进城市内涝治理的会议议定事项")
    leader.does("批准立项", comment="同意，抓紧办理").reads("已立项")

    officer.goes_to("/directives/").opens("关于加快推进城市内涝治理的会议议定事项")
    officer.does(
        "拟办任务", matter=MATTER, standard="12处全部完工并通过雨后检验", lead="市水务局", co_units=["市财政局"],
        responsible="水务局长", due_on=make.in_workdays(20).isoformat(),
    )  # fmt: skip
    officer.opens(MATTER).reads("现在轮到 市政府督查室 补齐要素后交办")


def assign_and_sign(people, task):
    people("supervisor").does("交办").reads("待签收")
    for name in ("handler", "helper"):
        person = people(name).goes_to("/").reads("待签收").opens(MATTER)
        person.does("签收").reads("已签收")
    people("handler").reads("现在轮到 市水务局 办理并反馈进展")


def report_return_and_accept(people, task):
    handler, officer = people("handler"), people("supervisor")
    handler.goes_to(f"/tasks/{task.pk}/?tab=reports")
    form = handler.page.locator("#next-report form")
    form.get_by_label("完成情况").fill("已完成 3 处")
    form.get_by_label("完成比例").fill("30")
    handler.sends(form, "已填报进展").reads("已完成 3 处")

    officer.goes_to("/").reads("反馈待审阅").opens(MATTER).turns_to("进展")
    officer.does("退回", comment="请写明 3 处的名称").reads("已退回")

    handler.goes_to("/").reads("反馈被退回").opens(MATTER).turns_to("进展")
    form = handler.page.locator("#next-report form")
    expect(form.get_by_label("完成情况")).to_have_value("已完成 3 处")
    form.get_by_label("完成情况").fill("已完成东街、西街、北街 3 处")
    handler.sends(form, "已填报进展").reads("与该单位上次反馈相比")
    officer.goes_to(f"/tasks/{task.pk}/?tab=reports").does("采纳").reads("已采纳")


def extend(people, task):
    until = make.in_workdays(30).isoformat()
    address = f"/tasks/{task.pk}/?tab=limits"
    people("handler").goes_to(address).does("申请延期", reason="汛期不能施工", progress="完成 3 处", until=until)
    people("unit_head").goes_to("/").reads("待签批延期").goes_to(address).does("单位签批")
    people("supervisor").goes_to(address).does("审核通过", comment="情况属实")
    people("leader").goes_to("/").reads("待批准延期").goes_to(address).does("批准延期")
    people("leader").reads("原定时限").reads("已批准")


def claim_return_and_close(people, task):
    handler, head, officer = people("handler"), people("unit_head"), people("supervisor")
    address = f"/tasks/{task.pk}/"
    proof = {"name": "验收单.txt", "mimeType": "text/plain", "buffer": "12处验收合格".encode()}
    handler.goes_to(f"{address}?tab=evidence").does(
        "上传佐证", file=proof, evidence_on=timezone.localdate().isoformat(), note="雨后检验"
    )
    handler.goes_to(f"{address}?tab=evidence").reads("验收单.txt")
    people("helper").goes_to(address).does("完成配合", note="资金已拨付")
    handler.goes_to(address).does("申报办结", summary="十二处全部完工")
    head.goes_to("/").reads("待签批办结").opens(MATTER).does("签批报送")
    officer.goes_to("/").reads("待核验").opens(MATTER).does("退回补办", failed_facts_reason="缺雨后检验记录")
    handler.goes_to("/").reads("退回补办").opens(MATTER).does("申报办结", summary="已补雨后检验记录")
    head.goes_to(address).does("签批报送")
    officer.goes_to(address).does("核验通过", **SIX)
    leader = people("leader").goes_to("/").reads("待批准销号").opens(MATTER)
    leader.does("批准销号", conclusion="同意销号").reads("已销号")
    leader.goes_to(f"{address}?tab=history").reads("批准销号").reads("退回补办").reads("交办")
