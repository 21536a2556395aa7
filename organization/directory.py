"""Reads a directory of units (departments.json) and brings the tree to it; running it twice changes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import Department, User
from organization.operations import departments
from organization.states import Kind, Level, Side
from workflow.refusal import Malformed

PARTY_KINDS = (Kind.PARTY, Kind.PARTY_COMMITTEE)
OTHER_KINDS = (Kind.ENTERPRISE, Kind.OTHER)
GOVERNMENT_SUFFIX = "人民政府"


@dataclass(frozen=True)
class Line:
    """One unit as the file names it."""

    name: str
    short: str
    aliases: tuple[str, ...]
    level: str
    parent: str
    kind: str
    position: int = 0
    # None where the file says nothing of them: what is known stays.
    duties: tuple[str, ...] | None = None

    @property
    def side(self) -> str:
        """The system that follows from the kind."""
        if self.kind in PARTY_KINDS:
            return Side.PARTY
        return Side.OTHER if self.kind in OTHER_KINDS else Side.GOVERNMENT


@dataclass
class Loaded:
    """What came of it."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def read(text: str) -> list[Line]:
    """Return the units of a file, every parent before its children; governments that it only names are added.

    Refused: Malformed for what is no such file, an unknown level or kind, a name twice, or a ring of parents.
    """
    try:
        content = json.loads(text)
        lines = [_line(row, position) for position, row in enumerate(content["departments"], 1)]
    except (ValueError, KeyError, TypeError) as error:
        raise Malformed(
            "departments.file", _("文件不是单位目录：应有 departments 列表，每项含 name、level、kind。")
        ) from error
    named = {line.name: line for line in lines}
    if len(named) < len(lines):
        raise Malformed("departments.twice", _("目录中有全称重复的单位，请先合并。"))
    for line in _seats(content, {line.parent for line in lines if line.parent} - named.keys()):
        named[line.name] = line
    return _parents_first(named)


def _line(row: dict[str, Any], position: int) -> Line:
    return Line(
        name=row["name"],
        short=row.get("short") or row["name"],
        aliases=tuple(row.get("aliases") or ()),
        level=Level(row["level"]).value,
        parent=row.get("parent") or "",
        kind=Kind(row["kind"]).value,
        position=position,
        duties=_duties(row.get("duties")),
    )


def _duties(words: object) -> tuple[str, ...] | None:
    """Return the duty words of a line, None where it has none; one text in place of a list is no list of letters."""
    if words is None:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise TypeError("duties")
    return tuple(dict.fromkeys(word.strip() for word in words))


def _seats(content: dict[str, Any], missing: set[str]) -> list[Line]:
    """Return the governments that the file names as parents without a line of their own."""
    seats, above = [], ""
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
        place = content.get(level.value) or ""
        name = f"{place}{GOVERNMENT_SUFFIX}"
        if place and name in missing:
            short = f"{place}政府"
            alias = (f"{place[-1]}政府", place)
            seats.append(Line(name, short, alias, level.value, above, Kind.GOVERNMENT.value))
            above = name
    unknown = missing - {seat.name for seat in seats}
    if unknown:
        raise Malformed(
            "departments.parent",
            _("目录中没有上级单位：%(names)s。请补上这些单位。") % {"names": "、".join(sorted(unknown))},
        )
    return seats


def _parents_first(named: dict[str, Line]) -> list[Line]:
    ordered: dict[str, Line] = {}
    for start in named.values():
        trail: list[Line] = []
        line: Line | None = start
        while line is not None and line.name not in ordered:
            if line in trail:
                raise Malformed("departments.ring", _("“%(name)s”的上级绕回到它自己，请改正。") % {"name": line.name})
            trail.append(line)
            line = named.get(line.parent)
        ordered.update((one.name, one) for one in reversed(trail))
    return list(ordered.values())


@transaction.atomic
def load(lines: list[Line], *, by: User | None) -> Loaded:
    """Create the units that are missing and correct those that differ, by full name; nothing is ended."""
    standing = {unit.name: unit for unit in Department.objects.current().select_related("parent").order_by("-pk")}
    loaded = Loaded()
    for line in lines:
        unit = standing.get(line.name)
        if unit is None:
            standing[line.name] = _create(line, standing.get(line.parent), by)
            loaded.created += 1
        elif _bring(unit, line, standing.get(line.parent), by):
            standing[line.name] = Department.objects.select_related("parent").get(pk=unit.pk)
            loaded.changed += 1
        else:
            loaded.unchanged += 1
    return loaded


def _create(line: Line, parent: Department | None, by: User | None) -> Department:
    return departments.create(
        by=by,
        name=line.name,
        short=line.short,
        aliases=line.aliases,
        duties=line.duties or (),
        level=line.level,
        side=line.side,
        kind=line.kind,
        parent=parent,
        position=line.position,
    )


def _bring(unit: Department, line: Line, parent: Department | None, by: User | None) -> bool:
    """Correct one unit; tell whether anything differed. What the file does not know stays."""
    changed = False
    if unit.short != line.short:
        departments.rename(unit, by=by, name=line.name, short=line.short)
        changed = True
    if parent is not None and unit.parent_id != parent.pk:
        departments.move(unit, by=by, parent=parent)
        changed = True
    duties = unit.duties if line.duties is None else list(line.duties)
    wanted = (list(line.aliases), duties, line.level, line.kind, line.position)
    if (unit.aliases, unit.duties, unit.level, unit.kind, unit.position) != wanted:
        departments.amend(
            unit,
            by=by,
            aliases=line.aliases,
            duties=duties,
            level=line.level,
            side=line.side,
            kind=line.kind,
            is_office=unit.is_office,
            position=line.position,
            district_code=unit.district_code,
            uscc=unit.uscc,
        )
        changed = True
    return changed
