"""The gate against state secrets (R43, F37): marks are refused wherever they stand, talk of secrecy passes."""

from collections.abc import Callable
from io import BytesIO

import pytest

from documents import markings, marks, safety, sheets, uploads
from tests.documents import hostile
from tests.documents.corpus_like import workbook
from workflow.refusal import RuleBroken

MARKS = ["机密★5年", "绝密★长期", "秘密★", "秘密☆1年", "机密＊10年", "机 密 ★", "机　密★5年", "机密\n★5年", "機密★",
         "机密⭐",
         "机\u200b密★", "密级：机密", "密级: 秘密★3年", "000001\n机密\n特急", "份号：000012\n机　密\n加急",
         "秘密\n特急\n青办发"]  # fmt: skip
MARKS_IN_TEXTS = [*MARKS, "青政办密〔2026〕3号", "机密发〔2026〕2号", "国家秘密★10年", "本件为绝密级★材料"]
MARKED_NAMES = ["机密★5年 方案.docx", "【机密】方案.docx", "（秘密）情况报告.docx", "机密-方案.pdf", "方案-绝密.pdf",
                "绝密5年 名单.xlsx"]  # fmt: skip
TALK = ["商业秘密", "涉及国家秘密、商业秘密、个人隐私的除外", "保密工作总结", "国家秘密载体管理办法", "秘密", "机密",
        "关于做好定密工作的通知",
        "工作秘密★", "有机密封★条", "**秘密**", "密级由定密责任人确定", "确定密级和保密期限", "随机密度*",
        "秘密级、机密级、绝密级三级",
        "不得泄露国家秘密。\n特急", "000001\n关于机密文件管理的通知", "国保发〔2026〕1号",
        "青政办〔2026〕3号 保密要求", "商业秘密*见注释",
        "打★的为重点任务，涉密的不在本表", "密切配合★", "紧密衔接", "人口密集★地区",
        "★★★ 机密文件销毁情况 ★★★".replace("★★★ 机", "机")]  # fmt: skip
HARMLESS_NAMES = ["机密文件管理办法.docx", "保密工作总结.docx", "国家秘密定密管理.pdf", "商业秘密保护.docx",
                  "秘密.txt", "2026年任务.xlsx"]  # fmt: skip


def _docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return hostile.docx(paragraphs)


def _docx_cut_into_runs(text: str) -> bytes:
    return hostile.docx(
        "".join(
            "<w:p>" + "".join(f"<w:r><w:t>{char}</w:t></w:r>" for char in line) + "</w:p>" for line in text.split("\n")
        )
    )


def _docx_header(text: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return hostile.docx(word__header1=f"<w:hdr {hostile.WORD}>{lines}</w:hdr>")


def _xlsx(text: str) -> bytes:
    return workbook(
        {"rows": [["附件"], [line] if (line := text) else [], ["事项", "牵头单位"], ["修路。", "县交通局"]]}
    )


def _ofd(text: str) -> bytes:
    codes = "".join(
        f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in text.split("\n")
    )
    return hostile.packed({"OFD.xml": "<ofd/>", "Doc_0/Pages/Page_0/Content.xml": f'<p xmlns:ofd="o">{codes}</p>'})


def _pdf(text: str) -> bytes:
    """Write the text as glyph numbers with the table of the font, as office programs do."""
    characters = sorted(set(text.replace("\n", "")))
    numbers = {char: number for number, char in enumerate(characters, 1)}
    table = b"begincmap\n%d beginbfchar\n" % len(numbers) + b"".join(
        b"<%04X> <%s>\n" % (number, char.encode("utf-16-be").hex().encode()) for char, number in numbers.items()
    )
    lines = [b"<" + b"".join(b"%04X" % numbers[char] for char in line) + b"> Tj" for line in text.split("\n")]
    page = b"BT /F1 16 Tf " + b" 0 -20 Td ".join(lines) + b" ET"
    fonts = (b"<</Type/Page/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>", b"<</Type/Font/ToUnicode 3 0 R>>")
    return hostile.pdf(
        b"<</Type/Catalog>>", fonts[0], hostile.stream(table + b"endbfchar\nendcmap"), hostile.stream(page), fonts[1]
    )


def _doc(text: str) -> bytes:
    return hostile.compound(["WordDocument"], bytes(1001) + text.encode("utf-16-le"))


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "txt": ("情况.txt", lambda text: text.encode()),
    "gbk": ("情况.txt", lambda text: text.encode("gb18030")),
    "utf16": ("情况.csv", lambda text: text.encode("utf-16")),
    "docx": ("情况.docx", _docx),
    "runs": ("情况.docx", _docx_cut_into_runs),
    "header": ("情况.docx", _docx_header),
    "xlsx": ("情况.xlsx", _xlsx),
    "ofd": ("情况.ofd", _ofd),
    "pdf": ("情况.pdf", _pdf),
}
FILES = [(form, mark) for form in FORMATS for mark in MARKS]


def _refused(act: Callable[[], object]) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        act()
    assert refused.value.code == "secrecy.marked"
    return refused.value


@pytest.mark.parametrize("text", MARKS_IN_TEXTS)
def test_a_text_with_a_mark_is_refused(text: str) -> None:
    assert (
        _refused(lambda: markings.refuse_marked("关于某项工作的报告", f"抬头\n{text}\n正文")).details["where"] == "text"
    )


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_file_name_with_a_mark_is_refused(name: str) -> None:
    assert _refused(lambda: uploads.accept(BytesIO(b"text"), name)).details["where"] == "name"
    assert _refused(lambda: sheets.read(BytesIO(b"text"), name)).details["where"] == "name"


@pytest.mark.parametrize(("form", "mark"), FILES)
def test_a_readable_file_with_a_mark_is_refused(form: str, mark: str) -> None:
    name, build = FORMATS[form]

    refusal = _refused(lambda: uploads.accept(BytesIO(build(f"{mark}\n县某局关于进展情况的报告")), name))

    assert refusal.details["where"] == "file"


@pytest.mark.sandbox
@pytest.mark.parametrize("form", FORMATS)
def test_the_room_for_hostile_files_tells_marks_from_talk_in_every_format(form: str) -> None:
    name, build = FORMATS[form]

    assert _refused(lambda: uploads.accept(BytesIO(build("机密★5年\n报告")), name)).details["where"] == "file"
    with uploads.accept(BytesIO(build("关于保密工作的报告\n商业秘密")), name) as upload:
        assert upload.readable


def test_more_than_sixty_marked_files_were_tried() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("mark", ["机密★5年", "绝密★", "秘密★1年"])
def test_an_old_office_file_with_a_mark_in_its_bytes_is_refused(mark: str) -> None:
    assert _refused(lambda: uploads.accept(BytesIO(_doc(mark)), "情况.doc")).details["where"] == "file"


def test_a_watermark_and_a_sheet_header_count_as_text() -> None:
    watermark = hostile.docx('<w:p><w:pict><v:textpath xmlns:v="v" string="机密★"/></w:pict></w:p>')
    header = hostile.in_sheet(
        lambda part: part.replace(
            b"</worksheet>", "<headerFooter><oddHeader>&amp;L机密★5年</oddHeader></headerFooter></worksheet>".encode()
        )
    )

    assert _refused(lambda: uploads.accept(BytesIO(watermark), "情况.docx")).details["kind"] == "star"
    assert _refused(lambda: uploads.accept(BytesIO(header), "情况.xlsx")).details["kind"] == "star"


def test_the_table_behind_a_chart_counts_as_text() -> None:
    inside = hostile.with_part(hostile.docx(), "word/embeddings/Microsoft_Excel_Sheet1.xlsx", _xlsx("机密★5年"))

    assert _refused(lambda: uploads.accept(BytesIO(inside), "情况.docx")).details["where"] == "file"


def test_an_import_with_a_mark_is_refused() -> None:
    assert _refused(lambda: sheets.read(BytesIO(_xlsx("机密★5年")), "任务.xlsx")).details["where"] == "file"


@pytest.mark.parametrize("text", TALK)
def test_talk_of_secrecy_is_no_mark(text: str) -> None:
    assert marks.find_in([text, f"报告\n{text}\n正文"]) is None


@pytest.mark.parametrize("text", TALK)
@pytest.mark.parametrize("form", ["docx", "runs", "xlsx", "pdf", "txt", "gbk"])
def test_a_file_that_talks_of_secrecy_is_taken(form: str, text: str) -> None:
    name, build = FORMATS[form]

    with uploads.accept(BytesIO(build(f"关于工作情况的报告\n{text}\n正文")), name) as upload:
        assert upload.readable


@pytest.mark.parametrize("name", HARMLESS_NAMES)
def test_a_file_name_that_talks_of_secrecy_is_taken(name: str) -> None:
    assert marks.find(name, short=True) is None


def test_the_refusal_names_the_mark_and_nothing_around_it() -> None:
    refusal = _refused(lambda: uploads.accept(BytesIO("机密★5年\n张某行动部署".encode()), "情况.txt"))

    shown = f"{refusal.message}{refusal.details}"
    assert "机密" in shown
    assert "保密工作机构" in shown
    assert "张某" not in shown
    assert "5年" not in shown


def test_a_refused_file_leaves_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    wiped = []
    wipe = safety.wipe
    monkeypatch.setattr(safety, "wipe", lambda stream: wiped.append(_content_after(wipe, stream)))

    _refused(lambda: uploads.accept(BytesIO("机密★5年".encode()), "情况.txt"))

    assert wiped == [bytes(len("机密★5年".encode()))]


def _content_after(wipe: Callable[[object], None], stream) -> bytes:
    """Give what stands on the disk after wiping, while the file is still open."""
    close, stream_file = stream.close, stream

    class Open:
        def __getattr__(self, name: str):
            return (lambda: None) if name == "close" else getattr(stream_file, name)

    wipe(Open())
    stream_file.seek(0)
    content = stream_file.read()
    close()
    return content


def test_a_file_whose_text_cannot_be_read_is_taken_and_labelled() -> None:
    scan = hostile.pdf(b"<</Type/Catalog>>", b"<</Subtype/Image/Filter/DCTDecode>>\nstream\n\xff\xd8\xff\nendstream")

    for name, data, readable in (
        ("扫描.pdf", scan, False),
        ("照片.png", hostile.png(), False),
        ("旧文.doc", hostile.old_word(), False),
        ("说明.txt", "进展顺利".encode(), True),
    ):
        with uploads.accept(BytesIO(data), name) as upload:
            assert upload.readable is readable


def test_the_mark_is_found_where_the_text_is_long() -> None:
    assert _refused(lambda: markings.refuse_marked("正常内容。" * 200_000 + "机密★5年")).details["kind"] == "star"
