"""The page of an operation: open, refused, stale, done; nothing typed is ever lost."""

import re

import pytest
from django.urls import reverse

from tasks import defaults, verbs
from tasks.models import Directive, Extension, Report, Task
from tasks.operations import extensions, tasks
from tests.factories import tasks as make
from workflow.models import Event

pytestmark = pytest.mark.once

DIALOG = {"HX-Request": "true", "HX-Target": "dialog-body"}


def typed(html, name):
    """Return what a text field of the page holds."""
    found = re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.S)
    return found.group(1) if found else re.search(rf'name="{name}" value="([^"]*)"', html).group(1)


def test_an_operation_is_done_and_leads_back_to_its_task(who, client):
    task = make.active(who)
    client.force_login(who.handler)

    answer = client.post(reverse("task-report", args=[task.pk]), {"done": "完成 6 处", "percent": "50"})

    assert (answer.status_code, answer["Location"]) == (302, task.get_absolute_url())
    assert Report.objects.get().done == "完成 6 处"
    assert "已填报进展。" in client.get(answer["Location"]).content.decode()


def test_in_a_dialog_the_whole_page_goes_on(who, client):
    task = make.active(who)
    client.force_login(who.handler)
    address = reverse("task-report", args=[task.pk])
    assert "<html" not in client.get(address, headers=DIALOG).content.decode()

    answer = client.post(address, {"done": "完成", "next": f"{task.get_absolute_url()}?tab=reports"}, headers=DIALOG)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{task.get_absolute_url()}?tab=reports")


def test_no_way_leads_to_another_house(who, client):
    task = make.active(who)
    client.force_login(who.handler)

    answer = client.post(reverse("task-report", args=[task.pk]), {"done": "完成", "next": "https://evil.example/"})

    assert answer["Location"] == task.get_absolute_url()


def test_what_was_typed_stays_when_a_rule_refuses_it(who, client):
    task = make.active(who)
    client.force_login(who.handler)

    answer = client.post(reverse("task-report", args=[task.pk]), {"done": "完成 6 处", "problem": "管线未迁"})

    html = answer.content.decode()
    assert (answer.status_code, "请再选择原因类别" in html) == (422, True)
    assert (typed(html, "done"), typed(html, "problem")) == ("完成 6 处", "管线未迁")
    assert not Report.objects.exists()


def test_a_stale_version_shows_both_sides_and_may_be_sent_again(who, client):
    task = make.draft(who, matter="整治易涝点", co_units=[])
    client.force_login(who.supervisor)
    address = reverse("task-edit", args=[task.pk])
    page = client.get(address).content.decode()
    seen = re.search(r'name="version" value="(\d+)"', page).group(1)
    tasks.edit(task, by=who.colleague, matter="整治易涝点（改）", standard="15 处", lead=who.finance)
    mine = {"matter": "我的写法", "standard": "12 处", "lead": who.water.pk, "responsible": "局长", "version": seen}

    answer = client.post(address, mine)

    html = answer.content.decode()
    cells = re.findall(r"<th scope=\"row\">(.*?)</th><td>(.*?)</td><td>(.*?)</td>", html, re.S)
    rows = {label: (yours, now) for label, yours, now in cells}
    assert answer.status_code == 412
    assert rows["工作事项"] == ("我的写法", "整治易涝点（改）")
    assert rows["牵头单位"] == ("市水务局", "市财政局")
    assert (typed(html, "matter"), typed(html, "standard")) == ("我的写法", "12 处")
    assert make.fresh(task).matter == "整治易涝点（改）"

    now = re.search(r'name="version" value="(\d+)"', html).group(1)
    assert client.post(address, mine | {"version": now}).status_code == 302
    assert make.fresh(task).matter == "我的写法"


def test_a_step_at_another_moment_says_so_before_anything_is_typed(who, client):
    task = make.claimed(who)
    client.force_login(who.handler)

    answer = client.get(reverse("task-report", args=[task.pk]))

    assert answer.status_code == 409
    assert "现在的状态是“待单位签批”，不能填报进展" in answer.content.decode()


def test_what_somebody_else_must_do_is_refused_with_the_reason(who, client):
    task = make.in_review(who)
    client.force_login(who.handler)
    before = Event.objects.count()

    answer = client.post(reverse("task-verify", args=[task.pk]), {"opinion": "属实"})

    assert (answer.status_code, "只有交办这项任务的督查机构可以这样做。" in answer.content.decode()) == (403, True)
    assert (make.fresh(task).state, Event.objects.count()) == ("review", before)


def test_a_stranger_finds_no_page_of_a_task(who, client):
    task = make.active(who)
    client.force_login(who.stranger)

    for name in ("task-detail", "task-report", "task-claim"):
        assert client.get(reverse(name, args=[task.pk])).status_code == 404
        assert "整治易涝点" not in client.get(reverse(name, args=[task.pk])).content.decode()


def test_who_has_not_signed_in_is_led_to_the_login_and_back(who, client):
    task = make.active(who)

    answer = client.get(task.get_absolute_url())
    in_dialog = client.get(reverse("task-report", args=[task.pk]), headers=DIALOG)

    assert answer["Location"] == f"/login/?next={task.get_absolute_url()}"
    assert (in_dialog.status_code, in_dialog["HX-Redirect"]) == (204, f"/login/?next=/tasks/{task.pk}/report/")


def test_a_directive_is_registered_on_its_page_by_officers_alone(who, client):
    client.force_login(who.supervisor)
    fields = {
        "title": "城市内涝治理",
        "source": "minutes",
        "document_no": "青政阅〔2026〕3号",
        "issued_on": "2026-11-02",
    }

    answer = client.post("/directives/new/", fields)

    directive = Directive.objects.get()
    assert (answer["Location"], directive.state) == (directive.get_absolute_url(), "draft")
    assert client.get("/directives/new/").status_code == 200
    client.force_login(who.handler)
    assert client.get("/directives/new/").status_code == 403
    assert client.post("/directives/new/", fields).status_code == 403
    assert Directive.objects.count() == 1


@pytest.mark.parametrize("noun", verbs.NOUNS, ids=lambda noun: noun.name)
def test_every_verb_has_its_page(noun):
    for verb in noun.verbs:
        assert reverse(f"{noun.name}-{verb.name}", args=[1]).endswith(f"/1/{verb.name}/")


def test_a_part_is_decided_beside_it_and_one_returns_to_its_tab(who, client):
    task = make.active(who)
    asked = extensions.ask(task, by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30))
    client.force_login(who.unit_head)
    page = client.get(f"{task.get_absolute_url()}?tab=limits").content.decode()
    address = f"/extensions/{asked.pk}/sign_off/?next=%2Ftasks%2F{task.pk}%2F%3Ftab%3Dlimits"
    assert address in page

    form = client.get(address).content.decode()
    answer = client.post(address, {"next": re.findall(r'name="next" value="([^"]*)"', form)[-1]})

    assert answer["Location"] == f"/tasks/{task.pk}/?tab=limits"
    assert Extension.objects.get().state == "signed"


def test_who_is_waited_for_answers_and_still_finds_the_answer(who, client):
    from tasks.operations import blockers

    task = make.active(who, matter="移交管线图的任务")
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="请移交管线图")
    blockers.confirm(blocker, by=who.supervisor)
    client.force_login(who.stranger)
    assert client.get(f"{task.get_absolute_url()}?tab=blockers").status_code == 200

    answer = client.post(f"/blockers/{blocker.pk}/resolve/", {"resolution": "已移交"})

    page = client.get(answer["Location"])
    assert (page.status_code, "已移交" in page.content.decode()) == (200, True)
    assert client.get(task.get_absolute_url()).status_code == 404


def test_only_waited_for_one_does_not_read_the_source(who, client):
    from tasks.operations import blockers

    directive = make.directive(who, title="机要来源标题", instruction="批示原文", document_no="青政发〔2026〕9号")
    task = make.active(who, of=directive, clause="原文条款甲")
    blockers.confirm(
        blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="请移交管线图"), by=who.supervisor
    )
    client.force_login(who.stranger)

    for address in ("/", "/tasks/?open=1", *(f"{task.get_absolute_url()}?tab={t}" for t in ("history", "cascade"))):
        html = client.get(address).content.decode()
        assert "整治易涝点" in html
        for hidden in ("机要来源标题", "批示原文", "原文条款甲", "青政发〔2026〕9号"):
            assert hidden not in html, address
    assert Task.objects.visible_to(who.stranger).count() == 1


def test_the_form_of_a_draft_offers_the_sources_limit_with_its_reason(who, client):
    of = make.directive(who, source="minutes")
    client.force_login(who.supervisor)
    address = f"/directives/{of.pk}/draft/"

    page = client.get(address).content.decode()
    answer = client.post(address, {"matter": "整治易涝点", "default_limit": "on"})

    assert "20 个日历日（会议议定事项二十日）" in page
    assert "3 个工作日（标为特急）" in page
    assert page.partition('name="default_limit"')[2].partition(">")[0].endswith("checked")
    assert answer.status_code == 302
    task = Task.objects.get()
    assert (task.limit_value, task.limit_unit, task.due_on) == (20, "days", None)


def test_the_form_of_a_return_asks_for_a_reason_for_each_check_and_names_the_missing_one(who, client):
    task = make.in_review(who)
    client.force_login(who.supervisor)
    address = reverse("task-send_back", args=[task.pk])
    assert client.get(address).content.decode().count("未通过的原因") >= len(defaults.CHECKS)

    refused = client.post(address, {"failed_facts": "on", "failed_format_reason": "没有盖章", "version": task.version})
    page = refused.content.decode()
    assert (refused.status_code, Task.objects.get().state) == (422, "review")
    assert "还缺：事实清楚" in page
    assert "没有盖章" in page

    said = {"failed_facts_reason": "缺验收单", "failed_format_reason": "没有盖章", "version": task.version}
    assert client.post(address, said).status_code == 302
    client.force_login(who.handler)
    tab = client.get(f"{task.get_absolute_url()}?tab=closures").content.decode()
    assert "事实清楚：缺验收单" in tab
    assert "格式规范：没有盖章" in tab
