"""What the paper has come to: its tasks, drafted or issued, and which clause each of them stands for (件件有着落)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from organization.models import Department
from tasks.models import Assignment, Breakdown, Clause, Draft, Task
from tasks.operations.breakdowns.drafts import LIVE
from tasks.states import AssignmentState, Coverage, Cycle, DraftState, Part, Unit

SHOWN = (*LIVE, DraftState.ISSUED)


@dataclass(frozen=True)
class Line:
    """A task of the paper: what its draft says, or the task itself once it was issued."""

    draft: Draft
    matter: str
    standard: str
    lead: Department | None
    joint: tuple[Department, ...]
    co_units: tuple[Department, ...]
    groups: str
    responsible: str
    leader: str
    due: str
    cycle: str

    @property
    def number(self) -> str:
        """The number of the task; empty while there is none."""
        return (self.draft.task.number or "") if self.draft.task else ""

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        return str((self.draft.task or self.draft).get_state_display())

    @property
    def parts(self) -> dict[int, Part]:
        """What each unit is to it, by the unit's key."""
        found = {unit.pk: Part.CO for unit in self.co_units} | {unit.pk: Part.JOINT for unit in self.joint}
        return found | ({self.lead.pk: Part.LEAD} if self.lead else {})


@dataclass(frozen=True)
class Row:
    """A clause with what it has come to. ``waived``: a leader let it go unsettled."""

    clause: Clause
    words: str
    waived: bool
    lines: tuple[Line, ...]

    @property
    def coverage(self) -> Coverage:
        """What the clause has come to; ``with_coverage`` found it."""
        return Coverage(self.clause.coverage)

    @property
    def is_unsettled(self) -> bool:
        """Tell whether neither an accepted task nor a disposition stands for it."""
        return self.coverage in (Coverage.OPEN, Coverage.PROPOSED)


@dataclass(frozen=True)
class Matrix:
    """Clauses by units: the rows in the order of the paper, the units in the order of the directory."""

    rows: tuple[Row, ...]
    units: tuple[Department, ...]


def lines(breakdown: Breakdown, *, current: bool = True) -> list[Line]:
    """Return the live and issued tasks of the paper in its order, by three statements.

    ``current``: of an issued one what the task says now (改派, 延期); otherwise what was drafted, for whoever reads
    the breakdown but no tasks. The caller has asked who may see the breakdown.
    """
    return _lines([draft for draft in _drafts(breakdown) if draft.state in SHOWN], current)


def matrix(breakdown: Breakdown, *, current: bool = True) -> Matrix:
    """Return clause by task by unit, by four statements however long the paper is; a merged draft stands for both.

    Refused: nothing; the caller has asked who may see the breakdown.
    """
    drafts = _drafts(breakdown)
    told = {line.draft.pk: line for line in _lines([draft for draft in drafts if draft.state in SHOWN], current)}
    of_clause: dict[int, list[Line]] = {}
    for draft in drafts:
        line = told.get(draft.merged_into_id or draft.pk)
        if line is not None and line not in of_clause.setdefault(draft.clause_id, []):
            of_clause[draft.clause_id].append(line)
    waived = set(breakdown.waived)
    rows = [
        Row(one, breakdown.text[one.start : one.end].strip(), one.key in waived, tuple(of_clause.get(one.pk, ())))
        for one in breakdown.clauses.with_coverage().select_related("ongoing").order_by("number")
    ]
    units = {unit.pk: unit for line in told.values() for unit in (line.lead, *line.joint, *line.co_units) if unit}
    return Matrix(tuple(rows), tuple(sorted(units.values(), key=lambda unit: (unit.path, unit.pk))))


def _drafts(breakdown: Breakdown) -> list[Draft]:
    shares = Assignment.objects.exclude(state=AssignmentState.RELEASED).select_related("department")
    rows = breakdown.drafts.exclude(state=DraftState.DROPPED).select_related("clause", "task").in_order()
    return list(rows.prefetch_related(Prefetch("task__assignments", shares, to_attr="standing")))


def _lines(drafts: list[Draft], current: bool) -> list[Line]:
    units = Department.objects.in_bulk({key for draft in drafts for key in draft.units})
    return [
        _of_task(draft, draft.task) if current and draft.task is not None else _of_draft(draft, units)
        for draft in drafts
    ]


def _of_draft(draft: Draft, units: dict[int, Department]) -> Line:
    said = draft.proposed
    return Line(
        draft=draft, matter=said["matter"], standard=said["standard"], lead=units.get(said["lead"]),
        joint=tuple(units[key] for key in said["joint"] if key in units),
        co_units=tuple(units[key] for key in said["co_units"] if key in units),
        groups=_unexpanded(said), responsible=said["responsible"], leader=said["leader"],
        due=said["due_on"] or limit(said["limit_value"], said["limit_unit"]) or said["deadline"],
        cycle=cycle(said["cycle"]),
    )  # fmt: skip


def _of_task(draft: Draft, task: Task) -> Line:
    shares: dict[str, list[Department]] = {part: [] for part in Part.values}
    standing: list[Any] = task.standing  # type: ignore[attr-defined]
    for share in standing:
        shares[share.part].append(share.department)
    due: date | None = task.due_on
    return Line(
        draft=draft, matter=task.matter, standard=task.standard, lead=next(iter(shares[Part.LEAD]), None),
        joint=tuple(shares[Part.JOINT]), co_units=tuple(shares[Part.CO]), groups="",
        responsible=task.responsible, leader=task.leader,
        due=due.isoformat() if due else limit(task.limit_value, task.limit_unit), cycle=cycle(task.cycle),
    )  # fmt: skip


def _unexpanded(said: dict[str, Any]) -> str:
    """Return the 泛称 whose members nobody knows yet: the others stand as units."""
    known = {one["text"] for one in said["expansions"] if one["units"]}
    return "、".join(one for one in said["groups"].split("、") if one and one not in known)


def limit(value: int | None, unit: str) -> str:
    """Return a limit as it is written, 15个工作日; empty where there is none."""
    return f"{value}个{Unit(unit).label}" if value and unit != Unit.FIXED else ""


def cycle(key: str) -> str:
    """Return a cycle as it is written; empty for none."""
    return str(Cycle(key).label) if key else ""
