"""What leaves a breakdown as a file, for both doors: the task list in Excel and Word, the matrix in Excel.

The same rows give the same bytes. Files speak the language of the office, whatever language their reader has chosen;
their names say what they are and no word of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import override

from documents import exports
from documents.exports import Column
from documents.papers import lists
from tasks import workbooks
from tasks.models import Breakdown
from tasks.operations.breakdowns import covering
from tasks.operations.breakdowns.covering import Line, Row
from tasks.states import Part

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIST: Final = "任务分解表"
MATRIX: Final = "条款落实对照表"
COLUMNS: Final = (
    Column("序号", 6), Column("工作任务", 44), Column("完成标准", 32), Column("牵头单位", 16),
    Column("共同牵头单位", 16), Column("配合单位", 26), Column("责任人", 12), Column("责任领导", 12),
    Column("完成时限", 16), Column("反馈周期", 12), Column("原文条款", 44), Column("条款号", 8),
    Column("状态（编号）", 16),
)  # fmt: skip
"""Headings that the import reads again: 条款序号 would be a second 序号 to it, 共同牵头 no unit."""
CLAUSE_COLUMNS: Final = (
    Column("条款号", 8), Column("所在标题", 24), Column("原文", 48), Column("落实情况", 12), Column("处置及理由", 24),
    Column("工作任务", 36), Column("状态（编号）", 16),
)  # fmt: skip
MARKS: Final[dict[Part, str]] = {Part.LEAD: "●", Part.JOINT: "◐", Part.CO: "○"}
LEGEND: Final = "●牵头 ◐共同牵头 ○配合"


@dataclass(frozen=True)
class Kind:
    """One kind of file: its name, its type, how it is made. ``make`` asks for ``current`` as ``covering`` does."""

    name: str
    ending: str
    content_type: str
    make: Callable[[Breakdown, bool], bytes]

    def content(self, breakdown: Breakdown, *, current: bool = True) -> bytes:
        """Return the file's bytes."""
        with override("zh-hans"):
            return self.make(breakdown, current)

    def filename(self, breakdown: Breakdown) -> str:
        """Return the name of the file."""
        return f"{self.name}{breakdown.pk}.{self.ending}"


def heading(breakdown: Breakdown, what: str) -> str:
    """Return the title over a table: the paper's, and what the table is."""
    title = str(breakdown).strip()
    return title if title.endswith(what) else f"{title}{what}"


def _cells(breakdown: Breakdown, lines: list[Line]) -> Iterator[list[object]]:
    for number, line in enumerate(lines, 1):
        clause = line.draft.clause
        helpers = [*map(str, line.co_units), *filter(None, [line.groups])]
        yield [
            number, line.matter, line.standard, str(line.lead or ""), "、".join(map(str, line.joint)),
            "、".join(helpers), line.responsible, line.leader, line.due, line.cycle,
            breakdown.text[clause.start : clause.end].strip(), clause.number, _stands(line),
        ]  # fmt: skip


def _stands(line: Line) -> str:
    return f"{line.state}（{line.number}）" if line.number else line.state


def _list_xlsx(breakdown: Breakdown, current: bool) -> bytes:
    rows = _cells(breakdown, covering.lines(breakdown, current=current))
    return exports.write_rows(COLUMNS, rows, title=heading(breakdown, LIST), name=LIST, created=_made(breakdown))


def _table_docx(breakdown: Breakdown, current: bool) -> bytes:
    rows = _cells(breakdown, covering.lines(breakdown, current=current))
    dated, by = timezone.localdate(breakdown.created_at), str(breakdown.organiser)
    return lists.to_docx(heading(breakdown, LIST), COLUMNS, rows, dated=dated, by=by)


def _matrix_xlsx(breakdown: Breakdown, current: bool) -> bytes:
    found = covering.matrix(breakdown, current=current)
    columns = [*CLAUSE_COLUMNS, *(Column(str(unit), 12) for unit in found.units)]
    rows = (cells for row in found.rows for cells in _of_clause(row, [unit.pk for unit in found.units]))
    title = f"{heading(breakdown, MATRIX)}（{LEGEND}）"
    return exports.write_rows(columns, rows, title=title, name=MATRIX, created=_made(breakdown))


def _of_clause(row: Row, units: list[int]) -> Iterator[list[object]]:
    """Give a line for each task of a clause, one for a clause without any."""
    told: list[object] = [row.clause.number, " / ".join(row.clause.path), row.words, came_to(row), disposed(row)]
    if not row.lines:
        yield [*told, "", "", *("" for _unit in units)]
    for line in row.lines:
        yield [*told, line.matter, _stands(line), *(MARKS.get(line.parts.get(unit), "") for unit in units)]  # type: ignore[arg-type]


def came_to(row: Row) -> str:
    """Return in words what a clause has come to."""
    label = str(row.coverage.label)
    return f"{label}（领导准予）" if row.waived and row.is_unsettled else label


def disposed(row: Row) -> str:
    """Return how a clause was disposed of and why; empty where it was not."""
    if not row.clause.disposition:
        return ""
    number = row.clause.ongoing.number if row.clause.ongoing else ""
    return "：".join(filter(None, (f"{row.clause.get_disposition_display()}{number}", row.clause.reason)))


def _made(breakdown: Breakdown) -> Any:
    return breakdown.created_at.astimezone(UTC).replace(tzinfo=None)


KINDS: Final = {
    "list": Kind(LIST, "xlsx", workbooks.XLSX, _list_xlsx),
    "table": Kind(LIST, "docx", DOCX, _table_docx),
    "matrix": Kind(MATRIX, "xlsx", workbooks.XLSX, _matrix_xlsx),
}
