"""Task tables as offices send them: where the header stands, which cells belong together, what is wrong."""

import json
import time
from datetime import date
from io import BytesIO

import pytest

from documents import exports, sheets, templates
from documents.columns import role_of
from documents.rows import TaskRow
from tests.documents.corpus_like import county_table, read, rectification_list, rows_of, workbook
from workflow.refusal import RuleBroken

HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
GOOD = (1, "改造老旧小区6个。", "县住建局", "县财政局", "2026年9月底前")


def test_a_county_table_is_read_with_its_merged_cells() -> None:
    reading = read(county_table())

    assert [
        (r.serial, r.category, r.matter, r.leader, r.lead_names, r.co_names, list(r.groups)) for r in reading.rows
    ] == [
        ("1", "产业发展", "新增规上企业5家。", "常务副县长", ["县工信局"], ["县财政局", "县税务局"], ["各乡镇"]),
        ("2", "产业发展", "建成标准厂房3万平方米（一期）。", "常务副县长", ["县工信局"], ["县自然资源局"], []),
        ("3", "城乡建设", "改造老旧小区6个。", "分管城建副县长", ["县住建局"], ["城东镇", "县财政局"], []),
        (
            "4",
            "城乡建设",
            "开展自建房排查整治。",
            "分管城建副县长",
            ["县住建局", "县公安局"],
            [],
            ["县直有关部门", "各乡镇"],
        ),
    ]
    assert [r.deadline.date for r in reading.rows] == [date(2026, 12, 31), date(2026, 9, 30), date(2026, 12, 31), None]
    assert [r.cycle for r in reading.rows] == ["quarterly", "monthly", "quarterly", "monthly"]
    assert [r.row_number for r in reading.rows] == [4, 5, 6, 7]
    assert [p for r in reading.rows for p in r.problems] == []
    assert (reading.title, reading.year, reading.cycle) == ("石溪县2026年重点工作任务分解表", 2026, "quarterly")
    assert len(reading.notes) == 1


def test_a_joint_lead_keeps_the_first_as_the_one_that_answers() -> None:
    row = read(county_table()).rows[3]

    assert (row.lead_names[0], row.joint_leads) == ("县住建局", ["县公安局"])


def test_a_rectification_list_with_a_header_of_two_rows_is_read() -> None:
    reading = read(rectification_list())

    assert [(r.serial, r.problem, r.standard, r.matter, r.leader, r.lead_names) for r in reading.rows] == [
        ("一", "污水收集率不高。", "收集率达到70%。", "排查管网80公里。", "分管城建副县长", ["县住建局"]),
        ("一", "污水收集率不高。", "收集率达到70%。", "修复破损管网12公里。", "分管城建副县长", ["县住建局"]),
        (
            "二",
            "养殖粪污直排。",
            "综合利用率达到85%。",
            "对养殖场开展季度核查。",
            "分管农业副县长",
            ["县农业农村局", "县生态环境分局"],
        ),
    ]
    assert [(r.co_names, list(r.groups)) for r in reading.rows] == [
        (["县水利局", "县水务集团"], ["各镇政府"]),
        (["县财政局"], []),
        ([], ["沿河乡镇"]),
    ]
    assert [r.deadline.kind for r in reading.rows] == ["date", "date", "open"]
    assert [r.cycle for r in reading.rows] == [None, None, "quarterly"]
    assert reading.rows[0].cells["整改状态"] == "未完成"


def test_several_sheets_are_read_and_sheets_without_a_table_are_named() -> None:
    reading = read(
        county_table(),
        rectification_list(),
        {"rows": [["随便写写"], ["没有表头"]], "name": "草稿"},
        {"rows": [HEAD, GOOD], "name": "藏", "hidden": True},
    )

    assert [row.sheet for row in reading.rows] == ["重点工作"] * 4 + ["整改清单"] * 3
    assert reading.skipped_sheets == ("草稿",)


def test_section_rows_name_the_category_and_are_no_tasks() -> None:
    reading = read(
        {
            "rows": [
                HEAD,
                ["一、产业发展"],
                GOOD,
                ["二", "城乡建设"],
                (2, "修路3公里。", "县交通局", "", "年底前"),
                ["三、民生保障"],
                (3, "建学校1所。", "县教体局", "", "年底前"),
            ],
            "merges": [(1, 0, 1, 4)],
        },
        year=2026,
    )

    assert [(r.category, r.matter) for r in reading.rows] == [
        ("一、产业发展", "改造老旧小区6个。"),
        ("城乡建设", "修路3公里。"),
        ("三、民生保障", "建学校1所。"),
    ]


def test_blank_rows_totals_repeated_headers_and_signatures_are_no_tasks() -> None:
    rows = rows_of(
        GOOD,
        ["", "", "", "", ""],
        HEAD,
        (2, "修路3公里。", "县交通局", "", "年底前"),
        ["合计", "2项"],
        ["填报人：张某", "", "审核人：李某"],
        ["备注：本表一式两份，分送各单位。"],
    )

    assert [row.matter for row in rows] == ["改造老旧小区6个。", "修路3公里。"]


@pytest.mark.parametrize(
    "matter",
    ["汇总分析全县项目进展情况。", "注重培育规上企业12家。", "*重点推进城北水厂建设。", "说明书标准化改造12种。"],
)
def test_a_task_that_begins_like_a_note_or_a_total_is_a_task(matter: str) -> None:
    rows = rows_of((matter, "县发改局", "年底前"), head=("工作任务", "牵头单位", "完成时限"))

    assert [row.matter for row in rows] == [matter]


def test_units_under_one_heading_give_the_first_the_lead() -> None:
    row, generic = rows_of(
        (1, "改造小区。", "县住建局、县财政局，各乡镇", "年底前"),
        (2, "清理河道。", "各乡镇负责，县水利局指导", "年底前"),
        head=("序号", "重点工作", "责任单位", "时限要求"),
    )

    assert (row.lead_names, row.co_names, list(row.groups)) == (["县住建局"], ["县财政局"], ["各乡镇"])
    assert (generic.lead_names, generic.co_names, list(generic.groups)) == ([], ["县水利局"], ["各乡镇"])
    assert [p.code for p in generic.problems] == ["lead.missing"]


def test_responsible_units_cooperate_beside_a_lead_and_lead_without_one() -> None:
    head = ("任务内容", "牵头单位", "责任单位", "完成时间")
    beside, alone = rows_of(
        ("甲事。", "县住建局", "县财政局、县水利局", "年底前"),
        ("乙事。", "", "县教体局、县财政局", "年底前"),
        head=head,
    )

    assert (beside.lead_names, beside.co_names) == (["县住建局"], ["县财政局", "县水利局"])
    assert (alone.lead_names, alone.co_names) == (["县教体局"], ["县财政局"])


def test_a_task_merged_over_rows_gathers_the_units_of_all_of_them() -> None:
    reading = read(
        {
            "rows": [
                ("工作任务", "牵头领导", "责任单位", "完成时限"),
                ("建设污水厂。", "副县长甲", "县住建局", "2026年6月底"),
                ("", "副县长乙", "县水利局", ""),
                ("修路。", "副县长丙", "县交通局", "年底前"),
            ],
            "merges": [(1, 0, 2, 0), (1, 3, 2, 3)],
        },
        year=2026,
    )

    assert [(r.matter, r.leader, r.lead_names, r.co_names) for r in reading.rows] == [
        ("建设污水厂。", "副县长甲、副县长乙", ["县住建局"], ["县水利局"]),
        ("修路。", "副县长丙", ["县交通局"], []),
    ]


def test_requirements_under_a_merged_task_are_the_tasks() -> None:
    reading = read(
        {
            "rows": [
                ("工作任务", "序号", "具体要求", "责任科室", "时限要求"),
                ("政务公开。", 1, "更新目录。", "办公室", "持续推进"),
                ("", 2, "公开预算。", "财务科", "9月底前"),
            ],
            "merges": [(1, 0, 2, 0)],
        },
        year=2026,
    )

    assert [(r.heading, r.matter) for r in reading.rows] == [("政务公开。", "更新目录。"), ("政务公开。", "公开预算。")]


def test_a_requirement_beside_its_own_task_is_its_standard() -> None:
    [row] = rows_of(
        ("修路3公里。", "质量合格。", "县交通局", "年底前"), head=("工作任务", "工作要求", "牵头单位", "完成时限")
    )

    assert (row.matter, row.standard) == ("修路3公里。", "质量合格。")


def test_measures_are_the_tasks_and_the_task_above_them_their_heading() -> None:
    [row] = rows_of(
        ("提升供水能力。", "新建水厂1座。", "县水利局", "年底前"), head=("重点任务", "工作措施", "牵头部门", "完成时限")
    )

    assert (row.heading, row.matter) == ("提升供水能力。", "新建水厂1座。")


def test_goals_by_quarter_give_milestones_and_the_deadline() -> None:
    reading = read(
        {
            "rows": [
                ("重点工作", "牵头单位", "年度阶段性工作目标", "", "", ""),
                ("", "", "第一季度", "第二季度", "第三季度", "第四季度"),
                ("建水厂。", "县水利局", "立项", "开工", "", "完工"),
            ],
            "merges": [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 5)],
        },
        year=2026,
    )

    [row] = reading.rows
    assert [(m.text, m.date) for m in row.deadline.milestones] == [
        ("立项", date(2026, 3, 31)),
        ("开工", date(2026, 6, 30)),
        ("完工", date(2026, 12, 31)),
    ]
    assert row.deadline.date == date(2026, 12, 31)


def test_units_divided_under_one_heading_keep_their_roles() -> None:
    reading = read(
        {
            "rows": [
                ("序号", "事项", "责任单位", "", "完成时限"),
                ("", "", "牵头", "配合", ""),
                (1, "修路。", "县交通局", "县财政局", "年底前"),
            ],
            "merges": [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
        },
        year=2026,
    )

    assert [(r.lead_names, r.co_names) for r in reading.rows] == [(["县交通局"], ["县财政局"])]


def test_numbers_dates_and_percentages_read_as_a_person_reads_them() -> None:
    head = ("序号", "事项", "目标", "牵头单位", "完成时限")
    reading = read(
        {
            "rows": [
                head,
                (1.0, "甲事。", 0.85, "县水利局", date(2026, 6, 30)),
                ("督1.0", "乙事。", 120, "县水利局", 46387),
                ("１．２", "丙事。", "达到８５％", "县水利局", "２０２６年６月底"),
                (1.1, "丁事。", 0.5, "县水利局", "46387"),
            ],
            "formats": {(1, 2): "0%", (1, 0): '"督"0.0'},
        }
    )

    assert [(r.serial, r.standard, r.deadline.date) for r in reading.rows] == [
        ("1", "85%", date(2026, 6, 30)),
        ("督1", "120", date(2026, 12, 31)),
        ("1.2", "达到85%", date(2026, 6, 30)),
        ("1.1", "0.5", date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("title", "name", "known", "year"),
    [
        ("石溪县2027年重点任务", "任务.xlsx", {"year": 2026}, 2027),
        ("重点任务", "2027年任务.xlsx", {"year": 2026}, 2027),
        ("重点任务", "任务.xlsx", {"issued_on": date(2025, 3, 1), "year": 2026}, 2025),
        ("重点任务", "任务.xlsx", {"year": 2026}, 2026),
    ],
)
def test_the_year_comes_from_the_paper_before_anything_else(title: str, name: str, known: dict, year: int) -> None:
    reading = read({"rows": [[title], HEAD, (1, "修路。", "县交通局", "", "9月底前")]}, name=name, **known)

    assert reading.rows[0].deadline.date == date(year, 9, 30)


PROBLEMS = [
    ((1, "", "县住建局", "", "年底前"), "B2", "matter.missing"),
    ((1, "修路。", "", "县财政局", "年底前"), "C2", "lead.missing"),
    ((1, "修路。", "各乡镇", "", "年底前"), "C2", "lead.group"),
    ((1, "修路。", "县交通局", "", ""), "E2", "deadline.missing"),
    ((1, "修路。", "县交通局", "", "汛期前"), "E2", "deadline.event"),
    ((1, "修路。", "县交通局", "", "尽快"), "E2", "deadline.vague"),
    ((1, "修路。", "县交通局", "", "2026年2月30日"), "E2", "deadline.unreadable"),
    ((1, "修路。", "县交通局", "", "随叫随到"), "E2", "deadline.unreadable"),
    ((1, "修" * 2001, "县交通局", "", "年底前"), "B2", "cell.too_long"),
    ((1, "修路。", "=VLOOKUP(A1,B:C,2)", "", "年底前"), "C2", "cell.formula"),
]


@pytest.mark.parametrize(("row", "cell", "code"), PROBLEMS)
def test_what_is_wrong_is_named_by_cell_with_what_to_do(row: tuple, cell: str, code: str) -> None:
    [read_row] = rows_of(row)

    problem = next(p for p in read_row.problems if p.code == code)
    assert (problem.cell, problem.blocking, read_row.is_good) == (cell, True, False)
    assert str(problem).startswith(f"{cell}（")
    assert problem.message.endswith("。")
    assert problem.message.count("。") >= 2 or "请" in problem.message


def test_good_rows_are_taken_and_the_others_kept() -> None:
    reading = read({"rows": [HEAD, GOOD, (2, "修路。", "", "", "尽快")]}, year=2026)

    assert [row.row_number for row in reading.good] == [2]
    assert [row.row_number for row in reading.kept] == [3]


def test_a_missing_standard_is_a_hint_and_no_obstacle() -> None:
    [row] = rows_of(("修路。", "", "县交通局", "年底前"), head=("任务", "完成标准", "牵头单位", "完成时限"))

    assert [(p.code, p.blocking) for p in row.problems] == [("standard.missing", False)]
    assert row.is_good


def test_a_deadline_taken_from_the_sentence_is_shown_for_checking() -> None:
    [row] = rows_of(("于9月底前完成路基工程。", "县交通局"), head=("工作任务", "牵头单位"))

    assert row.deadline.date == date(2026, 9, 30)
    assert [(p.code, p.blocking) for p in row.problems] == [("deadline.from_text", False)]


def test_the_same_matter_twice_is_one_matter_too_many() -> None:
    first, second = rows_of(GOOD, (2, "改造老旧 小区6个。", "县住建局", "", "年底前"))

    assert first.problems == ()
    assert [(p.code, p.message) for p in second.problems] == [
        ("matter.duplicate", "与第 2 行内容相同，一件事只立一项。请删除重复的一行或写清区别。")
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["甲", "乙"], ["丙", "丁"]], "sheet.no_table"),
        ([[]], "sheet.no_table"),
        ([HEAD], "sheet.no_rows"),
        ([["姓名", "电话"], ["张某", "1390000"]], "sheet.no_table"),
    ],
)
def test_a_workbook_without_tasks_is_refused_with_guidance(rows: list, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read({"rows": rows})

    assert refused.value.code == code
    assert "请" in str(refused.value.message)


def test_only_xlsx_is_imported() -> None:
    with pytest.raises(RuleBroken) as refused:
        sheets.read(BytesIO(b"a,b\n1,2\n"), "任务.csv")

    assert refused.value.code == "file.wrong_type"


def test_a_row_survives_its_json() -> None:
    for row in read(county_table(), rectification_list()).rows:
        assert TaskRow.from_dict(json.loads(json.dumps(row.as_dict(), ensure_ascii=False))) == row


@pytest.mark.sandbox
def test_two_thousand_rows_are_read_within_a_few_seconds() -> None:
    rows = [
        (
            i,
            f"完成第{i}项重点工程建设任务。",
            f"县第{i % 90}局",
            f"县财政局、县第{i % 70}局，各乡镇",
            f"2026年{i % 12 + 1}月底前",
        )
        for i in range(1, 2001)
    ]
    content = exports.write_rows(HEAD, rows)
    started = time.perf_counter()

    reading = sheets.read(BytesIO(content), "任务.xlsx")

    assert (len(reading.rows), len(reading.good)) == (2000, 2000)
    assert time.perf_counter() - started < 10


def test_the_filled_template_is_read_without_problems() -> None:
    blank = templates.template(["县住建局", "县交通局"], title="石溪县2026年重点工作任务分解表")
    filled = workbook(
        {
            "rows": [
                ["石溪县2026年重点工作任务分解表"],
                [column.label for column in templates.COLUMNS],
                *templates.EXAMPLES,
                (
                    1,
                    "城建",
                    "修路3公里。",
                    "验收合格",
                    "副县长",
                    "县交通局",
                    "县住建局，各乡镇",
                    "王某",
                    "2026-09-30",
                    "每月",
                    "",
                ),
            ]
        }
    )

    [row] = sheets.read(BytesIO(filled), "填好的表.xlsx").rows

    assert (row.problems, row.cycle, row.person, row.standard) == ((), "monthly", "王某", "验收合格")
    with pytest.raises(RuleBroken) as refused:
        sheets.read(BytesIO(blank), "模板.xlsx")
    assert refused.value.code == "sheet.no_rows"


def test_the_template_offers_its_choices_and_its_guidance() -> None:
    raw = sheets.load(BytesIO(templates.template(["县住建局"])), "模板.xlsx")

    assert [sheet["name"] for sheet in raw] == ["任务分解表", "填写说明", "单位目录"]
    assert raw[0]["rows"][1] == [column.label for column in templates.COLUMNS]
    assert "国家秘密" in "".join(row[0] for row in raw[1]["rows"])


def test_rows_kept_for_correction_come_back_as_they_stood() -> None:
    reading = read(
        {
            "rows": [
                ["石溪县2026年任务表"],
                HEAD,
                (1, "－1℃以下也要供暖。", "各乡镇", "县财政局", "9月底前"),
                (2, "修路。", "", "", ""),
            ]
        }
    )
    workbook_out = templates.corrections(reading.kept, title=reading.title)

    again = sheets.read(BytesIO(workbook_out), "更正.xlsx")

    assert [(r.matter, r.deadline.date, [p.code for p in r.problems]) for r in again.rows] == [
        (r.matter, r.deadline.date, [p.code for p in r.problems]) for r in reading.kept
    ]
    shown = sheets.load(BytesIO(workbook_out), "更正.xlsx")[0]["rows"]
    assert shown[1][-1] == "需更正的问题"
    assert shown[3][-1].startswith("C4（牵头单位）：没有写牵头单位")


def test_units_that_run_on_into_the_next_row_belong_to_the_task_above() -> None:
    [row] = rows_of((1, "建设污水厂。", "县住建局", "县财政局", "年底前"), ("", "", "", "县水利局", ""))

    assert row.co_names == ["县财政局", "县水利局"]


def test_ditto_says_what_stands_above_it() -> None:
    first, second = rows_of(GOOD, (2, "修路3公里。", "同上", "〃", "同上"))

    assert (second.lead_names, second.co_names, second.deadline) == (first.lead_names, first.co_names, first.deadline)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("序号", "serial"),
        ("重点工作任务", "matter"),
        ("工作任务（2026年）", "matter"),
        ("整改措施", "measure"),
        ("存在问题", "problem"),
        ("验收标准", "standard"),
        ("牵头责任单位", "lead"),
        ("责任单位", "responsible"),
        ("责任单位及责任人", "responsible"),
        ("牵头单位/责任人", "lead"),
        ("责任单位负责人", "person"),
        ("配合责任单位", "cooperating"),
        ("市级责任领导", "leader"),
        ("具体责任人", "person"),
        ("整 改 时 限", "deadline"),
        ("完成时限及要求", "deadline"),
        ("反馈周期", "cycle"),
        ("进展情况", "other"),
        ("备  注", "note"),
        ("需更正的问题", "other"),
        ("年龄", None),
        ("", None),
        ("这一列写的是一段很长很长的话而不是一个列名所以没有含义", None),
    ],
)
def test_a_heading_of_the_office_means_one_thing(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


def test_the_room_above_names_its_own_problems_by_the_same_cells() -> None:
    [row] = rows_of((1, "改造小区。", "县未知局", "年底前"), head=("序号", "重点工作", "责任单位", "时限要求"))

    judged = row.with_problems(row.wrong("lead", "unit.unknown", "单位目录里没有“县未知局”。请核对名称。"))

    assert [str(p) for p in judged.problems] == ["C2（责任单位）：单位目录里没有“县未知局”。请核对名称。"]
    assert (row.is_good, judged.is_good) == (True, False)
