"""Which units an office may give orders to: those of its own place, on the party's side and the government's.

A place has two seats, its party committee and its government, in two trees; they belong together by the place's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from organization.models import Department
from organization.states import COMMITTEE_KINDS

DRESS = re.compile(r"^中共|^中国共产党|人民政府$|委员会$|委$")


def place_of(committee: Department) -> str:
    """Return the bare name of the place: 中共青原市委员会 and 青原市人民政府 are both 青原市."""
    name, before = committee.name, ""
    while name != before:
        name, before = DRESS.sub("", name), name
    return name


def seats_of(office: Department) -> list[str]:
    """Return the paths of the committee and the government of the office's place; one query, once an instance."""
    known: list[str] | None = office.__dict__.get("_seats")
    if known is None:
        committees = list(Department.objects.current().filter(kind__in=COMMITTEE_KINDS))
        own = next((seat for seat in committees if seat.path == office.jurisdiction_path), None)
        alike = [s.path for s in committees if own and s.level == own.level and place_of(s) == place_of(own)]
        known = office.__dict__["_seats"] = alike or [office.jurisdiction_path]
    return known


def beyond(office: Department, units: Sequence[Department]) -> list[Department]:
    """Return those of ``units`` that the office may not give orders to: another place's, and what stands above it.

    A unit that belongs to no committee at all (a vertically managed body) is nobody else's and may be asked.
    Source: 政府督查工作条例 5; R4.
    """
    seats = seats_of(office)
    return [unit for unit in units if not _below(unit, seats) and (_above(unit, seats) or unit.committee_path())]


def _below(unit: Department, seats: list[str]) -> bool:
    return any(unit.path.startswith(seat) and unit.path != seat for seat in seats)


def _above(unit: Department, seats: list[str]) -> bool:
    return any(seat.startswith(unit.path) for seat in seats)
