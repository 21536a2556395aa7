"""A sheet with a task table, read into tasks: which rows are tasks, which cells belong together, what each one says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from documents import dates, units
from documents.cells import Cells, problems_of
from documents.columns import PARTNERS, SUBJECTS, Column, Header, repeats_header
from documents.grid import Grid
from documents.numerals import arabic, squeeze
from documents.rows import Problem, TaskRow

NUMERALS = "[一二三四五六七八九十百]+"
NOTE = re.compile(
    r"^(?:注\d?|备注|说明|附注|填报说明|填表说明|填报单位|填报人|制表人?|审核人?|负责人|联系人|联系电话|单位负责人)\s*[:：]"
)
LONE_NOTE = re.compile(r"^[※*]|^(?:注|备注)\s*\d+[.、]")
TOTAL = re.compile(r"^(?:合计|小计|总\s*计|共计|汇总)[:：]?\S{0,8}$")
SECTION = re.compile(rf"^(?:第{NUMERALS}(?:[章节篇类]|部分)|{NUMERALS}[、.．]|[（(]{NUMERALS}[）)])")
CHINESE_SERIAL = re.compile(r"^[一二三四五六七八九十]+[、.]?$")
EXAMPLE = re.compile("^示例")
REPORTS = re.compile("报送|反馈|上报|报告|通报|调度|汇总|更新")
CONDITION = re.compile("的[,，]")
# How often others look after the tasks is not how often they are reported: 督导单位每月调度一次.
OVERSEERS = re.compile("^[\\d.、]*(?:督导|督查|督办|指导|验收|监督)(?:单位|部门|室|办|组)[^,，;；。]{0,8}(?:每|按|逐)")
LONGEST_SECTION = 40
LONGEST_NAME = 14


@dataclass
class Paper:
    """What the whole paper says: its context for dates, its titles and notes, its reporting cycle."""

    context: dates.Context
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: units.Known | None = None

    @property
    def cycle(self) -> str | None:
        """Give the cycle on which all tasks are reported, as titles and notes say."""
        for text in (*self.titles, *self.notes):
            for sentence in re.split("[;；。\n]", text):
                told = REPORTS.search(sentence) and not CONDITION.search(sentence) and not OVERSEERS.search(sentence)
                if told and dates.names_cycle(sentence):
                    return dates.cycle_of(sentence)
        return None


def serial_text(value: object) -> str:
    """Give a serial as a person writes it: 1.0 is 1, 督1.0 is 督1, 1.10 stays."""
    text = "" if value is None else (f"{value:g}" if isinstance(value, float) else str(value).strip())
    return re.sub(r"^(\D*\d+)\.0$", r"\1", squeeze(text))


class Table:
    """One table of one sheet."""

    def __init__(self, grid: Grid, header: Header, paper: Paper) -> None:
        self.grid, self.header, self.paper = grid, header, paper
        self.category = self.problem = ""
        self.subjects = header.of("matter", "measure") or header.of("problem")
        self._names_only = self._matters_are_names()

    def _matters_are_names(self) -> bool:
        """Tell whether the tasks are only named (优化营商环境) and what is to be done stands under 工作要求."""
        details = self.header.of("requirement")
        if len(self.subjects) != 1 or len(details) != 1:
            return False
        rows = range(self.header.last + 1, self.grid.height)
        pairs = [(self.grid.text(row, self.subjects[0].index), self.grid.text(row, details[0].index)) for row in rows]
        said = [(name, detail) for name, detail in pairs if name and detail and name != detail]
        named = [len(name) <= LONGEST_NAME < len(detail) and not re.search("[，。；]", name) for name, detail in said]
        return bool(named) and sum(named) * 4 >= len(named) * 3

    def kind_of(self, row: int) -> str:
        """Tell what a row is: blank, note, total, header, section, example or task."""
        own = [(column, text) for column, text in enumerate(self.grid.own_texts(row)) if text]
        if not own:
            return "blank"
        first = own[0][1]
        if NOTE.match(first) or (len(own) == 1 and LONE_NOTE.match(first)):
            return "note"
        if TOTAL.match(first) or (len(own) > 1 and TOTAL.match(own[1][1])):
            return "total"
        if EXAMPLE.match(first):
            return "example"
        if repeats_header(self.grid, row, self.header):
            return "header"
        return "section" if self._is_section(row, own) else "task"

    def _is_section(self, row: int, own: list[tuple[int, str]]) -> bool:
        """Tell whether a row only names what follows (一、经济发展)."""
        texts = [text for _column, text in own]
        if len(own) == 1:
            column = own[0][0]
            named = {c.index for c in self.header.of(*SUBJECTS, *PARTNERS, "requirement")}
            return self.grid.spans_all(row) or bool(SECTION.match(texts[0])) or column not in named
        return (
            len(own) == 2
            and bool(CHINESE_SERIAL.match(texts[0]))
            and len(texts[1]) <= LONGEST_SECTION
            and not texts[1].endswith(("。", "；"))
        )

    def gather_notes(self) -> None:
        """Hand the notes around the tasks to the paper."""
        for row in range(self.header.last + 1, self.grid.height):
            if self.kind_of(row) == "note":
                self.paper.notes.extend(text for text in self.grid.own_texts(row) if text)

    def rows(self) -> Iterator[TaskRow]:
        """Give the tasks of the table."""
        for block in list(self._blocks()):
            yield self._task(block)

    def _blocks(self) -> Iterator[tuple[list[int], str, str]]:
        """Give the rows of each task with the category and problem that stand over it."""
        block: list[int] = []
        over = ("", "")
        for row in range(self.header.last + 1, self.grid.height):
            kind = self.kind_of(row)
            if kind == "section":
                self.category = next(text for text in reversed(self.grid.own_texts(row)) if text)
            elif kind == "task":
                if block and self._continues(row, block[-1]):
                    block.append(row)
                    continue
                if block:
                    yield block, *over
                block, over = [row], self._over(row)
        if block:
            yield block, *over

    def _over(self, row: int) -> tuple[str, str]:
        """Carry category and problem down over rows that leave them out."""
        cells = Cells(self.grid, self.header, [row])
        self.category = cells.line("category") or self.category
        self.problem = cells.line("problem") or self.problem
        return self.category, self.problem

    def _continues(self, row: int, before: int) -> bool:
        """Tell whether a row belongs to the task above: its subject is carried down by a merge."""
        if before != row - 1:
            return False
        details = [*self.subjects, *self.header.of("requirement")]
        if any(self._says(row, column) for column in details):
            return False
        carried = any(not self.grid.is_own(row, c.index) for c in self.subjects)
        return carried or self._only_adds_units(row)

    def _says(self, row: int, column: Column) -> bool:
        return self.grid.is_own(row, column.index) and bool(self.grid.text(row, column.index))

    def _only_adds_units(self, row: int) -> bool:
        """Tell whether a row without number and task only goes on with the units or people of the row above."""
        said = {column.role for column in self.header.columns if self._says(row, column)}
        return bool(said) and said <= {"lead", "responsible", "cooperating", "leader", "person"}

    def _task(self, found: tuple[list[int], str, str]) -> TaskRow:
        block, category, problem = found
        cells = Cells(self.grid, self.header, block)
        matter, heading, standard = self._subject(cells)
        roles = self._units(cells)
        deadline, hints = self._deadline(cells, matter)
        task = TaskRow(
            sheet=self.grid.name,
            row_number=block[0] + 1,
            serial=serial_text(cells.value("serial")),
            matter=matter,
            heading=heading,
            category=category,
            problem=problem if problem != matter else "",
            standard=standard,
            leads=tuple(roles.leads),
            cooperating=tuple(roles.cooperating),
            groups=tuple(roles.groups),
            leader=cells.people("leader"),
            person=cells.people("person"),
            deadline=deadline,
            cycle=self._cycle(cells, matter),
            note=cells.line("note"),
            cells=cells.source(),
            places=cells.places(),
        )
        return replace(task, problems=(*problems_of(task, cells), *hints))

    def _subject(self, cells: Cells) -> tuple[str, str, str]:
        """Give the task itself (the most specific cell), what it stands under, and its standard."""
        texts = [text for column in self.subjects if (text := cells.line_of(column))]
        requirement, standard = cells.line("requirement"), cells.line("standard")
        if requirement and (self._names_only or cells.is_shared(self.header.of("matter"))):
            texts.append(requirement)
        elif requirement:
            standard = "；".join(part for part in (standard, requirement) if part)
        matter = texts[-1] if texts else ""
        heading = texts[0] if len(texts) > 1 and texts[0] != matter else ""
        return matter, heading, standard

    def _units(self, cells: Cells) -> units.Roles:
        """Give the units by role; 责任单位 cooperate beside 牵头单位, and lead where no 牵头单位 is named."""
        roles = units.Roles()
        for role, default in (("lead", "leads"), ("responsible", "co"), ("cooperating", "co")):
            if role == "responsible" and not roles.leads and not cells.text("lead"):
                default = "ranked"
            roles.merge(units.read(cells.text(role), default, self.paper.known))
        return roles

    def _deadline(self, cells: Cells, matter: str) -> tuple[dates.Deadline, list[Problem]]:
        """Read the deadline from its column, else from the goals by quarter, else from the sentence (with a hint)."""
        context = self.paper.context
        value = cells.value("deadline")
        if isinstance(value, int | float | date | datetime) and not isinstance(value, bool):
            return dates.parse(value, context), []
        text = cells.line("deadline", joint="；")
        if text:
            return dates.parse(text, context), []
        quarters = self._quarters(cells)
        if quarters:
            return quarters, []
        found = dates.in_sentence(matter, context)
        return (
            (found, [cells.problem("deadline", "deadline.from_text", found.text)])
            if found
            else (dates.parse("", context), [])
        )

    def _quarters(self, cells: Cells) -> dates.Deadline | None:
        """Make milestones of a year's goals by quarter; the last is the deadline."""
        stages = []
        for column in self.header.of("quarter"):
            text, label = cells.line_of(column), arabic(squeeze(column.label))
            due = dates.parse(label.rpartition("/")[2], self.paper.context).date
            if text and due:
                stages.append(dates.Milestone(text, due))
        if not stages:
            return None
        last = max(stage.date for stage in stages)
        return dates.Deadline(last, last.isoformat(), milestones=tuple(stages) if len(stages) > 1 else ())

    def _cycle(self, cells: Cells, matter: str) -> str | None:
        """Give the task's own cycle, else the paper's."""
        own = cells.line("cycle")
        if own:
            return dates.cycle_of(own) or dates.cycle_of(f"每{squeeze(own)}")
        for text in (cells.line("note"), cells.line("deadline")):
            if dates.names_cycle(text):
                return dates.cycle_of(text)
        return dates.cycle_in_sentence(matter) or self.paper.cycle
