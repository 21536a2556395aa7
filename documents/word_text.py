"""A Word paper as text and tables: numbers that Word counts by itself are written out, deleted words are left out.

Runs inside the sandbox only, after the container was looked through.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from documents.blocks import Assembly, SourcePaper
from documents.faults import Fault
from documents.word_numbers import Numbering

MOST_ROWS, MOST_COLUMNS = 5_000, 64
TEXT, TAB, BREAKS = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}
PARAGRAPH, TABLE, CONTENT = qn("w:p"), qn("w:tbl"), {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")}
# Deleted words, the older form of a drawing, what fields compute from.
LEFT_OUT = {
    qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def read(data: bytes) -> SourcePaper:
    """Read a Word paper; raise Fault where it cannot be read."""
    try:
        document = docx.Document(BytesIO(data))
        numbering = Numbering(document)
        assembly = Assembly()
        for block in _blocks(document.element.body):
            if block.tag == TABLE:
                assembly.table(_sheet(block, numbering))
            else:
                assembly.paragraph(_words(block, numbering))
    except (BadZipFile, KeyError, ValueError, XMLSyntaxError, AttributeError) as error:
        raise Fault("file.broken") from error
    return assembly.paper()


def _blocks(parent: Any) -> Iterator[Any]:
    """Give paragraphs and tables in their order, those inside content controls too."""
    for child in parent.iterchildren():
        if child.tag in {PARAGRAPH, TABLE}:
            yield child
        elif child.tag in CONTENT:
            yield from _blocks(child)


def _words(paragraph: Any, numbering: Numbering) -> str:
    return numbering.number_of(paragraph) + "".join(_runs(paragraph))


def _runs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in LEFT_OUT:
            continue
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag == TAB:
            yield " "
        elif child.tag in BREAKS:
            yield "\n"
        else:
            yield from _runs(child)


def _sheet(table: Any, numbering: Numbering) -> dict[str, Any]:
    """Give a table as rows of cells with its merges, as a sheet of Excel has them."""
    rows: list[list[str | None]] = []
    merges: list[list[int]] = []
    open_merges: dict[int, list[int]] = {}
    lines = [line for line in table.iter(qn("w:tr")) if _table_of(line) is table]
    for number, line in enumerate(lines[:MOST_ROWS]):
        row: list[str | None] = [None] * _grid_before(line)
        for cell in line.iterchildren(qn("w:tc")):
            column, width = len(row), _span(cell)
            merge = _vertical(cell)
            if merge == "continue" and column in open_merges:
                open_merges[column][2] = number
                row.extend([None] * width)
                continue
            row.extend([_cell(cell, numbering) or None, *[None] * (width - 1)])
            open_merges.pop(column, None)
            if merge == "restart" or width > 1:
                open_merges[column] = [number, column, number, column + width - 1]
                merges.append(open_merges[column])
        rows.append(row[:MOST_COLUMNS])
    real = [merge for merge in merges if merge[2] > merge[0] or merge[3] > merge[1]]
    return {"name": "", "rows": rows, "merges": real}


def _table_of(line: Any) -> Any:
    parent = line.getparent()
    while parent is not None and parent.tag != TABLE:
        parent = parent.getparent()
    return parent


def _cell(cell: Any, numbering: Numbering) -> str:
    return "\n".join(words for p in cell.iter(PARAGRAPH) if (words := _words(p, numbering).strip()))


def _grid_before(line: Any) -> int:
    found = line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return min(int(found.get(qn("w:val"), "0")), MOST_COLUMNS) if found is not None else 0


def _span(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(1, min(int(found.get(qn("w:val"), "1")), MOST_COLUMNS)) if found is not None else 1


def _vertical(cell: Any) -> str:
    """Give restart, continue or '' for a cell that is merged with those below or above."""
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if found is None else found.get(qn("w:val"), "continue")
