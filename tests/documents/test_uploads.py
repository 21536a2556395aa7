"""Files handed in: harmless names, honest types, a digest — and nothing else gets through."""

import hashlib
from io import BytesIO

import pytest

from documents import uploads
from documents.uploads import LONGEST_NAME_BYTES, accept, harmless_name
from tests.documents import hostile
from workflow.refusal import RuleBroken

GOOD = [
    ("情况说明.txt", "进展顺利。".encode(), "text/plain"),
    ("旧编码.txt", "进展顺利，已完成过半。".encode("gb18030"), "text/plain"),
    ("名单.csv", "序号,事项\r\n1,修路\r\n".encode("utf-8-sig"), "text/csv"),
    ("照片.png", hostile.png(), "image/png"),
    ("照片.JPG", hostile.jpg(), "image/jpeg"),
    ("手机照片.jpeg", hostile.jpg(b"\0" * 64), "image/jpeg"),
    ("报告.docx", hostile.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("任务.xlsx", hostile.good_xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        "汇报.pptx",
        hostile.packed({"ppt/presentation.xml": "<p/>"}),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("公文.ofd", hostile.packed({"OFD.xml": "<ofd/>"}), "application/ofd"),
    ("通知.pdf", hostile.pdf(b"<</Type/Catalog>>"), "application/pdf"),
    ("旧文.doc", hostile.old_word(), "application/msword"),
    ("旧文.wps", hostile.old_word(), "application/kswps"),
    ("旧表.xls", hostile.old_excel(), "application/vnd.ms-excel"),
]
NAMES = {
    "报告.pdf": "报告.pdf",
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\张\\桌面\\报告.docx": "报告.docx",
    "/tmp/x/报告.docx": "报告.docx",  # path of another system
    "报告\u202efdp.txt": "报告fdp.txt",
    "报\u200b告\ufeff.txt": "报告.txt",
    "报告\x00\x07\n.txt": "报告.txt",
    '报告<b>|?*":.txt': "报告_b______.txt",
    "  .报告 .txt ": "报告.txt",
    "CON.txt": "_CON.txt",
    ".txt": "附件.txt",
    "": "附件",
    "...": "附件",
    "报告.txt.": "报告.txt",
}


@pytest.mark.parametrize(("name", "content", "content_type"), GOOD, ids=[name for name, *_rest in GOOD])
def test_what_an_office_hands_in_is_taken_with_its_digest(name: str, content: bytes, content_type: str) -> None:
    with accept(BytesIO(content), name) as upload:
        assert (upload.name, upload.content_type, upload.size) == (name, content_type, len(content))
        assert upload.sha256 == hashlib.sha256(content).hexdigest()
        assert upload.stream.read() == content


@pytest.mark.parametrize(("given", "shown"), NAMES.items())
def test_a_name_is_made_harmless(given: str, shown: str) -> None:
    assert harmless_name(given) == shown


@pytest.mark.parametrize(
    "name", ["年" * 255 + ".docx", "a" * 255 + ".pdf", "报告." + "x" * 300, "é" * 400, "\U0001f600" * 90 + ".txt"]
)
def test_a_long_name_is_cut_between_characters_and_keeps_its_extension(name: str) -> None:
    shown = harmless_name(name)

    assert len(shown.encode()) <= LONGEST_NAME_BYTES
    assert shown.rpartition(".")[2][:3] == name.rpartition(".")[2][:3] or "." not in name


def test_a_name_in_the_bytes_of_the_old_encoding_is_read() -> None:
    raw = "情况说明.txt".encode("gb18030").decode("utf-8", "surrogateescape")

    assert harmless_name(raw) == "情况说明.txt"


def test_the_type_list_may_be_narrowed() -> None:
    with pytest.raises(RuleBroken) as refused:
        accept(BytesIO(hostile.png()), "照片.png", allowed=("pdf", "docx"))

    assert str(refused.value.message) == "不接受这种文件：.png。可以上传：pdf、docx。请另存为其中一种格式后再上传。"


def test_the_limit_is_the_callers() -> None:
    with pytest.raises(RuleBroken) as refused:
        accept(BytesIO(b"a" * 2_000_001), "长.txt", limit_bytes=2_000_000)

    assert refused.value.code == "file.too_large"
    assert refused.value.details["limit"] == 1.9


def test_every_allowed_type_is_known_to_the_sandbox() -> None:
    assert [name for name in uploads.ALLOWED if name not in uploads.safety.TYPES] == []


def test_a_document_with_a_chart_is_taken() -> None:
    content = hostile.with_part(hostile.docx(), "word/embeddings/Microsoft_Excel_Sheet1.xlsx", hostile.good_xlsx())

    with accept(BytesIO(content), "带图表的报告.docx") as upload:
        assert upload.readable


def test_links_to_web_pages_and_local_templates_do_no_harm() -> None:
    targets = {"hyperlink": "https://example.com", "attachedTemplate": "file:///C:/Users/a/Normal.dotm"}
    relations = (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="{kind}" Type="{hostile.RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
            for kind, target in targets.items()
        )
        + "</Relationships>"
    )
    content = hostile.with_part(hostile.docx(), "word/_rels/document.xml.rels", relations)

    with accept(BytesIO(content), "带链接的报告.docx") as upload:
        assert upload.readable
