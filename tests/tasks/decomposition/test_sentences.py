"""Who acts, as minutes and instructions write it inside their sentences."""

from datetime import date

import pytest

from tests.tasks.decomposition.ground import taken, units, who

MINUTES = (
    "市政府专题会议纪要\n〔2027〕3号\n临泽市人民政府办公室　　2027年4月10日\n4月8日上午，市长主持召开会议。\n一、议题\n"
)

SENTENCES = [
    ("由市水利局牵头，市财政局、市气象局配合，编制预案。", "市水利局", "市财政局 市气象局", ""),
    ("由市水利局负责，会同市财政局、石桥县政府优化线路。", "市水利局", "市财政局 石桥县政府", ""),
    ("由市水利局会同市财政局对沿线隐患逐一登记。", "市水利局", "市财政局", ""),
    ("请市水利局会同市财政局研究提出意见。", "市水利局", "市财政局", ""),
    ("请市体育局、市教育局分别制定方案。", "市体育局 市教育局", "", ""),
    ("请市体育局、市教育局加大巡查力度。", "市体育局", "市教育局", ""),
    ("请市体育局督促场馆整改。", "市体育局", "", ""),
    ("市体育局要倒排工期；市财政局、市审计局要做好资金保障。", "市体育局", "市财政局 市审计局", ""),
    ("市体育局要会同市总工会每年组织一次联赛。", "市体育局", "市总工会", ""),
    ("市体育局负责场馆开放，市教育局做好技术指导。", "市体育局", "市教育局", ""),
    (
        "市应急局、市消防支队牵头，市公安局、市商务局按职责分工负责，开展整治。",
        "市应急管理局 市消防救援支队",
        "市公安局 市商务局",
        "",
    ),
    ("市科技局主办，市教育局协办，办好科技周。", "市科技局", "市教育局", ""),
    ("原则同意该方案。请市商务局牵头测算资金。", "市商务局", "", ""),
    (
        "会议同意增拨600万元，由市财政局会同市应急局下达，市审计局同步开展审计。",
        "市财政局",
        "市应急管理局 市审计局",
        "",
    ),
    ("各县、区政府要储备物资，名单报市水利局备案。", "", "", "各县、区政府"),
    ("市轨道集团要制定计划；所需费用由市财政局、石桥县政府共同承担。", "市轨道集团", "市财政局 石桥县政府", ""),
    ("由市民政局牵头，市财政局配合，指导各区成立服务队。", "市民政局", "市财政局", "各区"),
]


@pytest.mark.parametrize(("sentence", "lead", "helpers", "groups"), SENTENCES)
def test_a_sentence_says_who_leads_and_who_helps(sentence, lead, helpers, groups):
    (draft,) = taken(f"{MINUTES}（一）{sentence}\n").drafts

    assert (draft.clause.text, *who(draft)) == (sentence, lead, helpers, groups)


@pytest.mark.parametrize("receiver", ["报市财政局备案", "径送市财政局汇总", "提交市财政局审核", "向市财政局报告"])
def test_who_only_receives_a_report_does_not_act(receiver):
    (draft,) = taken(f"{MINUTES}（一）由市水利局牵头编制预案，5月底前{receiver}。\n").drafts

    assert who(draft) == ("市水利局", "", "")


@pytest.mark.parametrize("stranger", ["市盐业集团", "临泽职业技术学院", "市老龄办"])
def test_a_unit_that_the_directory_does_not_know_stays_unknown(stranger):
    (draft,) = taken(f"{MINUTES}（一）{stranger}要抓紧整改，市民政局加强指导。\n").drafts

    assert (draft.lead, units(draft.cooperating), draft.unresolved) == ((), "市民政局", (stranger,))


INSTRUCTIONS = """关于办理领导批示事项的通知
临政督〔2027〕5号
一、关于校园周边拥堵
批示要求：请分管副市长牵头研究，公安、教育部门抓紧整改。
办理意见：
1、请市公安局牵头，市教育局配合，优化20所学校周边交通组织，9月1日前完成。
二、关于热线接通率
批示要求：请市大数据局阅研。
办理意见：
2、市大数据局要扩容坐席，按季度公布接通率。
"""


def test_an_instruction_is_no_task_and_its_leader_stands_over_what_follows():
    found = taken(INSTRUCTIONS).drafts

    assert [(units(d.lead), d.leader, d.cycle) for d in found] == [
        ("市公安局", "分管副市长", None),
        ("市大数据局", "", "quarterly"),
    ]


@pytest.mark.parametrize(
    "text",
    ["请市水利局牵头，市住建局配合，对积水点立即处置，7月20日前报结果。", "市水利局要抓紧研究，7月20日前拿出方案。"],
)
def test_a_short_instruction_alone_is_one_task(text):
    (draft,) = taken(text, received_on=date(2027, 7, 1)).drafts

    assert (units(draft.lead), str(draft.deadline.date)) == ("市水利局", "2027-07-20")


def test_what_was_only_heard_is_no_task():
    found = taken(f"{MINUTES}（一）由市水利局牵头编制预案。\n（二）会议听取了有关情况汇报，对一季度工作表示肯定。\n")

    assert [d.clause.text for d in found.drafts] == ["由市水利局牵头编制预案。"]
