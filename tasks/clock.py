"""When a task is due, when it turns yellow, when it must be signed. Rows hold the answer; this works it out.

Source: R19–R22, domain.md 3.9.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from organization.workdays import ZONE, Calendar, Limit, calendar_of, due, unrolled
from tasks import defaults
from tasks.states import Unit, Urgency


@dataclass(frozen=True)
class Due:
    """The end of a limit: its day, its moment, the moment of yellow, and whether the calendar may still change."""

    on: date
    at: datetime
    warn_at: datetime
    provisional: bool


def standing(task: Any) -> Due:
    """Return the due day and moments as they stand in an issued task's row."""
    return Due(task.due_on, task.due_at, task.warn_at, task.due_provisional)


def default_limit(source: str, urgency: str) -> Limit:
    """Return the limit that holds when a source names none: by urgency, else by kind of source (domain.md 3.9, 6)."""
    return defaults.URGENCIES[urgency].limit or defaults.SOURCES[source].limit


def default_words(source: str, urgency: str) -> str:
    """Return the default limit with its reason: 20 个日历日（会议议定事项二十日）."""
    limit = default_limit(source, urgency)
    marked = _("标为%(urgency)s") % {"urgency": Urgency(urgency).label}
    reason = marked if defaults.URGENCIES[urgency].limit else defaults.SOURCES[source].basis
    return _("%(value)d 个%(unit)s（%(reason)s）") % {
        "value": limit.value, "unit": Unit(limit.unit).label, "reason": reason,
    }  # fmt: skip


def due_of(task: Any, start: datetime) -> Due | None:
    """Return when ``task`` is due if its limit runs from ``start``; None while neither limit nor day is named.

    A limit in calendar days that ends on a rest day is rolled; the unrolled day is the warning day (R20).
    """
    calendar = calendar_of(task.lead)
    if task.limit_unit == Unit.FIXED or not task.limit_value:
        return ending(task, calendar.end_of(task.due_on), start, calendar) if task.due_on else None
    limit = Limit(task.limit_value, task.limit_unit)
    found = ending(task, due(limit, start, calendar), start, calendar)
    if task.limit_unit != Unit.DAYS:
        return found
    return replace(found, warn_at=min(found.warn_at, max(start, calendar.start_of(unrolled(limit, start)))))


def ending(task: Any, at: datetime, start: datetime, calendar: Calendar | None = None) -> Due:
    """Return the due day, moment and yellow moment for a limit that runs from ``start`` to ``at``."""
    calendar = calendar or calendar_of(task.lead)
    on = at.astimezone(ZONE).date()
    return Due(on, at, min(at, max(start, _yellow(task.urgency, start, at, on, calendar))), calendar.provisional(on))


def _yellow(urgency: str, start: datetime, at: datetime, on: date, calendar: Calendar) -> datetime:
    """Return the moment from which the task is near due.

    特急: the last 4 hours of work; 加急: the last working day; ordinary: when 20 % of the limit is left, at least
    one and at most five working days.
    """
    if urgency == Urgency.CRITICAL:
        return _hours_before(at, on, calendar, 4)
    days = 1 if urgency == Urgency.URGENT else _share(calendar.between(start.astimezone(ZONE).date(), on))
    return calendar.start_of(calendar.before(on, days - 1)) if days > 1 else calendar.start_of(on)


def _share(length: int) -> int:
    part = -(-length * defaults.YELLOW_SHARE_PERCENT // 100)
    return max(defaults.YELLOW_LEAST, min(defaults.YELLOW_MOST, part))


def _hours_before(at: datetime, on: date, calendar: Calendar, hours: int) -> datetime:
    opening, wanted = calendar.start_of(on), timedelta(hours=hours)
    if at - opening >= wanted:
        return at - wanted
    return calendar.end_of(calendar.before(on, 1)) - (wanted - (at - opening))


def sign_in_by(task: Any, department: Any, start: datetime) -> datetime:
    """Return by when a unit signs (domain.md 3.9)."""
    return due(defaults.URGENCIES[task.urgency].sign_in, start, calendar_of(department))


def decline_by(task: Any, department: Any, start: datetime) -> datetime:
    """Return until when a unit may decline (R16)."""
    return due(defaults.URGENCIES[task.urgency].decline, start, calendar_of(department))


def workdays_left(task: Any, on: date) -> int | None:
    """Return the working days from ``on`` (excluded) to the due day; negative when late; None without a due day."""
    return calendar_of(task.lead).between(on, task.due_on) if task.due_on else None


def workdays_since(task: Any, first: Any, last: date) -> int:
    """Return the working days in (``first``, ``last``] by the lead's calendar."""
    return calendar_of(task.lead).between(first, last)


def set_due(task: Any, on: date, start: datetime | None = None) -> None:
    """Write a definite due day into the row, with its moment and yellow; the limit is that day from now on.

    Yellow counts from ``start``, else from the assignment.
    """
    calendar = calendar_of(task.lead)
    task.limit_unit, task.limit_value = Unit.FIXED, None
    _write(task, ending(task, calendar.end_of(on), start or task.assigned_at, calendar))


def push_due(task: Any, workdays: int) -> None:
    """Move the due moment later by as many working days, at its hour: the clock stood, or a delay is given back."""
    on = calendar_of(task.lead).after(task.due_on, workdays)
    at = datetime.combine(on, task.due_at.astimezone(ZONE).time(), tzinfo=ZONE)
    _write(task, ending(task, at, task.assigned_at))


def _write(task: Any, due: Due) -> None:
    task.due_on, task.due_at, task.warn_at, task.due_provisional = due.on, due.at, due.warn_at, due.provisional
