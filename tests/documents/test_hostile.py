"""Hostile files (F30-F33): refused within five seconds by code and sentence, or read without harm; nothing is kept."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pytest

from documents import safety, sheets, uploads
from tests.documents import hostile
from tests.documents.corpus_like import county_table, workbook
from workflow.refusal import RuleBroken

pytestmark = pytest.mark.sandbox
SECONDS = safety.WALL_SECONDS + 1.5  # of work; the start of the interpreter comes on top of the limit

IMPORTS: list[tuple[Callable[[], bytes], set[str]]] = [
    (hostile.zero_bytes, {"file.empty"}),
    (hostile.truncated_zip, {"file.broken"}),
    (hostile.wrong_magic, {"file.disguised"}),
    (hostile.random_bytes, {"file.disguised"}),
    (hostile.html, {"file.disguised"}),
    (hostile.zip_of_random_parts, {"file.broken"}),
    (hostile.empty_container, {"file.disguised"}),
    (hostile.sheet_of_pictures_only, {"file.broken"}),
    (hostile.docx_as_xlsx, {"file.disguised"}),
    (hostile.zip_bomb, {"file.zip_bomb"}),
    (hostile.lying_sizes, {"file.broken"}),
    (hostile.too_many_entries, {"file.too_many_parts"}),
    (hostile.few_too_many_entries, {"file.too_many_parts"}),
    (hostile.symlink, {"file.unsafe_path"}),
    (hostile.climbing_path, {"file.unsafe_path"}),
    (hostile.absolute_path, {"file.unsafe_path"}),
    (hostile.drive_path, {"file.unsafe_path"}),
    (hostile.overlapping_parts, {"file.unsafe_path"}),
    (hostile.same_name_twice, {"file.unsafe_path"}),
    (hostile.nested_zip, {"file.embedded"}),
    (hostile.encrypted_entry, {"file.encrypted"}),
    (hostile.odd_compression, {"file.broken"}),
    (hostile.doctype_entity, {"file.entities"}),
    (hostile.external_entity, {"file.entities"}),
    (hostile.doctype_in_utf16, {"file.entities"}),
    (hostile.external_link, {"file.external"}),
    (hostile.dde_link, {"file.external"}),
    (hostile.dde_formula, {"file.external"}),
    (hostile.data_connection, {"file.external"}),
    (hostile.macro_part, {"file.macro"}),
    (hostile.macro_type, {"file.macro"}),
    (hostile.embedded_object, {"file.embedded"}),
    (hostile.office_with_password, {"file.encrypted"}),
    (hostile.old_excel, {"file.disguised"}),
    (hostile.ring_of_sectors, {"file.disguised"}),
    (hostile.million_columns, {"file.too_wide"}),
    (hostile.million_rows, {"file.too_wide"}),
    (hostile.six_thousand_rows, {"file.too_many_rows"}),
    (hostile.sea_of_merges, {"file.too_wide"}),
    (hostile.shared_string_bomb, {"file.too_complex"}),
    (hostile.deep_nesting, {"file.too_complex"}),
    (hostile.sea_of_elements, {"file.zip_bomb"}),
    (hostile.broken_xml, {"file.broken"}),
]
UPLOADS: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("空.pdf", hostile.zero_bytes, {"file.empty"}),
    ("页.html", hostile.html, {"file.wrong_type"}),
    ("图.svg", hostile.svg, {"file.wrong_type"}),
    ("动.gif", hostile.gif_with_page, {"file.wrong_type"}),
    ("包.zip", hostile.archive, {"file.wrong_type"}),
    ("程序.exe", hostile.executable, {"file.wrong_type"}),
    ("无扩展名", hostile.old_word, {"file.wrong_type"}),
    ("报告.pdf.exe", hostile.executable, {"file.wrong_type"}),
    ("报告\u202efdp.exe", hostile.executable, {"file.wrong_type"}),
    ("报告.xlsm", hostile.macro_type, {"file.wrong_type"}),
    ("程序.pdf", hostile.executable, {"file.disguised"}),
    ("程序.txt", hostile.executable, {"file.disguised"}),
    ("页.txt", hostile.html, {"file.active"}),
    ("页.csv", hostile.script_in_text, {"file.active"}),
    ("图.txt", hostile.svg, {"file.active"}),
    ("页.png", hostile.html, {"file.disguised"}),
    ("页.pdf", hostile.html, {"file.disguised"}),
    ("页.docx", hostile.html, {"file.disguised"}),
    ("随机.docx", hostile.random_bytes, {"file.disguised"}),
    ("随机.txt", hostile.random_bytes, {"file.disguised"}),
    ("动.png", hostile.gif_with_page, {"file.disguised"}),
    ("图.jpg", hostile.png, {"file.disguised"}),
    ("夹页.png", hostile.picture_with_page, {"file.active"}),
    ("带尾.png", hostile.picture_with_tail, {"file.active"}),
    ("带尾.jpg", lambda: hostile.jpg(b"<script>alert(1)</script>"), {"file.active"}),
    ("夹包.jpg", lambda: hostile.jpg(hostile.good_xlsx()), {"file.active"}),
    ("巨图.png", hostile.flood_of_pixels, {"file.too_complex"}),
    ("断图.png", hostile.cut_picture, {"file.broken"}),
    ("断.docx", hostile.truncated_docx, {"file.broken"}),
    ("表.docx", hostile.good_xlsx, {"file.disguised"}),
    ("模板.docx", hostile.remote_template, {"file.external"}),
    ("远图.docx", hostile.remote_picture, {"file.external"}),
    ("域.docx", hostile.dde_field, {"file.external"}),
    ("实体.docx", hostile.docx_with_entity, {"file.entities"}),
    ("对象.docx", hostile.docx_with_package, {"file.embedded"}),
    ("套娃.docx", hostile.docx_in_docx_in_docx, {"file.embedded"}),
    ("密.docx", hostile.office_with_password, {"file.encrypted"}),
    ("密.xls", hostile.old_excel_with_password, {"file.encrypted"}),
    ("密.doc", hostile.old_word_with_password, {"file.encrypted"}),
    ("宏.doc", hostile.old_word_with_macros, {"file.macro"}),
    ("表.doc", hostile.old_excel, {"file.disguised"}),
    ("脚本.pdf", hostile.pdf_with_script, {"file.active"}),
    ("藏本.pdf", hostile.pdf_with_hidden_script, {"file.active"}),
    ("压本.pdf", hostile.pdf_with_packed_script, {"file.active"}),
    ("锁.pdf", hostile.pdf_with_password, {"file.encrypted"}),
    ("附.pdf", hostile.pdf_with_file, {"file.embedded"}),
    ("弹.pdf", hostile.pdf_bomb, {"file.zip_bomb"}),
    ("断.pdf", hostile.cut_pdf, {"file.broken"}),
]


def _refusal(act: Callable[[], object]) -> RuleBroken:
    started = hostile.worked()
    with pytest.raises(RuleBroken) as refused:
        act()
    assert hostile.worked() - started < SECONDS
    sentence = str(refused.value.message)
    assert sentence.endswith("。")
    assert "请" in sentence
    assert "%(" not in sentence
    return refused.value


@pytest.mark.parametrize(("build", "codes"), IMPORTS, ids=[build.__name__ for build, _codes in IMPORTS])
def test_a_hostile_workbook_is_refused_in_time_and_in_words(build: Callable[[], bytes], codes: set[str]) -> None:
    content = build()

    refusal = _refusal(lambda: sheets.read(BytesIO(content), "任务.xlsx", year=2026))

    assert refusal.code in codes


@pytest.mark.parametrize(("name", "build", "codes"), UPLOADS, ids=[name for name, _build, _codes in UPLOADS])
def test_a_hostile_upload_is_refused_in_time_and_in_words(name, build, codes) -> None:
    content = build()

    refusal = _refusal(lambda: uploads.accept(BytesIO(content), name))

    assert refusal.code in codes


def test_there_are_more_hostile_kinds_than_the_office_asked_for() -> None:
    assert len(IMPORTS) + len(UPLOADS) >= 50


def test_a_file_over_the_limit_is_refused_before_it_is_read_to_the_end() -> None:
    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += size or 0
            return b"x" * (size or 0)

    stream = Endless()
    refusal = _refusal(lambda: uploads.accept(stream, "大.txt", limit_bytes=200_000))

    assert refusal.code == "file.too_large"
    assert stream.given < 400_000


HARMLESS = [
    ("有公式.xlsx", lambda: workbook({"rows": [["事项", "牵头单位", "完成时限"], ["修路。", "县交通局", "=TODAY()"]]})),
    (
        "怪日期.xlsx",
        lambda: workbook(
            {"rows": [["事项", "牵头单位", "完成时限"], ["修路。", "县交通局", 60]], "formats": {(1, 2): "yyyy-mm-dd"}}
        ),
    ),
    (
        "长表名.xlsx",
        lambda: workbook({**county_table(), "name": "石溪县二〇二六年重点工作任务分解表第一批公开部分甲乙丙丁戊"}),
    ),
    (
        "文字公式.xlsx",
        lambda: workbook(
            {"rows": [["事项", "牵头单位", "完成时限"], ["@SUM(1+1)*cmd|'/c calc'!A0", "县交通局", "年底前"]]}
        ),
    ),
]


@pytest.mark.parametrize(("name", "build"), HARMLESS, ids=[name for name, _build in HARMLESS])
def test_odd_but_harmless_workbooks_are_read(name: str, build: Callable[[], bytes]) -> None:
    reading = sheets.read(BytesIO(build()), name, year=2026)

    assert len(reading.rows) >= 1


def _confined(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python where the parsers run."""
    return subprocess.run(
        [sys.executable, "-c", f"from documents.sandbox import confine; confine(); {code}"],
        capture_output=True,
        text=True,
        env=safety._environment(),
        cwd=safety.ROOT,
        check=False,
    )


@pytest.mark.parametrize(
    ("deed", "obstacle"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("import subprocess; subprocess.run(['id'])", "PermissionError"),
        ("import os; os.system('id')", "PermissionError"),
        ("bytearray(600_000_000)", "MemoryError"),
    ],
)
def test_the_sandbox_reaches_no_network_starts_nothing_and_has_little_memory(deed: str, obstacle: str) -> None:
    done = _confined(deed)

    assert done.returncode != 0
    assert obstacle in done.stderr


def test_the_sandbox_ends_what_never_ends() -> None:
    started = hostile.worked()

    assert _confined("while True: pass").returncode != 0
    assert hostile.worked() - started < SECONDS + 2


def test_a_file_that_keeps_everybody_waiting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "WALL_SECONDS", 0.001)  # less than any interpreter takes to start

    with pytest.raises(RuleBroken) as refused:
        uploads.accept(BytesIO(b"text"), "情况.txt")

    assert refused.value.code == "file.too_complex"


def test_the_sandbox_knows_no_secrets() -> None:
    assert set(safety._environment()) == {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "PATH"}


def test_the_room_still_works_after_all_that() -> None:
    assert len(sheets.read(BytesIO(hostile.good_xlsx()), "任务.xlsx").rows) == 4
