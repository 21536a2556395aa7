"""Blockers: a unit says whom it waits for; while that is confirmed, lateness counts there (C13)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from organization.workdays import calendar_of
from tasks.actors import unit_of
from tasks.lifecycles import BLOCKER, TASK
from tasks.models import Blocker, Task
from tasks.operations import shares
from tasks.states import BlockerState, Cause
from workflow.lifecycle import Step
from workflow.record import advance, begin, lock, touch
from workflow.refusal import RuleBroken

ANSWER_WORKDAYS = 5
"""Working days a confirmed blocker's owner has, unless the officer names a day. Our default."""


@transaction.atomic
@screened
def raise_(
    task: Task,
    *,
    by: User,
    waiting_on: Department,
    ask: str,
    category: str = Cause.COORDINATION,
    since: date | None = None,
) -> Blocker:
    """Ask for coordination (提请协调): waiting on whom, for what, since when.

    Refused: RuleBroken("blocker.open") while another one stands; ("blocker.own_unit"); ("blocker.future");
    ("task.unit_gone") for a unit that no longer exists.
    """
    task = lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "raise", by)
    if waiting_on.pk == unit_of(by).pk:
        raise RuleBroken("blocker.own_unit", _("等待的是本单位自己，请在单位内部协调。"))
    shares.refuse_gone([waiting_on])
    if since and since > timezone.localdate():
        raise RuleBroken("blocker.future", _("受阻起始日期不能晚于今天。"))
    if task.blockers.filter(state__in=(BlockerState.RAISED, BlockerState.CONFIRMED)).exists():
        raise RuleBroken("blocker.open", _("这项任务已有一个协调事项在处理，请等它有结果，或先撤回它。"))
    blocker = Blocker(
        task=task, department=unit_of(by), waiting_on=waiting_on, category=category, ask=ask,
        since=since or timezone.localdate(), raised_by=by, state=BlockerState.RAISED,
    )  # fmt: skip
    begin(blocker, by, verb="raise", waiting_on=waiting_on.name, category=category)
    advance(task, step, by, blocker=blocker.pk)
    return blocker


def _lock_both(blocker: Blocker) -> tuple[Task, Blocker]:
    task = lock(Task(pk=blocker.task_id), "lead", "organiser", "directive", "parent")
    return task, lock(blocker, "department", "waiting_on", "task__organiser")


@transaction.atomic
def confirm(blocker: Blocker, *, by: User, due_on: date | None = None) -> Blocker:
    """Confirm the blocker (确认) and start its owner's own clock: until ``due_on``, else five working days."""
    task, blocker = _lock_both(blocker)
    step = BLOCKER.check(blocker, "confirm", by)
    today = timezone.localdate()
    if due_on and due_on < today:
        raise RuleBroken("blocker.due_past", _("协调时限不能早于今天。"))
    blocker.confirmed_on, blocker.confirmed_by = today, by
    blocker.due_on = due_on or calendar_of(blocker.waiting_on).after(today, ANSWER_WORKDAYS)
    blocker = advance(blocker, step, by, due_on=blocker.due_on.isoformat(), waiting_on=blocker.waiting_on.name)
    task.blocked_by = blocker.waiting_on
    touch(task, "blocked", by, blocker=blocker.pk, waiting_on=blocker.waiting_on.name)
    return blocker


@transaction.atomic
@screened
def refuse(blocker: Blocker, *, by: User, resolution: str) -> Blocker:
    """Find that there is no blocker (不予确认), with the reason."""
    _task, blocker = _lock_both(blocker)
    step = BLOCKER.check(blocker, "refuse", by)
    return _end(blocker, step, by, resolution)


@transaction.atomic
@screened
def resolve(blocker: Blocker, *, by: User, resolution: str) -> Blocker:
    """Say how the blocker was solved (协调解决); from now on lateness counts under the lead again."""
    task, blocker = _lock_both(blocker)
    step = BLOCKER.check(blocker, "resolve", by)
    blocker = _end(blocker, step, by, resolution)
    _free(task, blocker, by)
    return blocker


@transaction.atomic
@screened
def withdraw(blocker: Blocker, *, by: User, resolution: str = "") -> Blocker:
    """Take the blocker back."""
    task, blocker = _lock_both(blocker)
    was_confirmed = blocker.state == BlockerState.CONFIRMED
    step = BLOCKER.check(blocker, "withdraw", by)
    blocker = _end(blocker, step, by, resolution)
    if was_confirmed:
        _free(task, blocker, by)
    return blocker


def _end(blocker: Blocker, step: Step, by: User, resolution: str) -> Blocker:
    blocker.ended_on, blocker.ended_by, blocker.resolution = timezone.localdate(), by, resolution
    return advance(blocker, step, by, resolution=resolution)


def _free(task: Task, blocker: Blocker, by: User) -> None:
    task.blocked_by = None
    touch(task, "freed", by, blocker=blocker.pk, days=blocker.days_blocked(timezone.localdate()))
