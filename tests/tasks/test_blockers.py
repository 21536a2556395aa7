"""协调事项: the blocking unit has its own clock, and while a blocker is confirmed lateness counts there (C13)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from organization.operations import departments
from tasks.models import Blocker, Task
from tasks.operations import blockers, tasks
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at
from tests.tasks.api.caller import Caller
from workflow.refusal import Forbidden, RuleBroken, WrongState


def raised(who, task, **words):
    words = {"waiting_on": who.housing, "ask": "请移交管网图纸"} | words
    return blockers.raise_(task, by=who.handler, **words)


def answerable(task):
    """Return under which unit lateness counts: as Python says, as the database says."""
    row = Task.objects.with_answerable().get(pk=task.pk)
    return row.answerable_id, row.answerable


def test_lateness_counts_under_the_blocking_unit_while_the_blocker_stands_confirmed(who):
    task = make.active(who)
    water, housing = who.water.pk, who.housing.pk
    blocker = raised(who, task)
    assert answerable(task) == (water, water)

    blocker = blockers.confirm(blocker, by=who.supervisor)
    late = make.make_late(task)
    assert answerable(task) == (housing, housing)
    assert Task.objects.overdue().with_answerable().get().answerable == housing
    assert Task.objects.with_light().get(pk=late.pk).light == "overdue"

    blockers.resolve(blocker, by=who.stranger, resolution="图纸已移交")
    assert answerable(task) == (water, water)


def test_a_confirmed_blocker_shows_on_a_task_that_is_not_late(who):
    task = make.active(who)
    blockers.confirm(raised(who, task), by=who.supervisor)

    assert Task.objects.with_light().get(pk=task.pk).light == "blocked"


def test_the_blocking_unit_has_five_working_days_unless_the_office_names_a_day(who):
    directive = make.directive(who)
    with at("2026-03-09 10:00"):
        one, other = (raised(who, make.active(who, of=directive)) for _ in "12")
        one = blockers.confirm(one, by=who.supervisor)
        other = blockers.confirm(other, by=who.supervisor, due_on=date(2026, 3, 11))

    assert (one.due_on, other.due_on) == (date(2026, 3, 16), date(2026, 3, 11))
    assert one.confirmed_on == date(2026, 3, 9)


def test_the_days_blocked_are_counted_from_the_confirmation_to_the_end(who):
    with at("2026-03-09 10:00"):
        blocker = raised(who, make.active(who))
    assert blocker.days_blocked(date(2026, 3, 20)) == 0
    with at("2026-03-10 10:00"):
        blocker = blockers.confirm(blocker, by=who.supervisor)
    assert blocker.days_blocked(date(2026, 3, 20)) == 10
    with at("2026-03-16 10:00"):
        blocker = blockers.resolve(blocker, by=who.supervisor, resolution="已协调")

    assert blocker.days_blocked(date(2026, 3, 20)) == 6


def test_a_blocker_names_another_unit_and_a_day_that_has_come(who):
    task = make.active(who)
    with refused("blocker.own_unit", task, kind=RuleBroken):
        raised(who, task, waiting_on=who.water)
    with refused("blocker.future", task, kind=RuleBroken):
        raised(who, task, since=timezone.localdate() + timedelta(days=1))
    blocker = raised(who, task, since=timezone.localdate() - timedelta(days=3))
    with refused("blocker.due_past", blocker, kind=RuleBroken):
        blockers.confirm(blocker, by=who.supervisor, due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Blocker.objects.filter(pk=blocker.pk).update(waiting_on=who.water)


def test_nobody_waits_for_a_unit_that_has_gone(who):
    task = make.active(who)
    departments.dissolve(who.housing, by=None)

    with refused("task.unit_gone", task, kind=RuleBroken):
        raised(who, task, waiting_on=make.fresh(who.housing))


def test_one_blocker_stands_at_a_time(who):
    task = make.active(who)
    blocker = raised(who, task)
    with refused("blocker.open", make.fresh(task), kind=RuleBroken):
        raised(who, make.fresh(task), waiting_on=who.finance)

    blockers.refuse(blocker, by=who.supervisor, resolution="图纸已在档案馆")

    assert raised(who, make.fresh(task), waiting_on=who.finance).state == "raised"


def test_a_helper_may_raise_one_too_and_takes_it_back_itself(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.helper, waiting_on=who.housing, ask="请移交图纸")
    blocker = blockers.confirm(blocker, by=who.supervisor)
    with refused("blocker.withdraw.forbidden", blocker, make.fresh(task), kind=Forbidden):
        blockers.withdraw(blocker, by=who.handler)

    assert blockers.withdraw(blocker, by=who.helper).state == "withdrawn"
    assert make.fresh(task).blocked_by is None


def test_the_unit_waited_on_sees_what_is_asked_once_it_is_confirmed_and_nothing_before(who):
    task = make.active(who)
    blocker = raised(who, task)
    assert not Blocker.objects.visible_to(who.stranger).exists()
    assert not Task.objects.visible_to(who.stranger).exists()
    with refused("blocker.confirm.forbidden", blocker, kind=Forbidden):
        blockers.confirm(blocker, by=who.stranger)
    with refused("blocker.resolve.wrong_state", blocker, kind=WrongState):
        blockers.resolve(blocker, by=who.stranger, resolution="无")

    blocker = blockers.confirm(blocker, by=who.supervisor)
    assert list(Blocker.objects.visible_to(who.stranger)) == [blocker]
    assert list(Task.objects.visible_to(who.stranger)) == [task]

    blockers.resolve(blocker, by=who.stranger, resolution="图纸已移交")
    assert list(Blocker.objects.visible_to(who.stranger)) == [blocker]
    assert not Task.objects.visible_to(who.stranger).exists()


def test_a_task_that_ends_is_blocked_by_nobody(who):
    task = make.active(who)
    blocker = blockers.confirm(raised(who, task), by=who.supervisor)

    task = tasks.terminate(make.fresh(task), by=who.leader, reason="不再需要")

    assert (task.blocked_by, make.fresh(blocker).state) == (None, "withdrawn")


def test_c13_once_it_is_resolved_the_unit_waited_for_is_told_the_tasks_number_and_no_more_at_both_doors(who, client):
    task = make.active(who)
    blocker = blockers.confirm(raised(who, task), by=who.supervisor)
    waited_for = Caller(who.stranger)
    assert waited_for.get("blockers", blocker.pk).data["task"]["matter"] == task.matter

    blockers.resolve(make.fresh(blocker), by=who.stranger, resolution="已移交")

    hidden = {"id": task.pk, "number": task.number, "matter": None, "state": None}
    assert waited_for.get("blockers", blocker.pk).data["task"] == hidden
    assert [row["task"] for row in waited_for.get("blockers").data["results"]] == [hidden]
    client.force_login(who.stranger)
    for address in ("/blockers/", blocker.get_absolute_url()):
        assert task.matter not in client.get(address).content.decode()
    told = Caller(who.handler).get("blockers", blocker.pk).data["task"]
    assert (told["matter"], told["state"]) == (task.matter, "active")
