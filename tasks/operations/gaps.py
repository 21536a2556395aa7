"""Gaps: which serials of a year no standing paper bears, and why (R15)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from organization.models import Department, User
from tasks.actors import gap_reader
from tasks.models import Directive, Office, Task
from tasks.operations.numbering import COMMON_MARK, both_series
from tasks.states import DirectiveState, TaskState
from workflow import numbers
from workflow.models import Event
from workflow.refusal import Forbidden

NUMBER: Final = re.compile(r"(?P<series>.+)〔\d{4}〕(?P<serial>\d+)号")
GIVEN: Final = ("task.assign", "directive.approve")
"""The deeds that give a number."""
VOID: Final = (TaskState.TERMINATED, DirectiveState.WITHDRAWN)


@dataclass(frozen=True, order=True)
class Gap:
    """A serial without a standing paper. ``given``: a paper bore it and was withdrawn, for the ``reason`` on record."""

    series: str
    serial: int
    number: str
    given: bool
    reason: str


def of(office: Office, *, by: User, year: int) -> list[Gap]:
    """Return the gaps of an office's series in a year. Refused: Forbidden to all but its officers and leaders."""
    if not gap_reader(by, office.department):
        raise Forbidden("office.gaps.forbidden", gap_reader.reason)
    return found_in([office.department], year)[office.department_id]


def readable(by: User) -> list[Department]:
    """Return the offices whose gaps the person may read: an officer his own, a leader those of his government."""
    unit = by.department
    if unit is None:
        return []
    near = Department.objects.filter(Q(pk=unit.pk) | Q(jurisdiction_path=unit.path), is_office=True, valid_to=None)
    return [office for office in near.order_by("path") if gap_reader(by, office)]


def found_in(offices: Sequence[Department], year: int) -> dict[int, list[Gap]]:
    """Return the gaps of each office's series, by the office's key; as many statements for many offices as for one.

    Offices without a word of their own share the common series; of a withdrawn paper each is told if it was its own.
    """
    marks = dict(Office.objects.filter(department__in=offices).values_list("department", "mark"))
    of_office = {office.pk: both_series(marks.get(office.pk, COMMON_MARK)) for office in offices}
    used, void = _papers({name for both in of_office.values() for name in both}, year)
    missing = numbers.gaps(used, year)
    unborne = {numbers.written(name, year, serial) for name, serials in missing.items() for serial in serials}
    reasons = _reasons(unborne)
    found: dict[int, list[Gap]] = {}
    for pk, both in of_office.items():
        gaps = [_unborne(pk, name, year, serial, reasons) for name in both for serial in missing[name]]
        found[pk] = sorted([*gaps, *void[pk]])
    return found


def _papers(names: Iterable[str], year: int) -> tuple[dict[str, list[int]], dict[int, list[Gap]]]:
    """Return the serials that papers bear, by series, and by office the gaps that its withdrawn papers left."""
    wanted = Q()
    used: dict[str, list[int]] = {name: [] for name in names}
    void: dict[int, list[Gap]] = defaultdict(list)
    for name in used:
        wanted |= Q(number__startswith=f"{name}〔{year}〕")
    tasks = Task.objects.filter(wanted).order_by().values_list("number", "organiser", "state", "end_reason")
    papers = Directive.objects.filter(wanted).order_by().values_list("number", "organiser", "state", "withdrawn_reason")
    for number, organiser, state, reason in tasks.union(papers, all=True):
        found = NUMBER.fullmatch(str(number))
        if found is None:
            continue  # a task below another bears that one's number with its place, and stands in no series
        used[found["series"]].append(int(found["serial"]))
        if state in VOID:
            void[organiser].append(Gap(found["series"], int(found["serial"]), str(number), True, str(reason)))
    return used, void


def _reasons(unborne: Iterable[str]) -> dict[str, tuple[int | None, str]]:
    """Return, for numbers that were given, the office that gave them and the last reason of their chain."""
    given = {
        event.stream: (event.detail["number"], event.unit_id)
        for event in Event.objects.filter(kind__in=GIVEN, detail__number__in=list(unborne))
    }
    found = {number: (unit, "") for number, unit in given.values()}
    for event in Event.objects.filter(stream__in=given, detail__has_key="reason").order_by("stream", "seq"):
        number, unit = given[event.stream]
        found[number] = (unit, str(event.detail["reason"]))
    return found


def _unborne(office: int, name: str, year: int, serial: int, reasons: Mapping[str, tuple[int | None, str]]) -> Gap:
    number = numbers.written(name, year, serial)
    unit, reason = reasons.get(number, (None, ""))
    return Gap(name, serial, number, number in reasons, reason if unit == office else "")
