"""任务分工: signed or declined, never both, declined in time and with a reason; helpers finish or are excused (R16)."""

import pytest
from django.db import IntegrityError, transaction

from tasks.models import Assignment, Task
from tasks.operations import assignments, tasks
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, moment, told
from workflow.refusal import Forbidden, RuleBroken, WrongState

WINDOWS = {
    "ordinary": ("2026-03-10 18:00", "2026-03-12 18:00"),
    "urgent": ("2026-03-09 14:00", "2026-03-10 18:00"),
    "critical": ("2026-03-09 12:00", "2026-03-09 14:00"),
}


def test_the_leads_signature_sets_the_task_to_work(who):
    task = make.assigned(who)

    share = assignments.sign(make.share(task, who.water), by=who.handler)

    assert (share.state, share.signed_by, make.fresh(task).state) == ("signed", who.handler, "active")
    assert [d["part"] for d in told("assignment.sign")] == ["lead"]


def test_a_helpers_signature_leaves_the_task_waiting_for_its_lead(who):
    task = make.assigned(who)

    assignments.sign(make.share(task, who.finance), by=who.helper)

    assert make.fresh(task).state == "assigned"


def test_each_unit_signs_for_itself_alone(who):
    share = make.share(make.assigned(who), who.water)
    for person in (who.helper, who.helper_head, who.supervisor, who.leader, who.below, who.stranger):
        with refused("assignment.sign.forbidden", share, share.task, kind=Forbidden):
            assignments.sign(share, by=person)


def test_who_has_signed_does_not_decline_and_who_has_declined_does_not_sign(who):
    signed = assignments.sign(make.share(make.assigned(who), who.water), by=who.handler)
    with refused("assignment.decline.wrong_state", signed, kind=WrongState):
        assignments.decline(signed, by=who.handler, reason="非职责")

    declined = assignments.decline(make.share(make.assigned(who), who.water), by=who.handler, reason="非职责")
    with refused("assignment.sign.wrong_state", declined, kind=WrongState):
        assignments.sign(declined, by=who.handler)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=declined.pk).update(signed_at=declined.declined_at, signed_by=who.handler)


def test_the_windows_for_signing_and_declining_follow_the_urgency(who):
    directive = make.directive(who)
    with at("2026-03-09 10:00"):
        for urgency, (sign_by, decline_by) in WINDOWS.items():
            task = make.assigned(who, of=directive, urgency=urgency)
            share = make.share(task, who.water)
            assert (share.sign_by, share.decline_by) == (moment(sign_by), moment(decline_by))
            assert task.sign_by == share.sign_by


def test_a_unit_declines_within_the_window_and_not_a_moment_later(who):
    directive = make.directive(who)
    for urgency, (_sign_by, decline_by) in WINDOWS.items():
        with at("2026-03-09 10:00"):
            late, right = (make.share(make.assigned(who, of=directive, urgency=urgency), who.water) for _ in "12")
        with at(f"{decline_by}:00.000001"), refused("decline.too_late", late, late.task, kind=RuleBroken):
            assignments.decline(late, by=who.handler, reason="非职责")
        with at(decline_by):
            assert assignments.decline(right, by=who.handler, reason="非职责").state == "declined"


def test_the_leads_objection_stops_the_task_and_tells_why(who):
    task = make.assigned(who)

    share = assignments.decline(make.share(task, who.water), by=who.handler, reason="不属本局职责")

    assert (share.state, share.reason, share.declined_by) == ("declined", "不属本局职责", who.handler)
    assert make.fresh(task).state == "declined"
    assert told("task.return") == [{"reason": "不属本局职责"}]


def test_an_unsigned_task_shows_as_unsigned_and_its_clock_runs_on(who):
    with at("2026-03-09 10:00"):
        task = make.assigned(who)
    with at("2026-03-10 18:00:01"):
        lit = type(task).objects.with_light().get(pk=task.pk)
        assert (lit.light, lit.state) == ("unsigned", "assigned")
        assignments.sign(make.share(task, who.water), by=who.handler)

    with at("2026-03-10 18:00:02"):
        lit = type(task).objects.with_light().get(pk=task.pk)
        assert (lit.light, lit.state, lit.due_on) == ("on_track", "active", task.due_on)


def test_a_helpers_objection_is_settled_by_the_office_without_stopping_the_task(who):
    task = make.assigned(who)
    share = assignments.decline(make.share(task, who.finance), by=who.helper, reason="无资金")
    assert make.fresh(task).state == "assigned"

    share = assignments.insist(share, by=who.supervisor, reason="预算已列")

    assert (share.state, share.declined_at, share.declined_by) == ("issued", None, None)
    with refused("decline.too_late", share, kind=RuleBroken):
        assignments.decline(share, by=who.helper, reason="仍无")


def test_a_helper_finishes_or_is_excused(who):
    task = make.active(who)
    share = make.share(task, who.finance)

    assert assignments.finish(share, by=who.helper, note="资金已拨").state == "done"
    assert assignments.excuse(make.share(make.active(who), who.finance), by=who.supervisor, reason="无需").state == (
        "excused"
    )
    assert told("assignment.finish") == [{"note": "资金已拨", "of": who.finance.pk}]


def test_a_lead_is_neither_finished_nor_excused_nor_kept_by_its_share(who):
    """The lead's share ends with the task: by claim, reassignment, insistence on the task, or termination."""
    share = make.share(make.active(who), who.water)
    with refused("assignment.finish.forbidden", share, share.task, kind=Forbidden):
        assignments.finish(share, by=who.handler)
    with refused("assignment.excuse.forbidden", share, share.task, kind=Forbidden):
        assignments.excuse(share, by=who.supervisor, reason="无需")
    declined = assignments.decline(make.share(make.assigned(who), who.water), by=who.handler, reason="非职责")
    with refused("assignment.insist.forbidden", declined, kind=Forbidden):
        assignments.insist(declined, by=who.supervisor, reason="维持")


def test_nothing_is_signed_declined_finished_or_kept_on_a_task_that_has_ended(who):
    task = make.assigned(who)
    issued = make.share(task, who.water)
    other = make.assigned(who)
    assignments.decline(make.share(other, who.finance), by=who.helper, reason="无资金")
    working = make.active(who)
    for each in (task, other, working):
        tasks.terminate(make.fresh(each), by=who.leader, reason="不再需要")

    declined, signed = make.share(other, who.finance), make.share(working, who.finance)
    for share, act, person, words in (
        (issued, assignments.sign, who.handler, {}),
        (issued, assignments.decline, who.handler, {"reason": "非职责"}),
        (declined, assignments.insist, who.supervisor, {"reason": "维持"}),
        (declined, assignments.excuse, who.supervisor, {"reason": "无需"}),
        (signed, assignments.finish, who.helper, {}),
    ):
        with refused(f"assignment.{act.__name__}.wrong_state", make.fresh(share), kind=WrongState):
            act(share, by=person, **words)
        assert (make.fresh(share).state, list(Task.objects.visible_to(person).filter(pk=share.task_id))) == (
            "ended", [share.task],
        )  # fmt: skip
