"""Extensions and suspensions of a task together, newest first, by one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from organization.models import Department
from tasks.models import Extension, Suspension

COLUMNS: Final = (
    "kind", "pk", "state", "version", "created_at", "unit", "unit_name", "asked_by", "decider", "decided_at",
    "said", "why", "more", "first", "second", "third", "days",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A request as the page shows it; ``thing`` is the row for its verbs.

    ``first``, ``second``, ``third``: for an extension the day before, the day asked for, the day granted; for a
    suspension the days on which it began and ended, and its review day. ``days``: working days for which the clock
    stood.
    """

    kind: str
    thing: Any
    unit_name: str
    asked_by: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    said: str
    why: str
    more: str
    first: date | None
    second: date | None
    third: date | None
    days: int | None


def of(task: Any, user: Any) -> list[Request]:
    """Return the requests on the task that the user may see."""
    found = _extensions(task, user).union(_suspensions(task, user), all=True).order_by("-created_at", "kind", "-pk")
    return [_read(task, dict(zip(COLUMNS, row, strict=True))) for row in found]


def _extensions(task: Any, user: Any) -> QuerySet[Any, Any]:
    return _columns(
        Extension.objects.visible_to(user).filter(task=task), "extension", "reason", "progress",
        F("due_before"), F("requested_on"), F("granted_on"), Value(None, IntegerField()),
    )  # fmt: skip


def _suspensions(task: Any, user: Any) -> QuerySet[Any, Any]:
    return _columns(
        Suspension.objects.visible_to(user).filter(task=task), "suspension", "cause", "waiting_on",
        F("started_on"), F("ended_on"), F("review_on"), F("workdays"),
    )  # fmt: skip


def _columns(rows: Any, kind: str, why: str, more: str, *days: Any) -> QuerySet[Any, Any]:
    first, second, third, stood = days
    named = rows.order_by().annotate(
        kind=Value(kind, CharField()), unit=F("department"), unit_name=F("department__short"),
        asked_by=F("requested_by__name"), decider=F("decided_by__name"), said=F("comment"),
        why=Cast(why, TextField()), more=Cast(more, TextField()),
        first=Cast(first, DateField()), second=Cast(second, DateField()), third=Cast(third, DateField()),
        days=Cast(stood, IntegerField()),
    )  # fmt: skip
    found: QuerySet[Any, Any] = named.values_list(*COLUMNS)
    return found


def _read(task: Any, row: dict[str, Any]) -> Request:
    model = Extension if row["kind"] == "extension" else Suspension
    thing = model(pk=row["pk"], state=row["state"], version=row["version"], task=task)
    # The unit's key is all that the verbs ask of it.
    thing.department = Department(pk=row["unit"], short=row["unit_name"])
    return Request(
        row["kind"], thing, row["unit_name"], row["asked_by"], row["created_at"], row["decider"] or "",
        row["decided_at"], row["said"], row["why"], row["more"], row["first"], row["second"], row["third"], row["days"],
    )  # fmt: skip
