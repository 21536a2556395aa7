"""Extensions: asked before the due moment, signed by the head, checked by the office, decided by a leader (R24)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from organization.workdays import calendar_of
from tasks import clock, defaults
from tasks.actors import rank_of
from tasks.lifecycles import EXTENSION, TASK
from tasks.models import Extension, Task
from tasks.operations import cascade
from tasks.states import EXTENSION_PENDING, ExtensionState
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def ask(task: Task, *, by: User, reason: str, progress: str, until: date) -> Extension:
    """Ask for more time (申请延期).

    Refused: RuleBroken("extension.too_late") once the task is due, or nearer to it than the urgency's notice (working
    days: 普通 2, 加急 1, 特急 0); ("extension.not_later"); ("extension.pending") while one waits; ("extension.used_up")
    beyond the number allowed (one; a second only through the chief leader).
    """
    task = lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "extend", by)
    _refuse_late(task)
    due_on = clock.standing(task).on
    if until <= due_on:
        raise RuleBroken("extension.not_later", _("新时限要晚于现时限 %(due)s。") % {"due": due_on.isoformat()})
    if task.extensions.filter(state__in=EXTENSION_PENDING).exists():
        raise RuleBroken("extension.pending", _("已有一个延期申请在等待批复，请等批复，或先撤回它。"))
    _refuse_used_up(task, defaults.CHIEF_EXTENSIONS_ALLOWED)
    extension = Extension(
        task=task, department=task.lead, reason=reason, progress=progress, due_before=due_on,
        requested_on=until, requested_by=by, state=ExtensionState.REQUESTED,
    )  # fmt: skip
    begin(extension, by, verb="ask", until=until.isoformat(), reason=reason)
    advance(task, step, by, extension=extension.pk)
    return extension


def _refuse_late(task: Task) -> None:
    now = timezone.now()
    ahead = defaults.URGENCIES[task.urgency].extension_ahead_workdays
    calendar = calendar_of(task.lead)
    due = clock.standing(task)
    last = calendar.end_of(calendar.before(due.on, ahead)) if ahead else due.at
    if now > min(last, due.at):
        raise RuleBroken(
            "extension.too_late",
            _("延期最迟应在 %(last)s 前申请，现在已过，原时限继续有效。确有困难的，请提请协调。")
            % {"last": timezone.localtime(last).strftime("%Y-%m-%d %H:%M")},
            details={"latest": last.isoformat()},
        )


def _refuse_used_up(task: Task, allowed: int) -> None:
    granted = task.extensions.filter(state=ExtensionState.GRANTED).count()
    if granted >= allowed:
        raise RuleBroken(
            "extension.used_up",
            _("这项任务已延期 %(count)d 次，不能再延。") % {"count": granted},
            details={"granted": granted, "allowed": allowed},
        )


def _lock_both(extension: Extension) -> tuple[Task, Extension]:
    task = lock(Task(pk=extension.task_id), "lead", "organiser", "directive", "parent")
    return task, lock(extension, "department", "task__organiser", "task__directive")


@transaction.atomic
def sign_off(extension: Extension, *, by: User) -> Extension:
    """Let the unit's head send the request on (单位签批)."""
    _task, extension = _lock_both(extension)
    step = EXTENSION.check(extension, "sign_off", by)
    extension.signed_by = by
    return advance(extension, step, by)


@transaction.atomic
@screened
def accept(extension: Extension, *, by: User, comment: str = "") -> Extension:
    """Let the supervision office find the request in order (审核通过)."""
    _task, extension = _lock_both(extension)
    step = EXTENSION.check(extension, "accept", by)
    extension.checked_by, extension.comment = by, comment
    return advance(extension, step, by, comment=comment)


@transaction.atomic
@screened
def grant(extension: Extension, *, by: User, until: date | None = None, comment: str = "") -> Extension:
    """Approve with a definite day (批准延期), the asked one unless another is named; the original due day is kept.

    Refused: Forbidden for who asked, signed or checked it; RuleBroken("extension.chief_only") for a second extension
    by anybody below the chief leader; ("extension.not_later").
    """
    task, extension = _lock_both(extension)
    step = EXTENSION.check(extension, "grant", by)
    _refuse_involved(extension, by)
    if rank_of(by) > 1 and task.organiser.is_office:
        _refuse_second(task)
    until, before = until or extension.requested_on, clock.standing(task).on
    if until <= before:
        raise RuleBroken("extension.not_later", _("批准的时限要晚于现时限 %(due)s。") % {"due": before.isoformat()})
    if until <= timezone.localdate():
        raise RuleBroken("extension.past", _("批准的时限要晚于今天；批复已晚于所申请的日期，请另定一个日期。"))
    cascade.refuse_beyond_parent(task, until)
    clock.set_due(task, until)
    extension.granted_on, extension.comment = until, comment
    extension.decided_by, extension.decided_at = by, timezone.now()
    extension = advance(extension, step, by, until=until.isoformat(), before=before.isoformat(), comment=comment)
    touch(task, "due_moved", by, before=before.isoformat(), after=until.isoformat(), extension=extension.pk)
    return extension


def _refuse_involved(extension: Extension, by: User) -> None:
    involved = hands(extension, "extension.ask", "extension.sign_off", "extension.accept")
    refuse_same(by, involved, "extension.grant.own", _("经手这份申请的人不能批准它，请由其他领导批准。"))


def _refuse_second(task: Task) -> None:
    if task.extensions.filter(state=ExtensionState.GRANTED).count() >= defaults.EXTENSIONS_ALLOWED:
        raise RuleBroken("extension.chief_only", _("第二次延期须由主要领导批准，请转呈主要领导。"))


@transaction.atomic
@screened
def refuse(extension: Extension, *, by: User, comment: str) -> Extension:
    """Say no with the reason (不予同意); the due day stays as it was."""
    _task, extension = _lock_both(extension)
    step = EXTENSION.check(extension, "refuse", by)
    extension.decided_by, extension.decided_at, extension.comment = by, timezone.now(), comment
    return advance(extension, step, by, comment=comment)


@transaction.atomic
def withdraw(extension: Extension, *, by: User) -> Extension:
    """Take the request back before it is decided."""
    _task, extension = _lock_both(extension)
    step = EXTENSION.check(extension, "withdraw", by)
    return advance(extension, step, by)
