"""Suspensions: the clock stops by approval while another body is waited for, and runs on afterwards (R25)."""

from __future__ import annotations

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
from workflow.record import advance, begin, lock
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def ask(task: Task, *, by: User, cause: str, waiting_on: str, proof: str) -> Suspension:
    """Ask to stop the clock (申请挂起), naming who is waited for and the proof.

    Refused: RuleBroken("suspension.open") while another one waits; ("suspension.too_late") once the task is overdue:
    lateness is not undone by stopping the clock.
    """
    task = lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "suspend", by)
    if task.suspensions.filter(state__in=(SuspensionState.REQUESTED, SuspensionState.GRANTED)).exists():
        raise RuleBroken("suspension.open", _("已有一个挂起申请，请等待批复，或先撤回它。"))
    if task.is_overdue():
        raise RuleBroken("suspension.too_late", _("任务已经逾期，不能再申请挂起。请说明原因并尽快办理，或提请协调。"))
    suspension = Suspension(
        task=task, department=task.lead, cause=cause, waiting_on=waiting_on, proof=proof, requested_by=by,
        state=SuspensionState.REQUESTED,
    )  # fmt: skip
    begin(suspension, by, verb="ask", waiting_on=waiting_on)
    advance(task, step, by, suspension=suspension.pk)
    return suspension


def _lock_both(suspension: Suspension) -> tuple[Task, Suspension]:
    task = lock(Task(pk=suspension.task_id), "lead", "organiser", "directive", "parent")
    return task, lock(suspension, "department", "task__organiser", "task__directive")


@transaction.atomic
@screened
def grant(suspension: Suspension, *, by: User, comment: str = "") -> Suspension:
    """Stop the clock from today (批准挂起)."""
    task, suspension = _lock_both(suspension)
    step = SUSPENSION.check(suspension, "grant", by)
    refuse_same(by, hands(suspension, "suspension.ask"), "suspension.grant.own", _("申请人不能批准自己的申请。"))
    stop = TASK.check(task, "hold_clock", by)
    now = timezone.now()
    suspension.decided_by, suspension.decided_at, suspension.comment = by, now, comment
    suspension.started_on = task.suspended_on = timezone.localdate(now)
    suspension = advance(suspension, step, by, comment=comment)
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
def resume(task: Task, *, by: User, note: str = "") -> Task:
    """Let the clock run again (恢复办理): the due day moves by the working days for which it stood, day for day."""
    task = cascade.lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "resume", by)
    suspension = Suspension.objects.select_for_update().get(task=task, state=SuspensionState.GRANTED)
    today = timezone.localdate()
    stood, before = clock.workdays_since(task, task.suspended_on, today), clock.standing(task).on
    clock.push_due(task, stood)
    suspension.ended_on, suspension.workdays = today, stood
    advance(suspension, SUSPENSION.rows("end")[0], by, workdays=stood)
    task.suspended_on, task.suspended_workdays = None, task.suspended_workdays + stood
    task = advance(
        task, step, by, workdays=stood, before=before.isoformat(), after=clock.standing(task).on.isoformat(), note=note
    )
    progress.climb(task)
    return task
