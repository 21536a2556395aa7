"""A list for Word (.docx): a title and a ruled table on A4 across, its head on every page. Same values, same bytes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from documents.exports import CONTROLS, Column
from documents.papers import measures
from documents.papers.measures import points
from documents.papers.packing import fixed, strip
from documents.papers.word import (
    PARAGRAPH_ORDER,
    RUN_ORDER,
    TABLE_ORDER,
    border,
    cell,
    exactly,
    give,
    grid,
    node,
    set_in,
    twips,
)

MARGIN: Final = 20
"""Millimetres on every side: a list needs its width."""
WIDTH: Final = measures.PAGE_HEIGHT - 2 * MARGIN
LONGEST_PROPERTY: Final = 255
SIZE: Final = 10.5  # 五号, points: thirteen columns stand beside each other
PITCH: Final = 15
ROOM: Final = (("top", 2), ("left", 3), ("bottom", 2), ("right", 3))


def to_docx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, dated: date, by: str) -> bytes:
    """Lay a list out for Word: landscape A4, head repeated, no cell merged; ``by`` and ``dated`` are its properties.

    The width of a column is its share of the page. Line breaks within a cell begin a paragraph.
    """
    document = Document()
    strip(document)
    _look(document)
    _page(document)
    heading = document.add_paragraph(_clean(title), style="Title")
    give(heading._p.get_or_add_pPr(), PARAGRAPH_ORDER, spacing=exactly(measures.TITLE_PITCH), jc="center")
    whole = sum(column.width for column in columns)
    widths = [twips(points(WIDTH) * column.width / whole) for column in columns]
    table = node("tbl", [_properties(), grid(widths)])
    table.append(_row([column.label for column in columns], widths, head=True))
    for row in rows:
        table.append(_row(row, widths))
    document.element.body.insert_element_before(table, "w:sectPr")
    core = document.core_properties
    core.title, core.author = _clean(title)[:LONGEST_PROPERTY], _clean(by)[:LONGEST_PROPERTY]
    core.last_modified_by, core.comments, core.language, core.revision = core.author, "", "zh-CN", 1
    core.created = core.modified = datetime.combine(dated, time(), UTC)
    stream = BytesIO()
    document.save(stream)
    return fixed(stream)


def _clean(value: object) -> str:
    return CONTROLS.sub("", "" if value is None else str(value))


def _look(document: Any) -> None:
    """Give the styles the faces of the house."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    give(
        defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"),
        RUN_ORDER,
        **set_in("body", SIZE),
        lang={"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"},
    )
    style = document.styles["Title"].element
    for old in (*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))):
        style.remove(old)
    give(style.get_or_add_rPr(), RUN_ORDER, **set_in("title", measures.TITLE))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(measures.PAGE_HEIGHT), Mm(measures.PAGE_WIDTH)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.footer_distance, section.gutter = Mm(10), Mm(0)
    foot = section.footer.paragraphs[0]
    give(foot._p.get_or_add_pPr(), PARAGRAPH_ORDER, spacing=exactly(PITCH), jc="center")
    field = node("fldSimple", {"instr": "PAGE"})
    foot._p.append(field)
    shown = foot.add_run("1")
    give(shown._r.get_or_add_rPr(), RUN_ORDER, **set_in("song", SIZE))
    field.append(shown._r)


def _properties() -> Any:
    properties = node("tblPr")
    rule = border(measures.HAIRLINE)
    give(
        properties,
        TABLE_ORDER,
        tblW={"w": twips(points(WIDTH)), "type": "dxa"},
        tblInd={"w": 0, "type": "dxa"},
        tblBorders=[node(side, rule) for side in ("top", "left", "bottom", "right", "insideH", "insideV")],
        tblLayout={"type": "fixed"},
        tblCellMar=[node(side, {"w": twips(room), "type": "dxa"}) for side, room in ROOM],
    )
    return properties


def _row(values: Sequence[object], widths: Sequence[int], *, head: bool = False) -> Any:
    row = node("tr", [node("trPr", [node("cantSplit"), node("tblHeader")] if head else [node("cantSplit")])])
    for value, width in zip(values, widths, strict=True):
        centred = head or isinstance(value, int)
        lines = [
            _line(line, role="hei" if head else "body", jc="center" if centred else "left")
            for line in _clean(value).split("\n")
        ]
        row.append(cell(lines, tcW={"w": width, "type": "dxa"}, vAlign="center"))
    return row


def _line(text: str, *, role: str, jc: str) -> Any:
    properties, look, words = node("pPr"), node("rPr"), node("r")
    give(properties, PARAGRAPH_ORDER, spacing=exactly(PITCH), jc=jc)
    give(look, RUN_ORDER, **set_in(role, SIZE))
    words.append(look)
    words.text = text
    return node("p", [properties, words])
