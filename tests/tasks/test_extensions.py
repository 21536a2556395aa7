"""延期: asked before the due moment, signed, checked, decided by a leader with a definite day; both days kept (R24)."""

import pytest
from django.db import IntegrityError, transaction

from organization.states import Rank, Role
from tasks.models import Extension
from tasks.operations import extensions
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, in_post, lend, moment, told
from workflow.refusal import Forbidden, RuleBroken, WrongState

WORDS = {"reason": "汛期施工受阻", "progress": "完成一半"}


def asked(who, task, days=30):
    return extensions.ask(task, by=who.handler, until=make.in_workdays(days), **WORDS)


def checked(who, task, days=30):
    extension = extensions.sign_off(asked(who, task, days), by=who.unit_head)
    return extensions.accept(extension, by=who.supervisor, comment="属实")


def granted(who, task, days=30, by=None):
    return extensions.grant(checked(who, task, days), by=by or who.leader)


def test_a_granted_extension_sets_a_definite_day_and_keeps_the_first(who):
    task = make.active(who)
    original = task.due_on

    extension = granted(who, task)

    task = make.fresh(task)
    assert (task.due_on, task.original_due_on) == (make.in_workdays(30), original)
    assert (extension.state, extension.due_before, extension.granted_on) == ("granted", original, make.in_workdays(30))
    assert task.due_at.date() == make.in_workdays(30)
    assert told("task.due_moved") == [
        {"before": original.isoformat(), "after": make.in_workdays(30).isoformat(), "extension": extension.pk}
    ]  # fmt: skip


def test_the_leader_may_grant_another_day_than_the_asked_one(who):
    task = make.active(who)

    extensions.grant(checked(who, task), by=who.leader, until=make.in_workdays(25), comment="抓紧")

    assert make.fresh(task).due_on == make.in_workdays(25)


def test_an_extension_is_asked_some_working_days_ahead_and_never_when_due(who):
    """Ordinary tasks two working days ahead, urgent ones one, critical ones until the due moment."""
    latest = {"ordinary": "2026-04-02 18:00", "urgent": "2026-04-03 18:00", "critical": "2026-04-07 18:00"}
    directive = make.directive(who)
    for urgency, last in latest.items():
        with at("2026-03-09 10:00"):
            due_on = moment("2026-04-07").date()
            late, right = (make.active(who, of=directive, urgency=urgency, due_on=due_on) for _ in "12")
            until = make.in_workdays(60)
        with at(f"{last}:00.000001"), refused("extension.too_late", late, kind=RuleBroken):
            extensions.ask(late, by=who.handler, until=until, **WORDS)
        with at(last):
            assert extensions.ask(right, by=who.handler, until=until, **WORDS).state == "requested"


def test_a_refused_or_late_request_leaves_the_due_day_in_force(who):
    task = make.active(who)

    extension = extensions.refuse(checked(who, task), by=who.leader, comment="不予延期")

    assert (extension.state, extension.comment, extension.decided_by) == ("refused", "不予延期", who.leader)
    assert make.fresh(task).due_on == task.due_on


def test_the_new_day_lies_after_the_present_one(who):
    task = make.active(who)
    for until in (task.due_on, make.in_workdays(3)):
        with refused("extension.not_later", task, kind=RuleBroken):
            extensions.ask(task, by=who.handler, until=until, **WORDS)
    extension = checked(who, task)
    with refused("extension.not_later", make.fresh(task), extension, kind=RuleBroken):
        extensions.grant(extension, by=who.leader, until=task.due_on)


def test_one_request_waits_at_a_time(who):
    task = make.active(who)
    first = asked(who, task)
    with refused("extension.pending", make.fresh(task), kind=RuleBroken):
        asked(who, task, 40)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            task=task, department=who.water, due_before=task.due_on, requested_on=make.in_workdays(40),
            requested_by=who.handler,
        )  # fmt: skip

    extensions.withdraw(first, by=who.handler)

    assert asked(who, task, 40).state == "requested"


def test_a_second_extension_is_the_chief_leaders_to_grant_and_there_is_no_third(who):
    task = make.active(who)
    granted(who, task)
    second = checked(who, make.fresh(task), 40)
    with refused("extension.chief_only", second, make.fresh(task), kind=RuleBroken):
        extensions.grant(second, by=who.leader)
    extensions.grant(second, by=who.chief)

    with refused("extension.used_up", make.fresh(task), kind=RuleBroken) as refusal:
        asked(who, make.fresh(task), 50)

    assert refusal.value.details == {"granted": 2, "allowed": 2}


def test_the_request_goes_from_handler_to_head_to_office_to_leader_in_that_order(who):
    extension = asked(who, make.active(who))
    with refused("extension.sign_off.forbidden", extension, kind=Forbidden):
        extensions.sign_off(extension, by=who.handler)
    with refused("extension.accept.wrong_state", extension, kind=WrongState):
        extensions.accept(extension, by=who.supervisor)
    with refused("extension.grant.wrong_state", extension, kind=WrongState):
        extensions.grant(extension, by=who.leader)
    extension = extensions.sign_off(extension, by=who.unit_head)
    for person in (who.handler, who.unit_head, who.leader, who.helper, who.stranger):
        with refused("extension.accept.forbidden", extension, kind=Forbidden):
            extensions.accept(extension, by=person)
    extension = extensions.accept(extension, by=who.supervisor)
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    for person in (who.supervisor, who.unit_head, secretary):
        with refused("extension.grant.forbidden", extension, kind=Forbidden):
            extensions.grant(extension, by=person)

    assert extensions.grant(extension, by=who.leader).state == "granted"


def test_each_turn_may_refuse_at_its_own_time(who):
    task = make.active(who)
    assert extensions.refuse(asked(who, task), by=who.unit_head, comment="不必").state == "refused"
    signed = extensions.sign_off(asked(who, task), by=who.unit_head)
    with refused("extension.refuse.forbidden", signed, kind=Forbidden):
        extensions.refuse(signed, by=who.leader, comment="不必")

    assert extensions.refuse(signed, by=who.supervisor, comment="不必").state == "refused"


def test_nobody_grants_what_went_through_his_own_hands(who):
    organization.post(who.colleague, who.government, Role.LEADER, rank=Rank.DEPUTY)
    helper = organization.person(Role.SUPERVISOR, who.office)
    extension = extensions.sign_off(asked(who, make.active(who)), by=who.unit_head)
    extension = extensions.accept(extension, by=lend(who.colleague, helper, Role.SUPERVISOR))
    for hand in (in_post(who.colleague, Role.LEADER), lend(who.leader, who.handler), lend(who.leader, helper)):
        with refused("extension.grant.own", extension, kind=Forbidden):
            extensions.grant(extension, by=hand)

    assert extensions.grant(extension, by=who.leader).state == "granted"


def test_an_unsigned_task_may_ask_too_and_a_helper_may_not(who):
    task = make.assigned(who)

    assert asked(who, task).state == "requested"
    with refused("task.extend.forbidden", make.fresh(task), kind=Forbidden):
        extensions.ask(task, by=who.helper, until=make.in_workdays(30), **WORDS)
