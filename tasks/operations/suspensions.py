"""Suspensions: the clock stops by approval while another body is waited for, and runs on afterwards (R25)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from tasks import clock
from tasks.lifecycles import SUSPENSION, TASK
from tasks.models import Suspension, Task
from tasks.operations import cascade, progress
from tasks.states import SuspensionState
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def ask(task: Task, *, by: User, cause: str, waiting_on: str, proof: str, review_on: date) -> Suspension:
    """Ask to stop the clock (申请挂起), naming who is waited for, the proof, and the day to look at it again (C2).

    Refused: RuleBroken("suspension.open") while another one waits; ("suspension.too_late") once the task is overdue:
    lateness is not undone by stopping the clock; ("suspension.review_past") for a review day before today.
    """
    task = lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "suspend", by)
    if task.suspensions.filter(state__in=(SuspensionState.REQUESTED, SuspensionState.GRANTED)).exists():
        raise RuleBroken("suspension.open", _("已有一个挂起申请，请等待批复，或先撤回它。"))
    if task.is_overdue():
        raise RuleBroken("suspension.too_late", _("任务已经逾期，不能再申请挂起。请说明原因并尽快办理，或提请协调。"))
    _refuse_past(review_on)
    suspension = Suspension(
        task=task, department=task.lead, cause=cause, waiting_on=waiting_on, proof=proof, review_on=review_on,
        requested_by=by, state=SuspensionState.REQUESTED,
    )  # fmt: skip
    begin(suspension, by, verb="ask", waiting_on=waiting_on, review_on=review_on.isoformat())
    advance(task, step, by, suspension=suspension.pk)
    return suspension


def _refuse_past(review_on: date) -> None:
    if review_on < timezone.localdate():
        raise RuleBroken("suspension.review_past", _("复核日不能早于今天，请另定一个日期。"))


def _lock_both(suspension: Suspension) -> tuple[Task, Suspension]:
    task = lock(Task(pk=suspension.task_id), "lead", "organiser", "directive", "parent")
    return task, lock(suspension, "department", "task__organiser", "task__directive")


@transaction.atomic
@screened
def grant(suspension: Suspension, *, by: User, review_on: date | None = None, comment: str = "") -> Suspension:
    """Stop the clock from today (批准挂起), until the review day that was asked for unless another is named.

    Refused: Forbidden for who asked; RuleBroken("suspension.review_past") for a review day before today.
    """
    task, suspension = _lock_both(suspension)
    step = SUSPENSION.check(suspension, "grant", by)
    refuse_same(by, hands(suspension, "suspension.ask"), "suspension.grant.own", _("申请人不能批准自己的申请。"))
    stop = TASK.check(task, "hold_clock", by)
    review_on, now = review_on or suspension.review_on, timezone.now()
    _refuse_past(review_on)
    suspension.decided_by, suspension.decided_at, suspension.comment = by, now, comment
    suspension.started_on = task.suspended_on = timezone.localdate(now)
    suspension.review_on = task.suspended_until = review_on
    suspension = advance(suspension, step, by, comment=comment, review_on=review_on.isoformat())
    advance(task, stop, by, suspension=suspension.pk)
    return suspension


@transaction.atomic
@screened
def refuse(suspension: Suspension, *, by: User, comment: str) -> Suspension:
    """Let the clock run on (不予挂起), with the reason."""
    _task, suspension = _lock_both(suspension)
    step = SUSPENSION.check(suspension, "refuse", by)
    suspension.decided_by, suspension.decided_at, suspension.comment = by, timezone.now(), comment
    return advance(suspension, step, by, comment=comment)


@transaction.atomic
def withdraw(suspension: Suspension, *, by: User) -> Suspension:
    """Take the request back before it is decided."""
    _task, suspension = _lock_both(suspension)
    step = SUSPENSION.check(suspension, "withdraw", by)
    return advance(suspension, step, by)


@transaction.atomic
@screened
def prolong(suspension: Suspension, *, by: User, review_on: date, reason: str) -> Suspension:
    """Let the clock stand on (续停) until another review day, with the reason why the ground still holds.

    Refused: RuleBroken("suspension.review_not_later") for a day not after today and the review day that stands.
    """
    task, suspension = _lock_both(suspension)
    step = SUSPENSION.check(suspension, "prolong", by)
    before = suspension.review_on
    latest = max(before, timezone.localdate())
    if review_on <= latest:
        raise RuleBroken(
            "suspension.review_not_later",
            _("续停后的复核日要晚于 %(day)s，请另定一个日期。") % {"day": latest.isoformat()},
        )
    suspension.review_on = task.suspended_until = review_on
    days = {"before": before.isoformat(), "after": review_on.isoformat()}
    suspension = advance(suspension, step, by, reason=reason, **days)
    touch(task, "stand_on", by, suspension=suspension.pk, **days)
    return suspension


@transaction.atomic
@screened
def resume(task: Task, *, by: User, reason: str) -> Task:
    """Let the clock run again (恢复办理): the due day moves by the working days for which it stood, day for day."""
    task = cascade.lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "resume", by)
    suspension = Suspension.objects.select_for_update().get(task=task, state=SuspensionState.GRANTED)
    today = timezone.localdate()
    stood, before = clock.workdays_since(task, task.suspended_on, today), clock.standing(task).on
    clock.push_due(task, stood)
    suspension.ended_on, suspension.workdays = today, stood
    advance(suspension, SUSPENSION.rows("end")[0], by, workdays=stood)
    task.suspended_on, task.suspended_until = None, None
    task.suspended_workdays += stood
    after = clock.standing(task).on
    task = advance(task, step, by, workdays=stood, before=before.isoformat(), after=after.isoformat(), reason=reason)
    progress.climb(task)
    return task
