"""Workbooks going out: every text is written as text, so that no cell of a reader's Excel becomes a formula (F35)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

LONGEST_CELL = 32_000
LONGEST_SHEET_NAME = 31
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet takes for the beginning of a formula, in half-width and full-width writing.
SIGNS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
FORMULA_STARTS = SIGNS | frozenset("\t\r\n\0")
CUT = "…（内容过长，已截断）"


@dataclass(frozen=True)
class Column:
    """A column of an export: its heading and its width in characters."""

    label: str
    width: float = 16


def safe_text(value: object) -> str:
    """Give a value as text that no spreadsheet takes for a formula: a quote before = + - @ and their full-width forms.

    The quote also goes before tab, line break and NUL, and where blanks hide such a sign. For CSV and XLSX alike.
    """
    text = "" if value is None else str(value)
    risky = text[:1] in FORMULA_STARTS or text.lstrip(" \t\r\n\0\u3000\ufeff\u200b")[:1] in SIGNS
    clean = CONTROLS.sub("", text)
    if len(clean) > LONGEST_CELL:
        clean = clean[: LONGEST_CELL - len(CUT)] + CUT
    return f"'{clean}" if risky else clean


def sheet_name(name: str) -> str:
    """Give a name that Excel accepts for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", "_", CONTROLS.sub("", name)).strip()[:LONGEST_SHEET_NAME] or "表1"


def workbook_in(stream: BytesIO, *, lean: bool = True) -> xlsxwriter.Workbook:
    """Begin a workbook that never turns text into formulas, addresses or numbers; ``lean`` writes row by row."""
    return xlsxwriter.Workbook(
        stream,
        {"constant_memory": lean, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )


def write_cell(sheet: Any, row: int, column: int, value: object, style: Any = None) -> None:
    """Write one cell: numbers as numbers, days in ISO, everything else as harmless text."""
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, datetime):
        sheet.write_string(row, column, value.strftime("%Y-%m-%d %H:%M"), style)
    elif isinstance(value, date):
        sheet.write_string(row, column, value.isoformat(), style)
    else:
        sheet.write_string(row, column, safe_text(value), style)


def styles(book: Any) -> dict[str, Any]:
    """Give the formats that all our workbooks share."""
    frame = {"border": 1, "border_color": "#9AA5B1", "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({**frame, "bold": True, "bg_color": "#E8EEF5", "align": "center", "valign": "vcenter"}),
        "cell": book.add_format({**frame, "num_format": "@"}),
        "wrong": book.add_format({**frame, "bg_color": "#FDECEA", "font_color": "#B42318"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def write_head(sheet: Any, row: int, columns: Sequence[Column], style: Any) -> None:
    """Write the headings, set the widths, freeze what stands above the data."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        write_cell(sheet, row, place, column.label, style)
    sheet.freeze_panes(row + 1, 0)


def write_rows(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    name: str = "导出",
    created: datetime | None = None,
) -> bytes:
    """Give a workbook of rows under headings, written row by row so that its size does not matter to memory.

    ``created``: what the file says of its making, instead of now; the same rows then give the same bytes.
    """
    stream = BytesIO()
    heads = [Column(one) if isinstance(one, str) else one for one in columns]
    with workbook_in(stream) as book:
        if created is not None:
            book.set_properties({"created": created})
        looks, sheet, row = styles(book), book.add_worksheet(sheet_name(name)), 0
        if title:
            sheet.set_row(0, 28)
            write_cell(sheet, 0, 0, title)
            row = 1
        write_head(sheet, row, heads, looks["head"])
        count = row
        for count, values in enumerate(rows, row + 1):
            for place, value in enumerate(values):
                write_cell(sheet, count, place, value, looks["cell"] if not isinstance(value, int | float) else None)
        sheet.autofilter(row, 0, max(count, row), max(len(heads) - 1, 0))
    return stream.getvalue()
