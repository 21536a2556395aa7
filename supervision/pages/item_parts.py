"""What a unit added to an item of rectification, files and requests for more time: fetched by one statement."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from supervision.states.correcting import DeferralOutcome
from workflow.lifecycle import Text


@dataclass(frozen=True)
class Part:
    """A voucher or a deferral. ``day`` is what the file shows, or what stood before; ``size`` in bytes."""

    kind: str
    key: int
    at: datetime
    by: str
    text: str
    more: str
    day: date
    until: date | None
    granted_on: date | None
    outcome: str
    comment: str
    ended_by: str | None
    ended_at: datetime | None
    size: int | None
    sha256: str

    @property
    def outcome_label(self) -> Text:
        """What a request came to, in words."""
        return dict(DeferralOutcome.choices).get(self.outcome, "")


COLUMNS: Final[dict[str, Any]] = {
    "kind": CharField, "key": IntegerField, "at": DateTimeField, "by": TextField, "text": TextField, "more": TextField,
    "day": DateField, "until": DateField, "granted_on": DateField, "outcome": CharField, "comment": TextField,
    "ended_by": TextField, "ended_at": DateTimeField, "size": BigIntegerField, "sha256": CharField,
}  # fmt: skip
EMPTY: Final[dict[str, Any]] = {
    "until": Value(None), "granted_on": Value(None), "outcome": Value(""), "comment": Value(""),
    "ended_by": Value(None), "ended_at": Value(None), "size": Value(None), "sha256": Value(""),
}  # fmt: skip


def of(item: Any) -> dict[str, list[Part]]:
    """Return the files and the requests of an item, newest first; the caller has asked who sees it."""
    files = _rows(
        item.vouchers, kind=Value("voucher"), at=F("uploaded_at"), by=F("uploaded_by__name"), text=F("name"),
        more=F("note"), day=F("evidence_on"), size=F("size"), sha256=F("sha256"),
    )  # fmt: skip
    requests = _rows(
        item.deferrals, kind=Value("deferral"), at=F("asked_at"), by=F("asked_by__name"), text=F("reason"),
        more=F("progress"), day=F("due_before"), until=F("requested_on"), granted_on=F("granted_on"),
        outcome=F("outcome"), comment=F("comment"), ended_by=F("ended_by__name"), ended_at=F("ended_at"),
    )  # fmt: skip
    found = [Part(*row) for row in files.union(requests, all=True).order_by("-key_")]
    return {f"{kind}s": [part for part in found if part.kind == kind] for kind in ("voucher", "deferral")}


def _rows(rows: Any, **said: Any) -> QuerySet[Any, Any]:
    values = {"key": F("pk")} | EMPTY | said
    names = [field.name for field in fields(Part)]
    columns = {f"{name}_": Cast(values[name], COLUMNS[name]()) for name in names}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found
