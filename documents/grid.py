"""A sheet as rows of cells, with merged cells filled: every cell of a merge says what its first one says."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

from documents.numerals import tidy

DITTO = frozenset({"同上", "同上。", "〃", "″"})


def address(row: int, column: int) -> str:
    """Give the address of a cell counted from 0: (11, 5) is F12."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_cell(cell: Any) -> object:
    """Turn a JSON cell of the sandbox into a Python value; a cell without a stored result is None."""
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"]) if "day" in cell else None
    return cell


def cell_text(value: object) -> str:
    """Give a value as the text a person would read: 1.0 is 1, a day is ISO, lines keep their breaks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = re.sub(r"[\t\x0b\x0c\r\u2028\u2029]+", " ", tidy(str(value).replace("\r\n", "\n")))
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text).strip()
    return text[1:] if re.match(r"'\s*[=+\-@＝＋－＠﹦﹢﹣﹫]", text) else text


class Grid:
    """The cells of a sheet; rows and columns are counted from 0."""

    def __init__(self, sheet: dict[str, Any]) -> None:
        self.name = str(sheet["name"])
        self.cells = [[read_cell(cell) for cell in row] for row in sheet["rows"]]
        self.blanks = {
            (r, c): cell["blank"]
            for r, row in enumerate(sheet["rows"])
            for c, cell in enumerate(row)
            if isinstance(cell, dict) and "blank" in cell
        }
        self.height = len(self.cells)
        self.width = max((len(row) for row in self.cells), default=0)
        self._repeat_dittos()
        self.origins: dict[tuple[int, int], tuple[int, int]] = {}
        self.bottoms: dict[tuple[int, int], int] = {}
        self.rows_across: set[int] = set()
        self.rows_spanned: set[int] = set()
        self.tied_rows: set[int] = set()
        for merge in sheet["merges"]:
            self._tie(*merge)

    def _repeat_dittos(self) -> None:
        """Let 同上 say what stands above it."""
        for above, row in pairwise(self.cells):
            for column, cell in enumerate(row[: len(above)]):
                if isinstance(cell, str) and cell.strip() in DITTO:
                    row[column] = above[column]

    def _tie(self, top: int, left: int, bottom: int, right: int) -> None:
        """Remember for every cell of a merge its first cell; parts outside the used cells are left out."""
        rows = range(top, min(bottom, self.height - 1) + 1)
        self.bottoms[top, left] = bottom
        if right > left:
            self.rows_across.add(top)
        if right > left and (right - left + 1) * 5 >= self.width * 4:
            self.rows_spanned.update(rows)
        self.tied_rows.update(rows[:-1])
        for row in rows:
            for column in range(left, min(right, self.width - 1) + 1):
                self.origins[row, column] = (top, left)

    def value(self, row: int, column: int) -> object:
        """Give the value of a cell, for a cell of a merge that of its first."""
        row, column = self.origins.get((row, column), (row, column))
        cells = self.cells[row] if row < self.height else []
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """Give the text of a cell, merges filled."""
        return cell_text(self.value(row, column))

    def texts(self, row: int) -> list[str]:
        """Give the texts of a row, merges filled."""
        return [self.text(row, column) for column in range(self.width)]

    def is_own(self, row: int, column: int) -> bool:
        """Tell whether a cell begins in this row (it is not carried down from above)."""
        return self.origins.get((row, column), (row, column))[0] == row

    def own_texts(self, row: int) -> list[str]:
        """Give the texts that begin in this row, each merge once."""
        return [cell_text(cell) for cell in self.cells[row]]

    def merged_across(self, row: int) -> bool:
        """Tell whether the row has cells that span several columns."""
        return row in self.rows_across

    def spans_all(self, row: int) -> bool:
        """Tell whether one cell spans (nearly) the whole row, as titles and notes do."""
        return row in self.rows_spanned

    def tied_to_next(self, row: int) -> bool:
        """Tell whether a merge holds a row and the next together."""
        return row in self.tied_rows
