"""Who is responsible, as papers write it beside a clause."""

import pytest

from tests.tasks.decomposition.ground import HEAD, drafts, one, taken, who

ROLES = [
    # 牵头 and its neighbours
    ("（市水利局牵头，市财政局、市气象局配合）", "市水利局", "市财政局 市气象局", ""),
    ("（市水利局牵头负责，市气象局协助）", "市水利局", "市气象局", ""),
    ("（牵头单位：市水利局；配合单位：市财政局）", "市水利局", "市财政局", ""),
    ("（牵头部门：市水利局，责任部门：市财政局、市审计局）", "市水利局", "市财政局 市审计局", ""),
    # several lead
    ("（市水利局、市体育局牵头）", "市水利局 市体育局", "", ""),
    ("（牵头单位：市水利局、市体育局；责任单位：市财政局）", "市水利局 市体育局", "市财政局", ""),
    ("（市水利局、市体育局共同牵头，市信访局参与）", "市水利局 市体育局", "市信访局", ""),
    ("（市水利局、市体育局、市信访局分别负责）", "市水利局 市体育局 市信访局", "", ""),
    ("（由市水利局、市体育局负责）", "市水利局 市体育局", "", ""),
    # the first leads where nothing else is said
    ("（责任单位：市统计局、市民政局、市审计局）", "市统计局", "市民政局 市审计局", ""),
    ("（市统计局、市民政局按职责分工负责）", "市统计局", "市民政局", ""),
    ("（市统计局、市民政局负责）", "市统计局", "市民政局", ""),
    ("（市统计局、市民政局）", "市统计局", "市民政局", ""),
    ("（市统计局、市民政局等按照职责分工负责）", "市统计局", "市民政局", ""),
    # other words for the same
    ("（主办单位：市科技局；协办单位：市教育局）", "市科技局", "市教育局", ""),
    ("（主责单位：市科技局；参与单位：市教育局）", "市科技局", "市教育局", ""),
    ("（市科技局会同市教育局负责）", "市科技局", "市教育局", ""),
    ("（市科技局牵头、市教育局配合）", "市科技局", "市教育局", ""),
    # groups
    ("（市商务局牵头，各县（市、区）政府负责）", "市商务局", "", "各县（市、区）政府"),
    ("（市商务局牵头，市直有关部门，各县区政府配合）", "市商务局", "", "市直有关部门 各县区政府"),
    ("（各县、区人民政府负责，市商务局指导）", "", "市商务局", "各县、区人民政府"),
    ("（责任单位：各县区政府，市商务局）", "", "市商务局", "各县区政府"),
    # other brackets
    (
        "〔市城管局牵头，市公安局，各县（市、区）政府（管委会）配合〕",
        "市城市管理局",
        "市公安局",
        "各县（市、区）政府（管委会）",
    ),
    ("【责任单位：市城管局、市公安局】", "市城市管理局", "市公安局", ""),
    ("[市城管局（市园林局）牵头，市公安局配合]", "市城市管理局", "市公安局", ""),
    ("(牵头单位:市城管局;配合单位:市公安局)", "市城市管理局", "市公安局", ""),
    # what a name shares with its neighbour
    ("（市教育、财政、民政局按职责分工负责）", "市教育局", "市财政局 市民政局", ""),
    ("（市委宣传部、网信办牵头）", "市委宣传部 市委网信办", "", ""),
    ("（市体育局牵头，石桥县、枫林县政府配合）", "市体育局", "石桥县政府 枫林县政府", ""),
]


@pytest.mark.parametrize(("note", "lead", "helpers", "groups"), ROLES)
def test_an_annotation_says_who_leads_and_who_helps(note, lead, helpers, groups):
    draft = one(f"1.新建城市书房12座。{note}\n")

    assert draft.clause.text == "新建城市书房12座。"
    assert who(draft) == (lead, helpers, groups)


LIMITS = [
    ("（市水利局牵头；10月底前）", "2027-10-31"),
    ("（市水利局负责，2028年6月底前完成）", "2028-06-30"),
    ("（2027年9月15日前完成，市水利局负责）", "2027-09-15"),
    ("（牵头单位：市水利局；完成时限：第三季度）", "2027-09-30"),
    ("（市水利局负责，持续推进）", None),
    ("（牵头单位：市水利局；完成时限：汛期前）", None),
    ("（市水利局负责；立行立改）", None),
]


@pytest.mark.parametrize(("note", "day"), LIMITS)
def test_the_limit_of_an_annotation_goes_before_that_of_the_sentence(note, day):
    draft = one(f"1.清淤河道20公里，5月底前见效。{note}\n")

    assert (str(draft.deadline.date) if draft.deadline.date else None, who(draft)[0]) == (day, "市水利局")


@pytest.mark.parametrize("label", ["责任领导", "牵头领导", "分管领导"])
def test_a_leader_is_named_by_post(label):
    draft = one(f"1.办好全运会测试赛。（{label}：分管体育副市长；牵头单位：市体育局；完成时限：8月底）\n")

    assert (draft.leader, who(draft), str(draft.deadline.date)) == (
        "分管体育副市长",
        ("市体育局", "", ""),
        "2027-08-31",
    )


NO_ANNOTATIONS = [
    "（以下简称“行动”）",
    "（以下统称市管企业）",
    "（以下简称市体育局方案）",
    "（含市属高校）",
    "（不含抢险工程）",
    "（含临泽经开区管委会）",
    "〔2027〕5号",
    "（临政发〔2026〕3号）",
    "（临政办发〔2025〕41号）",
    "（此件公开发布）",
    "（公开发布）",
    "（此件主动公开）",
    "（2027—2029年）",
    "（征求意见稿）",
    "（星期五）",
    "（指常住人口）",
    "（抢险工程除外）",
    "（一期）",
]


@pytest.mark.parametrize("bracket", NO_ANNOTATIONS)
def test_a_bracket_that_names_nobody_is_part_of_the_clause(bracket):
    first, second = drafts(
        f"1.推进体育公园建设{bracket}，新增6处。（市体育局负责）\n2.新建步道。{bracket}（市城管局负责）\n"
    )

    assert first.clause.text == f"推进体育公园建设{bracket}，新增6处。"
    assert (who(first)[0], who(second)[0]) == ("市体育局", "市城市管理局")


@pytest.mark.parametrize("bracket", NO_ANNOTATIONS)
def test_a_bracket_that_names_nobody_makes_no_task(bracket):
    assert [d.clause.text for d in drafts(f"1.新建步道。（市城管局负责）\n本方案由市城管局解释{bracket}\n")] == [
        "新建步道。"
    ]


PLACES = [
    "1.新建步道30公里。（市城管局负责）",
    "1.新建步道30公里（市城管局负责）。",
    "1.新建步道30公里。\n（市城管局负责）",
    "1.新建步道30公里——市城管局负责",
    "1.新建步道30公里。\n责任单位：市城管局",
    "1.新建步道30公里\n牵头单位：市城管局",
    "1.新建步道30公里。\n【责任单位：市城管局】",
    "①新建步道30公里。（市城管局负责）",
    "（1）新建步道30公里。（市城管局负责）",
]


@pytest.mark.parametrize("body", PLACES)
def test_an_annotation_stands_in_many_places(body):
    draft = one(f"{body}\n")

    assert (draft.clause.text.rstrip("。"), who(draft)[0]) == ("新建步道30公里", "市城市管理局")


LABELS = [
    "牵头单位：市民政局\n责任单位：市财政局，各县区政府\n完成时限：2027年11月底",
    "牵头单位：市民政局；责任单位：市财政局，各县区政府；完成时限：11月底前",
    "牵头单位：市民政局    责任单位：市财政局 各县区政府    完成时限：11月30日前",
]


@pytest.mark.parametrize("labels", LABELS)
def test_label_lines_stand_for_the_clause_above(labels):
    draft = one(f"1.新增养老床位800张。\n{labels}\n")

    assert (who(draft), str(draft.deadline.date)) == (("市民政局", "市财政局", "各县区政府"), "2027-11-30")


@pytest.mark.parametrize("mark", ["（1）{}；\n（2）{}；\n（3）{}。", "①{}；\n②{}；\n③{}。", "①{}。\n②{}。\n③{}。"])
def test_an_annotation_behind_the_last_part_stands_for_all_parts(mark):
    parts = mark.format("新建救灾仓库", "配齐应急物资", "组织演练3次")

    draft = one(f"1.加强应急准备：\n{parts}（市应急局牵头，市消防支队配合）\n")

    assert draft.clause.text == f"加强应急准备：\n{parts}"
    assert who(draft) == ("市应急管理局", "市消防救援支队", "")


@pytest.mark.parametrize("first", ["（1）", "①", ""])
def test_parts_with_annotations_of_their_own_are_tasks_of_their_own(first):
    body = f"1.{first}办好招聘会。（市人社局负责）（2）发放稳岗补贴。（市财政局负责）（3）开展监测（市统计局负责）。\n"

    assert [(d.clause.text, who(d)[0]) for d in drafts(body)] == [
        ("办好招聘会。", "市人力资源社会保障局"),
        ("发放稳岗补贴。", "市财政局"),
        ("开展监测", "市统计局"),
    ]


HEADINGS = [
    "（一）发展体育事业（市体育局牵头，市财政局配合）",
    "（一）发展体育事业〔牵头单位：市体育局；责任单位：市财政局〕",
    "（一）发展体育事业\n牵头单位：市体育局\n责任单位：市财政局",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_annotation_of_a_heading_covers_all_below_it(heading):
    body = f"{heading}\n1.新建球场9片。\n2.举办赛事20场。\n（二）其他\n3.完成普查。（市统计局负责）\n"

    assert [(d.clause.text, who(d)) for d in drafts(body)] == [
        ("新建球场9片。", ("市体育局", "市财政局", "")),
        ("举办赛事20场。", ("市体育局", "市财政局", "")),
        ("完成普查。", ("市统计局", "", "")),
    ]


def test_a_heading_that_is_a_unit_covers_all_below_it():
    body = "（一）市体育局（2项）\n1.新建球场9片。\n2.举办赛事20场。\n"

    assert [who(d)[0] for d in drafts(body)] == ["市体育局", "市体育局"]


ABOVE = [
    ("以上第1—2项由市体育局牵头，市财政局配合。", 2),
    ("以上第1至2项由市体育局牵头，市财政局配合。", 2),
    ("以上任务由市体育局牵头，市财政局配合，11月底前完成。", 3),
    ("上述工作由市体育局牵头，市财政局配合。", 3),
]


@pytest.mark.parametrize(("words", "count"), ABOVE)
def test_what_stands_behind_a_group_of_clauses_covers_them(words, count):
    found = drafts(f"1.新建球场9片。\n2.举办赛事20场。\n3.培训教练50名。\n{words}\n")

    assert [who(d) for d in found] == [("市体育局", "市财政局", "")] * count


def test_severally_responsible_for_what_stands_above_all_lead():
    found = drafts("1.新建球场9片。\n2.举办赛事20场。\n以上工作分别由市体育局、市教育局负责。\n")

    assert [who(d)[0] for d in found] == ["市体育局 市教育局"] * 2


def test_the_rule_that_the_first_unit_leads_is_no_annotation():
    found = drafts("1.新建球场。（责任单位：市体育局、市教育局）\n以上任务责任单位排在第一位的为牵头单位。\n")

    assert [who(d) for d in found] == [("市体育局", "市教育局", "")]


SPREADS = ["以下各项均需各县区落实，不再列出", "以下任务均需各县区落实，不再单独列出", "以下均须各县区落实，不另注明"]


@pytest.mark.parametrize("words", SPREADS)
def test_a_group_named_once_for_all_is_named_for_every_task(words):
    found = drafts(f"1.新建球场。（市体育局负责；{words}）\n2.举办赛事。（市教育局负责）\n")

    assert [who(d) for d in found] == [("市体育局", "", "各县区"), ("市教育局", "", "各县区")]


def test_how_to_report_is_no_task_and_gives_the_cycle():
    found = taken(f"{HEAD}1.新建球场。（市体育局负责）\n二、工作要求\n请各责任单位每季度末月25日前报送进展。\n")

    assert [(d.clause.text, d.cycle) for d in found.drafts] == [("新建球场。", "quarterly")]
    assert [c.hint for c in found.clauses if "报送" in c.text] == ["report"]


INSIDE = [
    "建立会商机制，每月会商一次。责任单位：市财政局、市公安局；时限：长期坚持。",
    "建立会商机制，每月会商一次。牵头单位：市财政局。配合单位：市公安局。",
    "建立会商机制，每月会商一次。——市财政局牵头，市公安局配合",
]


@pytest.mark.parametrize("words", INSIDE)
def test_labels_behind_a_sentence_need_no_brackets(words):
    draft = one(f"1.{words}\n")

    assert (draft.clause.text, who(draft)) == ("建立会商机制，每月会商一次。", ("市财政局", "市公安局", ""))


def test_a_dash_before_what_is_to_be_done_is_no_annotation():
    found = drafts("1.新建球场。（市体育局负责）\n——市信访局牵头，化解积案\n")

    assert [(d.clause.text, d.unresolved) for d in found] == [("新建球场。", ())]


def test_of_problem_goal_and_measure_the_measure_is_the_task():
    body = (
        "1.问题：河段水质不达标。\n整改措施：清淤15公里。\n整改目标：稳定达标。\n"
        "责任单位：市水利局\n整改时限：10月底前\n"
    )
    found = taken(HEAD + body)

    assert [(d.clause.text, who(d)[0], str(d.deadline.date)) for d in found.drafts] == [
        ("清淤15公里。", "市水利局", "2027-10-31")
    ]
    assert {"问题：河段水质不达标。", "整改目标：稳定达标。"} <= {c.text.removeprefix("1.") for c in found.clauses}
