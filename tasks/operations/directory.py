"""The directory of units as papers are read with it: every unit that stands, under every name it has borne."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from documents.units import Mention
from organization.matching import GOVERNMENT, Directory, Entry, Expansion, Match
from organization.models import Department, DepartmentName


def load() -> Directory:
    """Return the units of today for matching; the names of ended units lead to who does their work now (F49)."""
    today = timezone.localdate()
    units = {unit.pk: unit for unit in Department.objects.all()}
    former: dict[int, list[str]] = defaultdict(list)
    for unit_id, name, short in DepartmentName.objects.values_list("department_id", "name", "short"):
        heir = _heir(units, unit_id)
        if heir.name != name:
            former[heir.pk].append(name)
        if short and short not in (name, heir.short):
            former[heir.pk].append(short)
    return Directory(
        Entry(
            id=u.pk,
            name=u.name,
            short=u.short,
            aliases=tuple(u.aliases),
            level=u.level,
            former=tuple(former[u.pk]),
            path=u.path,
            kind=u.kind,
            duties=tuple(u.duties),
        )
        for u in units.values()
        if u.is_current(today)
    )


def _heir(units: dict[int, Department], key: int) -> Department:
    """Walk from a unit to the last of its successors without asking the database again."""
    unit = units[key]
    while unit.successor_id is not None:
        unit = units[unit.successor_id]
    return unit


@dataclass(frozen=True)
class Names:
    """The names of one paper: the directory, and the path of the place that the paper speaks from."""

    directory: Directory
    within: str

    def match(self, mention: Mention) -> Match:
        """Find the unit of a mention, by its completed name, else as it is written."""
        found = self.directory.match(mention.name, within=self.within)
        if found.id is None and mention.text != mention.name:
            written = self.directory.match(mention.text, within=self.within)
            return written if written.id is not None or not found.candidates else found
        return found

    def expand(self, group: str) -> Expansion:
        """Give the members of a 泛称 where they are sure."""
        return self.directory.expand(group, within=self.within)

    def name(self, key: int) -> str:
        """Give the short name of a unit."""
        entry = self.directory.entries[key]
        return entry.short or entry.name


def names_for(paper_title: str, office: Department) -> Names:
    """Return the names as a paper of this title means them: of the place it begins with, else of the office's place."""
    directory = load()
    return Names(directory, place_in(directory, paper_title) or _place_of(directory, office))


def place_in(directory: Directory, title: str) -> str:
    """Give the path of the government whose place a title begins with (云涧县2026年…); '' if it names none."""
    found = [g for g in directory.governments if title.startswith(GOVERNMENT.sub("", g.name))]
    return max(found, key=lambda g: len(g.name), default=None).path if found else ""  # type: ignore[union-attr]


def _place_of(directory: Directory, office: Department) -> str:
    """Give the path of an office's government; a party office stands under its committee, whose place names it."""
    region = directory.region(office.path)
    if region is not None:
        return region.path
    committee = next((e for e in directory.entries.values() if e.path == office.jurisdiction_path), None)
    places = {directory.place.get(key, "") for key in (office.pk, committee.id if committee else 0)} - {""}
    return next((g.path for g in directory.governments if GOVERNMENT.sub("", g.name) in places), "")
