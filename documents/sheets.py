"""Task tables (任务分解表) read from workbooks: the door to everything that takes a table apart.

``python -m documents.sheets FILE`` prints the rows of a workbook as JSON.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from documents import markings, safety, uploads
from documents.cells import mark_duplicates
from documents.columns import Header, find_header
from documents.dates import Context
from documents.faults import Fault
from documents.grid import Grid
from documents.refusals import refusal
from documents.rows import TaskRow
from documents.table import Paper, Table
from documents.uploads import Upload

YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?=\D|$)")


@dataclass(frozen=True)
class Reading:
    """What a workbook says: its tasks in order, its title and notes, the cycle for all, and the sheets left out."""

    rows: tuple[TaskRow, ...]
    title: str
    notes: tuple[str, ...]
    cycle: str | None
    year: int | None
    skipped_sheets: tuple[str, ...]

    @property
    def good(self) -> list[TaskRow]:
        """Give the rows that can be taken."""
        return [row for row in self.rows if row.is_good]

    @property
    def kept(self) -> list[TaskRow]:
        """Give the rows that are kept for correction."""
        return [row for row in self.rows if not row.is_good]


def year_in(*texts: str) -> int | None:
    """Give the year that a title, a sheet or a file is named after."""
    found = (YEAR.search(text) for text in texts)
    return next((int(match[1]) for match in found if match), None)


def load(stream: safety.Source, name: str, *, limit_bytes: int = safety.IMPORT_LIMIT_BYTES) -> list[dict[str, Any]]:
    """Give the visible sheets of a workbook as plain cells, or refuse it.

    Raises RuleBroken: file.wrong_type (only .xlsx), file.* of the sandbox, secrecy.marked.
    """
    markings.refuse_marked(name, place="name", short=True)
    if safety.extension(name) != "xlsx":
        raise refusal(Fault("file.wrong_type"), name=f".{safety.extension(name)}", allowed="xlsx")
    copy = safety.take(stream, limit_bytes)
    try:
        sheets: list[dict[str, Any]] = safety.sandboxed("workbook", "xlsx", copy)["sheets"]
    except Fault as fault:
        raise markings.refused(fault, name) from fault
    finally:
        safety.wipe(copy)
    return sheets


def accept(stream: safety.Source, name: str, *, limit_bytes: int = safety.IMPORT_LIMIT_BYTES) -> Upload:
    """Take in a workbook that is to be read later, or refuse it and keep nothing. It is looked through only once.

    Raises RuleBroken: those of ``load``, and sheet.no_table.
    """
    copy = safety.take(stream, limit_bytes)
    try:
        if not any(find_header(Grid(sheet)) for sheet in load(copy, name, limit_bytes=limit_bytes)):
            raise refusal(Fault("sheet.no_table"))
    except BaseException:
        safety.wipe(copy)
        raise
    return uploads.sealed(copy, uploads.harmless_name(name), readable=True)


def read(
    stream: safety.Source,
    name: str,
    *,
    year: int | None = None,
    issued_on: date | None = None,
    meeting_on: date | None = None,
    after_workdays: Callable[[date, int], date] | None = None,
) -> Reading:
    """Read the tasks of a workbook.

    ``year`` is used for dates without a year where neither the paper nor its day of issue names one; ``after_workdays``
    counts working days (Calendar.after). Raises RuleBroken: those of ``load``, sheet.no_table, sheet.no_rows.
    """
    grids = [Grid(sheet) for sheet in load(stream, name)]
    tables = [(grid, header) for grid in grids if (header := find_header(grid))]
    if not tables:
        raise refusal(Fault("sheet.no_table"))
    titles = [text for grid, header in tables for text in _titles(grid, header)]
    named = year_in(*titles, *(grid.name for grid, _header in tables), name)
    known = named or (issued_on.year if issued_on else None) or year
    paper = Paper(Context(known, issued_on, meeting_on, after_workdays), titles)
    rows = _rows(tables, paper)
    if not rows:
        raise refusal(Fault("sheet.no_rows"))
    used = {grid.name for grid, _header in tables}
    return Reading(
        tuple(rows),
        max(titles, key=_title_weight, default=""),
        tuple(paper.notes),
        paper.cycle,
        known,
        tuple(grid.name for grid in grids if grid.name not in used),
    )


def _titles(grid: Grid, header: Header) -> list[str]:
    return [text for row in range(header.first) for text in grid.own_texts(row) if text]


def _title_weight(text: str) -> tuple[bool, int]:
    return (bool(re.search("表|清单|方案|台账|分解|任务|计划", text)) and not re.search("[:：]", text), len(text))


def _rows(tables: list[tuple[Grid, Header]], paper: Paper) -> list[TaskRow]:
    """Read all tables; notes may stand below the rows they speak of, so they are gathered before."""
    found: list[TaskRow] = []
    for grid, header in tables:
        table = Table(grid, header, paper)
        table.gather_notes()
        found.extend(table.rows())
    return mark_duplicates(found)


def main(arguments: list[str]) -> None:
    """Print the rows of a workbook as JSON."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    path = Path(arguments[0])
    reading = read(BytesIO(path.read_bytes()), path.name)
    answer = {"title": reading.title, "cycle": reading.cycle, "rows": [row.as_dict() for row in reading.rows]}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
