"""What stands on the desk of each, on the page of a task, on lists and boards."""

import pytest
from django.utils import timezone

from tasks.operations import extensions, reports, tasks
from tests.factories import tasks as make
from tests.factories import zoo

pytestmark = pytest.mark.once


def desk(client, user, **query):
    client.force_login(user)
    return client.get("/", query).context


def test_the_desk_of_each_shows_what_waits_for_each(who, beasts, client):
    turns = {
        name: {str(chip["label"]) for chip in desk(client, who.everyone()[name])["turns"]}
        for name in ("supervisor", "leader", "handler", "unit_head")
    }

    issuing = {"待核验", "反馈待审阅", "退办待处理", "延期待审核", "协调待确认", "该恢复或续停了", "待交办"}
    assert issuing == turns["supervisor"]
    assert {"待阅示", "待批准销号", "待批准延期", "待批准挂起"} == turns["leader"]
    assert {"待签收", "退回补办", "该报进展"} <= turns["handler"]
    assert {"待签批办结", "待签批延期"} <= turns["unit_head"]
    assert [row.state for row in desk(client, who.leader)["directives"]["rows"]] == ["pending"]


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("inspector", "目前没有向您开放查阅的任务"),
        ("inspector", "没有等您办理的事项"),
        ("discipline", "没有等您书面答复的移送"),
        ("auditor", "您的岗位管理系统，不接触督查业务内容"),
        ("system_admin", "您的岗位管理系统，不接触督查业务内容"),
        ("security_admin", "您的岗位管理系统，不接触督查业务内容"),
    ],
)
def test_who_has_nothing_to_do_is_told_so_plainly(who, client, person, sentence):
    make.active(who)
    client.force_login(who.everyone()[person])

    html = client.get("/").content.decode()

    assert sentence in html
    assert "整治易涝点" not in html


def test_somebody_without_a_post_is_told_whom_to_ask(client, db):
    from tests.factories import organization

    client.force_login(organization.user("无职务者"))

    assert "您目前没有在任职务" in client.get("/").content.decode()


def test_a_leader_finds_what_became_of_his_instruction(who, client):
    directive = make.directive(who, source="instruction", instruction="抓紧整治", instructed_by=who.chief.post)
    mine, other = make.active(who, of=directive), make.active(who)

    context = desk(client, who.chief, tab="mine")

    assert [task.pk for task in context["tasks"]] == [mine.pk]
    assert other.pk in [task.pk for task in desk(client, who.chief, tab="open")["tasks"]]
    assert [row.pk for row in client.get("/directives/?instructed=1").context["directives"]] == [directive.pk]


def test_the_list_begins_with_what_is_in_hand_and_the_most_urgent(who, client):
    late, soon = make.make_late(make.active(who), 2), make.active(who, due_on=make.in_workdays(3))
    make.closed(who)
    draft = make.draft(who, due_on=None)
    client.force_login(who.supervisor)

    assert [task.pk for task in client.get("/tasks/").context["tasks"]] == [late.pk, soon.pk]
    everything = client.get("/tasks/?open=").context["tasks"]
    assert [task.pk for task in everything][-1] == draft.pk
    assert [task.pk for task in client.get("/tasks/?open=1&sort=-due").context["tasks"]] == [soon.pk, late.pk]


def test_a_filter_that_cannot_be_read_says_so_and_finds_nothing(who, client):
    make.active(who)
    client.force_login(who.supervisor)

    answer = client.get("/tasks/?state=unheard-of")

    assert (answer.status_code, answer.context["tasks"]) == (200, [])
    assert "筛选条件无法读取，没有查询" in answer.content.decode()


def test_the_next_report_begins_with_the_last_and_the_page_shows_what_changed(who, client):
    task = make.active(who)
    reports.file(task, by=who.handler, done="完成 3 处", percent=30)
    reports.file(make.fresh(task), by=who.helper, done="已拨付")
    reports.file(make.fresh(task), by=who.handler, done="完成 6 处", percent=50)
    client.force_login(who.handler)

    context = client.get(f"/tasks/{task.pk}/?tab=reports").context

    assert context["form"].initial["done"] == "完成 6 处"
    first = context["reports"][0]
    assert [(str(label), old, new) for label, old, new in first["changes"]] == [
        ("完成情况", "完成 3 处", "完成 6 处"), ("完成比例", "30%", "50%"),
    ]  # fmt: skip
    assert [len(row["changes"]) for row in context["reports"]] == [2, 0, 0]


def test_a_helper_reads_no_other_units_parts(who, client):
    task = make.active(who)
    reports.file(task, by=who.handler, done="牵头单位的话")
    extensions.ask(make.fresh(task), by=who.handler, reason="牵头的理由", progress="一半", until=make.in_workdays(30))
    client.force_login(who.helper)

    for tab in ("history", "reports", "limits"):
        answer = client.get(f"/tasks/{task.pk}/?tab={tab}")
        html = answer.content.decode()
        assert "牵头单位的话" not in html
        assert "牵头的理由" not in html
        assert [row["count"] for row in answer.context["tabs"]][1:4] == [None, None, None]


def test_the_chain_is_read_from_the_top_to_the_lowest_as_far_as_one_sees(who, client):
    top = make.active(who, matter="上级任务")
    child = tasks.split(top, by=who.handler, matter="下级任务", lead=who.river, responsible="处长")
    client.force_login(who.leader)
    assert [t.pk for t in client.get(f"/tasks/{top.pk}/?tab=cascade").context["tree"]] == [top.pk, child.pk]

    client.force_login(who.below)
    context = client.get(f"/tasks/{child.pk}/?tab=cascade").context
    assert ([t.pk for t in context["tree"]], context["gap"]) == ([child.pk], True)
    assert "上级任务" not in client.get(f"/tasks/{child.pk}/").content.decode()


def test_a_long_history_is_read_page_by_page(who, client):
    task = make.active(who)
    for n in range(30):
        reports.file(make.fresh(task), by=who.handler, done=f"第 {n} 次")
    client.force_login(who.supervisor)

    first = client.get(f"/tasks/{task.pk}/").context
    second = client.get(f"/tasks/{task.pk}/?before={first['older']}").context

    assert (len(first["events"]), second["older"]) == (25, None)
    assert [str(line["title"]) for line in second["events"]][-2:] == ["交办", "拟办"]


def test_a_unit_shows_what_it_owes_and_what_others_wait_for(who, client):
    beasts = zoo.asked(who)
    client.force_login(who.supervisor)

    water = client.get(f"/departments/{who.water.pk}/tasks/").context
    housing = client.get(f"/departments/{who.housing.pk}/tasks/?tab=waited").context

    counts = {str(tab["label"]): tab["count"] for tab in water["tabs"]}
    assert (counts["牵头"], counts["在等别的单位"], counts["配合"]) == (len(beasts), 1, 0)
    assert [task.pk for task in housing["tasks"]] == [beasts["blocker_confirmed"].pk]


def test_a_unit_page_counts_only_what_its_reader_sees(who, client):
    make.active(who)
    client.force_login(who.stranger)

    context = client.get(f"/departments/{who.water.pk}/tasks/").context

    assert [tab["count"] for tab in context["tabs"]] == [0] * 6


def test_a_fragment_of_the_unit_stands_in_its_page(who, client):
    make.active(who)
    client.force_login(who.supervisor)

    fragment = client.get(f"/departments/{who.water.pk}/tasks/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert "整治易涝点" in fragment


def test_the_day_of_the_figures_is_told(who, client):
    client.force_login(who.supervisor)

    source = client.get("/overdue/").context["source"]

    assert source.startswith(f"截至 {timezone.localdate():%Y-%m-%d}")
    assert source.endswith("可见范围内 0 项")
