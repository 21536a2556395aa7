"""The lines of an import as its preview shows them: units by name, problems by cell, what to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from organization.models import Department
from tasks.models import Batch, BatchRow
from tasks.operations import batches
from tasks.states import RowState

SHOWN_UNITS = 6
TONES = {RowState.KEPT: "red", RowState.GOOD: "blue", RowState.TAKEN: "green", RowState.SKIPPED: "grey"}
ICONS = {
    RowState.KEPT: "alert-circle", RowState.GOOD: "check", RowState.TAKEN: "circle-check", RowState.SKIPPED: "ban",
}  # fmt: skip
ASKED = {"standard": _("完成标准"), "responsible": _("责任人"), "due_on": _("时限")}
"""What assigning asks for, and a line may lack until then (R14)."""


@dataclass(frozen=True)
class Choice:
    """A unit that a name may stand for, and where choosing it leads."""

    name: str
    url: str


@dataclass
class Unclear:
    """A name of the sheet for which no unit was found for sure."""

    text: str
    choices: list[Choice] = field(default_factory=list)


@dataclass
class Line:
    """One line."""

    row: BatchRow
    lead: str
    joint: list[str]
    co_units: list[str]
    more: int
    due_on: Any
    default: str
    look: dict[str, Any]
    wrong: list[dict[str, Any]]
    hints: list[str]
    lacks: str
    unclear: list[Unclear]
    url: str


def look_of(row: BatchRow) -> dict[str, Any]:
    """Return the badge of a line."""
    state = RowState(row.standing)
    return {"label": state.label, "tone": TONES[state], "icon": ICONS[state]}


def keys_in(rows: Iterable[BatchRow]) -> set[int]:
    """Return the units that lines name or might name."""
    found = {key for row in rows for key in row.units}
    return found | {key for row in rows for name in row.proposed.get("mentions", ()) for key in name["candidates"]}


def names_of(keys: set[int]) -> dict[int, str]:
    """Return the short names of units, by one statement."""
    found = Department.objects.filter(pk__in=keys).values_list("pk", "short", "name")
    return {key: short or name for key, short, name in found}


def lines(batch: Batch, rows: list[BatchRow], back: str) -> list[Line]:
    """Return lines with their units' names; ``back`` is the address to return to after a correction."""
    names = names_of(keys_in(rows))
    amend, default = reverse("batch-amend", args=[batch.pk]), batches.default_of(batch.directive)
    return [_line(row, names, f"{amend}?{urlencode({'row': row.pk, 'next': back})}", default) for row in rows]


def _line(row: BatchRow, names: dict[int, str], url: str, default: str) -> Line:
    said = row.proposed
    given = {"due_on"} if said.get("default_limit") else ()
    helpers = [names.get(key, "") for key in said["co_units"]]
    return Line(
        row=row,
        lead=names.get(said["lead"], "") if said["lead"] else "",
        joint=[names.get(key, "") for key in said["joint"]],
        co_units=helpers[:SHOWN_UNITS],
        more=max(0, len(helpers) - SHOWN_UNITS),
        due_on=parse_date(said["due_on"]) if said["due_on"] else None,
        default=default if said.get("default_limit") else "",
        look=look_of(row),
        wrong=[problem for problem in row.problems if problem["blocking"]],
        hints=[p["message"] for p in row.problems if not p["blocking"] and p["code"] != "assign.incomplete"],
        lacks="、".join(str(label) for name, label in ASKED.items() if not said.get(name) and name not in given),
        unclear=[] if row.amended else list(_unclear(said, names, url)),
        url=url,
    )


def _unclear(said: dict[str, Any], names: dict[int, str], url: str) -> Iterator[Unclear]:
    for mention in said.get("mentions", ()):
        if mention["unit"] is None and mention["candidates"]:
            name = "lead" if mention["role"] == "lead" else "co"
            choices = [Choice(names.get(key, ""), f"{url}&{name}={key}") for key in mention["candidates"][:SHOWN_UNITS]]
            yield Unclear(mention["text"], choices)
