"""Text as it comes: pinyin glosses, traditional characters, half-width marks, hard breaks, odd spaces."""

import pytest

from tasks.decomposition.cleaning import clean
from tests.tasks.decomposition.ground import HEAD, drafts, taken, who
from tests.tasks.decomposition.test_names import CITY_PATH

# A few lines with the traces of a bad conversion: pinyin in brackets, traditional characters.
GLOSSED = (
    "要做到督查有效。健全任務(wù)分解、督促檢查、情況通報、監(jiān)督問責(zé)等閉環(huán)工作機制。\n"
    "圍繞重點工作,實行清單化推進、常態(tài)化跟蹤,建立聯(lián)合督查機制。\n"
)


def test_glosses_and_traditional_characters_are_cleaned_for_matching():
    assert (
        clean(GLOSSED).text.split("\n")[0]
        == "要做到督查有效。健全任务分解、督促检查、情况通报、监督问责等闭环工作机制。"
    )


def test_clauses_of_a_glossed_text_slice_the_original():
    found = taken(GLOSSED)

    assert all(GLOSSED[c.start : c.end] == c.text for c in found.clauses)
    assert "".join(c.text for c in found.clauses).replace("\n", "") == GLOSSED.replace("\n", "")


def test_a_traditional_paper_with_glosses_finds_its_units():
    (draft,) = taken(f"{HEAD}1.治理河道,6月底前完(wán)成(chéng)任務(wù)。(市水利局(jú)牽頭,市財(cái)政局配合)\n").drafts

    assert (who(draft), str(draft.deadline.date)) == (("市水利局", "市财政局", ""), "2027-06-30")
    assert draft.clause.text == "治理河道,6月底前完(wán)成(chéng)任務(wù)。"


@pytest.mark.parametrize("text", ["配备除颤器(AED)200台", "接种疫苗(HPV)", "控制在24微克(ug)以内"])
def test_abbreviations_in_brackets_are_no_glosses(text):
    assert len(clean(text).text) == len(text)


BROKEN = (
    "1.对全市在建桥梁开展安全检测，建立一桥一档，推动监测设\n施与主体工程同步建设，年底前完成。（市交通局牵头，市城\n管局、市住建局配合）\n"
    "2.开展燃气管网改造，消除老旧管网带病运行的隐患，新建管\n网120公里。（市住建局牵头，市应急局、市市场监管局配\n合）\n"
    "3.实施农村公路安防工程，整治临水临崖路段，优先安排学校\n周边和客运班线途经的路段。（市交通局负责）\n"
)


def test_hard_breaks_do_not_cut_clauses_and_annotations():
    assert [who(d) for d in drafts(BROKEN)] == [
        ("市交通运输局", "市城市管理局 市住房城乡建设局", ""),
        ("市住房城乡建设局", "市应急管理局 市市场监管局", ""),
        ("市交通运输局", "", ""),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "1.新建球场,6月底前完成;(市体育局牵头,市财政局配合)\n",
        "1、新建球场，6月底前完成。 ( 市体育局牵头 ， 市财政局 配合 )\r\n",
        "　　１．新建球场，６月底前完成。（市体育局牵头，市财政局配合）\n",
        "\ufeff1.新建球场，6月底前完成。（市体育局\u200b牵头，市财政局配合）\n",
    ],
)
def test_careless_marks_and_spaces_change_nothing(body):
    draft = one_of(body)

    assert (who(draft), str(draft.deadline.date)) == (("市体育局", "市财政局", ""), "2027-06-30")


def one_of(body):
    (draft,) = drafts(body)
    return draft


def test_a_text_that_lost_its_line_breaks_is_parted_at_its_numbers():
    text = (
        "关于印发方案的通知 一、总体要求 坚持绿色发展。 二、重点任务 "
        "1.开展造林10万亩。（市农业农村局牵头，市资规局配合）"
        "2.保护古树200株。（市城管局负责）三、保障措施 加强领导。"
    )
    found = taken(text, within=CITY_PATH).drafts

    assert [(d.clause.text, d.clause.path, who(d)[0]) for d in found] == [
        ("开展造林10万亩。", ("二、重点任务",), "市农业农村局"),
        ("保护古树200株。", ("二、重点任务",), "市城市管理局"),
    ]
