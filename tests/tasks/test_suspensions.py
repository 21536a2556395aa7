"""挂起: the clock stops only with approval, cause and proof, and runs on day for day afterwards (R25)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organization.states import Rank, Role
from organization.workdays import calendar
from tasks.models import Suspension, Task
from tasks.operations import suspensions
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, moment, told
from workflow.refusal import Forbidden, RuleBroken, WrongState

WORDS = {"cause": "等省厅批复", "waiting_on": "省水利厅批复方案", "proof": "青水〔2026〕8号请示"}


def asked(who, task):
    return suspensions.ask(task, by=who.handler, **WORDS)


def test_the_clock_stops_with_a_leaders_approval_and_the_due_day_moves_by_the_days_it_stood(who):
    with at("2026-03-09 10:00"):
        task = make.active(who)
        due = task.due_on
        suspension = asked(who, task)
    with at("2026-03-10 10:00"):
        suspensions.grant(suspension, by=who.leader, comment="同意")
        task = make.fresh(task)
        assert (task.state, task.suspended_on) == ("suspended", date(2026, 3, 10))
    with at("2026-08-03 10:00"):
        assert not task.is_overdue()
        assert Task.objects.with_light().get(pk=task.pk).light == "suspended"
    with at("2026-03-17 10:00"):
        task = suspensions.resume(task, by=who.supervisor, note="批复已到")

    assert (task.state, task.suspended_on, task.suspended_workdays) == ("active", None, 5)
    assert (task.due_on, task.original_due_on) == (calendar().after(due, 5), due)
    suspension = make.fresh(suspension)
    assert (suspension.state, suspension.workdays, suspension.ended_on) == ("ended", 5, date(2026, 3, 17))
    assert told("task.resume") == [
        {"workdays": 5, "before": due.isoformat(), "after": task.due_on.isoformat(), "note": "批复已到"}
    ]  # fmt: skip


def test_the_hour_of_a_limit_in_hours_is_kept(who):
    """A critical task due at noon is due at noon again: a pause is no gift of the afternoon."""
    with at("2026-03-09 10:00"):
        task = make.active(who, urgency="critical", due_on=None, limit_value=11, limit_unit="hours")
        assert task.due_at == moment("2026-03-10 12:00")
        suspensions.grant(asked(who, task), by=who.leader)
    with at("2026-03-09 16:00"):
        task = suspensions.resume(make.fresh(task), by=who.supervisor)
        assert task.due_at == moment("2026-03-10 12:00")
        suspensions.grant(asked(who, task), by=who.leader)
    with at("2026-03-11 09:00"):
        task = suspensions.resume(make.fresh(task), by=who.supervisor)

    assert task.due_at == moment("2026-03-12 12:00")
    assert task.warn_at <= task.due_at


def test_only_a_leader_of_deputy_rank_stops_the_clock(who):
    suspension = asked(who, make.active(who))
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    for person in (who.supervisor, who.unit_head, who.handler, secretary, who.stranger):
        with refused("suspension.grant.forbidden", suspension, kind=Forbidden):
            suspensions.grant(suspension, by=person)
    for hand in (lend(who.leader, who.handler), lend(who.chief, who.handler)):
        with refused("suspension.grant.own", suspension, suspension.task, kind=Forbidden):
            suspensions.grant(suspension, by=hand)


def test_lateness_is_not_undone_by_stopping_the_clock(who):
    task = make.make_late(make.active(who))

    with refused("suspension.too_late", task, kind=RuleBroken):
        asked(who, task)


def test_one_suspension_at_a_time(who):
    task = make.active(who)
    suspension = asked(who, task)
    with refused("suspension.open", make.fresh(task), kind=RuleBroken):
        asked(who, make.fresh(task))
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.create(task=task, department=who.water, requested_by=who.handler, **WORDS)

    assert suspensions.withdraw(suspension, by=who.handler).state == "withdrawn"
    assert asked(who, make.fresh(task)).state == "requested"


def test_a_refused_suspension_leaves_the_clock_running(who):
    task = make.active(who)

    suspension = suspensions.refuse(asked(who, task), by=who.leader, comment="可先做其他工序")

    assert (suspension.state, suspension.comment) == ("refused", "可先做其他工序")
    assert (make.fresh(task).state, make.fresh(task).due_on) == ("active", task.due_on)
    with refused("suspension.grant.wrong_state", suspension, kind=WrongState):
        suspensions.grant(suspension, by=who.leader)


def test_only_the_office_sets_the_clock_going_again(who):
    task = make.active(who)
    suspensions.grant(asked(who, task), by=who.leader)
    task = make.fresh(task)
    for person in (who.handler, who.unit_head, who.leader, who.stranger):
        with refused("task.resume.forbidden", task, kind=Forbidden):
            suspensions.resume(task, by=person)
