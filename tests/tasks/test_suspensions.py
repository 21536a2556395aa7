"""挂起: the clock stops only with approval, cause and proof, and runs on day for day afterwards (R25)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from organization.states import Rank, Role
from organization.workdays import calendar
from tasks import lights, shown
from tasks.awaiting import awaiting
from tasks.models import Suspension, Task
from tasks.operations import suspensions
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, moment, told
from workflow.refusal import Forbidden, RuleBroken, WrongState

WORDS = {"cause": "等省厅批复", "waiting_on": "省水利厅批复方案", "proof": "青水〔2026〕8号请示"}


def asked(who, task, days=30):
    return suspensions.ask(task, by=who.handler, review_on=make.in_workdays(days), **WORDS)


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
        task = suspensions.resume(task, by=who.supervisor, reason="批复已到")

    assert (task.state, task.suspended_on, task.suspended_workdays) == ("active", None, 5)
    assert (task.due_on, task.original_due_on) == (calendar().after(due, 5), due)
    suspension = make.fresh(suspension)
    assert (suspension.state, suspension.workdays, suspension.ended_on) == ("ended", 5, date(2026, 3, 17))
    assert told("task.resume") == [
        {"workdays": 5, "before": due.isoformat(), "after": task.due_on.isoformat(), "reason": "批复已到"}
    ]  # fmt: skip


def test_the_hour_of_a_limit_in_hours_is_kept(who):
    """A critical task due at noon is due at noon again: a pause is no gift of the afternoon."""
    with at("2026-03-09 10:00"):
        task = make.active(who, urgency="critical", due_on=None, limit_value=11, limit_unit="hours")
        assert task.due_at == moment("2026-03-10 12:00")
        suspensions.grant(asked(who, task), by=who.leader)
    with at("2026-03-09 16:00"):
        task = suspensions.resume(make.fresh(task), by=who.supervisor, reason="已批复")
        assert task.due_at == moment("2026-03-10 12:00")
        suspensions.grant(asked(who, task), by=who.leader)
    with at("2026-03-11 09:00"):
        task = suspensions.resume(make.fresh(task), by=who.supervisor, reason="已批复")

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
        Suspension.objects.create(
            task=task, department=who.water, requested_by=who.handler, review_on=suspension.review_on, **WORDS
        )

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
            suspensions.resume(task, by=person, reason="已批复")


def test_a_suspension_is_asked_for_with_a_review_day_that_is_not_past(who):
    task = make.active(who)

    with refused("suspension.review_past", task, kind=RuleBroken):
        asked(who, task, days=-1)

    assert asked(who, task, days=0).review_on == make.in_workdays(0)


def test_the_leader_may_set_another_review_day_and_must_when_the_asked_one_has_gone_by(who):
    with at("2026-03-09 10:00"):
        task = make.active(who)
        suspension = asked(who, task, days=1)
    with at("2026-03-12 10:00"):
        with refused("suspension.review_past", suspension, make.fresh(task), kind=RuleBroken):
            suspensions.grant(suspension, by=who.leader)
        suspension = suspensions.grant(suspension, by=who.leader, review_on=date(2026, 3, 20), comment="同意")

    assert suspension.review_on == make.fresh(task).suspended_until == date(2026, 3, 20)
    assert told("suspension.grant")[0]["review_on"] == "2026-03-20"


def test_when_the_review_day_has_come_it_is_the_offices_turn_until_it_resumes_or_prolongs(who):
    with at("2026-03-09 10:00"):
        task = make.active(who)
        suspension = suspensions.grant(asked(who, task, days=3), by=who.leader)
    with at("2026-03-11 10:00"):
        assert list(awaiting(who.supervisor, "suspension_review")) == []
    with at("2026-03-12 10:00"):
        for person in (who.supervisor, who.colleague):
            assert list(awaiting(person, "suspension_review")) == [task]
        for person in (who.handler, who.unit_head, who.leader):
            assert list(awaiting(person, "suspension_review")) == []
        suspension = suspensions.prolong(suspension, by=who.supervisor, review_on=date(2026, 3, 31), reason="仍待批复")
        assert list(awaiting(who.supervisor, "suspension_review")) == []

    task = make.fresh(task)
    assert (suspension.state, suspension.review_on) == ("granted", date(2026, 3, 31))
    assert (task.state, task.suspended_on, task.suspended_until) == ("suspended", date(2026, 3, 9), date(2026, 3, 31))
    days = {"before": "2026-03-12", "after": "2026-03-31"}
    assert told("suspension.prolong") == [days | {"reason": "仍待批复", "of": who.water.pk}]
    assert told("task.stand_on") == [days | {"suspension": suspension.pk}]


def test_a_suspension_is_prolonged_only_to_a_later_day_by_the_office_and_while_it_stands(who):
    suspension = asked(who, make.active(who))
    later = {"review_on": make.in_workdays(40), "reason": "仍待批复"}
    with refused("suspension.prolong.wrong_state", suspension, kind=WrongState):
        suspensions.prolong(suspension, by=who.supervisor, **later)
    suspension = suspensions.grant(suspension, by=who.leader)
    for person in (who.leader, who.handler, who.unit_head, who.stranger):
        with refused("suspension.prolong.forbidden", suspension, suspension.task, kind=Forbidden):
            suspensions.prolong(suspension, by=person, **later)
    with refused("suspension.review_not_later", suspension, suspension.task, kind=RuleBroken):
        suspensions.prolong(suspension, by=who.supervisor, review_on=suspension.review_on, reason="仍待批复")


def test_state_and_clock_say_until_when_the_clock_stands(who):
    with at("2026-03-09 10:00"):
        task = make.active(who)
        suspensions.grant(asked(who, task, days=3), by=who.leader)
        task = Task.objects.for_page().get(pk=task.pk)
        now = timezone.now()

        assert lights.told(task, now)["reason"] == "2026-03-09 起暂停计时，2026-03-12 复核"
        assert shown.clock_of(task, now)["words"] == "挂起中，暂停计时至 2026-03-12 复核"
        assert str(shown.turn(task)["what"]) == "2026-03-12 复核：恢复办理或续停"
