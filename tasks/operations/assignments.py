"""Assignments: a unit signs or declines, finishes its help, is excused (R16)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from tasks import clock
from tasks.lifecycles import ASSIGNMENT, TASK
from tasks.models import Assignment, Task
from tasks.states import Part
from workflow.record import advance, lock
from workflow.refusal import RuleBroken


def _lock_both(assignment: Assignment) -> tuple[Task, Assignment]:
    """Lock the task first, then the share: every operation waits in this order."""
    task = lock(Task(pk=assignment.task_id), "lead", "organiser", "directive", "parent")
    return task, lock(assignment, "department", "task__organiser")


@transaction.atomic
def sign(assignment: Assignment, *, by: User) -> Assignment:
    """Sign for the unit's share (签收). The lead's signature sets the task to work.

    Signing late is possible; the clock has run meanwhile (R16).
    """
    task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "sign", by)
    assignment.signed_at, assignment.signed_by = timezone.now(), by
    assignment = advance(assignment, step, by, part=assignment.part)
    if assignment.part == Part.LEAD:
        advance(task, TASK.check(task, "start", by), by)
    return assignment


@transaction.atomic
@screened
def decline(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Object to the share (退办), with a reason, inside the window (R16). The lead's objection stops the task.

    Refused: RuleBroken("decline.too_late") after the window; who signed cannot decline (WrongState).
    """
    task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "decline", by)
    now = timezone.now()
    if assignment.decline_by and now > assignment.decline_by:
        raise RuleBroken(
            "decline.too_late",
            _("退办时限（%(until)s）已过，请先签收办理；确有困难的，可提请协调或申请延期。")
            % {"until": timezone.localtime(assignment.decline_by).strftime("%Y-%m-%d %H:%M")},
            details={"decline_by": assignment.decline_by.isoformat()},
        )
    assignment.declined_at, assignment.declined_by, assignment.reason = now, by, reason
    assignment = advance(assignment, step, by, reason=reason, part=assignment.part)
    if assignment.part == Part.LEAD:
        advance(task, TASK.check(task, "return", by), by, reason=reason)
    return assignment


@transaction.atomic
@screened
def insist(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Keep a helper's share in spite of its objection; it may not decline again. A lead's is kept on the task."""
    task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "insist", by)
    now = timezone.now()
    assignment.declined_at = assignment.declined_by = None
    assignment.sign_by, assignment.decline_by = clock.sign_in_by(task, assignment.department, now), now
    return advance(assignment, step, by, reason=reason)


@transaction.atomic
@screened
def finish(assignment: Assignment, *, by: User, note: str = "") -> Assignment:
    """Say that the unit's help is done (完成配合). The lead ends by claiming completion instead."""
    _task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "finish", by)
    return advance(assignment, step, by, note=note)


@transaction.atomic
@screened
def recall(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Set a helper to work again that had finished or been excused (重新配合), when what it did proves not enough.

    Refused: RuleBroken("assignment.task_ended") on a task that has ended: reopen it first.
    """
    task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "recall", by)
    if not task.is_open:
        raise RuleBroken("assignment.task_ended", _("任务已经办结或终止，请先重新办理，再要求配合。"))
    now = timezone.now()
    if assignment.signed_at is None:
        assignment.signed_at, assignment.signed_by = now, by
        assignment.declined_at = assignment.declined_by = None
    assignment.reason = reason
    return advance(assignment, step, by, reason=reason)


@transaction.atomic
@screened
def excuse(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Let a helper off (免予配合), so that it does not keep the task from closing (R33)."""
    _task, assignment = _lock_both(assignment)
    step = ASSIGNMENT.check(assignment, "excuse", by)
    return advance(assignment, step, by, reason=reason)
