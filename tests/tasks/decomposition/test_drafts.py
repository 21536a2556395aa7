"""What a draft carries besides its units: title, standards, urgency; and which sentences are tasks at all."""

import pytest

from tasks.decomposition import imperatives
from tasks.decomposition.standards import standards_in
from tasks.decomposition.titles import title_of
from tasks.decomposition.urgency import urgency_of
from tests.tasks.decomposition.ground import taken
from tests.tasks.decomposition.test_names import NAMES

TITLES = [
    ("由市水利局牵头，市财政局配合，编制水库调度方案，6月底前完成。", "编制水库调度方案"),
    ("请市体育局会同市教育局开展校园足球普查，报市政府。", "开展校园足球普查"),
    ("2027年6月底前建成公共法律服务中心12个。", "建成公共法律服务中心12个"),
    ("（三）完善分级诊疗制度，提高县域内就诊率。", "完善分级诊疗制度"),
    ("市体育局要抓紧盘活闲置场馆；市财政局要做好保障。", "盘活闲置场馆"),
]


@pytest.mark.parametrize(("clause", "title"), TITLES)
def test_a_title_says_what_is_done_without_who_and_when(clause, title):
    assert title_of(clause, NAMES) == title


def test_a_title_is_at_most_thirty_characters_long():
    assert len(title_of("推动" + "产业园区和重点企业以及配套设施" * 5, NAMES)) <= 30


STANDARDS = [
    ("新建球场12片，覆盖率达到95%以上。", [("12", "片"), ("95", "%")]),
    ("首期规模不低于10亿元。", [("10", "亿元")]),
    ("审批时间压缩至35个工作日以内。", [("35", "个工作日")]),
    ("污水处理能力新增5万吨/日。", [("5", "万吨/日")]),
    ("一级企业由11家压减至6家。", [("6", "家")]),
    ("2027年6月30日前完成第3批改造。", []),
    ("对建成15年以上的小区开展检测。", []),
    ("实现县乡两级全覆盖。", [("", "")]),
]


@pytest.mark.parametrize(("clause", "found"), STANDARDS)
def test_a_standard_is_a_number_with_its_unit(clause, found):
    assert [(one.number, one.unit) for one in standards_in(clause)] == found


@pytest.mark.parametrize(
    ("text", "urgency"),
    [("特急：请办理", "critical"), ("要立即整改", "urgent"), ("抓紧研究", "prompt"), ("编制规划", "normal")],
)
def test_words_give_the_urgency(text, urgency):
    assert urgency_of(text) == urgency


TASKS = [
    "要用好基金招商、场景招商，全年签约项目不少于180个。",
    "从机关选派50名干部组建小分队，每季度考核一次。",
    "建立干部联系企业制度，班子成员每月走访一次。",
    "对闲置厂房逐栋登记，上半年形成盘活台账。",
    "大力压缩“三公”经费，公务接待支出下降5%。",
    "国庆节前集中开展一次景区安全检查，确保隐患清零。",
    "坚持建管并重，完善运维机制，设施完好率每年提高3个百分点。",
]
IDLE = [
    "坚决杜绝“纸上项目”。",
    "要当好“店小二”，做到有求必应、无事不扰。",
    "要加强舆论引导，严禁散布谣言。",
    "要提高政治站位，增强责任意识。",
    "各级领导干部要当好表率，多到一线去。",
    "同志们，让我们携手并进！",
    "近年来，全市上下团结一心，取得显著成效。",
    "同时要看到，区域之间差距仍在扩大。",
    "要勇于担当作为，不绕道、不退缩。",
    "从外部环境看，市场需求正在恢复。",
    "会议指出，前期工作取得积极进展。",
    "讲好城市发展故事，营造浓厚氛围。",
]


@pytest.mark.parametrize("sentence", TASKS)
def test_a_sentence_that_says_what_is_to_be_done_is_a_task(sentence):
    assert imperatives.is_task(sentence)


@pytest.mark.parametrize("sentence", IDLE)
def test_exhortation_outlook_and_report_are_no_tasks(sentence):
    assert not imperatives.is_task(sentence)


@pytest.mark.parametrize(
    "heading", ["总体要求", "指导思想", "基本原则", "组织保障", "保障措施", "工作要求", "认清形势，坚定信心"]
)
def test_sections_on_outlook_and_organisation_give_no_tasks(heading):
    text = f"关于推进文旅融合的意见\n一、{heading}\n建立联席会议机制，每季度开会。\n二、重点工作\n新建旅游驿站30处。\n"

    assert [d.clause.text for d in taken(text).drafts] == ["新建旅游驿站30处。"]


def test_a_sentence_that_only_names_its_paragraph_is_no_task():
    text = (
        "在推进会上的讲话\n一、突出重点\n一要想方设法稳就业。建立项目清单，上半年开工40个。完善调度机制，每月通报。\n"
    )

    assert [d.clause.text for d in taken(text).drafts] == ["建立项目清单，上半年开工40个。", "完善调度机制，每月通报。"]


def test_front_matter_asks_nobody_for_a_decision():
    kinds = {
        c.text: c.kind
        for c in taken("临政发〔2027〕9号\n关于推进工作的意见\n一、任务\n1.新建球场。（市体育局负责）\n").clauses
    }

    assert kinds == {"临政发〔2027〕9号": "frame", "关于推进工作的意见": "frame", "新建球场。": "task"}


def test_a_few_words_with_a_full_stop_over_deeper_numbers_are_a_heading_and_no_clause():
    items = "1.检修供热管网126处。（责任单位：市城管局）\n2.建立投诉机制。（责任单位：市城管局）\n"
    found = taken(f"一、重点任务\n（一）供暖保障。\n{items}")

    assert [clause.path for clause in found.clauses] == [("一、重点任务", "（一）供暖保障。")] * 2
