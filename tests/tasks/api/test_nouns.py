"""Every noun shows where it stands, what the clock says, and what its reader may do next, at a price that is known."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization.workdays import calendar
from tasks.operations import assignments, tasks
from tests.factories import crowds
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

BUSINESS = (
    "directives", "tasks", "assignments", "reports", "evidence", "extensions", "suspensions", "blockers",
)  # fmt: skip
LISTS = (*BUSINESS, "attachments", "events", "batches", "departments", "people")
LIST_MOST, DETAIL_MOST = 3, 4
STANDING = {"state", "state_label", "steps", "version", "light", "due_on", "due_at", "original_due_on"}


def price(ask):
    """Return the answer and the number of statements that it took, authentication among them."""
    calendar()  # read once a minute
    with CaptureQueriesContext(connection) as spent:
        answer = ask()
    assert answer.status_code == 200, answer.json()
    return answer, len(spent)


@pytest.mark.parametrize("name", ["supervisor", "handler", "auditor", "system"])
def test_a_list_of_fifty_costs_what_a_list_of_one_costs(who, name):
    task = crowds.whole(who)
    if name == "system":
        caller = Caller(key=org.client(who.office, tuple(f"{noun}:read" for noun in LISTS), role="supervisor").key)
    else:
        caller = Caller(getattr(who, name))

    few = {noun: price(lambda noun=noun: caller.get(noun, page_size=50)) for noun in LISTS}
    crowds.multiply(task, 49)
    many = {noun: price(lambda noun=noun: caller.get(noun, page_size=50)) for noun in LISTS}

    assert {noun: cost for noun, (_answer, cost) in few.items()} == {noun: cost for noun, (_a, cost) in many.items()}
    assert {noun: cost for noun, (_answer, cost) in many.items() if cost > LIST_MOST} == {}
    if name in ("supervisor", "system"):
        assert {noun: len(many[noun][0].json()["results"]) for noun in BUSINESS} == dict.fromkeys(BUSINESS, 50) | {
            "assignments": 50
        }


def test_one_thing_costs_four_statements_at_most(who):
    crowds.whole(who)
    caller = Caller(who.supervisor)
    keys = {noun: [row["id"] for row in caller.get(noun).json()["results"]] for noun in LISTS}

    costs = {noun: price(lambda noun=noun: caller.get(noun, keys[noun][0]))[1] for noun in LISTS if keys[noun]}

    assert set(costs) == set(LISTS) - {"batches"}
    assert {noun: cost for noun, cost in costs.items() if cost > DETAIL_MOST} == {}
    assert price(lambda: caller.get("me"))[1] == 1


def test_a_task_at_the_sixth_level_costs_no_more(who):
    bottom, unit, boss = make.active(who, co_units=[]), who.water, who.handler
    for level in range(2, 7):
        below = org.department(f"第{level}级机构", unit)
        worker = org.person("handler", below)
        bottom = tasks.split(bottom, by=boss, matter=f"第{level}级", lead=below, responsible="某人")
        assignments.sign(make.share(bottom, below), by=worker)
        bottom, unit, boss = make.fresh(bottom), below, worker

    caller = Caller(who.supervisor)

    answer, cost = price(lambda: caller.get("tasks", bottom.pk))

    assert cost <= DETAIL_MOST
    top = bottom.number.split("-")[0]
    assert [link["number"] for link in answer.json()["chain"]] == [top + "-1" * level for level in range(5)]


@pytest.mark.parametrize("noun", BUSINESS)
def test_every_noun_shows_where_it_stands(who, noun):
    crowds.whole(who)
    caller = Caller(who.supervisor)
    row = caller.get(noun).json()["results"][0]

    answer = caller.get(noun, row["id"])
    shown = answer.json()

    assert row.keys() >= STANDING
    assert {name: shown[name] for name in row} == row
    if noun != "evidence":
        assert answer["ETag"] == f'"{shown["version"]}"'
    assert shown["light"].keys() == {"meaning", "word", "reason"}


def test_a_task_shows_its_units_milestones_and_clock(who):
    task = crowds.whole(who)

    shown = Caller(who.handler).get("tasks", task.pk).json()

    assert [(row["part"], row["department"]["name"], row["state"]) for row in shown["assignments"]] == [
        ("lead", "市水务局", "signed"),
        ("co", "市财政局", "signed"),
    ]
    assert [row["title"] for row in shown["milestones"]] == ["开工", "完工"]
    assert shown["chain"] == []
    assert shown["light"] == {"meaning": "blocked", "word": "受阻", "reason": "等待市财政局"}
    assert (shown["due_on"], shown["due_at"]) == (
        task.due_on.isoformat(),
        f"{task.due_on.isoformat()}T18:00:00+08:00",
    )
    assert shown["original_due_on"] == shown["due_on"]
    assert shown["answerable"] == who.finance.pk
    assert shown["steps"] == ["report", "claim", "name", "prove", "mark", "split", "raise", "extend", "suspend"]


def test_the_light_of_a_part_is_the_light_of_its_task(who):
    task = make.active(who)
    child = tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="处长")
    make.make_late(child, days=2)
    caller = Caller(who.supervisor)

    of_task = caller.get("tasks", task.pk).json()["light"]
    of_shares = {row["task"]["id"]: row["light"] for row in caller.get("assignments").json()["results"]}

    assert of_task == {"meaning": "overdue", "word": "逾期", "reason": "下级任务逾期"}
    assert of_shares == {task.pk: of_task, child.pk: {"meaning": "overdue", "word": "逾期", "reason": "逾期 2 天"}}


def test_a_directive_shows_the_clock_of_the_tasks_that_its_reader_sees(who):
    directive = make.directive(who)
    mine = make.assigned(who, of=directive, matter="清淤")
    late = make.make_late(make.assigned(who, of=directive, matter="治污", lead=who.housing, co_units=[]), days=4)

    seen = {
        name: Caller(getattr(who, name)).get("directives", directive.pk).json()
        for name in ("supervisor", "handler", "stranger")
    }

    assert {name: (shown["light"]["meaning"], shown["due_on"]) for name, shown in seen.items()} == {
        "supervisor": ("overdue", late.due_on.isoformat()),
        "handler": ("on_track", mine.due_on.isoformat()),
        "stranger": ("overdue", late.due_on.isoformat()),
    }


def test_a_directive_without_open_tasks_has_no_clock(who):
    shown = Caller(who.supervisor).get("directives", make.directive(who).pk).json()

    assert (shown["light"], shown["due_on"]) == (None, None)


def test_the_claims_of_a_task_are_shown_to_who_sees_the_lead_s_part(who):
    task = make.in_review(who)

    shown = {
        name: Caller(getattr(who, name)).get("tasks", task.pk, "closures")
        for name in ("supervisor", "helper", "stranger")
    }

    assert [row["summary"] for row in shown["supervisor"].json()] == ["十二处全部完成"]
    assert (shown["helper"].status_code, shown["helper"].json()) == (200, [])
    assert shown["stranger"].status_code == 404


def test_a_stranger_finds_nothing_and_no_thing(who):
    crowds.whole(who)
    keys = {noun: Caller(who.supervisor).get(noun).json()["results"][0]["id"] for noun in (*BUSINESS, "attachments")}
    stranger = Caller(who.stranger)

    assert {noun: stranger.get(noun).json()["results"] for noun in keys} == {noun: [] for noun in keys}
    assert {noun: stranger.get(noun, key).status_code for noun, key in keys.items()} == dict.fromkeys(keys, 404)
    assert stranger.get("tasks", keys["tasks"]).json() | {"request_id": ""} == {
        "code": "not_found",
        "message": "没有找到：它不存在，或不在您的可见范围内。请回到列表重新查找。",
        "details": {},
        "request_id": "",
    }


@pytest.mark.parametrize("name", ["auditor", "system_admin", "security_admin", "inspector", "discipline"])
def test_who_has_no_part_in_the_matter_sees_no_business(who, name):
    crowds.whole(who)
    caller = Caller(getattr(who, name))

    assert {noun: caller.get(noun).json()["results"] for noun in BUSINESS} == {noun: [] for noun in BUSINESS}


def test_nobody_is_told_to_sign_in(who):
    for noun in (*LISTS, "me"):
        answer = Caller().get(noun)
        assert (noun, answer.status_code, answer.json()["code"]) == (noun, 401, "auth.required")
    assert [Caller().get(noun).status_code for noun in ("schema", "docs")] == [401, 401]


def test_me_tells_who_is_asking_in_which_post(who):
    org.post(who.handler, who.river, "handler", title="兼职")

    shown = Caller(who.handler).get("me").json()

    assert (shown["name"], shown["role"], shown["post"]["department"]["name"]) == ("水务经办", "handler", "市水务局")
    assert sorted(post["department"]["name"] for post in shown["posts"]) == ["市水务局", "河道管理处"]
