"""The cells of one task by what they mean, and what is wrong with them, in the words of the office."""

from dataclasses import dataclass

from documents.columns import Column, Header
from documents.grid import Grid, address, cell_text
from documents.rows import Problem, TaskRow
from workflow.tongue import gettext_noop as _
from workflow.tongue import say

LONGEST = {"matter": 2000, "standard": 2000, "heading": 500, "problem": 2000, "leader": 200, "person": 200}
NEXT_DATE = _("请写成“2026-12-31”或“2026年12月底前”。")

MESSAGES = {
    "matter.missing": _("没有写任务内容，无法交办。请补上要做的事。"),
    "matter.duplicate": _("与第 %(text)s 行内容相同，一件事只立一项。请删除重复的一行或写清区别。"),
    "lead.missing": _("没有写牵头单位，交办后无人负责。请填写一个单位的全称或规范简称。"),
    "lead.group": _("“%(text)s”是泛称，不能作牵头单位。请写明一个具体单位，泛称放到配合单位。"),
    "deadline.missing": _("没有写完成时限，无法计时。请写成“2026-12-31”或“2026年12月底前”；确属长期的写“长期坚持”。"),
    "deadline.from_text": _("没有单独写时限，取自任务文字中的“%(text)s”。请核对，最好写进时限一栏。"),
    "standard.missing": _("没有写完成标准，交办前需要补上可以验收的标准。"),
    "cell.formula": _("公式没有保存计算结果。请在 Excel 中打开、保存，或改成数值后再导入。"),
    "cell.error": _("单元格是错误值（如 #N/A）。请改正公式或直接填写内容。"),
    "cell.too_long": _("内容超过 %(text)s 个字。请精简，把细节放进附件。"),
}


@dataclass(frozen=True)
class Cells:
    """The rows of one task in one table, asked by role."""

    grid: Grid
    header: Header
    block: list[int]

    def _origins(self, column: Column) -> list[tuple[int, int]]:
        """Give the cells of a column that this task has, each merge once."""
        places = [self.grid.origins.get((row, column.index), (row, column.index)) for row in self.block]
        return list(dict.fromkeys(places))

    def texts_of(self, column: Column) -> list[str]:
        """Give what a column says of this task, each saying once."""
        texts = (cell_text(self.grid.value(*place)) for place in self._origins(column))
        return list(dict.fromkeys(text for text in texts if text))

    def line_of(self, column: Column, joint: str = "") -> str:
        """Give what a column says, its line breaks taken out."""
        return joint.join(text.replace("\n", "") for text in self.texts_of(column))

    def line(self, role: str, joint: str = "；") -> str:
        """Give what the columns of a role say, in one line."""
        return joint.join(text for column in self.header.of(role) if (text := self.line_of(column, joint)))

    def text(self, role: str) -> str:
        """Give what the columns of a role say, line breaks kept (they separate names)."""
        return "\n".join("\n".join(self.texts_of(column)) for column in self.header.of(role)).strip()

    def people(self, role: str) -> str:
        """Give the people in the columns of a role, as written, line breaks turned to 、."""
        return "、".join(part for part in self.text(role).split("\n") if part.strip())

    def value(self, role: str) -> object:
        """Give the value of the only cell of a role; None if it has several or none."""
        columns = self.header.of(role)
        places = self._origins(columns[0]) if len(columns) == 1 else []
        return self.grid.value(*places[0]) if len(places) == 1 else None

    def is_shared(self, columns: list[Column]) -> bool:
        """Tell whether a cell of these columns spans more rows than this task has."""
        return any(
            self.grid.bottoms.get(origin, origin[0]) - origin[0] + 1 > len(self.block)
            for column in columns
            for origin in self._origins(column)
        )

    def source(self) -> dict[str, str]:
        """Give the cells as they stood, by heading."""
        found: dict[str, str] = {}
        for column in self.header.columns:
            label = column.name
            label = label if label not in found else column.label
            found[label if label not in found else f"{label}（{address(0, column.index)[:-1]}列）"] = "\n".join(
                self.texts_of(column)
            )
        return found

    def places(self) -> dict[str, tuple[str, str]]:
        """Give address and heading of the first cell of each role."""
        found: dict[str, tuple[str, str]] = {}
        for column in self.header.columns:
            if column.role and column.role not in found:
                found[column.role] = (address(*self._origins(column)[0]), column.name)
        return found

    def column_named(self, role: str) -> Column | None:
        """Give the first column of a role."""
        return next(iter(self.header.of(role)), None)

    def problem(self, role: str, code: str, text: object = "", *, blocking: bool = False) -> Problem:
        """Name what is wrong with the cell of a role."""
        column = self.column_named(role)
        if column is None:
            return Problem(f"第{self.block[0] + 1}行", "", code, say(MESSAGES[code]) % {"text": text}, blocking)
        return Problem(
            address(*self._origins(column)[0]), column.name, code, say(MESSAGES[code]) % {"text": text}, blocking
        )


def problems_of(task: TaskRow, cells: Cells) -> list[Problem]:
    """Give what is wrong with a task's cells."""
    return [*_broken(cells), *_missing(task, cells), *_deadline(task, cells), *_too_long(task, cells)]


def _broken(cells: Cells) -> list[Problem]:
    """Name the formulas without a result and the error values, wherever a column means something."""
    found = []
    for column in cells.header.columns:
        for place in cells._origins(column):
            blank = cells.grid.blanks.get(place)
            if blank and column.role not in {None, "other"}:
                found.append(Problem(address(*place), column.name, f"cell.{blank}", say(MESSAGES[f"cell.{blank}"])))
    return found


def _missing(task: TaskRow, cells: Cells) -> list[Problem]:
    found = []
    subject = next((role for role in ("measure", "matter", "problem") if cells.column_named(role)), "matter")
    units = "lead" if cells.column_named("lead") else "responsible"
    if not task.matter:
        found.append(cells.problem(subject, "matter.missing", blocking=True))
    if not task.leads:
        code = "lead.group" if task.groups and not task.cooperating else "lead.missing"
        found.append(cells.problem(units, code, "、".join(task.groups), blocking=True))
    if not task.standard and cells.column_named("standard"):
        found.append(cells.problem("standard", "standard.missing"))
    return found


def _deadline(task: TaskRow, cells: Cells) -> list[Problem]:
    if task.deadline.settled:
        return []
    if task.deadline.kind == "missing":
        return [cells.problem("deadline", "deadline.missing", blocking=True)]
    return [task.wrong("deadline", f"deadline.{task.deadline.kind}", f"{task.deadline.reason}{NEXT_DATE}")]


def _too_long(task: TaskRow, cells: Cells) -> list[Problem]:
    return [
        cells.problem(role, "cell.too_long", most, blocking=True)
        for role, most in LONGEST.items()
        if len(getattr(task, role)) > most
    ]


def mark_duplicates(rows: list[TaskRow]) -> list[TaskRow]:
    """Mark the rows that say the same as a row before (one matter, one task: R13)."""
    first: dict[tuple[str, str, str], int] = {}
    marked = []
    for row in rows:
        key = (row.problem, row.heading, "".join(row.matter.split()))
        if row.matter and key in first:
            message = say(MESSAGES["matter.duplicate"]) % {"text": first[key]}
            role = next((role for role in ("measure", "matter", "problem") if role in row.places), "matter")
            row = row.with_problems(row.wrong(role, "matter.duplicate", message))
        first.setdefault(key, row.row_number)
        marked.append(row)
    return marked
