"""A paper as its reader found it: one text, and the tables in it with the place of every cell.

The text is what a person is shown and what every later span slices; it is put together here and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FEWEST_TABS, FEWEST_ROWS = 2, 2


@dataclass(frozen=True)
class SourceTable:
    """A table of a paper: its place in the text, its cells, and where each cell stands.

    ``sheet`` has name, rows and merges as documents.grid wants them; ``cells`` gives (start, end) by (row, column).
    """

    start: int
    end: int
    sheet: dict[str, Any]
    cells: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Give the table as JSON, to be kept with the text."""
        cells = [[row, column, *span] for (row, column), span in self.cells.items()]
        return {"start": self.start, "end": self.end, "sheet": self.sheet, "cells": cells}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SourceTable":
        """Make the table again from its JSON."""
        cells = {(row, column): (start, end) for row, column, start, end in data["cells"]}
        return cls(data["start"], data["end"], data["sheet"], cells)


@dataclass(frozen=True)
class SourcePaper:
    """The text of a paper and its tables."""

    text: str
    tables: tuple[SourceTable, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the paper as JSON."""
        return {"text": self.text, "tables": [table.as_dict() for table in self.tables]}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SourcePaper":
        """Make the paper again from its JSON."""
        return cls(data["text"], tuple(SourceTable.from_dict(table) for table in data["tables"]))


def tables_in(text: str) -> tuple[SourceTable, ...]:
    """Find the tables of a pasted text: lines that stand together and part their cells by tabs."""
    found: list[SourceTable] = []
    block: list[tuple[int, str]] = []
    place = 0
    for line in [*text.splitlines(keepends=True), ""]:
        if line.count("\t") >= FEWEST_TABS:
            block.append((place, line.rstrip("\r\n")))
        else:
            if len(block) >= FEWEST_ROWS:
                found.append(_pasted_table(block))
            block = []
        place += len(line)
    return tuple(found)


def _pasted_table(block: list[tuple[int, str]]) -> SourceTable:
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    rows: list[list[str | None]] = []
    for row, (place, line) in enumerate(block):
        rows.append([])
        for column, cell in enumerate(line.split("\t")):
            rows[-1].append(cell or None)
            if cell:
                cells[row, column] = (place, place + len(cell))
            place += len(cell) + 1
    last, line = block[-1]
    return SourceTable(block[0][0], last + len(line), {"name": "", "rows": rows, "merges": []}, cells)


def shown(cell: object) -> str:
    """Give a cell of a sheet as it is shown in the text: no tabs, which separate cells."""
    if cell is None:
        return ""
    if isinstance(cell, dict):
        return str(cell.get("day", ""))
    if isinstance(cell, float):
        return f"{cell:g}" if abs(cell) < 1e15 else str(cell)
    return str(cell).replace("\r\n", "\n").replace("\t", " ")


class Assembly:
    """Puts a paper together, block after block."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tables: list[SourceTable] = []

    def _add(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def paragraph(self, text: str) -> None:
        """Add a paragraph on a line of its own."""
        self._add(f"{text}\n")

    def table(self, sheet: dict[str, Any]) -> None:
        """Add a table: a line a row, a tab between cells."""
        start = self.length
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        for row, line in enumerate(sheet["rows"]):
            for column, cell in enumerate(line):
                if column:
                    self._add("\t")
                words = shown(cell)
                if words:
                    cells[row, column] = self._add(words)
            self._add("\n")
        self.tables.append(SourceTable(start, self.length, sheet, cells))

    def paper(self) -> SourcePaper:
        """Give what was put together."""
        return SourcePaper("".join(self.parts), tuple(self.tables))
