"""Figures of a period, frozen: what a bulletin stores and shows (C9).

``snapshot`` asks each source once, by whole sets, and returns JSON without floats: the ledger of what was counted,
and tables made of it. Tables are shown from the stored snapshot alone, so that they read the same a year later,
whatever units are called then. Units stand in the order of the directory; there is no ranking and no score.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from supervision.models import Finding, Rectification
from supervision.states.correcting import STANDING_OF, FindingState, Severity, Standing
from tasks.models import Task
from tasks.states import ENDED, OPEN, Source, TaskState
from workflow.chain import canonical

VERSION: Final = 1
in_chinese = override("zh-hans")
"""A bulletin speaks the language of the office, whatever language its drafter reads the pages in."""
Row = dict[str, Any]
Table = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """What is asked: an office's matters from one day to another, as they stand at a moment."""

    organiser: Any
    first_on: date
    last_on: date
    as_of: datetime


@dataclass(frozen=True)
class FigureSource:
    """One kind of thing that is counted: ``ledger`` reads its rows, ``tables`` lays them out."""

    key: str
    ledger: Callable[[Any, Period], list[Row]]
    tables: Callable[[list[Row]], list[Table]]


# ------------------------------------------------------------------------------------------------ tasks


ON_TIME, LATE, OPEN_LATE, RUNNING, ENDED_UNDONE = "on_time", "late", "open_late", "running", "ended"
"""What became of a task: closed in time, closed late, open and late, open, terminated."""
OUTCOMES: Final = (ON_TIME, LATE, OPEN_LATE, RUNNING, ENDED_UNDONE)
COLUMNS: Final = ("pk", "number", "unit", "unit_name", "state", "finished_at", "closed_at", "due_at", "original_due_on",
                  "directive__source", "returns")  # fmt: skip


def tasks_of(user: Any, period: Period) -> list[Row]:
    """Return the tasks that the office issued and that were in hand within the period, as the user sees them.

    Under the unit that answers for it (C13), in the order of the directory: one statement. What was closed before the
    period is left out, and so is what was issued before it and given up.
    """
    found = (
        Task.objects.visible_to(user)
        .filter(organiser=period.organiser, assigned_at__date__lte=period.last_on)
        .exclude(closed_at__date__lt=period.first_on)
        .exclude(state=TaskState.TERMINATED, assigned_at__date__lt=period.first_on)
        .annotate(
            unit=Coalesce("blocked_by", "lead"),
            unit_name=Coalesce("blocked_by__short", "lead__short"),
            unit_path=Coalesce("blocked_by__path", "lead__path"),
            unit_position=Coalesce("blocked_by__position", "lead__position"),
        )
        .order_by("unit_position", "unit_path", "pk")
    )
    return [_task_row(row, period.as_of) for row in found.values(*COLUMNS)]


def _task_row(row: Row, at: datetime) -> Row:
    finished = row["finished_at"]
    done_on = timezone.localdate(finished or row["closed_at"] or at)
    return {
        "id": row["pk"], "number": row["number"] or "", "unit": row["unit"], "name": row["unit_name"],
        "source": row["directive__source"], "returns": row["returns"], "was": _became(row, at),
        "original_kept": row["original_due_on"] is not None and done_on <= row["original_due_on"],
    }  # fmt: skip


def _became(row: Row, at: datetime) -> str:
    late = row["due_at"] is not None and (row["finished_at"] or at) > row["due_at"]
    if row["state"] == TaskState.CLOSED:
        return LATE if late else ON_TIME
    if row["state"] in ENDED:
        return ENDED_UNDONE
    return OPEN_LATE if late and row["state"] in OPEN and row["state"] != TaskState.SUSPENDED else RUNNING


def task_tables(ledger: list[Row]) -> list[Table]:
    """Lay out the tasks by unit and by source."""
    columns = [
        _("交办"), _("已办结"), _("其中按期"), _("逾期办结"), _("正在办理"), _("逾期未办结"), _("终止"),
        _("按期办结率"), _("按原定时限"),
    ]  # fmt: skip
    units, sources = _grouped(ledger, "unit"), _grouped(ledger, "source")
    return [
        {
            "key": "units", "title": _("各单位任务完成情况"), "columns": [_("单位"), *columns], "keys": list(units),
            "rows": [[rows[0]["name"], *_cells(rows)] for rows in units.values()],
            "sum": [_("合计"), *_cells(ledger)],
        },
        {
            "key": "sources", "title": _("各类来源任务完成情况"), "columns": [_("来源"), *columns],
            "keys": list(sources),
            "rows": [[str(Source(key).label), *_cells(rows)] for key, rows in sources.items()],
            "sum": [_("合计"), *_cells(ledger)],
        },
    ]  # fmt: skip


def _cells(rows: list[Row]) -> list[Any]:
    counted = totals(rows)
    return [
        counted["total"], counted["closed"], counted[ON_TIME], counted[LATE], counted[RUNNING], counted[OPEN_LATE],
        counted[ENDED_UNDONE], counted["rate"], counted["original_rate"],
    ]  # fmt: skip


def totals(rows: list[Row]) -> Row:
    """Return the sums of ledger rows; ``rate`` is what was done in time of all that is done or should be.

    By the due day in force, an approved extension included, and by the original one (C2 T3).
    """
    counted: Row = {was: sum(row["was"] == was for row in rows) for was in OUTCOMES}
    counted["total"] = len(rows)
    counted["closed"] = counted[ON_TIME] + counted[LATE]
    answerable = counted["closed"] + counted[OPEN_LATE]
    kept = sum(row["original_kept"] for row in rows if row["was"] in (ON_TIME, LATE))
    counted["permille"] = _permille(counted[ON_TIME], answerable) if answerable else None
    counted["rate"] = percent(counted[ON_TIME], answerable)
    counted["original_rate"] = percent(kept, answerable)
    return counted


def percent(part: int, whole: int) -> str:
    """Return a share as text with one decimal, rounded half up without floats; a dash where there is no whole."""
    return _written(_permille(part, whole)) + "%" if whole else "—"


def _permille(part: int, whole: int) -> int:
    return (2000 * part + whole) // (2 * whole)


def _written(permille: int) -> str:
    return f"{permille // 10}.{permille % 10}"


# ------------------------------------------------------------------------------------------------ findings


def findings_of(user: Any, period: Period) -> list[Row]:
    """Return what the office's inspections found and nobody disputes (C7 T1), as the user sees it: one statement.

    Told to the unit by the end of the period, and not put right before it began.
    """
    late = Rectification.objects.overdue(timezone.localdate(period.as_of)).filter(finding=OuterRef("pk"))
    found = (
        Finding.objects.visible_to(user)
        .agreed()
        .filter(inspection__organiser=period.organiser, issued_at__date__lte=period.last_on)
        .exclude(settled_at__date__lt=period.first_on)
        .annotate(late=Exists(late))
        .order_by("department__position", "department__path", "pk")
    )
    columns = ("pk", "department", "department__short", "state", "severity", "relapses", "late")
    return [
        {
            "id": row["pk"], "unit": row["department"], "name": row["department__short"],
            "was": str(STANDING_OF[FindingState(row["state"])]), "severity": row["severity"],
            "late": row["late"], "relapses": row["relapses"],
        }
        for row in found.values(*columns)
    ]  # fmt: skip


def finding_tables(ledger: list[Row]) -> list[Table]:
    """Lay out the findings by unit; no table where nothing was found."""
    if not ledger:
        return []
    columns = [
        _("单位"), _("问题"), _("其中严重"), _("已整改"), _("正在整改"), _("其中整改逾期"), _("未整改结案"),
        _("反弹次数"),
    ]  # fmt: skip
    units = _grouped(ledger, "unit")
    return [
        {
            "key": "findings", "title": _("督查发现问题整改情况"), "columns": columns, "keys": list(units),
            "rows": [[rows[0]["name"], *_finding_cells(rows)] for rows in units.values()],
            "sum": [_("合计"), *_finding_cells(ledger)],
        }
    ]  # fmt: skip


def _finding_cells(rows: list[Row]) -> list[int]:
    stands = Counter(row["was"] for row in rows)
    return [
        len(rows), sum(row["severity"] == Severity.GRAVE for row in rows), stands[Standing.CLOSED_DONE],
        stands[Standing.AGREED_OPEN], sum(row["late"] for row in rows), stands[Standing.CLOSED_NOT_DONE],
        sum(row["relapses"] for row in rows),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ all sources

SOURCES: tuple[FigureSource, ...] = (
    FigureSource("tasks", tasks_of, task_tables),
    FigureSource("findings", findings_of, finding_tables),
)
"""What is counted; a further kind is one source more."""


@in_chinese
def snapshot(user: Any, period: Period) -> dict[str, Any]:
    """Return the figures of the period, as ``user`` sees them, with everything that is needed to show them later."""
    ledgers = {source.key: source.ledger(user, period) for source in SOURCES}
    return {
        "version": VERSION,
        "organiser": {"id": period.organiser.pk, "name": period.organiser.name},
        "first_on": period.first_on.isoformat(),
        "last_on": period.last_on.isoformat(),
        "as_of": timezone.localtime(period.as_of).strftime("%Y-%m-%d %H:%M"),
        "ledgers": ledgers,
        "tables": [table for source in SOURCES for table in source.tables(ledgers[source.key])],
    }


def digest(stored: Any) -> str:
    """Return the hex SHA-256 over the one spelling of a snapshot."""
    return hashlib.sha256(canonical(stored)).hexdigest()


UNIT_TABLES: Final = ("units", "findings")
"""Tables whose lines are units."""


def lines_of(stored: dict[str, Any], unit: int) -> list[Table]:
    """Return the tables with the line of one unit alone: what the unit is shown of the figures before the issue."""
    found = []
    for table in stored["tables"]:
        if table["key"] in UNIT_TABLES and unit in table["keys"]:
            found.append(table | {"rows": [table["rows"][table["keys"].index(unit)]], "keys": [unit], "sum": None})
    return found


def counted(stored: dict[str, Any], was: str = "", unit: int | None = None) -> list[Row]:
    """Return the ledger rows behind a number of the task tables."""
    rows: list[Row] = stored["ledgers"]["tasks"]
    return [row for row in rows if (not was or row["was"] == was) and (unit is None or row["unit"] == unit)]


@in_chinese
def highlights(stored: dict[str, Any], before: dict[str, Any] | None = None) -> str:
    """Return the sentences that the figures themselves say; compared with an earlier snapshot where there is one."""
    known = totals(stored["ledgers"]["tasks"])
    told = _(
        "截至%(day)s，纳入督查的%(total)d项任务中，已办结%(closed)d项，正在办理%(running)d项，"
        "逾期未办结%(late)d项，按期办结率%(rate)s"
    ) % {
        "day": stored["as_of"][:10], "total": known["total"], "closed": known["closed"], "running": known[RUNNING],
        "late": known[OPEN_LATE], "rate": known["rate"],
    }  # fmt: skip
    return f"{told}{_compared(known, before)}。"


def _compared(known: Row, before: dict[str, Any] | None) -> str:
    last = totals(before["ledgers"]["tasks"])["permille"] if before else None
    if last is None or known["permille"] is None or known["permille"] == last:
        return ""
    points = _written(abs(known["permille"] - last))
    if known["permille"] > last:
        return _("，比上期提高%(points)s个百分点") % {"points": points}
    return _("，比上期下降%(points)s个百分点") % {"points": points}


def _grouped(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    """Return the rows by key, in the order in which the keys come."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
