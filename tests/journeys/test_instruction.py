"""即批即办即督: from the telephone in the officer's hand to a closing that waits until the leader has read."""

import pytest
from playwright.sync_api import expect

from tasks.models import Directive, Reading, Task
from tests.factories import tasks as make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = "请市水务局牵头，12月底前完成12处易涝点整治。"
MATTER = "完成12处易涝点整治"
REMARK = "请一并排查地下车库，情况报我"
SIX = {"checks": True, "opinion": "现场核查属实"}
PHONE = {"width": 390, "height": 844}


def test_an_instruction_is_written_down_done_read_and_followed(people, who):
    write_down(people, who)
    task = Task.objects.get()
    approve_and_assign(people, task)
    do_and_check(people, task)
    refuse_to_close(people, task)
    read_and_close(people, task)

    task, after = make.fresh(task), Task.objects.get(follows=task)
    assert (task.state, Reading.objects.get().reader, after.state) == ("closed", who.leader, "draft")
    people("supervisor").goes_to("/").reads("待交办").opens(REMARK).reads("本任务依据再批示，接续")


def write_down(people, who):
    officer = people("supervisor", **PHONE).goes_to("/").opens("登记批示")
    form = officer.page.locator("main form.form")
    form.get_by_label("批示原文").fill(WORDS)
    form.get_by_label("批示领导").select_option(str(who.leader.post.pk))
    form.get_by_role("button", name="从原文识别").click()
    expect(officer.page.locator("#messages")).to_contain_text("牵头单位")
    officer.looks()
    form = officer.page.locator("main form.form")
    expect(form.get_by_label("批示原文")).to_have_value(WORDS)
    expect(form.get_by_label("责任人")).to_have_value("水务局长")
    expect(form.locator("[name=lead]")).to_have_value(str(who.water.pk))
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 390
    form.get_by_label("办结时限").fill(make.in_workdays(10).isoformat())
    form.get_by_role("button", name="登记并提请立项").click()
    expect(officer.page.locator("#messages")).to_contain_text("批示已登记")
    officer.looks().reads(WORDS)
    assert Directive.objects.get().state == "pending"


def approve_and_assign(people, task):
    people("chief").goes_to("/").reads("待审批立项").opens(MATTER).does("批准立项", comment="同意")
    people("supervisor").goes_to("/").reads("待交办").goes_to(f"/tasks/{task.pk}/").does("交办").reads("待签收")


def do_and_check(people, task):
    address = f"/tasks/{task.pk}/"
    handler = people("handler").goes_to(address).does("签收")
    form = handler.goes_to(f"{address}?tab=reports").page.locator("#next-report form")
    form.get_by_label("完成情况").fill("12处全部完工")
    handler.sends(form, "已填报进展").goes_to(address).does("申报办结", summary="十二处全部完工")
    people("unit_head").goes_to(address).does("签批报送")
    people("supervisor").goes_to(address).does("核验通过", **SIX)


def refuse_to_close(people, task):
    chief = people("chief").goes_to(f"/tasks/{task.pk}/").reads("现在轮到 副市长 阅示后批准销号")
    form = chief.presses("批准销号")
    form.get_by_label("办结结论").fill("同意销号")
    chief.is_refused(form, "请先呈副市长阅示")
    assert make.fresh(task).state == "approval"


def read_and_close(people, task):
    address = f"/tasks/{task.pk}/"
    people("leader").goes_to("/").reads("待阅示").goes_to(address).does("阅示", remark=REMARK).reads(REMARK)
    people("chief").goes_to("/").reads("待批准销号").goes_to(address).does("批准销号", conclusion="同意销号")
    people("chief").reads("已销号").goes_to(f"{address}?tab=closures").reads("批示领导阅示").reads(REMARK)
