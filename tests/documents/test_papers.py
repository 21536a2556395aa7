"""What a paper must say: every kind is complete or refused, with the names of what is missing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents import papers
from documents.papers import Heading, Paragraph, Table
from documents.papers.arrangement import arrange, title_lines
from documents.papers.kinds import KINDS
from documents.papers.numbering import chinese, day
from tests.documents.paper_samples import COMPLETE, COVER, NUMBER, built
from workflow.refusal import RuleBroken

NEEDED = [
    (kind, name, label)
    for kind in KINDS
    for part in kind.parts
    for name, label in part.asks.items()
    if part.needed and not part.empty
]
COVERED = [(kind, name) for kind in KINDS for name in ("organ", "signed", "dated", *kind.cover)]


def _said(paper: papers.Paper) -> list[str]:
    said = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said.append("".join(run.text for run in block.runs))
        else:
            said += ["|".join(row) for row in block.rows]
    return said


def test_twelve_kinds_have_a_complete_sample() -> None:
    assert sorted(COMPLETE) == sorted(kind.name for kind in KINDS)


@pytest.mark.parametrize(("kind", "name", "label"), NEEDED, ids=lambda one: getattr(one, "name", str(one)))
def test_a_paper_that_lacks_a_part_is_refused_by_its_name(kind: Any, name: str, label: str) -> None:
    given = COMPLETE[kind.name][1][name]
    nothing: Any = None if isinstance(given, date) else "  " if isinstance(given, str) else []

    with pytest.raises(RuleBroken) as refused:
        built(kind.name, **{name: nothing})

    assert refused.value.code == "paper.incomplete"
    assert refused.value.details == {"kind": kind.name, "missing": [label]}
    assert str(refused.value.message) == f"{kind.name}还不完整，缺少：{label}。请补齐后再生成。"


@pytest.mark.parametrize(("kind", "name"), COVERED, ids=lambda one: getattr(one, "name", str(one)))
def test_a_paper_whose_cover_lacks_something_is_refused(kind: Any, name: str) -> None:
    lacking = "" if name in {"organ", "signed", "contact"} else None

    with pytest.raises(RuleBroken) as refused:
        built(kind.name, cover=replace(COVER, **{name: lacking}))

    assert refused.value.code == "paper.incomplete"
    assert len(refused.value.details["missing"]) == 1


def test_everything_missing_is_told_at_once() -> None:
    with pytest.raises(RuleBroken) as refused:
        built("督查结论书", subject="", basis="", review_authority="", findings=[papers.Finding("有", [])])

    assert refused.value.details["missing"] == [
        "事由", "督查依据", "“查明的事实及证据”第1项的证据编号", "复核受理机关",
    ]  # fmt: skip


def test_a_fact_with_an_empty_number_of_evidence_has_no_evidence() -> None:
    with pytest.raises(RuleBroken) as refused:
        built("问责建议书", facts=[papers.Finding("有事实", [" "])])

    assert refused.value.details["missing"] == ["“主要事实及证据”第1项的证据编号"]


@pytest.mark.parametrize("lacking", ["number", "problem", "demand", "standard", "verifier"])
def test_a_matter_to_put_right_needs_all_its_parts(lacking: str) -> None:
    item = COMPLETE["整改通知书"][1]["items"][0]

    with pytest.raises(RuleBroken) as refused:
        built("整改通知书", items=[replace(item, **{lacking: ""})])

    assert len(refused.value.details["missing"]) == 1


def test_a_printing_office_needs_its_day() -> None:
    with pytest.raises(RuleBroken) as refused:
        built("督查通报", cover=replace(COVER, printed_on=None))

    assert refused.value.details["missing"] == ["印发日期"]


@pytest.mark.parametrize("kind", ["督查结论书", "复核决定书"])
@pytest.mark.parametrize("signed", ["云涧县人民政府督查室", "云涧县人民政府办公室", "县住建局"])
def test_only_a_government_concludes(kind: str, signed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        built(kind, cover=replace(COVER, signed=signed))

    assert refused.value.code == "paper.not_government"


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_text_with_a_mark_of_a_secret_becomes_no_paper(kind: str) -> None:
    builder, given = COMPLETE[kind]
    name = next(name for name, value in given.items() if isinstance(value, str))

    with pytest.raises(RuleBroken) as refused:
        builder(COVER, **{**given, name: "机密★5年 某事"})

    assert refused.value.code == "secrecy.marked"


def test_a_mark_deep_in_a_table_or_an_annex_is_found_too() -> None:
    annex = papers.Annex("附表", (Table((("秘密★",),)),))

    with pytest.raises(RuleBroken) as refused:
        built("督查通报", cover=replace(COVER, annexes=[annex]))

    assert refused.value.code == "secrecy.marked"


# --- what the paper says ---------------------------------------------------------------------------------------------


def test_a_conclusion_says_facts_with_evidence_limits_and_the_right_of_review() -> None:
    paper = built("督查结论书")

    assert paper.title == "关于老旧小区改造专项督查的督查结论书"
    assert _said(paper) == [
        "一、督查依据",
        "根据《政府督查工作条例》。",
        "二、督查过程",
        "实地检查12个项目。",
        "三、查明的事实及证据",
        "1.外墙保温工程未按期开工（证据：E-001、E-002）。",
        "2.资金已全部到位（证据：E-003）。",
        "四、评价",
        "总体有序。",
        "五、整改事项及时限",
        "完工并通过验收（时限：2026年6月30日）。",
        "六、复核权利",
        "对本督查结论有异议的，可以自收到本结论书之日起30日内，向云涧县人民政府申请复核。",
    ]


def test_a_conclusion_without_demands_says_so() -> None:
    assert "本次督查没有需要整改的事项。" in _said(built("督查结论书", demands=[]))


def test_a_subject_that_begins_with_about_is_not_doubled() -> None:
    assert built("督查通报", subject="关于安全生产").title == "关于安全生产的督查通报"


def test_parts_that_are_not_given_leave_no_gap_in_the_numbering() -> None:
    headings = [block.text for block in built("督查通报").blocks if isinstance(block, Heading)]

    assert headings == ["一、总体情况", "二、存在问题", "三、下一步工作要求"]


def test_a_bulletin_names_units_before_their_problem_or_nobody() -> None:
    said = _said(built("督查通报"))

    assert "1.县住建局、县城管局：逾期报送。" in said
    assert "2.推进缓慢。" in said


def test_a_bulletin_shows_its_figures() -> None:
    [table] = [block for block in built("督查通报").blocks if isinstance(block, Table)]

    assert table == Table((("县住建局", "12"), ("县交通局", "8")), ("单位", "任务数"), (3, 1), "表1 办结情况")


@pytest.mark.parametrize("rows", [(("甲", "乙"), ("丙",)), (("甲",),), ()])
def test_a_table_with_ragged_rows_cannot_be_made(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError):
        Table(rows, ("甲", "乙") if rows else ())


@pytest.mark.parametrize(("colour", "words"), [("BLUE", "蓝色督办单"), ("ORANGE", "橙色督办单"), ("RED", "红色督办单")])
def test_a_colour_is_said_in_words(colour: str, words: str) -> None:
    arranged = arrange(built("督办单", colour=papers.Colour[colour]))

    assert arranged.colour_words == words
    assert arranged.colour


def test_a_slip_without_a_colour_says_nothing_of_colours() -> None:
    assert arrange(built("督办单")).colour_words == ""


def test_a_title_is_held_to_the_stricter_table_of_marks() -> None:
    with pytest.raises(RuleBroken) as refused:
        built("督查通报", subject="【机密】安全生产")

    assert refused.value.code == "secrecy.marked"


def test_one_text_given_for_a_list_is_one_item_not_its_letters() -> None:
    assert built("督查通报", cover=replace(COVER, addressees="县住建局")).addressees == ("县住建局",)
    assert str(papers.Finding("有事实", "E-1")) == "有事实（证据：E-1）。"


def test_no_kind_of_paper_speaks_of_a_level_of_secrecy() -> None:
    assert [paper for paper in map(built, COMPLETE) if "密" in repr(paper)] == []


# --- numbers, days, titles, length -----------------------------------------------------------------------------------


def test_a_number_has_hexagonal_brackets_and_no_leading_zero() -> None:
    assert str(papers.PaperNumber("云督", 2026, 3)) == "云督〔2026〕3号"
    assert papers.PaperNumber.read("云督〔2026〕118号") == papers.PaperNumber("云督", 2026, 118)


@pytest.mark.parametrize(
    "written", ["云督[2026]3号", "云督〔2026〕03号", "云督〔2026〕第3号", "〔2026〕3号", "云督〔26〕3号", ""]
)
def test_a_number_written_otherwise_is_not_taken(written: str) -> None:
    with pytest.raises(ValueError):
        papers.PaperNumber.read(written)


@pytest.mark.parametrize(("code", "year", "serial"), [("", 2026, 1), ("云督", 26, 1), ("云督", 2026, 0)])
def test_a_number_that_no_office_gives_cannot_be_made(code: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError):
        papers.PaperNumber(code, year, serial)


def test_a_day_has_no_leading_zero() -> None:
    assert day(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")])
def test_headings_are_numbered_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("督办单", ["督办单"]),
        (
            "关于2026年第三季度重点工作任务落实情况的督查通报",
            ["关于2026年第三季度重点工作任务", "落实情况的督查通报"],
        ),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("长" * 45, ["长" * 15] * 3),
        ("关于印发《云涧县老旧小区改造办法》的通知", ["关于印发《云涧县老旧小区改造办法》的通知"]),
    ],
)
def test_a_title_breaks_evenly_and_within_no_number_or_quotation(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


def test_a_title_beyond_all_measure_is_broken_where_a_line_is_full() -> None:
    assert title_lines("长" * 1001) == [*["长" * 20] * 50, "长"]
    assert title_lines("《" + "长" * 70 + "》") == ["《" + "长" * 19, "长" * 20, "长" * 20, "长" * 11 + "》"]


def test_a_paper_above_four_thousand_characters_is_warned_of() -> None:
    short = built("督查结论书")
    count = papers.characters(short)
    long = replace(short, blocks=(*short.blocks, Paragraph((papers.Run("字" * (4001 - count)),))))

    assert papers.warnings(short) == []
    assert papers.characters(long) == 4001
    assert papers.warnings(long) == ["正文共4001字，超过4000字。请压缩篇幅，或把附表、佐证移到附件。"]


def test_blanks_do_not_count_and_tables_do() -> None:
    paper = replace(built("督查结论书"), title="标 题", blocks=(Table((("一 二", "3"),), ("甲", "乙")),))

    assert papers.characters(paper) == 7


def test_the_day_stands_under_the_name() -> None:
    sealed = arrange(built("督查通报")).signature
    plain = arrange(built("督查通报", cover=replace(COVER, seal=False))).signature
    short = arrange(built("督查通报", cover=replace(COVER, signed="县府", seal=False))).signature

    assert [line.right for line in sealed] == [3.5, 4]  # the day is 6 characters wide, the name 7
    assert [line.right for line in plain] == [2, 1]
    assert [line.right for line in short] == [8, 2]


def test_what_cannot_be_seen_is_left_out() -> None:
    paper = built("督查通报", cover=replace(COVER, signed="云涧\u202e县\x00人民\ud800政府\uffff"))

    assert arrange(paper).signature[0].text == "云涧县人民政府"


def test_the_number_stands_where_it_was_given() -> None:
    assert arrange(built("督查通报")).number == str(NUMBER)
