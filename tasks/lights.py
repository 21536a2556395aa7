"""The light: one meaning out of state and clock, told alike by Python and by both databases (R23).

``own`` looks at the task itself; ``combined`` adds what comes from below in the cascade. ``own_case``,
``weight_case`` and ``combined_case`` are their twins in SQL; a property test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tasks import clock
from tasks.states import CHECKING, RUNNING, Light, TaskState

SEVERITY: Final[dict[str, int]] = {Light.BLOCKED: 2, Light.UNSIGNED: 3, Light.NEAR_DUE: 4, Light.OVERDUE: 5}
"""What rises from a lower task to its parent, and how strongly; everything else weighs 1."""
CALM: Final = 1


def own(task: Any, now: datetime) -> str:
    """Return the meaning of the task's own state and clock at the moment ``now``.

    Handed in for checking, the unit's clock stands: late or not is told by ``finished_at``.
    """
    fixed = {TaskState.DRAFT: Light.DRAFT, TaskState.TERMINATED: Light.TERMINATED, TaskState.SUSPENDED: Light.SUSPENDED}
    if task.state in fixed:
        return fixed[task.state]
    late = (task.finished_at or now) > task.due_at
    if task.state == TaskState.CLOSED:
        return Light.CLOSED_LATE if late else Light.CLOSED
    if late:
        return Light.OVERDUE
    if task.state in CHECKING:
        return Light.REVIEW
    return _running(task, now)


def _running(task: Any, now: datetime) -> str:
    if task.blocked_by_id:
        return Light.BLOCKED
    if now >= task.warn_at:
        return Light.NEAR_DUE
    if task.state == TaskState.ASSIGNED and task.sign_by and now > task.sign_by:
        return Light.UNSIGNED
    return Light.ON_TRACK


def severity(meaning: str) -> int:
    """Return how strongly a meaning rises to the task above."""
    return SEVERITY.get(meaning, CALM)


def combined(state: str, meaning: str, below: int | None) -> str:
    """Return the meaning of a task above others: the worse of its own and of what comes from below."""
    if state not in RUNNING or not below or below <= severity(meaning):
        return meaning
    return of_severity(below)


def of_severity(weight: int) -> str:
    """Return the meaning that weighs so much; on track for everything calm."""
    return next((meaning for meaning, own in SEVERITY.items() if own == weight), Light.ON_TRACK)


def own_case(now: datetime) -> Case:
    """Return ``own`` as an expression over a Task row."""
    return _case(now, lambda meaning: meaning)


def weight_case(now: datetime) -> Case:
    """Return ``severity`` of ``own`` as an expression over a Task row."""
    return _case(now, severity)


def combined_case(now: datetime, below: Any) -> Any:
    """Return ``combined`` as an expression over a Task row; ``below`` is what ``rank_case`` says of the worst below.

    The greater of two ranked words: each part stands once, so that the statement stays short.
    """
    risen = Case(When(state__in=list(RUNNING), then=Coalesce(below, Value(""))), default=Value(""))
    return Substr(Greatest(_case(now, lambda meaning: f"{severity(meaning)}{meaning}"), risen), 2)


def rank_case(now: datetime) -> Case:
    """Return a word that sorts by severity and names the meaning; calm ones name none, so that they never win."""
    return _case(now, lambda meaning: f"{severity(meaning)}{meaning if meaning in SEVERITY else ''}")


def _case(now: datetime, told: Callable[[str], Any]) -> Case:
    late = Q(finished_at__gt=F("due_at")) | Q(finished_at=None, due_at__lt=now)

    def then(meaning: str) -> Value:
        return Value(told(meaning))

    return Case(
        When(state=TaskState.DRAFT, then=then(Light.DRAFT)),
        When(state=TaskState.TERMINATED, then=then(Light.TERMINATED)),
        When(state=TaskState.SUSPENDED, then=then(Light.SUSPENDED)),
        When(late & Q(state=TaskState.CLOSED), then=then(Light.CLOSED_LATE)),
        When(state=TaskState.CLOSED, then=then(Light.CLOSED)),
        When(late, then=then(Light.OVERDUE)),
        When(state__in=list(CHECKING), then=then(Light.REVIEW)),
        # Here the unit's clock runs: no other state is left.
        When(blocked_by__isnull=False, then=then(Light.BLOCKED)),
        When(warn_at__lte=now, then=then(Light.NEAR_DUE)),
        When(state=TaskState.ASSIGNED, sign_by__lt=now, then=then(Light.UNSIGNED)),
        default=then(Light.ON_TRACK),
        output_field=IntegerField() if isinstance(told(Light.DRAFT), int) else CharField(),
    )


# ------------------------------------------------------------------------------------------------ in words


def told(task: Any, now: datetime) -> dict[str, str]:
    """Return what the light tells people: ``meaning``, ``word``, ``reason``. The row comes from ``with_light``."""
    return {"meaning": task.light, "word": str(Light(task.light).label), "reason": reason(task, now)}


def reason(task: Any, now: datetime) -> str:
    """Return why the light is as it is, short enough for a row. Units: calendar days late, working days left."""
    if task.light != task.own_light:
        return _("下级任务%(word)s") % {"word": Light(task.light).label}
    said = _REASONS.get(task.light)
    return said(task, now) if said else ""


def _left(task: Any, now: datetime) -> str:
    days = clock.workdays_left(task, timezone.localdate(now)) or 0
    if days <= 0:
        return _("%(moment)s 到期") % {"moment": _spelled(task.due_at)}
    return ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", days) % {"days": days}


def _late(task: Any, now: datetime) -> str:
    days = task.days_over(timezone.localdate(task.finished_at or now))
    if days <= 0:
        return _("%(moment)s 已到期") % {"moment": _spelled(task.due_at)}
    return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", days) % {"days": days}


def _handed_in(task: Any, now: datetime) -> str:
    return _("%(day)s 报送") % {"day": timezone.localdate(task.finished_at)} if task.finished_at else ""


def _closed(task: Any, now: datetime) -> str:
    return _("%(day)s 销号") % {"day": timezone.localdate(task.closed_at)}


def _suspended(task: Any, now: datetime) -> str:
    return _("%(day)s 起暂停计时，%(until)s 复核") % {"day": task.suspended_on, "until": task.suspended_until}


def _blocked(task: Any, now: datetime) -> str:
    return _("等待%(unit)s") % {"unit": task.blocked_by.short or task.blocked_by.name}


def _unsigned(task: Any, now: datetime) -> str:
    return _("应于 %(moment)s 前签收") % {"moment": _spelled(task.sign_by)}


def _spelled(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%m-%d %H:%M")


_REASONS: Final = {
    Light.ON_TRACK: _left,
    Light.NEAR_DUE: _left,
    Light.OVERDUE: _late,
    Light.CLOSED_LATE: _late,
    Light.REVIEW: _handed_in,
    Light.CLOSED: _closed,
    Light.SUSPENDED: _suspended,
    Light.BLOCKED: _blocked,
    Light.UNSIGNED: _unsigned,
}
