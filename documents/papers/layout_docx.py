"""A paper for Word (.docx), set by python-docx from the same measures as the PDF.

The page says 22 lines of 28 characters in its ``docGrid``; the styles hold the same pitch themselves (exact lines,
closer characters) and do not snap to it, because LibreOffice gives a character of size 3 two cells of a grid that is a
quarter point narrower. See docs/decisions/0010-papers.md.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from documents.papers import measures
from documents.papers.arrangement import Arrangement, arrange, is_numeric
from documents.papers.measures import points
from documents.papers.packing import fixed, strip
from documents.papers.paper import Block, Heading, Paper, Paragraph, Run, Table
from documents.papers.word import (
    PARAGRAPH_ORDER,
    RUN_ORDER,
    TABLE_ORDER,
    Value,
    border,
    cell,
    exactly,
    face,
    give,
    grid,
    indent,
    node,
    set_in,
    small,
    twips,
)

LONGEST_PROPERTY: Final = 255
CELL_ROOM: Final = (("top", 4), ("left", 5), ("bottom", 4), ("right", 5))
BASELINE: Final = 0.8
"""Where a line of exact height has its baseline, as a share of the height."""
MARK_LINE: Final = 1.2
BODY_STYLE: Final = "公文正文"


def to_docx(paper: Paper) -> bytes:
    """Lay the paper out for Word; the same paper gives the same bytes on every machine.

    The faces of the standard are named together with their open stand-ins, so that a reader without them finds a kin.
    """
    sheet = _Sheet(arrange(paper))
    sheet.lay_out()
    core = sheet.document.core_properties
    core.title = "".join(sheet.paper.title)[:LONGEST_PROPERTY]
    core.author = sheet.paper.signature[0].text[:LONGEST_PROPERTY]
    core.last_modified_by, core.comments, core.language, core.revision = core.author, "", "zh-CN", 1
    core.subject = paper.kind
    core.created = core.modified = datetime.combine(paper.dated, time(), UTC)
    stream = BytesIO()
    sheet.document.save(stream)
    return fixed(stream)


# --- the sheet -------------------------------------------------------------------------------------------------------


class _Sheet:
    """One paper while it is being set."""

    def __init__(self, paper: Arrangement) -> None:
        self.paper = paper
        self.document = Document()
        self.width = points(measures.BLOCK_WIDTH)

    def lay_out(self) -> None:
        """Set the whole paper, from the page to the last rule."""
        strip(self.document)
        self._styles()
        self._page()
        if self.paper.letter:
            self._letter_head()
        else:
            self._head()
        self._blank(measures.BLANKS_BELOW_RULE)
        self._title(self.paper.title)
        self._blank(1)
        if self.paper.addressees:
            self._line(self.paper.addressees)
        self._body(self.paper.blocks)
        self._annex_names()
        self._signature()
        for note in self.paper.notes:
            self._line(note, ind=indent(firstLine=2))
        self._annexes()
        self._colophon()

    # the page

    def _styles(self) -> None:
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        give(
            defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"),
            RUN_ORDER,
            **set_in("body", measures.BODY, measures.TRACKING),
            snapToGrid=False,
            lang={"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"},
        )
        defaults.remove(defaults.find(qn("w:pPrDefault")))
        give(
            self.document.styles["Normal"].element.get_or_add_pPr(),
            PARAGRAPH_ORDER,
            widowControl=False,
            overflowPunct=False,
            autoSpaceDE=False,
            autoSpaceDN=False,
            snapToGrid=False,
            spacing=exactly(measures.PITCH),
            jc="both",
        )
        body = self.document.styles.add_style(BODY_STYLE, 1)
        body.base_style = self.document.styles["Normal"]
        give(body.element.get_or_add_pPr(), PARAGRAPH_ORDER, ind=indent(firstLine=2))
        self._style("Title", "title", size=measures.TITLE, spacing=exactly(measures.TITLE_PITCH), jc="center")
        for level, role in enumerate(("hei", "kai", "body", "body"), 1):
            self._style(f"Heading {level}", role, ind=indent(firstLine=2), outlineLvl=level - 1, keepNext=True)

    def _style(self, name: str, role: str, size: float = measures.BODY, **paragraph: Value) -> None:
        """Give a style of the template our face instead of its own look."""
        style = self.document.styles[name].element
        for old in (*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))):
            style.remove(old)
        give(style.get_or_add_pPr(), PARAGRAPH_ORDER, **paragraph)
        tracking = measures.TRACKING if size == measures.BODY else 0
        give(style.get_or_add_rPr(), RUN_ORDER, **set_in(role, size, tracking))

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(measures.PAGE_WIDTH), Mm(measures.PAGE_HEIGHT)
        section.top_margin, section.bottom_margin = Mm(measures.TOP), Mm(measures.BOTTOM)
        section.left_margin, section.right_margin = Mm(measures.LEFT), Mm(measures.RIGHT)
        section.header_distance, section.gutter = Mm(15), Mm(0)
        # From the foot of the paper to the foot of the line whose dash stands below the 版心 at the measure.
        dash = (1 - BASELINE) * measures.SMALL + 0.35 * measures.SMALL
        section.footer_distance = Mm(measures.BOTTOM - measures.NUMBER_BELOW_BLOCK - dash / measures.PT_PER_MM)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        closer = round(measures.TRACKING * 4096)
        squares = {"type": "linesAndChars", "linePitch": twips(measures.PITCH), "charSpace": closer}
        section._sectPr.append(node("docGrid", squares))
        settings = self.document.settings
        settings.odd_and_even_pages_header_footer = True
        for mode in settings.element.iter(qn("w:compatSetting")):
            if mode.get(qn("w:name")) == "compatibilityMode":
                mode.set(qn("w:val"), "15")  # since Word 2013: the edge of a table stands on the edge of the text
        self._page_number(section.footer, jc="right", ind=indent(right=1))
        self._page_number(section.even_page_footer, jc="left", ind=indent(left=1))
        if self.paper.letter:
            section.different_first_page_header_footer = True
            self._foot_rule(section.first_page_footer)

    def _page_number(self, footer: Any, **place: Value) -> None:
        paragraph = footer.paragraphs[0]
        give(paragraph._p.get_or_add_pPr(), PARAGRAPH_ORDER, spacing=exactly(measures.SMALL), **place)
        look = set_in("song", measures.SMALL)
        self._run(paragraph, "— ", **look)
        field = node("fldSimple", {"instr": "PAGE"})
        paragraph._p.append(field)
        shown = self._run(paragraph, "1", **look)
        field.append(shown._r)
        self._run(paragraph, " —", **look)

    # pieces

    def _run(self, paragraph: Any, text: str, **look: Value) -> Any:
        run = paragraph.add_run(text)
        if look:
            give(run._r.get_or_add_rPr(), RUN_ORDER, **look)
        return run

    def _line(
        self, text: str = "", *, style: str = "Normal", look: Mapping[str, Value] | None = None, **place: Value
    ) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        if place:
            give(paragraph._p.get_or_add_pPr(), PARAGRAPH_ORDER, **place)
        if text:
            self._run(paragraph, text, **(look or {}))
        return paragraph

    def _blank(self, lines: int) -> None:
        for _line in range(lines):
            self._line()

    # 版头

    def _mark_look(self) -> dict[str, Value]:
        size = self.paper.mark_size
        return set_in("title", size, size * self.paper.mark_tracking, color=measures.RED)

    def _mark_lift(self) -> float:
        """Give the room above the strokes in the line of the mark, in points."""
        return self.paper.mark_size * (MARK_LINE * BASELINE - measures.STROKES_TOP)

    def _mark_foot(self) -> float:
        """Give the room below the strokes in the line of the mark, in points."""
        return self.paper.mark_size * (MARK_LINE * (1 - BASELINE) - measures.STROKES_BOTTOM)

    def _head(self) -> None:
        before = points(measures.MARK_BELOW_BLOCK) - self._mark_lift()
        if self.paper.urgency or self.paper.colour:
            self._corners()
            before -= measures.PITCH
        spacing = exactly(self.paper.mark_size * MARK_LINE, before)
        self._line(self.paper.mark, look=self._mark_look(), spacing=spacing, jc="center")
        # The line of the mark reaches below its strokes; the two blank lines begin at the strokes.
        self._line(spacing=exactly(measures.PITCH - self._mark_foot()))
        self._blank(measures.BLANKS_BELOW_MARK - 1)
        below = points(measures.RULE_BELOW_NUMBER) - self._room_below(measures.PITCH, measures.BODY)
        rule = [node("bottom", border(measures.RULE, measures.RED, space=below))]
        if not self.paper.signer:
            self._line(self.paper.number, pBdr=rule, jc="center")
            return
        ends = [node("tab", {"val": "right", "pos": twips(self.width - measures.STEP)})]
        line = self._line(f"\u3000{self.paper.number}\t签发人：", pBdr=rule, tabs=ends, jc="left")
        self._run(line, self.paper.signer, rFonts=face("kai"))

    def _room_below(self, pitch: float, size: float) -> float:
        """Give the room between the foot of a character and the foot of its exact line, in points."""
        return (1 - BASELINE) * pitch - measures.GLYPH_BOTTOM * size

    def _corners(self) -> None:
        ends = [node("tab", {"val": "right", "pos": twips(self.width)})]
        line = self._line(self.paper.urgency, look={"rFonts": face("hei")}, tabs=ends, jc="left")
        if self.paper.colour:
            frame = border(measures.COLOUR_RULE, self.paper.colour)
            self._run(line, "\t")
            self._run(line, f"\u2002{self.paper.colour_words}\u2002", rFonts=face("hei"), bdr=frame)

    def _letter_head(self) -> None:
        """Set the mark of a letter in a frame at its height on the paper, its double line below."""
        width, size = twips(points(measures.LETTER_RULE_WIDTH)), self.paper.mark_size
        pitch = size * MARK_LINE
        below = points(measures.RULE_BELOW_NUMBER) - self._mark_foot()
        frame = {
            "w": width, "wrap": "notBeside", "hAnchor": "page", "xAlign": "center", "vAnchor": "page",
            "y": twips(points(measures.LETTER_MARK_FROM_EDGE) - self._mark_lift()), "vSpace": 0,
        }  # fmt: skip
        rule = [node("bottom", border(measures.LETTER_RULE_THICK, measures.RED, "thickThinSmallGap", below))]
        self._line(
            self.paper.mark, look=self._mark_look(), framePr=frame, pBdr=rule, spacing=exactly(pitch), jc="center"
        )
        above = BASELINE * measures.PITCH - measures.GLYPH_TOP * measures.BODY
        before = max(measures.LETTER_NUMBER_BELOW - above, 0)
        ends = [node("tab", {"val": "right", "pos": twips(self.width)})]
        line = self._line(tabs=ends, jc="left", spacing=exactly(measures.PITCH, before))
        self._run(line, self.paper.urgency, rFonts=face("hei"))
        self._run(line, f"\t{self.paper.number}")

    def _foot_rule(self, footer: Any) -> None:
        frame = {
            "w": twips(points(measures.LETTER_RULE_WIDTH)), "wrap": "around", "hAnchor": "page", "xAlign": "center",
            "vAnchor": "page", "y": twips(points(measures.PAGE_HEIGHT - measures.LETTER_RULE_FROM_BOTTOM)),
        }  # fmt: skip
        rule = [node("top", border(measures.LETTER_RULE_THICK, measures.RED, "thinThickSmallGap"))]
        framed = footer.paragraphs[0]._p
        give(framed.get_or_add_pPr(), PARAGRAPH_ORDER, framePr=frame, pBdr=rule, spacing=exactly(1))
        footer.add_paragraph()  # a frame is held by the paragraph after it

    def _title(self, lines: list[str]) -> None:
        paragraph = self.document.add_paragraph(style="Title")
        for number, words in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(words)

    # body

    def _body(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self._line(block.text, style=f"Heading {block.level}")
            elif isinstance(block, Paragraph):
                self._paragraph(block.runs, BODY_STYLE if block.indent else "Normal")
            else:
                self._table(block)

    def _paragraph(self, runs: Iterable[Run], style: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        for run in runs:
            self._run(paragraph, run.text, **({"rFonts": face("hei")} if run.bold else {}))

    def _table(self, block: Table) -> None:
        if block.caption:
            self._line(block.caption, look={"rFonts": face("hei")}, jc="center", keepNext=True)
        coloured = self.paper.colour if block.labels else ""
        rule = border(measures.COLOUR_RULE / 2 if coloured else measures.HAIRLINE, coloured or "000000")
        sides = [node(side, rule) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
        whole = sum(block.widths)
        widths = [twips(self.width * share / whole) for share in block.widths]
        table = node("tbl", [self._table_properties(tblBorders=sides), grid(widths)])
        if block.header:
            table.append(self._row(block.header, widths, head=True, labels=False))
        for row in block.rows:
            table.append(self._row(row, widths, head=False, labels=block.labels))
        self._append(table)

    def _table_properties(self, **more: Value) -> Any:
        properties = node("tblPr")
        inner = [node(side, {"w": twips(room), "type": "dxa"}) for side, room in CELL_ROOM]
        given: dict[str, Value] = {
            "tblW": {"w": twips(self.width), "type": "dxa"}, "tblInd": {"w": 0, "type": "dxa"},
            "tblLayout": {"type": "fixed"}, "tblCellMar": inner,
        }  # fmt: skip
        give(properties, TABLE_ORDER, **{**given, **more})
        return properties

    def _row(self, cells: Iterable[str], widths: list[int], *, head: bool, labels: bool) -> Any:
        row = node("tr", [node("trPr", [node("tblHeader")])] if head else [])
        for place, (words, width) in enumerate(zip(cells, widths, strict=True)):
            label = head or (labels and place == 0)
            centred = label or is_numeric(words)
            lines = [
                small(line, role="hei" if label else "body", jc="center" if centred else "left")
                for line in words.split("\n")
            ]
            row.append(cell(lines, tcW={"w": width, "type": "dxa"}, vAlign="center"))
        return row

    # what follows the body

    def _annex_names(self) -> None:
        names = self.paper.annex_names
        if names:
            self._blank(1)
        for number, name in enumerate(names, 1):
            numbered = f"{number}." if len(names) > 1 else ""
            left = 6 if numbered else 5
            text = ("附件：" if number == 1 else "") + numbered + name
            self._line(text, ind=indent(left=left, hanging=left - (2 if number == 1 else 5)), jc="left")

    def _signature(self) -> None:
        for _blank in range(self.paper.blanks_above_signature):
            self._line(keepNext=True)
        name, day = self.paper.signature
        self._line(name.text, ind=indent(right=name.right), jc="right", keepNext=True)
        self._line(day.text, ind=indent(right=day.right), jc="right")

    def _annexes(self) -> None:
        for annex in self.paper.annexes:
            self._line(annex.label, look={"rFonts": face("hei")}, pageBreakBefore=True)
            self._blank(1)
            self._title(annex.title)
            self._blank(1)
            self._body(annex.blocks)

    def _colophon(self) -> None:
        """Set the 版记 as a table afloat at the foot of the 版心, on the page where the last line stands."""
        edge = measures.SMALL
        rows: list[Any] = []
        if self.paper.copies:
            hanging = {"left": twips(4 * edge), "hanging": twips(3 * edge), "right": twips(edge)}
            rows.append(small(f"抄送：{self.paper.copies}", ind=hanging))
        if self.paper.printed_by:
            ends = [node("tab", {"val": "right", "pos": twips(self.width - edge)})]
            inner = {"left": twips(edge), "right": twips(edge)}
            rows.append(small(f"{self.paper.printed_by}\t{self.paper.printed_on}", ind=inner, tabs=ends))
        if not rows:
            return
        width = twips(self.width)
        place = {
            "topFromText": twips(measures.PITCH / 2), "vertAnchor": "margin", "horzAnchor": "page",
            "tblpX": twips(points(measures.LEFT)), "tblpYSpec": "bottom",
        }  # fmt: skip
        none = [node(side, {"w": 0, "type": "dxa"}) for side in ("left", "right")]
        table = node("tbl", [self._table_properties(tblpPr=place, tblCellMar=none), grid([width])])
        for number, words in enumerate(rows):
            above, below = number == 0, number == len(rows) - 1
            rules = [
                node("top", border(points(measures.THICK if above else measures.THIN))),
                node("bottom", border(points(measures.THICK if below else measures.THIN))),
            ]
            ruled: dict[str, Value] = {} if self.paper.letter else {"tcBorders": rules}
            table.append(node("tr", [cell([words], tcW={"w": width, "type": "dxa"}, **ruled)]))
        self._append(table)
        self._line(spacing=exactly(1))  # a table afloat is held by the paragraph after it

    def _append(self, node: Any) -> None:
        self.document.element.body.insert_element_before(node, "w:sectPr")
