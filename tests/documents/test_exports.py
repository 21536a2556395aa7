"""Workbooks going out: no cell of ours becomes a formula in the reader's Excel (F35)."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
import python_calamine

from documents.exports import Column, safe_text, sheet_name, write_rows
from documents.grid import cell_text

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
TAILS = ["1+1", "cmd|'/c calc'!A0", 'HYPERLINK("http://x","点")', "SUM(1)"]
PAYLOADS = [sign + tail for sign in SIGNS for tail in TAILS] + [" =1+1", "　=1+1", "\ufeff=1+1", "\t\r=1", "﹦1+1"]


def _cells(content: bytes) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()


def _sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as container:
        return container.read("xl/worksheets/sheet1.xml").decode()


def test_there_are_forty_payloads_and_more() -> None:
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_goes_out_as_text_behind_a_quote(payload: str) -> None:
    content = write_rows(["事项"], [[payload]])

    [cell] = _cells(content)[1]
    assert str(cell).startswith("'")
    assert "<f>" not in _sheet_xml(content)


@pytest.mark.parametrize("text", ["修路3公里。", "1=1", "a-b", "县住建局", "（一）", "", "50%", "第3季度"])
def test_ordinary_text_goes_out_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@pytest.mark.parametrize("payload", ["=1+1", "－5℃以下停工", "@张某"])
def test_the_quote_is_taken_off_again_when_a_table_comes_back(payload: str) -> None:
    assert cell_text(safe_text(payload)) == cell_text(payload)


def test_numbers_stay_numbers_and_days_are_iso_text() -> None:
    content = write_rows(
        [Column("数", 8), Column("日", 12)],
        [[-3, date(2026, 6, 30)], [True, datetime(2026, 6, 30, 8, 5)], [None, "x"]],
        title="逾期情况",
    )

    assert _cells(content) == [
        ["逾期情况", ""],
        ["数", "日"],
        [-3.0, "2026-06-30"],
        ["是", "2026-06-30 08:05"],
        ["", "x"],
    ]


def test_a_cell_longer_than_excel_holds_is_cut_and_says_so() -> None:
    cut = safe_text("长" * 40_000)

    assert len(cut) <= 32_767
    assert cut.endswith("…（内容过长，已截断）")


@pytest.mark.parametrize("text", ["坏\ud800字", "控\x01制\x08符", "终\uffff止"])
def test_characters_that_break_a_workbook_are_left_out(text: str) -> None:
    assert _cells(write_rows(["事项"], [[text]]))[1] == [text[0] + text[2:].replace("\x08", "")]


@pytest.mark.parametrize(
    ("given", "shown"), [("a/b:c*?[d]", "a_b_c___d_"), ("'", "_"), ("长" * 40, "长" * 31), ("", "表1")]
)
def test_a_sheet_gets_a_name_that_excel_accepts(given: str, shown: str) -> None:
    assert sheet_name(given) == shown


def test_twenty_thousand_rows_are_written_row_by_row() -> None:
    content = write_rows(["序号", "事项"], ((number, f"第{number}项") for number in range(20_000)))

    assert len(_cells(content)) == 20_001
