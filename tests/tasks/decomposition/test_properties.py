"""What holds for every text: spans slice it, clauses do not overlap, ids are stable, cleaning moves nothing."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import papers
from tasks.decomposition.cleaning import clean
from tests.tasks.decomposition.ground import taken

PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "①",
        "第一，",
        "一要",
        "市财政局",
        "市水利局牵头",
        "各县区政府",
        "配合",
        "负责",
        "（",
        "）",
        "〔",
        "】",
        "：",
        "；",
        "。",
        "，",
        "、",
        "\n",
        "\r\n",
        "　　",
        " ",
        "牵头单位：",
        "责任单位：",
        "完成时限：",
        "6月底前",
        "2027年",
        "年底",
        "每月",
        "以上第1—2项由",
        "以下均需各县区落实",
        "建立台账",
        "新建球场3座",
        "習(xí)近平",
        "(wù)",
        "\u200b",
        "說明",
        "——",
        "以下简称",
        "〔2027〕5号",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=120))
FEW = settings(max_examples=150, deadline=None)


def hold(text: str) -> None:
    found = taken(text)

    assert all(text[c.start : c.end] == c.text and c.text.strip() for c in found.clauses)
    assert all(before.end <= after.start for before, after in pairwise(found.clauses))
    assert [c.number for c in found.clauses] == list(range(1, len(found.clauses) + 1))
    assert len({c.id for c in found.clauses}) == len(found.clauses)
    assert all(draft.clause in found.clauses for draft in found.drafts)
    assert taken(text) == found


@FEW
@given(TEXTS)
def test_every_span_slices_the_original_and_nothing_overlaps(text):
    hold(text)


@pytest.mark.parametrize("dirt", papers.DIRT)
@pytest.mark.parametrize("kind", papers.KINDS)
def test_whole_papers_hold_to_it_too(kind, dirt):
    hold(papers.DIRT[dirt](papers.KINDS[kind](7)[0]))


@pytest.mark.parametrize("kind", papers.KINDS)
def test_no_word_of_a_paper_is_lost(kind):
    text = papers.KINDS[kind](3)[0]
    found = taken(text)
    kept = "".join(c.text for c in found.clauses) + "".join(d.annotation for d in found.drafts)
    for heading in {title for c in found.clauses for title in c.path}:
        kept += heading

    bare = re.sub(r"\W", "", kept)
    said = re.findall(
        r"[\u4e00-\u9fff]{4,}", re.sub(r"[（〔【][^（）]*(?:牵头|负责|配合|单位)[^（）]*[）〕】]", "\n", text)
    )
    lost = [words for words in said if words not in bare and not re.search("单位|时限", words)]
    assert lost == []


@FEW
@given(TEXTS)
def test_cleaning_never_moves_an_offset(text):
    cleaned = clean(text)

    places = range(len(cleaned.text)) if cleaned.offsets is None else cleaned.offsets
    assert len(places) == len(cleaned.text)
    assert list(places) == sorted(set(places))
    for shown, place in zip(cleaned.text, places, strict=True):
        assert shown == text[place] or shown in clean(text[place]).text or shown in "，：；！？\n "


def test_the_same_words_under_the_same_headings_keep_their_id_when_others_change():
    before = taken("一、任务\n1.新建球场。（市体育局负责）\n2.清淤河道。（市水利局负责）\n")
    after = taken("一、任务\n1.新建书房。（市文旅局负责）\n2.清淤河道。（市水利局负责）\n3.修桥。（市交通局负责）\n")

    assert [d.clause.id for d in before.drafts][1] == [d.clause.id for d in after.drafts][1]


def test_the_same_sentence_twice_has_two_ids():
    first, second = taken("一、任务\n1.加强宣传。（市体育局负责）\n2.加强宣传。（市水利局负责）\n").drafts

    assert first.clause.id != second.clause.id
