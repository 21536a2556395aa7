"""The PDF is measured: page, mark, rules, numbers, grid; and no text of people is ever obeyed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import groupby, pairwise
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from PIL import ImageChops

from documents import papers, uploads
from documents.papers import fonts, layout_pdf, measures
from tests.documents.paper_samples import COMPLETE, COVER, built, filled
from workflow.refusal import RuleBroken

MM = measures.PT_PER_MM
SHARP = 8  # pixels in a point: one is 0.04 mm
# typst aligns the box around the points of the outlines, curves included, which lies up to a hair outside the strokes.
MARK_TOLERANCE = 0.2
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.4": canvas',
    '#panic("x") $sum$ *b* _i_ `raw` <label> @ref = head',
    "\\ #sys.inputs ] } ) /* // https://example.org",
    "<w:p/> & ]]> {{ 7*7 }} {% x %}",
    "=1+1",
    "𠮷野家𠀋",
    "A" * 300,
    "３００米",
]


@contextmanager
def _opened(paper: papers.Paper) -> Iterator[Any]:
    with pdfplumber.open(BytesIO(papers.to_pdf(paper))) as pdf:
        yield pdf


def _text(paper: papers.Paper) -> str:
    """Return what the pages say, without blanks and without the places where a long word may break."""
    with _opened(paper) as pdf:
        said = "".join(char["text"] for page in pdf.pages for char in page.chars)
    return "".join(said.replace("\u200b", "").split())


def _red_bands(paper: papers.Paper) -> list[tuple[float, float]]:
    """Measure where on the first page red begins and ends, from the top, in mm from the edge of the paper."""
    with pypdfium2.PdfDocument(papers.to_pdf(paper)) as pdf:
        page = pdf[0]
        picture = page.render(scale=SHARP).to_pil().convert("RGB")
        page.close()
    red, green, _blue = picture.split()
    strong = ImageChops.darker(red.point(lambda v: 255 * (v > 180)), green.point(lambda v: 255 * (v < 90)))
    _across, down = strong.getprojection()
    bands = []
    for is_red, rows in groupby(range(len(down)), key=lambda y: down[y]):
        band = list(rows)
        if is_red:
            bands.append((band[0] / SHARP / MM, (band[-1] + 1) / SHARP / MM))
    return bands


def _rules(page: Any) -> list[tuple[float, float, float]]:
    """Measure the level rules: left edge, height of the middle, thickness, in mm."""
    return sorted(
        ((one["x0"] / MM, one["top"] / MM, one["linewidth"] / MM) for one in page.lines if one["width"] > 1),
        key=lambda rule: rule[1],
    )


def _lines(page: Any, char: str) -> list[list[Any]]:
    chars = sorted((one for one in page.chars if one["text"] == char), key=lambda one: (round(one["top"]), one["x0"]))
    return [list(line) for _top, line in groupby(chars, key=lambda one: round(one["top"]))]


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_is_a4_and_a_full_page_has_22_lines_of_28_characters() -> None:
    with _opened(filled()) as pdf:
        page = pdf.pages[1]
        lines = _lines(page, "国")

        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        assert [len(line) for line in lines] == [28] * 22


def test_the_text_stands_within_156_by_225_mm() -> None:
    with _opened(filled()) as pdf:
        lines = _lines(pdf.pages[1], "国")

    left = min(line[0]["x0"] for line in lines) / MM
    right = max(line[-1]["x0"] + measures.BODY for line in lines) / MM
    # A character stands in the middle of its line; the box of the line is what fills the 版心.
    baselines = [measures.PAGE_HEIGHT * MM - line[0]["matrix"][5] for line in lines]
    spare = (measures.PITCH - measures.BODY) / 2
    top = (baselines[0] - measures.GLYPH_TOP * measures.BODY - spare) / MM
    bottom = (baselines[-1] + measures.GLYPH_BOTTOM * measures.BODY + spare) / MM
    assert left == pytest.approx(28, abs=0.05)
    assert right == pytest.approx(28 + 156, abs=0.2)
    assert top == pytest.approx(37, abs=0.05)
    assert bottom == pytest.approx(37 + 225, abs=0.4)  # 22 lines of 28.95 points leave 0.3 mm
    assert bottom <= 37 + 225
    assert {round(second - first, 2) for first, second in pairwise(baselines)} == {measures.PITCH}


def test_the_body_is_size_3_and_begins_two_characters_in() -> None:
    with _opened(filled()) as pdf:
        first = _lines(pdf.pages[0], "国")[0]

    assert {round(char["size"]) for char in first} == {16}
    assert (first[0]["x0"] / MM - 28) * MM == pytest.approx(2 * measures.STEP, abs=0.1)


# --- 版头 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("organ", ["云涧县人民政府", "督查通报", "临江市人民政府办公室督查室文件", "中共云涧县委"])
def test_the_mark_begins_72_mm_from_the_edge_of_the_paper(organ: str) -> None:
    mark, *_rest = _red_bands(built("督查通报", cover=replace(COVER, organ=organ)))

    assert mark[0] == pytest.approx(72, abs=MARK_TOLERANCE)


def test_the_mark_of_a_letter_begins_30_mm_from_the_edge_of_the_paper() -> None:
    mark, *_rest = _red_bands(built("催办函"))

    assert mark[0] == pytest.approx(30, abs=MARK_TOLERANCE)


def test_the_red_rule_is_as_wide_as_the_block_and_4_mm_below_the_number() -> None:
    with _opened(built("督查通报")) as pdf:
        page = pdf.pages[0]
        [rule] = [line for line in page.lines if line["stroking_color"] != (0,) and line["width"] > 1]
        number = next(char for char in page.chars if char["text"] == "〔")

    foot = measures.PAGE_HEIGHT * MM - number["matrix"][5] + measures.GLYPH_BOTTOM * measures.BODY
    assert (rule["x0"] / MM, rule["x1"] / MM) == (pytest.approx(28, abs=0.05), pytest.approx(184, abs=0.05))
    assert (rule["top"] - foot) / MM == pytest.approx(4, abs=0.1)


def test_the_number_stands_in_the_middle_and_with_a_signer_at_the_left() -> None:
    with _opened(built("督查通报")) as pdf, _opened(built("督查通报", cover=replace(COVER, signer="张明远"))) as up:
        [middle] = pdf.pages[0].search(r"云督〔2026〕3号")
        [left] = up.pages[0].search(r"云督〔2026〕3号")
        [signer] = up.pages[0].search(r"签发人：\s*张明远")

    assert (middle["x0"] + middle["x1"]) / 2 / MM == pytest.approx(28 + 78, abs=0.5)
    assert left["x0"] / MM - 28 == pytest.approx(measures.STEP / MM, abs=0.2)
    assert 184 - signer["x1"] / MM == pytest.approx(measures.STEP / MM, abs=0.5)


def test_a_letter_has_double_red_lines_of_170_mm() -> None:
    with _opened(built("催办函")) as pdf:
        rules = [line for line in pdf.pages[0].lines if line["width"] > 1]

    widths = {round(line["width"] / MM, 1) for line in rules}
    thick = [line["linewidth"] for line in sorted(rules, key=lambda line: line["top"])]
    heights = sorted(line["top"] / MM for line in rules)
    assert widths == {170.0}
    assert {round(line["x0"] / MM, 1) for line in rules} == {20.0}
    assert thick == [1.5, 0.5, 0.5, 1.5]  # thick above thin at the top, thin above thick at the foot
    assert heights[-1] == pytest.approx(297 - 20, abs=0.1)


def test_the_double_line_of_a_letter_stands_4_mm_below_its_mark() -> None:
    mark, line, *_rest = _red_bands(built("催办函"))

    assert line[0] - mark[1] == pytest.approx(
        4, abs=0.5
    )  # the strokes of a Song face end where its table says, ± 1 point


# --- 版记 and page numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [1, 12, 20, 40])
def test_the_last_rule_lies_on_the_foot_of_the_block_of_the_last_page(lines: int) -> None:
    with _opened(filled(lines)) as pdf:
        rules = _rules(pdf.pages[-1])[-3:]

    assert [round(left, 1) for left, _height, _thickness in rules] == [28.0] * 3
    assert [round(thickness, 2) for _left, _height, thickness in rules] == [0.35, 0.25, 0.35]
    assert rules[-1][1] == pytest.approx(37 + 225, abs=0.05)


def test_a_letter_has_copies_but_no_rules_and_no_printing_office() -> None:
    said = _text(built("催办函"))

    assert "抄送：县委办公室" in said
    assert "印发" not in said


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    with _opened(filled()) as pdf:
        places = [page.search(r"— \d+ —") for page in pdf.pages]

    assert [found[0]["text"] for found in places] == [f"— {number} —" for number in range(1, len(places) + 1)]
    for number, [found] in enumerate(places, 1):
        edge = 184 - found["x1"] / MM if number % 2 else found["x0"] / MM - 28
        assert edge == pytest.approx(measures.SMALL / MM, abs=1)  # the blank beside the stroke of the dash counts
        assert {round(char["size"]) for char in found["chars"]} == {14}


def test_the_dash_of_the_page_number_stands_7_mm_below_the_block() -> None:
    with pypdfium2.PdfDocument(papers.to_pdf(filled())) as pdf:
        page = pdf[0]
        picture = page.render(scale=SHARP).to_pil().convert("L")
        page.close()
    below = picture.crop((0, round(263 * MM * SHARP), picture.width, picture.height)).point(lambda v: 255 * (v < 128))
    with _opened(filled()) as pdf:
        [found] = pdf.pages[0].search(r"— 1 —")
    dash = below.crop((round(found["x0"] * SHARP), 0, round((found["x0"] + 10) * SHARP), below.height)).getbbox()

    assert dash is not None
    assert 263 + dash[1] / SHARP / MM == pytest.approx(262 + 7, abs=0.5)


def test_a_letter_has_no_number_on_its_first_page() -> None:
    text = papers.Paragraph((papers.Run("国" * 28 * 40),))
    with _opened(replace(built("催办函"), blocks=(text,))) as pdf:
        numbered = [bool(page.search(r"— \d+ —")) for page in pdf.pages]

    assert numbered == [False, True, *[True] * (len(numbered) - 2)]


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_every_kind_becomes_a_pdf_that_says_what_was_given(kind: str) -> None:
    said = _text(built(kind))

    assert "云涧县人民政府" in said
    assert "2026年3月5日" in said
    assert "云督〔2026〕3号" in said
    assert "密" not in said


def test_a_colour_is_a_word_in_a_border() -> None:
    with _opened(built("督办单", colour=papers.Colour.ORANGE)) as pdf:
        page = pdf.pages[0]
        [words] = page.search("橙色督办单")
        around = [box for box in page.rects if box["x0"] < words["x0"] and box["x1"] > words["x1"]]

    assert [box["stroking_color"] for box in around] == [pytest.approx((0xD9 / 255, 0x73 / 255, 0x0D / 255), abs=0.01)]


def test_annexes_are_printed_before_the_last_rule_on_pages_of_their_own() -> None:
    table = papers.Table((("县住建局", "12"),), ("单位", "数"))
    cover = replace(COVER, annexes=[papers.Annex("统计表", (table,)), papers.Annex("清单")])
    with _opened(built("督查通报", cover=cover)) as pdf:
        last = "".join(pdf.pages[-1].extract_text().split())
        said = ["".join(page.extract_text().split()) for page in pdf.pages]

    assert last.startswith("附件1统计表")
    assert "印发" in last
    assert any("附件：1.统计表2.清单" in page for page in said)


def test_the_head_of_a_table_is_repeated_on_the_next_page() -> None:
    rows = [["县住建局", number] for number in range(60)]
    with _opened(built("督查通报", figures=[papers.Figures("表1", ["单位", "任务数"], rows)])) as pdf:
        heads = [len(page.search("任务数")) for page in pdf.pages]

    assert heads[1:4] == [1, 1, 1]


# --- hostile texts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_is(text: str) -> None:
    given = COMPLETE["督查通报"][1]
    paper = built(
        "督查通报",
        cover=replace(COVER, organ=text[:8], signed=text, copies=[text], notes=text, contact=text),
        **{**given, "overview": text, "figures": [papers.Figures(text, [text], [[text]])]},
    )

    said = _text(paper)

    assert said.count("".join(text.split())) >= 5
    assert "root:" not in said


@pytest.mark.parametrize("text", ["א" * 3, "ا" * 3])
def test_letters_that_run_from_right_to_left_stay_where_they_are(text: str) -> None:
    assert text in _text(built("督查通报", overview=f"甲{text}乙"))


def test_signs_that_turn_the_reading_direction_and_controls_are_left_out() -> None:
    said = _text(built("督查通报", overview="甲\u202e乙\x00丙\x1b丁\ud800戊\ufffe己"))

    assert "甲乙丙丁戊己" in said


def test_a_long_word_stays_on_the_paper() -> None:
    with _opened(
        built("督查通报", overview="A" * 500, figures=[papers.Figures("表", ["甲", "乙"], [["B" * 300, 1]])])
    ) as pdf:
        right = max(char["x1"] for page in pdf.pages for char in page.chars)

    assert right / MM <= 184.5


def test_the_typesetter_reads_no_file_beside_its_own_and_asks_no_network() -> None:
    template = layout_pdf.TEMPLATE.read_text("utf-8")

    for word in ("#import", "#include", "read(", "eval(", "image(", "plugin(", "@preview", "http"):
        assert word not in template
    assert {path.suffix for path in layout_pdf.TEMPLATE.parent.iterdir() if path.is_file()} <= {".py", ".typ"}


# --- the same again, and the fonts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["督查结论书", "督查通报", "催办函", "督办单"])
def test_the_same_paper_gives_the_same_bytes(kind: str) -> None:
    assert papers.to_pdf(built(kind)) == papers.to_pdf(built(kind))


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "from hashlib import sha256; from documents import papers; from tests.documents.paper_samples import built;"
        "paper = built('督查通报');"
        "print(sha256(papers.to_pdf(paper)).hexdigest(), sha256(papers.to_docx(paper)).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    paper = built("督查通报")
    assert other == [sha256(papers.to_pdf(paper)).hexdigest(), sha256(papers.to_docx(paper)).hexdigest()]


def test_our_own_gate_takes_the_pdf_in() -> None:
    with uploads.accept(BytesIO(papers.to_pdf(built("督查通报"))), "通报.pdf") as upload:
        assert upload.readable


def test_a_face_that_was_replaced_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Installed:
        def families(self) -> list[str]:
            return ["方正小标宋简体", "FandolFang R", "Noto Serif CJK SC", "Noto Sans CJK SC"]

    monkeypatch.setattr(fonts, "installed", Installed)
    monkeypatch.setattr(fonts, "fonts_used", fonts.fonts_used.__wrapped__)

    assert [(use.role, use.taken, use.stand_in) for use in fonts.fonts_used()] == [
        ("title", "方正小标宋简体", False),
        ("body", "FandolFang R", True),
        ("kai", "Noto Serif CJK SC", True),
        ("hei", "Noto Sans CJK SC", True),
        ("song", "Noto Serif CJK SC", True),
    ]
    assert fonts.fonts_note().startswith("PDF 使用了替代字体：仿宋_GB2312→FandolFang R、")


def test_the_pdf_itself_names_the_faces_that_were_replaced() -> None:
    with _opened(built("督查通报")) as pdf:
        keywords = pdf.metadata.get("Keywords", "")

    assert [use.taken in keywords for use in papers.fonts_used() if use.stand_in] == [
        True for use in papers.fonts_used() if use.stand_in
    ]


def test_without_a_chinese_font_there_is_no_pdf_of_empty_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_pdf, "fonts_used", lambda: (papers.FontUse("song", "宋体", "", True),))

    with pytest.raises(RuleBroken) as refused:
        papers.to_pdf(built("督查通报"))

    assert refused.value.code == "paper.no_fonts"
