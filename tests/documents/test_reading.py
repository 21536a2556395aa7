"""Papers that come in: Word, PDF, Excel, text; what cannot be read is said, what is hostile is refused."""

import json
from io import BytesIO
from typing import Any

import pytest
import typst
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents import reading
from documents.blocks import SourcePaper
from documents.word_numbers import chinese, circled
from tests.documents import hostile
from tests.documents.corpus_like import county_table, workbook
from workflow.refusal import RuleBroken

SENTENCES = [
    "一、重点任务",
    "1.新建球场12片，6月底前完成。（市体育局牵头，市财政局配合）",
    "2.修桥三座。（市交通局负责）",
]


def read(data: bytes, name: str) -> SourcePaper:
    return reading.read(BytesIO(data), name)


def word(*paragraphs: str, change: Any = None) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_the_office(encoding):
    text = "\n".join(SENTENCES)

    assert read(text.encode(encoding), "方案.txt").text == text


def test_a_word_paper_is_read_paragraph_by_paragraph():
    assert read(word(*SENTENCES), "方案.docx").text.split("\n")[:3] == SENTENCES


def test_deleted_words_are_left_out_and_inserted_ones_kept():
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("由市体育局")._p
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>负责</w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>牵头。</w:t></w:r></w:ins>"))

    assert read(word(change=change), "方案.docx").text == "由市体育局牵头。\n"


LEVELS = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]


def numbered(document: Any) -> None:
    """Let Word itself count 一、（一）1."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(LEVELS)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "甲"), (1, "乙"), (2, "丙"), (2, "丁"), (1, "戊"), (2, "己"), (0, "庚"), (1, "辛")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
        )


def test_numbers_that_word_counts_by_itself_are_written_out():
    text = read(word(change=numbered), "方案.docx").text

    assert text.split() == ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]


ROWS = (
    ("序号", "工作任务", "牵头单位", "完成时限"),
    ("1", "新建球场。", "市体育局", "6月底前"),
    ("", "修缮步道。", "", "9月底前"),
    ("备注：由接任者负责", "", "", ""),
)


def table(document: Any) -> None:
    cells = document.add_table(rows=4, cols=4)
    for row, line in enumerate(ROWS):
        for column, text in enumerate(line):
            cells.cell(row, column).text = text
    cells.cell(1, 2).merge(cells.cell(2, 2))
    cells.cell(3, 0).merge(cells.cell(3, 3))


def test_a_table_of_word_keeps_its_merges_and_the_place_of_every_cell():
    paper = read(word("附件", change=table), "方案.docx")

    (found,) = paper.tables
    assert found.sheet["merges"] == [[1, 2, 2, 2], [3, 0, 3, 3]]
    assert paper.text[slice(*found.cells[1, 1])] == "新建球场。"
    assert paper.text[slice(*found.cells[2, 3])] == "9月底前"
    assert paper.text[found.start : found.end].startswith("序号\t工作任务\t")


def test_a_workbook_is_one_text_with_its_sheets_as_tables():
    paper = read(workbook(county_table()), "分解表.xlsx")

    (found,) = paper.tables
    assert all(paper.text[start:end] for start, end in found.cells.values())
    assert SourcePaper.from_dict(paper.as_dict()) == paper


@pytest.mark.sandbox
def test_a_pdf_with_text_is_read_line_by_line_without_page_numbers():
    source = '#set page(numbering: "— 1 —")\n#set text(font: "Noto Serif CJK SC")\n' + "\n\n".join(SENTENCES)

    text = read(pdf(source), "方案.pdf").text

    assert "".join(text.split()) == "".join("".join(SENTENCES).split())


@pytest.mark.sandbox
@pytest.mark.parametrize("source", ["#rect(width: 5cm, height: 8cm)", "#circle(radius: 3cm)\n#pagebreak()\n#line()"])
def test_a_pdf_without_text_is_said_to_be_a_scan(source):
    with pytest.raises(RuleBroken) as refused:
        read(pdf(source), "扫描件.pdf")

    assert refused.value.code == "paper.no_text"
    assert "扫描件" in str(refused.value.message)


HOSTILE = [
    (hostile.zero_bytes, "a.docx", "file.empty"), (hostile.random_bytes, "a.docx", "file.disguised"),
    (hostile.zip_bomb, "a.docx", "file.zip_bomb"), (hostile.html, "a.txt", "file.active"),
    (hostile.pdf_with_script, "a.pdf", "file.active"), (hostile.pdf_with_password, "a.pdf", "file.encrypted"),
    (hostile.cut_pdf, "a.pdf", "file.broken"), (hostile.climbing_path, "a.docx", "file.unsafe_path"),
    (hostile.zero_bytes, "a.doc", "file.wrong_type"), (hostile.zero_bytes, "a.exe", "file.wrong_type"),
]  # fmt: skip


@pytest.mark.sandbox
@pytest.mark.parametrize(("make", "name", "code"), HOSTILE)
def test_a_hostile_file_is_refused_by_code(make, name, code):
    with pytest.raises(RuleBroken) as refused:
        read(make(), name)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["方案.txt", "方案.docx"])
def test_a_paper_with_a_mark_of_secrecy_is_refused(name):
    data = "机密★1年\n一、任务".encode() if name.endswith("txt") else word("机密★1年", "一、任务")

    with pytest.raises(RuleBroken) as refused:
        read(data, name)

    assert refused.value.code == "secrecy.marked"


def test_pasted_text_is_taken_as_it_is():
    assert reading.pasted("1.新建球场。\r\n").text == "1.新建球场。\r\n"


@pytest.mark.parametrize(("text", "code"), [(" \n", "paper.empty"), ("机密★1年\n任务", "secrecy.marked")])
def test_pasted_text_is_held_to_the_same_rules(text, code):
    with pytest.raises(RuleBroken) as refused:
        reading.pasted(text)

    assert refused.value.code == code


def test_more_text_than_a_paper_has_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_TEXT", 10)

    with pytest.raises(RuleBroken) as refused:
        reading.pasted("新建球场。" * 5)

    assert refused.value.code == "paper.too_long"


def test_word_numbers_go_beyond_ten():
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]
    assert circled(3) == "③"


@pytest.mark.sandbox
def test_the_lines_of_a_pdf_are_joined_to_paragraphs():
    long = "2.开展桥梁安全检测并建立一桥一档，推动监测设施与主体工程同步建设、同步投用，年底前全部完成。" * 2
    source = '#set text(font: "Noto Serif CJK SC", size: 16pt)\n' + "\n\n".join(
        f"#par({json.dumps(text, ensure_ascii=False)})" for text in (SENTENCES[0], long, "3.修桥三座。")
    )

    paragraphs = read(pdf(source), "方案.pdf").text.rstrip("\n").split("\n")

    assert ["".join(paragraph.split()) for paragraph in paragraphs] == [SENTENCES[0], long, "3.修桥三座。"]
