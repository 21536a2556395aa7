"""Every pattern of annotated papers at least three times, traps among them: one table from pattern to cases.

A case is what stands below 一、重点任务 in a city's paper of 2027, and what its only task says: leads, helpers, groups,
unknown names, day. The sections are those of the catalogue of patterns: where an annotation stands, words of role,
names, rules for all, limits, numbers, brackets that are none, and what practice knows beside it.
"""

from typing import NamedTuple

import pytest

from tests.tasks.decomposition.ground import drafts, units


class Says(NamedTuple):
    lead: str = ""
    helpers: str = ""
    groups: str = ""
    unknown: str = ""
    day: str | None = None


B = "1.新建步道3公里。"
PATTERNS: dict[str, list[tuple[str, Says]]] = {
    # 1 where it stands
    "round brackets": [
        (f"{B}（市体育局牵头，市财政局配合）", Says("市体育局", "市财政局")),
        ("1.新建步道3公里（含桥梁）。（市体育局负责）", Says("市体育局")),
        ("1.新建步道3公里（市体育局牵头）。", Says("市体育局")),
    ],
    "tortoise brackets": [
        (f"{B}〔市体育局牵头，各街道（功能区）配合〕", Says("市体育局", "", "各街道（功能区）")),
        (f"{B}〔市体育局，各县、区人民政府（管委会）负责〕", Says("市体育局", "", "各县、区人民政府（管委会）")),
        ("1.落实规划（临政发〔2026〕3号）。〔市体育局负责〕", Says("市体育局")),
    ],
    "square brackets": [
        (f"{B}[市体育局（市足球管理中心）牵头，市财政局配合]", Says("市体育局", "市财政局")),
        (f"{B}【责任单位：市体育局、市财政局】", Says("市体育局", "市财政局")),
        (f"{B}【市体育局】", Says("市体育局")),
    ],
    "lines of labels": [
        (f"{B}\n牵头单位：市体育局\n责任单位：市财政局，各县区政府", Says("市体育局", "市财政局", "各县区政府")),
        (f"{B}\n责任单位：市体育局、市财政局\n完成时限：6月底", Says("市体育局", "市财政局", day="2027-06-30")),
        (f"{B}\n主办单位：市体育局\n协办单位：市盐业局", Says("市体育局", unknown="市盐业局")),
    ],
    "in the heading": [
        ("（一）新建步道（市体育局牵头）\n1.新建步道3公里，年底前开放。", Says("市体育局", day="2027-12-31")),
        ("（一）新建步道（市体育局、市财政局负责）\n1.新建步道3公里。", Says("市体育局", "市财政局")),
        ("（一）新建步道（市体育局牵头）\n1.新建步道3公里。（市水利局牵头）", Says("市水利局")),
    ],
    "behind a dash": [
        ("1.新建步道3公里，——市体育局牵头，市财政局、市水利局配合；", Says("市体育局", "市财政局 市水利局")),
        (
            "1.新建步道3公里。——市体育局牵头，市财政局，市教育、水利局配合；",
            Says("市体育局", "市财政局 市教育局 市水利局"),
        ),
        ("1.落实“发现——派发——处置”流程。（市体育局负责）", Says("市体育局")),
    ],
    "in the sentence": [
        ("（一）由市体育局牵头，会同市财政局于6月底前新建步道。", Says("市体育局", "市财政局", day="2027-06-30")),
        ("（一）请市体育局、市财政局抓紧新建步道。", Says("市体育局", "市财政局")),
        ("（一）市体育局要新建步道，结果报市政府、抄送市财政局。", Says("市体育局")),
    ],
    # 2 words of role
    "several lead": [
        (f"{B}（市体育局、市财政局牵头）", Says("市体育局 市财政局")),
        (f"{B}（牵头单位：市体育局、市财政局；配合单位：市水利局）", Says("市体育局 市财政局", "市水利局")),
        (f"{B}（市体育局、市财政局分别负责）", Says("市体育局 市财政局")),
    ],
    "by their duties": [
        (f"{B}（市体育局、市财政局按职责分工负责）", Says("市体育局", "市财政局")),
        (f"{B}（市体育局牵头，市财政局、市水利局按照职责分工负责）", Says("市体育局", "市财政局 市水利局")),
        (f"{B}（市体育局、市财政局，各县区政府按职责负责）", Says("市体育局", "市财政局", "各县区政府")),
    ],
    "all who help": [
        (f"{B}（市体育局牵头，市财政局参与，市水利局协助）", Says("市体育局", "市财政局 市水利局")),
        (f"{B}（市体育局牵头，市财政局指导，市水利局保障）", Says("市体育局", "市财政局 市水利局")),
        (f"{B}（市体育局会同市财政局、市水利局负责）", Says("市体育局", "市财政局 市水利局")),
    ],
    "a group comes first": [
        (f"{B}（各县区政府负责，市体育局指导）", Says("", "市体育局", "各县区政府")),
        (f"{B}（牵头单位：各县区政府；责任单位：市体育局）", Says("", "市体育局", "各县区政府")),
        (f"{B}（责任单位：各县区政府，市体育局）", Says("", "市体育局", "各县区政府")),
    ],
    # 3 names
    "a comma before the places": [
        (f"{B}（市体育局、市财政局，各县（市、区）政府负责）", Says("市体育局", "市财政局", "各县（市、区）政府")),
        (f"{B}（责任单位：市体育局，有关市、县人民政府）", Says("市体育局", "", "有关市、县人民政府")),
        (f"{B}（市体育局牵头，市财政局，南湾区政府配合）", Says("市体育局", "市财政局 南湾区政府")),
    ],
    "zones": [
        (f"{B}（市体育局牵头，临泽经开区管委会配合）", Says("市体育局", "临泽经开区管委会")),
        (f"{B}（经开区管委会牵头，市体育局配合）", Says("临泽经开区管委会", "市体育局")),
        (f"{B}（市体育局牵头，各开发区管委会配合）", Says("市体育局", "", "各开发区管委会")),
    ],
    "and the like": [
        (f"{B}（市体育局、市财政局等负责）", Says("市体育局", "市财政局")),
        (f"{B}（市体育局牵头，市财政局等有关部门配合）", Says("市体育局", "市财政局")),
        (f"{B}（市体育局牵头，市直有关部门配合）", Says("市体育局", "", "市直有关部门")),
    ],
    "the level is said once": [
        (f"{B}（市体育局、财政局负责）", Says("市体育局", "市财政局")),
        (f"{B}（市委宣传部、网信办负责）", Says("市委宣传部", "市委网信办")),
        (f"{B}（市体育、财政、水利局负责）", Says("市体育局", "市财政局 市水利局")),
    ],
    "units nobody knows": [
        (f"{B}（市体育局牵头，市盐业局配合）", Says("市体育局", unknown="市盐业局")),
        (f"{B}（市盐业局牵头，市体育局配合）", Says("", "市体育局", unknown="市盐业局")),
        (f"{B}（责任单位：县体育局、市财政局）", Says("", "市财政局", unknown="县体育局")),
    ],
    # 4 rules for all
    "the first leads": [
        (f"{B}（市体育局、市财政局负责，列第一位者为牵头单位，下同）", Says("市体育局", "市财政局")),
        (f"{B}（责任单位：市体育局、市财政局）\n以上任务排在首位的责任单位为牵头单位。", Says("市体育局", "市财政局")),
        (f"以下任务列第一位的责任单位为牵头单位。\n{B}（市体育局、市财政局）", Says("市体育局", "市财政局")),
    ],
    "what stands above": [
        (f"{B}\n以上工作由市体育局牵头，市财政局配合。", Says("市体育局", "市财政局")),
        (f"{B}\n以上第1项由市体育局牵头，10月底前完成。", Says("市体育局", day="2027-10-31")),
        (f"{B}\n上述第1项由市体育局、市财政局分别负责；第2项由市水利局牵头。", Says("市体育局 市财政局")),
    ],
    # 5 limits
    "a limit in the annotation": [
        (f"{B}（市体育局牵头；12月底前）", Says("市体育局", day="2027-12-31")),
        ("1.上半年新建步道3公里。（牵头单位：市体育局；完成时限：9月底前）", Says("市体育局", day="2027-09-30")),
        ("1.上半年新建步道3公里。（市体育局牵头，长期坚持）", Says("市体育局")),
    ],
    "parts of a year": [
        ("1.9月中旬前新建步道。（市体育局负责）", Says("市体育局", day="2027-09-20")),
        ("1.三季度末新建步道3公里。（市体育局负责）", Says("市体育局", day="2027-09-30")),
        ("1.到次年4月底前新建步道。（市体育局负责）", Says("市体育局", day="2028-04-30")),
    ],
    "reckoned from an event": [
        ("1.自印发之日起15日内新建步道。（市体育局负责）", Says("市体育局", day="2027-02-16")),
        ("1.印发之日起30个工作日内新建步道。（市体育局负责）", Says("市体育局")),
        ("1.收到申请后5日内办结。（市体育局负责）", Says("市体育局")),
    ],
    "no limit at all": [
        ("1.政策执行期至2029年底。（市体育局负责）", Says("市体育局")),
        ("1.依据2024年修订的办法建设步道，密度比2025年提高3%。（市体育局负责）", Says("市体育局")),
        ("1.汛期前修复步道，审批压缩至3个工作日。（市体育局负责）", Says("市体育局")),
    ],
    "a finer limit beside a whole year": [
        ("1.12月15日前完成全年投资任务的95%。（市体育局负责）", Says("市体育局", day="2027-12-15")),
        ("1.完成全年投资任务。（市体育局负责）", Says("市体育局", day="2027-12-31")),
        ("1.办好年末促消费活动。（市体育局负责）", Says("市体育局")),
    ],
    # 7 numbers
    "numbers within numbers": [
        ("1.加强建设：\n（1）新建步道；\n（2）修缮球场。（市体育局负责）", Says("市体育局")),
        ("（1）①新建步道3公里，②修缮球场。（市体育局负责）", Says("市体育局")),
        ("第一条 新建步道3公里。（市体育局负责）", Says("市体育局")),
    ],
    # 9 brackets that are none
    "brackets that name nobody": [
        ("1.落实方案（以下简称《方案》），新建步道。（市体育局负责）", Says("市体育局")),
        ("1.新建步道（含桥梁，除外情形见附件）3公里。（市体育局负责）\n（此件公开发布）", Says("市体育局")),
        ("1.落实行动计划（2026—2028年）（征求意见稿）。（市体育局负责）", Says("市体育局")),
    ],
    # 10 beside it
    "whom the subject sets to work": [
        ("（一）请市体育局督促市水利局整改，6月底前完成。", Says("市体育局", "市水利局", day="2027-06-30")),
        ("（一）市体育局要修缮步道，所需资金由市财政局、市水利局按比例分担。", Says("市体育局", "市财政局 市水利局")),
        ("（一）所需资金由市财政局、业主分担，办法由市体育局商市审计局制定。", Says("市体育局", "市财政局 市审计局")),
    ],
    "careless marks and breaks": [
        ("1.新建步道3公里,年内完成(市体育局牵头,市财政局配合)", Says("市体育局", "市财政局", day="2027-12-31")),
        ("1. 新建步道 3 公里 ,降至\n300克以下.(市体育局 牵头)", Says("市体育局")),
        ("1.新建步道，9.15前完成。（市体育局牵头）", Says("市体育局", day="2027-09-15")),
    ],
}
CASES = [pytest.param(body, says, id=f"{name}-{n}") for name, found in PATTERNS.items() for n, (body, says) in
         enumerate(found, 1)]  # fmt: skip


@pytest.mark.parametrize(("body", "says"), CASES)
def test_a_pattern_says_who_and_until_when(body, says):
    (draft,) = drafts(f"{body}\n")

    found = Says(
        units(draft.lead), units(draft.cooperating), " ".join(draft.groups), " ".join(draft.unresolved),
        draft.deadline.date.isoformat() if draft.deadline.date else None,
    )  # fmt: skip
    assert found == says


def test_every_pattern_has_three_cases():
    assert {name: len(found) for name, found in PATTERNS.items() if len(found) < 3} == {}
