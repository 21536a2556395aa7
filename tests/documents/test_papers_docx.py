"""The Word file is measured in its own terms: page, grid, mark, rules, styles; and no text of people is ever obeyed."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents import papers, uploads
from documents.papers import layout_docx, measures, word
from documents.papers.fonts import FACES
from tests.documents.paper_samples import COMPLETE, COVER, built, filled

MM = measures.PT_PER_MM
HOSTILE = [
    "</w:t></w:r></w:p><w:p/>",
    "& < > \" ' ]]> <!-- x -->",
    '{ INCLUDETEXT "/etc/passwd" }',
    "=1+1",
    "שלום",
    "𠮷野家𪚥😀",
    "A" * 300,
    '#read("/etc/passwd")',
]


def _read(paper: papers.Paper) -> Any:
    return Document(BytesIO(papers.to_docx(paper)))


def _text(document: Any) -> str:
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def _line(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


def _mm(twips: object) -> float:
    return int(str(twips)) / 20 / MM


def _value(element: Any, path: str, attribute: str = "val") -> str:
    for name in path.split("/"):
        element = element.find(qn(f"w:{name}"))
    return str(element.get(qn(f"w:{attribute}")))


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_is_a4_and_the_block_156_by_225_mm() -> None:
    [section] = _read(built("督查通报")).sections

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.top_margin.mm == pytest.approx(37, abs=0.05)
    assert section.left_margin.mm == pytest.approx(28, abs=0.05)
    assert 210 - section.left_margin.mm - section.right_margin.mm == pytest.approx(156, abs=0.05)
    assert 297 - section.top_margin.mm - section.bottom_margin.mm == pytest.approx(225, abs=0.05)


def test_the_grid_holds_22_lines_of_28_characters() -> None:
    grid = _read(built("督查通报")).sections[0]._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    step = 16 + int(grid.get(qn("w:charSpace"))) / 4096

    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(225 * MM / pitch) == 22
    assert int(156 * MM / step) == 28


def test_the_styles_hold_the_same_pitch_themselves() -> None:
    document = _read(filled())
    normal = document.styles["Normal"].element
    run = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    body = document.styles["公文正文"].element

    assert (_value(normal, "pPr/spacing", "line"), _value(normal, "pPr/spacing", "lineRule")) == ("579", "exact")
    assert (_value(run, "sz"), _value(run, "spacing")) == ("32", "-5")
    assert _value(run, "rFonts", "eastAsia") == "仿宋_GB2312"
    assert _value(body, "pPr/ind", "firstLineChars") == "200"
    assert 225 * MM >= 22 * 579 / 20
    assert 28 * (16 - 5 / 20) <= 156 * MM < 29 * (16 - 5 / 20)


@pytest.mark.parametrize(
    ("style", "face", "half_points"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("Heading 1", "黑体", "32"),
        ("Heading 2", "楷体_GB2312", "32"),
        ("Heading 3", "仿宋_GB2312", "32"),
    ],
)
def test_titles_and_headings_have_the_faces_of_the_standard(style: str, face: str, half_points: str) -> None:
    element = _read(built("督查通报")).styles[style].element

    assert {_value(element, "rPr/rFonts", key) for key in ("ascii", "hAnsi", "eastAsia", "cs")} == {face}
    assert _value(element, "rPr/sz") == half_points


def test_each_face_is_named_with_its_stand_ins() -> None:
    with zipfile.ZipFile(BytesIO(papers.to_docx(built("督查通报")))) as parts:
        table = parts.read("word/fontTable.xml").decode()

    for face in FACES.values():
        assert f'w:name="{face.names[0]}"' in table
        assert ",".join(face.names[1:] + face.stand_ins) in table


# --- 版头 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cover", [COVER, replace(COVER, urgency=papers.Urgency.SOON)])
def test_the_strokes_of_the_mark_begin_72_mm_from_the_edge_of_the_paper(cover: papers.Cover) -> None:
    document = _read(built("督查通报", cover=cover))
    mark = _line(document, "云涧县人民政府")
    above = document.paragraphs[: [one.text for one in document.paragraphs].index(mark.text)]
    size = mark.runs[0].font.size.pt

    lift = size * layout_docx.MARK_LINE * layout_docx.BASELINE - measures.STROKES_TOP * size
    top = 37 + _mm(_value(mark._p, "pPr/spacing", "before")) + (len(above) * measures.PITCH + lift) / MM
    assert top == pytest.approx(72, abs=0.1)
    assert str(mark.runs[0].font.color.rgb) == measures.RED


def test_the_mark_of_a_letter_stands_in_a_frame_30_mm_from_the_edge_with_a_line_of_170_mm() -> None:
    mark = _line(_read(built("催办函")), "云涧县人民政府")
    size = mark.runs[0].font.size.pt
    lift = size * (layout_docx.MARK_LINE * layout_docx.BASELINE - measures.STROKES_TOP)

    assert _value(mark._p, "pPr/framePr", "vAnchor") == "page"
    assert _mm(_value(mark._p, "pPr/framePr", "y")) + lift / MM == pytest.approx(30, abs=0.1)
    assert _mm(_value(mark._p, "pPr/framePr", "w")) == pytest.approx(170, abs=0.05)
    assert _value(mark._p, "pPr/pBdr/bottom") == "thickThinSmallGap"


def test_the_number_has_a_red_rule_below_it() -> None:
    number = _line(_read(built("督查通报")), "云督〔2026〕3号")

    assert number.text == "云督〔2026〕3号"
    assert _value(number._p, "pPr/jc") == "center"
    assert _value(number._p, "pPr/pBdr/bottom", "color") == measures.RED


def test_with_a_signer_the_number_stands_at_the_left_and_he_at_the_right() -> None:
    number = _line(_read(built("督查通报", cover=replace(COVER, signer="张明远"))), "云督〔2026〕3号")

    assert number.text == "\u3000云督〔2026〕3号\t签发人：张明远"
    assert number.runs[-1]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"


# --- foot ------------------------------------------------------------------------------------------------------------


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    document = _read(built("督查通报"))
    [section] = document.sections
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((odd, "right"), (even, "left")):
        said = "".join(node.text or "" for node in footer._p.iter(qn("w:t")))
        assert said == "— 1 —"
        assert footer._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert _value(footer._p, "pPr/jc") == side


def test_a_letter_has_a_red_double_line_20_mm_from_the_foot_instead_of_its_first_number() -> None:
    [section] = _read(built("催办函")).sections
    rule = section.first_page_footer.paragraphs[0]

    assert section.different_first_page_header_footer
    assert "".join(one.text for one in section.first_page_footer.paragraphs) == ""
    assert _value(rule._p, "pPr/pBdr/top") == "thinThickSmallGap"
    assert _mm(_value(rule._p, "pPr/framePr", "y")) == pytest.approx(277, abs=0.05)


def test_the_last_rules_float_on_the_foot_of_the_block() -> None:
    table = _read(built("督查通报")).tables[-1]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    rules = [
        (cell.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}/{qn('w:top')}").get(qn("w:sz")),
         cell.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}/{qn('w:bottom')}").get(qn("w:sz")))
        for cell in table._tbl.iter(qn("w:tc"))
    ]  # fmt: skip

    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    assert rules == [("8", "6"), ("6", "8")]  # eighths of a point: 0.35 and 0.26 mm
    assert [cell.text for cell in table.column_cells(0)] == [
        "抄送：县委办公室，县人大常委会办公室，县政协办公室，县纪委监委，县委组织部，县人民检察院。",
        "云涧县人民政府办公室\t2026年3月6日印发",
    ]


def test_a_paper_without_copies_and_printing_office_has_no_last_rules() -> None:
    cover = replace(COVER, copies=[], printed_by="", printed_on=None)

    assert _read(built("督查结论书", cover=cover)).tables == []


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_every_kind_becomes_a_word_file_that_says_what_was_given(kind: str) -> None:
    said = _text(_read(built(kind)))

    assert "云涧县人民政府" in said
    assert "2026年3月5日" in said
    assert "云督〔2026〕3号" in said
    assert "密" not in said


def test_both_layouts_say_the_same() -> None:
    colour = papers.Colour.RED
    document = _read(built("督办单", colour=colour))
    table = document.tables[0]

    assert "红色督办单" in _text(document)
    assert [cell.text for cell in table.rows[0].cells] == ["督办事项", "外墙保温工程"]
    assert table._tbl.tblPr.find(f"{qn('w:tblBorders')}/{qn('w:top')}").get(qn("w:color")) == measures.COLOURS["红"]


def test_the_head_of_a_table_is_repeated() -> None:
    table = _read(built("督查通报")).tables[0]

    assert [bool(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in table.rows] == [True, False, False]


def test_an_annex_begins_a_page() -> None:
    annex = papers.Annex("统计表", (papers.Paragraph((papers.Run("正文"),)),))
    document = _read(built("督查通报", cover=replace(COVER, annexes=[annex])))

    [label] = [one for one in document.paragraphs if one.text == "附件"]
    assert label._p.pPr.find(qn("w:pageBreakBefore")) is not None
    assert _line(document, "附件：统计表")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_is(text: str) -> None:
    paper = built(
        "督查通报",
        cover=replace(COVER, signed=text, copies=[text], notes=text, printed_by=text),
        overview=text,
        figures=[papers.Figures(text, [text], [[text]])],
    )

    document = _read(paper)

    assert _text(document).count(text) >= 7
    assert [node.get(qn("w:instr")) for node in document.element.iter(qn("w:fldSimple"), qn("w:instrText"))] == []


def test_what_no_word_file_may_hold_is_left_out() -> None:
    said = _text(_read(built("督查通报", overview="甲\u202e乙\x00丙\x1b丁\ud800戊\ufffe己")))

    assert "甲乙丙丁戊己" in said


# --- the same again --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["督查结论书", "督查通报", "催办函", "督办单"])
def test_the_same_paper_gives_the_same_bytes(kind: str) -> None:
    assert papers.to_docx(built(kind)) == papers.to_docx(built(kind))


def test_no_part_carries_the_hour_or_the_work_of_a_compressor() -> None:
    content = papers.to_docx(built("督查通报"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.compress_type for one in parts.infolist()} == {zipfile.ZIP_STORED}
        assert b"2026-03-05T00:00:00Z" in parts.read("docProps/core.xml")
    assert len(content) < 150_000


def test_our_own_gate_takes_the_word_file_in() -> None:
    with uploads.accept(BytesIO(papers.to_docx(built("督查通报"))), "通报.docx") as upload:
        assert upload.readable


@pytest.mark.parametrize("kind", ["督查通报", "督办单", "催办函"])
def test_properties_stand_in_the_order_that_word_demands(kind: str) -> None:
    body = _read(built(kind, cover=replace(COVER, signer="张明远"))).element.body
    orders = {
        qn("w:pPr"): word.PARAGRAPH_ORDER,
        qn("w:rPr"): word.RUN_ORDER,
        qn("w:tblPr"): word.TABLE_ORDER,
        qn("w:tcPr"): word.CELL_ORDER,
    }
    for parent in body.iter(*orders):
        places = [orders[parent.tag].index(child.tag.split("}")[1]) for child in parent]
        assert places == sorted(places)
