"""How things are shown: steps, clock, verbs, whose turn it is, lights of an office's own."""

from datetime import date

import pytest

from organization.workdays import calendar
from tasks import shown, verbs
from tasks.models import Office, Task
from tasks.pages import rows
from tasks.states import Light, TaskState
from tests.factories import tasks as make

pytestmark = pytest.mark.once


def page_of(task, user):
    return rows.for_page(user).get(pk=task.pk)


def test_every_state_stands_at_a_step_of_the_bar():
    assert set(shown.AT) | {TaskState.TERMINATED} == set(TaskState)


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("draft_pending", ["current", "todo", "todo", "todo", "todo", "todo"]),
        ("draft", ["done", "current", "todo", "todo", "todo", "todo"]),
        ("assigned", ["done", "done", "current", "todo", "todo", "todo"]),
        ("declined", ["done", "done", "stopped", "todo", "todo", "todo"]),
        ("active", ["done", "done", "done", "current", "todo", "todo"]),
        ("suspension_granted", ["done", "done", "done", "stopped", "todo", "todo"]),
        ("in_review", ["done", "done", "done", "done", "current", "todo"]),
        ("in_approval", ["done", "done", "done", "done", "done", "current"]),
        ("closed", ["done"] * 6),
        ("terminated", ["done", "done", "stopped", "todo", "todo", "todo"]),
    ],
)
def test_the_bar_tells_how_far_a_task_has_come(who, name, states):
    from tests.factories import zoo

    makers = {"draft_pending": zoo.started, "draft": zoo.started, "assigned": zoo.started, "declined": zoo.started,
              "active": zoo.started, "suspension_granted": zoo.asked}  # fmt: skip
    task = makers.get(name, zoo.handed_in)(who)[name]

    assert [state for _label, _note, state in shown.steps(page_of(task, who.supervisor))] == states


def test_every_open_state_is_somebodys_turn(who, beasts):
    told = {name: shown.turn(page_of(task, who.supervisor)) for name, task in beasts.items()
            if Task.objects.visible_to(who.supervisor).filter(pk=task.pk).exists()}  # fmt: skip

    assert {name for name, turn in told.items() if turn is None} == {"closed", "terminated", "dropped"}
    assert str(told["in_review"]["who"]) == "市政府督查室"
    assert str(told["claimed"]["who"]) == "市水务局负责人"
    assert str(told["blocker_confirmed"]["who"]) == "市住建局"
    assert "及以上" in told["in_approval"]["what"]


def test_days_are_counted_one_by_one_and_named(db):
    found = list(shown.stretches(date(2026, 9, 28), date(2026, 10, 13), calendar()))

    told = [(s.first.isoformat(), s.last.isoformat(), s.counted, s.why) for s in found]
    assert told[:2] == [("2026-09-29", "2026-09-30", 2, "工作日"), ("2026-10-01", "2026-10-03", 0, "国庆节")]
    assert told[-2:] == [("2026-10-10", "2026-10-10", 1, "调休上班"), ("2026-10-11", "2026-10-13", 2, "周末不计")]
    assert all(s.why for s in found)
    assert sum(s.counted for s in found) == calendar().between(date(2026, 9, 28), date(2026, 10, 13))
    assert sum(s.days for s in found) == 15


def test_the_clock_adds_up(who):
    from django.utils import timezone

    task = page_of(make.active(who), who.supervisor)

    clock = shown.clock_of(task, timezone.now())

    assert (clock["left"], clock["words"], clock["due_time"]) == (20, None, "18:00")
    assert clock["gone_days"] + clock["coming_days"] == clock["total"] == 20
    assert sum(s.counted for s in clock["gone"] + clock["coming"]) == 20


def test_what_is_not_possible_says_when_it_will_be(who):
    task = page_of(make.claimed(who), who.handler)

    offered = shown.verbs(verbs.TASK, task, who.handler)

    assert "report" not in [verb["name"] for verb in offered["main"] + offered["more"]]
    reasons = {verb["name"]: verb["reason"] for verb in offered["closed"]}
    assert reasons["report"] == "现在是“待单位签批”；“办理中”时才能填报进展。"
    assert "verify" not in reasons  # somebody else's: whose turn it is stands above


def test_what_ends_a_task_never_stands_in_front(who):
    task = page_of(make.active(who), who.leader)

    for user in who.everyone().values():
        offered = shown.verbs(verbs.TASK, task, user)
        if offered["more"]:
            assert "danger" not in [verb["tone"] for verb in offered["main"]]


def test_an_office_gives_its_lights_its_own_look(who):
    Office.objects.create(department=who.office, mark="青政督", lights={Light.ON_TRACK: {"tone": "blue"}})
    task = make.active(who)

    shown_row = shown.with_faces(rows.listed(who.supervisor).filter(pk=task.pk))[0].face.light

    assert (shown_row["tone"], shown_row["icon"], shown_row["word"]) == ("blue", "circle-check", "正常")
    assert shown_row["reason"] == "还有 20 个工作日"


@pytest.mark.parametrize("meaning", list(Light))
def test_every_light_has_colour_icon_and_word(meaning):
    assert set(shown.look(meaning)) == {"tone", "icon"}
    assert meaning in shown.ORDER
