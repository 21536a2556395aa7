"""A paper for Word (.docx), set by python-docx from the same measures as the PDF.

The page says 22 lines of 28 characters in its ``docGrid``; the styles hold the same pitch themselves (exact lines,
closer characters) and do not snap to it, because LibreOffice gives a character of size 3 two cells of a grid that is a
quarter point narrower. See docs/decisions/0006-papers.md.
"""

import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from documents.papers import measures
from documents.papers.arrangement import Arrangement, arrange, is_numeric
from documents.papers.fonts import FACES
from documents.papers.measures import points
from documents.papers.paper import Block, Heading, Paper, Paragraph, Run, Table

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
LONGEST_PROPERTY: Final = 255
BASELINE: Final = 0.8
"""Where a line of exact height has its baseline, as a share of the height."""
MARK_LINE: Final = 1.2
FACE: Final = {role: face.names[0] for role, face in FACES.items()}
KEPT_STYLES: Final = frozenset({
    "Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Default Paragraph Font", "Table Normal",
    "Normal Table", "No List", "Header", "Footer"})  # fmt: skip
BODY_STYLE: Final = "公文正文"
# Word demands properties in the order of its schema.
PARAGRAPH_ORDER: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs", "overflowPunct",
    "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl",
)  # fmt: skip
RUN_ORDER: Final = ("rFonts", "b", "bCs", "snapToGrid", "color", "spacing", "kern", "sz", "szCs", "bdr", "lang")
TABLE_ORDER: Final = ("tblpPr", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar")
CELL_ROOM: Final = (("top", 4), ("left", 5), ("bottom", 4), ("right", 5))
CELL_ORDER: Final = ("tcW", "gridSpan", "tcBorders", "vAlign")

Value = str | int | bool | Mapping[str, Any] | list[Any]


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
    return _fixed(stream)


def _fixed(stream: BytesIO) -> bytes:
    """Pack the parts again without the hour, and stored: another zlib would compress to other bytes."""
    fixed = BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as packed:
        for name in parts.namelist():
            content = _font_table() if name == "word/fontTable.xml" else parts.read(name)
            packed.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return fixed.getvalue()


def _font_table() -> bytes:
    """Name the faces, and with each those that may stand in for it."""
    faces = "".join(
        f"<w:font w:name={quoteattr(face.names[0])}>"
        f"<w:altName w:val={quoteattr(','.join(face.names[1:] + face.stand_ins))}/>"
        '<w:charset w:val="86"/></w:font>'
        for face in FACES.values()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{faces}</w:fonts>'.encode()


# --- the language of Word --------------------------------------------------------------------------------------------


def _twips(of_points: float) -> int:
    return round(of_points * 20)


def _eighths(of_points: float) -> int:
    return round(of_points * 8)


def _node(name: str, value: Value = True) -> Any:
    """Make one element: True is bare, a mapping its attributes, a list its children, anything else its w:val."""
    node = OxmlElement(f"w:{name}")
    if isinstance(value, Mapping):
        for key, one in value.items():
            node.set(qn(f"w:{key}"), str(one))
    elif isinstance(value, list):
        node.extend(value)
    elif value is not True:
        node.set(qn("w:val"), "0" if value is False else str(value))
    return node


def _give(parent: Any, order: tuple[str, ...], **given: Value) -> None:
    """Give an element its properties in the order of the schema, instead of those it had."""
    for name in (one for one in order if one in given):
        for old in parent.findall(qn(f"w:{name}")):
            parent.remove(old)
        parent.append(_node(name, given[name]))
    places = {qn(f"w:{name}"): place for place, name in enumerate(order)}
    parent[:] = sorted(parent, key=lambda child: places.get(child.tag, len(order)))


def _face(role: str) -> dict[str, str]:
    return dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FACE[role])


def _set_in(role: str, size: float, tracking: float = 0, **more: Value) -> dict[str, Value]:
    """Give the properties of a run: face, size and closeness in points."""
    half = round(size * 2)
    return {"rFonts": _face(role), "sz": half, "szCs": half, "spacing": _twips(tracking), **more}


def _exactly(pitch: float, before: float = 0) -> dict[str, Any]:
    return {"before": _twips(before), "after": 0, "line": _twips(pitch), "lineRule": "exact"}


def _border(of_points: float, colour: str = "000000", style: str = "single", space: float = 0) -> dict[str, Any]:
    return {"val": style, "sz": _eighths(of_points), "space": round(space), "color": colour}


def _indent(**of_characters: float) -> dict[str, int]:
    """Give indents in characters, and in twips for readers that know no characters."""
    given = {}
    for side, count in of_characters.items():
        given[f"{side}Chars"] = round(count * 100)
        given[side] = _twips(count * measures.STEP)
    return given


# --- the sheet -------------------------------------------------------------------------------------------------------


class _Sheet:
    """One paper while it is being set."""

    def __init__(self, paper: Arrangement) -> None:
        self.paper = paper
        self.document = Document()
        self.width = points(measures.BLOCK_WIDTH)

    def lay_out(self) -> None:
        """Set the whole paper, from the page to the last rule."""
        self._strip()
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
            self._line(note, ind=_indent(firstLine=2))
        self._annexes()
        self._colophon()

    # the page

    def _strip(self) -> None:
        """Leave out of the library's template what a paper has no use for."""
        for part, unwanted in (
            (self.document.part, ("stylesWithEffects", "customXml", "numbering")),
            (self.document.part.package, ("thumbnail",)),
        ):
            for key in [key for key, one in part.rels.items() if one.reltype.endswith(unwanted)]:
                part.rels.pop(key)
        styles = self.document.styles.element
        for style in styles.findall(qn("w:style")):
            if style.name_val not in KEPT_STYLES and style.name_val.title() not in KEPT_STYLES:
                styles.remove(style)
            for link in style.findall(qn("w:link")):
                style.remove(link)

    def _styles(self) -> None:
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        _give(
            defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}"),
            RUN_ORDER,
            **_set_in("body", measures.BODY, measures.TRACKING),
            snapToGrid=False,
            lang={"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"},
        )
        defaults.remove(defaults.find(qn("w:pPrDefault")))
        _give(
            self.document.styles["Normal"].element.get_or_add_pPr(),
            PARAGRAPH_ORDER,
            widowControl=False,
            overflowPunct=False,
            autoSpaceDE=False,
            autoSpaceDN=False,
            snapToGrid=False,
            spacing=_exactly(measures.PITCH),
            jc="both",
        )
        body = self.document.styles.add_style(BODY_STYLE, 1)
        body.base_style = self.document.styles["Normal"]
        _give(body.element.get_or_add_pPr(), PARAGRAPH_ORDER, ind=_indent(firstLine=2))
        self._style("Title", "title", size=measures.TITLE, spacing=_exactly(measures.TITLE_PITCH), jc="center")
        for level, role in enumerate(("hei", "kai", "body", "body"), 1):
            self._style(f"Heading {level}", role, ind=_indent(firstLine=2), outlineLvl=level - 1, keepNext=True)

    def _style(self, name: str, role: str, size: float = measures.BODY, **paragraph: Value) -> None:
        """Give a style of the template our face instead of its own look."""
        style = self.document.styles[name].element
        for old in (*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))):
            style.remove(old)
        _give(style.get_or_add_pPr(), PARAGRAPH_ORDER, **paragraph)
        tracking = measures.TRACKING if size == measures.BODY else 0
        _give(style.get_or_add_rPr(), RUN_ORDER, **_set_in(role, size, tracking))

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
        grid = {"type": "linesAndChars", "linePitch": _twips(measures.PITCH), "charSpace": closer}
        section._sectPr.append(_node("docGrid", grid))
        settings = self.document.settings
        settings.odd_and_even_pages_header_footer = True
        for mode in settings.element.iter(qn("w:compatSetting")):
            if mode.get(qn("w:name")) == "compatibilityMode":
                mode.set(qn("w:val"), "15")  # since Word 2013: the edge of a table stands on the edge of the text
        self._page_number(section.footer, jc="right", ind=_indent(right=1))
        self._page_number(section.even_page_footer, jc="left", ind=_indent(left=1))
        if self.paper.letter:
            section.different_first_page_header_footer = True
            self._foot_rule(section.first_page_footer)

    def _page_number(self, footer: Any, **place: Value) -> None:
        paragraph = footer.paragraphs[0]
        _give(paragraph._p.get_or_add_pPr(), PARAGRAPH_ORDER, spacing=_exactly(measures.SMALL), **place)
        look = _set_in("song", measures.SMALL)
        self._run(paragraph, "— ", **look)
        field = _node("fldSimple", {"instr": "PAGE"})
        paragraph._p.append(field)
        shown = self._run(paragraph, "1", **look)
        field.append(shown._r)
        self._run(paragraph, " —", **look)

    # pieces

    def _run(self, paragraph: Any, text: str, **look: Value) -> Any:
        run = paragraph.add_run(text)
        if look:
            _give(run._r.get_or_add_rPr(), RUN_ORDER, **look)
        return run

    def _line(
        self, text: str = "", *, style: str = "Normal", look: Mapping[str, Value] | None = None, **place: Value
    ) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        if place:
            _give(paragraph._p.get_or_add_pPr(), PARAGRAPH_ORDER, **place)
        if text:
            self._run(paragraph, text, **(look or {}))
        return paragraph

    def _blank(self, lines: int) -> None:
        for _line in range(lines):
            self._line()

    # 版头

    def _mark_look(self) -> dict[str, Value]:
        size = self.paper.mark_size
        return _set_in("title", size, size * self.paper.mark_tracking, color=measures.RED)

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
        spacing = _exactly(self.paper.mark_size * MARK_LINE, before)
        self._line(self.paper.mark, look=self._mark_look(), spacing=spacing, jc="center")
        # The line of the mark reaches below its strokes; the two blank lines begin at the strokes.
        self._line(spacing=_exactly(measures.PITCH - self._mark_foot()))
        self._blank(measures.BLANKS_BELOW_MARK - 1)
        below = points(measures.RULE_BELOW_NUMBER) - self._room_below(measures.PITCH, measures.BODY)
        rule = [_node("bottom", _border(measures.RULE, measures.RED, space=below))]
        if not self.paper.signer:
            self._line(self.paper.number, pBdr=rule, jc="center")
            return
        ends = [_node("tab", {"val": "right", "pos": _twips(self.width - measures.STEP)})]
        line = self._line(f"\u3000{self.paper.number}\t签发人：", pBdr=rule, tabs=ends, jc="left")
        self._run(line, self.paper.signer, rFonts=_face("kai"))

    def _room_below(self, pitch: float, size: float) -> float:
        """Give the room between the foot of a character and the foot of its exact line, in points."""
        return (1 - BASELINE) * pitch - measures.GLYPH_BOTTOM * size

    def _corners(self) -> None:
        ends = [_node("tab", {"val": "right", "pos": _twips(self.width)})]
        line = self._line(self.paper.urgency, look={"rFonts": _face("hei")}, tabs=ends, jc="left")
        if self.paper.colour:
            border = _border(measures.COLOUR_RULE, self.paper.colour)
            self._run(line, "\t")
            self._run(line, f"\u2002{self.paper.colour_words}\u2002", rFonts=_face("hei"), bdr=border)

    def _letter_head(self) -> None:
        """Set the mark of a letter in a frame at its height on the paper, its double line below."""
        width, size = _twips(points(measures.LETTER_RULE_WIDTH)), self.paper.mark_size
        pitch = size * MARK_LINE
        below = points(measures.RULE_BELOW_NUMBER) - self._mark_foot()
        frame = {
            "w": width, "wrap": "notBeside", "hAnchor": "page", "xAlign": "center", "vAnchor": "page",
            "y": _twips(points(measures.LETTER_MARK_FROM_EDGE) - self._mark_lift()), "vSpace": 0,
        }  # fmt: skip
        rule = [_node("bottom", _border(measures.LETTER_RULE_THICK, measures.RED, "thickThinSmallGap", below))]
        self._line(
            self.paper.mark, look=self._mark_look(), framePr=frame, pBdr=rule, spacing=_exactly(pitch), jc="center"
        )
        above = BASELINE * measures.PITCH - measures.GLYPH_TOP * measures.BODY
        before = max(measures.LETTER_NUMBER_BELOW - above, 0)
        ends = [_node("tab", {"val": "right", "pos": _twips(self.width)})]
        line = self._line(tabs=ends, jc="left", spacing=_exactly(measures.PITCH, before))
        self._run(line, self.paper.urgency, rFonts=_face("hei"))
        self._run(line, f"\t{self.paper.number}")

    def _foot_rule(self, footer: Any) -> None:
        frame = {
            "w": _twips(points(measures.LETTER_RULE_WIDTH)), "wrap": "around", "hAnchor": "page", "xAlign": "center",
            "vAnchor": "page", "y": _twips(points(measures.PAGE_HEIGHT - measures.LETTER_RULE_FROM_BOTTOM)),
        }  # fmt: skip
        rule = [_node("top", _border(measures.LETTER_RULE_THICK, measures.RED, "thinThickSmallGap"))]
        framed = footer.paragraphs[0]._p
        _give(framed.get_or_add_pPr(), PARAGRAPH_ORDER, framePr=frame, pBdr=rule, spacing=_exactly(1))
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
            self._run(paragraph, run.text, **({"rFonts": _face("hei")} if run.bold else {}))

    def _table(self, block: Table) -> None:
        if block.caption:
            self._line(block.caption, look={"rFonts": _face("hei")}, jc="center", keepNext=True)
        coloured = self.paper.colour if block.labels else ""
        rule = _border(measures.COLOUR_RULE / 2 if coloured else measures.HAIRLINE, coloured or "000000")
        sides = [_node(side, rule) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
        whole = sum(block.widths)
        widths = [_twips(self.width * share / whole) for share in block.widths]
        table = _node("tbl", [self._table_properties(tblBorders=sides), _grid(widths)])
        if block.header:
            table.append(self._row(block.header, widths, head=True, labels=False))
        for row in block.rows:
            table.append(self._row(row, widths, head=False, labels=block.labels))
        self._append(table)

    def _table_properties(self, **more: Value) -> Any:
        properties = _node("tblPr")
        inner = [_node(side, {"w": _twips(room), "type": "dxa"}) for side, room in CELL_ROOM]
        given: dict[str, Value] = {
            "tblW": {"w": _twips(self.width), "type": "dxa"}, "tblInd": {"w": 0, "type": "dxa"},
            "tblLayout": {"type": "fixed"}, "tblCellMar": inner,
        }  # fmt: skip
        _give(properties, TABLE_ORDER, **{**given, **more})
        return properties

    def _row(self, cells: Iterable[str], widths: list[int], *, head: bool, labels: bool) -> Any:
        row = _node("tr", [_node("trPr", [_node("tblHeader")])] if head else [])
        for place, (words, width) in enumerate(zip(cells, widths, strict=True)):
            label = head or (labels and place == 0)
            centred = label or is_numeric(words)
            lines = [
                _small(line, role="hei" if label else "body", jc="center" if centred else "left")
                for line in words.split("\n")
            ]
            row.append(_cell(lines, tcW={"w": width, "type": "dxa"}, vAlign="center"))
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
            self._line(text, ind=_indent(left=left, hanging=left - (2 if number == 1 else 5)), jc="left")

    def _signature(self) -> None:
        for _blank in range(self.paper.blanks_above_signature):
            self._line(keepNext=True)
        name, day = self.paper.signature
        self._line(name.text, ind=_indent(right=name.right), jc="right", keepNext=True)
        self._line(day.text, ind=_indent(right=day.right), jc="right")

    def _annexes(self) -> None:
        for annex in self.paper.annexes:
            self._line(annex.label, look={"rFonts": _face("hei")}, pageBreakBefore=True)
            self._blank(1)
            self._title(annex.title)
            self._blank(1)
            self._body(annex.blocks)

    def _colophon(self) -> None:
        """Set the 版记 as a table afloat at the foot of the 版心, on the page where the last line stands."""
        edge = measures.SMALL
        rows: list[Any] = []
        if self.paper.copies:
            hanging = {"left": _twips(4 * edge), "hanging": _twips(3 * edge), "right": _twips(edge)}
            rows.append(_small(f"抄送：{self.paper.copies}", ind=hanging))
        if self.paper.printed_by:
            ends = [_node("tab", {"val": "right", "pos": _twips(self.width - edge)})]
            inner = {"left": _twips(edge), "right": _twips(edge)}
            rows.append(_small(f"{self.paper.printed_by}\t{self.paper.printed_on}", ind=inner, tabs=ends))
        if not rows:
            return
        width = _twips(self.width)
        place = {
            "topFromText": _twips(measures.PITCH / 2), "vertAnchor": "margin", "horzAnchor": "page",
            "tblpX": _twips(points(measures.LEFT)), "tblpYSpec": "bottom",
        }  # fmt: skip
        none = [_node(side, {"w": 0, "type": "dxa"}) for side in ("left", "right")]
        table = _node("tbl", [self._table_properties(tblpPr=place, tblCellMar=none), _grid([width])])
        for number, words in enumerate(rows):
            above, below = number == 0, number == len(rows) - 1
            rules = [
                _node("top", _border(points(measures.THICK if above else measures.THIN))),
                _node("bottom", _border(points(measures.THICK if below else measures.THIN))),
            ]
            ruled: dict[str, Value] = {} if self.paper.letter else {"tcBorders": rules}
            table.append(_node("tr", [_cell([words], tcW={"w": width, "type": "dxa"}, **ruled)]))
        self._append(table)
        self._line(spacing=_exactly(1))  # a table afloat is held by the paragraph after it

    def _append(self, node: Any) -> None:
        self.document.element.body.insert_element_before(node, "w:sectPr")


def _grid(widths: list[int]) -> Any:
    return _node("tblGrid", [_node("gridCol", {"w": width}) for width in widths])


def _cell(lines: list[Any], **given: Value) -> Any:
    properties = _node("tcPr")
    _give(properties, CELL_ORDER, **given)
    return _node("tc", [properties, *lines])


def _small(text: str, role: str = "body", jc: str = "left", **place: Value) -> Any:
    """Make a paragraph of the size of tables and 版记."""
    properties, look, words = _node("pPr"), _node("rPr"), _node("r")
    _give(properties, PARAGRAPH_ORDER, spacing=_exactly(measures.SMALL_PITCH), jc=jc, **place)
    _give(look, RUN_ORDER, **_set_in(role, measures.SMALL))
    words.append(look)
    words.text = text
    return _node("p", [properties, words])
