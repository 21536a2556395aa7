"""A workbook taken down to plain cells, as JSON: runs inside the sandbox only.

A cell is null, a string, a number or a boolean; a day is {"day": "2026-12-31"}, a formula without a stored result is
{"formula": true}, an error (#N/A) is {"error": "#N/A"}.
"""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import python_calamine

from documents import parts
from documents.faults import Fault

MOST_ROWS = 5_000
MOST_COLUMNS = 256
MOST_CELLS = 400_000
MOST_TEXT = 6_000_000
MOST_SHEETS = 50
MOST_MERGES = 20_000
MOST_MERGED_CELLS = 2_000_000
LONGEST_CELL = 32_767
Cell = str | float | bool | dict[str, Any] | None


def _number(value: float) -> float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def plain_cell(value: object, *, percent: bool = False) -> Cell:
    """Turn a cell as calamine gives it into JSON."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return f"{round(value * 100, 6):g}%" if percent else _number(float(value))
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)[:LONGEST_CELL]


def _check_extent(reading: parts.Reading) -> None:
    """Refuse sheets whose used range is large, before a parser makes room for it."""
    rows = max((extent[0] for extent in reading.extents.values()), default=0)
    columns = max((extent[1] for extent in reading.extents.values()), default=0)
    cells = sum(extent[0] * extent[1] for extent in reading.extents.values())
    too_wide = columns > MOST_COLUMNS or rows > 20 * MOST_ROWS or reading.merges > MOST_MERGES
    if not too_wide and rows > MOST_ROWS:
        raise Fault("file.too_many_rows", rows=rows, limit=MOST_ROWS)
    if too_wide or cells > MOST_CELLS:
        raise Fault("file.too_wide", rows=rows, columns=columns)


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row.pop()
    return row


def _sheet(sheet: Any, reading: parts.Reading) -> dict[str, Any]:
    part = reading.part_of(sheet.name)
    percents, blanks = reading.percents.get(part, set()), reading.blanks.get(part, {})
    rows = [
        _trimmed(
            [
                {"blank": blanks[r, c]} if (r, c) in blanks else plain_cell(value, percent=(r, c) in percents)
                for c, value in enumerate(row, 1)
            ]
        )
        for r, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    merges = [
        [top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)]
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges) > MOST_MERGED_CELLS:
        raise Fault("file.too_wide", rows=len(rows), columns=MOST_COLUMNS)
    return {"name": sheet.name, "rows": rows, "merges": merges}


def read(data: bytes, reading: parts.Reading) -> dict[str, Any]:
    """Read the visible sheets of a workbook; raise Fault where it is broken or too large."""
    _check_extent(reading)
    try:
        book = python_calamine.CalamineWorkbook.from_object(BytesIO(data))
        if len(book.sheet_names) > MOST_SHEETS:
            raise Fault("file.too_many_parts", parts=len(book.sheet_names))
        visible = [
            meta.name
            for meta in book.sheets_metadata
            if meta.visible == python_calamine.SheetVisibleEnum.Visible
            and meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        sheets = [_sheet(book.get_sheet_by_name(name), reading) for name in visible]
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise Fault("file.broken") from error
    if sum(len(cell) for sheet in sheets for row in sheet["rows"] for cell in row if isinstance(cell, str)) > MOST_TEXT:
        raise Fault("file.too_complex")
    return {"sheets": sheets}
