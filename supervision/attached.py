"""What a paper of 监督问责 rests on: its own files, pieces of tasks' evidence, tasks; fetched by one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, CharField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from supervision.models import Exhibit

NOUNS: Final = {
    "exhibit": "exhibits", "statement": "exhibits", "evidence": "evidence", "finding": "findings", "task": "tasks",
}  # fmt: skip
"""Each kind, and the noun under which its rows go at the REST door."""
KINDS: Final = tuple(NOUNS)


@dataclass(frozen=True)
class Attached:
    """One of them: ``kind`` is exhibit, statement (what the object handed in), evidence, finding or task.

    ``size`` in bytes.
    """

    kind: str
    pk: int
    title: str
    more: str
    by: str
    at: datetime | None
    size: int | None
    sha256: str


def to(*things: Any) -> list[Attached]:
    """Return what is attached to the papers, each once; the caller has asked who reads them."""
    parts = [part for thing in things for part in _parts(thing)]
    found = parts[0].union(*parts[1:]).order_by("kind", "pk")
    return [Attached(*row) for row in found]


def _parts(thing: Any) -> Iterable[QuerySet[Any, Any]]:
    noun = str(thing._meta.model_name)
    yield _rows(
        Exhibit.objects.filter(**{noun: thing}), noun if noun == "statement" else "exhibit", "name", "note",
        F("uploaded_by__name"), F("uploaded_at"), F("size"), F("sha256"),
    )  # fmt: skip
    if hasattr(thing, "evidence"):
        yield _rows(
            thing.evidence.all(), "evidence", "name", "department_name", F("uploaded_by__name"), F("uploaded_at"),
            F("size"), F("sha256"),
        )  # fmt: skip
    if hasattr(thing, "findings"):
        nothing = Value(""), Value(None, DateTimeField()), Value(None, BigIntegerField()), Value("")
        yield _rows(thing.findings.all(), "finding", "fact", "department_name", *nothing)
    if hasattr(thing, "tasks"):
        nothing = Value(""), Value(None, DateTimeField()), Value(None, BigIntegerField()), Value("")
        yield _rows(thing.tasks.all(), "task", "matter", "number", *nothing)


def _rows(rows: Any, kind: str, title: str, more: str, *others: Any) -> QuerySet[Any, Any]:
    person, moment, size, digest = others
    named = rows.order_by().annotate(
        kind=Value(kind, CharField()), title_=Cast(title, TextField()), more=Cast(more, TextField()),
        person_=Cast(person, TextField()), moment=Cast(moment, DateTimeField()), bytes=Cast(size, BigIntegerField()),
        digest=Cast(digest, TextField()),
    )  # fmt: skip
    found: QuerySet[Any, Any] = named.values_list(
        "kind", "pk", "title_", "more", "person_", "moment", "bytes", "digest"
    )
    return found
