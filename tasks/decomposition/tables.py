"""Tables of a paper (任务分解表 in Excel or Word), read by the room of paper and given in the shapes of this one."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from documents.blocks import SourceTable
from documents.columns import find_header
from documents.grid import Grid
from documents.rows import TaskRow
from documents.table import Paper, Table
from tasks.decomposition.shapes import Facts, Workdays
from tasks.decomposition.times import Calendar


@dataclass(frozen=True)
class Line:
    """A task row with the place of its matter in the text, and the whole row as one line."""

    row: TaskRow
    start: int
    end: int
    whole: str
    heading: str


ADDRESS = re.compile(r"^([A-Z]+)(\d+)$")


def _place(address: str) -> tuple[int, int] | None:
    match = ADDRESS.match(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


@dataclass(frozen=True)
class TableReading:
    """What the task tables of a paper say: their lines, titles and notes, and the cycle that those give for all."""

    tables: tuple[SourceTable, ...] = ()
    lines: tuple[Line, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[tuple[int, int], ...] = ()
    cycle: str | None = None


def task_tables(tables: Sequence[SourceTable]) -> list[SourceTable]:
    """Give the tables that hold tasks; others (contacts, frames around text) are read as text."""
    return [table for table in tables if find_header(Grid(table.sheet)) is not None]


def read_tables(
    tables: Sequence[SourceTable],
    facts: Facts,
    known: Callable[[str], bool] | None = None,
    after_workdays: Workdays = None,
) -> TableReading:
    """Read the task tables of a paper; ``known`` tells of a 泛称 that it is one unit here."""
    context = Calendar.of(facts, after_workdays).context
    paper = Paper(context, [facts.title] if facts.title else [], known=known)
    read: list[tuple[SourceTable, Table]] = []
    titles: list[str] = []
    for source in tables:
        grid = Grid(source.sheet)
        header = find_header(grid)
        if header is None:
            continue
        titles.extend(text for row in range(header.first) for text in grid.own_texts(row) if text)
        read.append((source, Table(grid, header, paper)))
    paper.titles.extend(titles)
    for _source, table in read:
        table.gather_notes()
    lines = tuple(line for source, table in read for line in _lines(source, table))
    notes = tuple(span for source, table in read for span in _notes(source, table))
    return TableReading(tuple(source for source, _table in read), lines, tuple(titles), notes, paper.cycle)


def _notes(source: SourceTable, table: Table) -> Iterator[tuple[int, int]]:
    """Give the places of the notes around the tasks."""
    for row in range(table.header.last + 1, table.grid.height):
        if table.kind_of(row) == "note":
            yield from (span for (line, _column), span in source.cells.items() if line == row)


def _lines(source: SourceTable, table: Table) -> Iterator[Line]:
    for row in table.rows():
        if not row.matter:
            continue
        place = next((row.places[role] for role in ("measure", "matter", "problem") if role in row.places), None)
        start, end = source.cells.get(_subject_place(source, row, place), (source.start, source.start))
        if end <= start:
            continue
        whole = " ".join(text for text in row.cells.values() if text)
        yield Line(row, start, end, whole, row.category or row.heading)


def _subject_place(source: SourceTable, row: TaskRow, place: tuple[str, str] | None) -> tuple[int, int]:
    """Give the cell that holds the matter: the one its role was read from, if it says the same words."""
    known = _place(place[0]) if place else None
    rows = source.sheet["rows"]
    wanted = re.sub(r"\s", "", row.matter)
    candidates = [known] if known else []
    candidates.extend((row.row_number - 1, column) for column in range(len(rows[row.row_number - 1])))
    for line, column in candidates:
        cell = rows[line][column] if column < len(rows[line]) else None
        if isinstance(cell, str) and re.sub(r"\s", "", cell) == wanted:
            return line, column
    return known or (row.row_number - 1, 0)
