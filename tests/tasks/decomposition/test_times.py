"""Limits, stages and cycles inside a sentence, and the dates that are none."""

from datetime import date

import pytest

from tasks.decomposition.shapes import Facts
from tasks.decomposition.times import Calendar, cycle_in, is_time

PAPER = Calendar.of(Facts(issued_on=date(2027, 3, 10), meeting_on=date(2027, 3, 8), year=2027, plan_years=(2027, 2029)))

DAYS = [
    ("6月30日前完成登记", "2027-06-30"),
    ("于二〇二七年十月三十一日前完成", "2027-10-31"),
    ("请于7.15前报送", "2027-07-15"),
    ("9月底前施行", "2027-09-30"),
    ("十二月底前办结", "2027-12-31"),
    ("2028年3月完成选址", "2028-03-31"),
    ("5月上旬启动", "2027-05-10"),
    ("5月中旬报审", "2027-05-20"),
    ("5月下旬前报审", "2027-05-31"),
    ("二季度接通率达到90%", "2027-06-30"),
    ("力争三季度前通车", "2027-09-30"),
    ("第四季度末见效", "2027-12-31"),
    ("上半年拿出清单", "2027-06-30"),
    ("2028年上半年建成", "2028-06-30"),
    ("年底前建成", "2027-12-31"),
    ("年内实现全覆盖", "2027-12-31"),
    ("全年组织招聘300场", "2027-12-31"),
    ("2028年底前贯通", "2028-12-31"),
    ("到2029年覆盖率达到80%", "2029-12-31"),
    ("2027年新增贷款800亿元", "2027-12-31"),
    ("次年3月底前验收", "2028-03-31"),
    ("会后一周内报名单", "2027-03-15"),
    ("会后10日内报方案", "2027-03-18"),
    ("自印发之日起15日内制定细则", "2027-03-25"),
    ("7月1日起全面实施", "2027-07-01"),
    ("即日起至9月30日集中整治", "2027-09-30"),
    ("三年累计植树300万株", "2029-12-31"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_limit_in_a_sentence_becomes_a_day(text, day):
    assert str(PAPER.in_sentence(text).date) == day


NO_DAYS = [
    "汛期前完成检修",
    "供暖季前完成检修",
    "春节前开展慰问",
    "长期坚持",
    "持续推进改革",
    "立行立改",
    "每年12月10日前报送",
    "每季度末月20日前报送",
    "每月5日前公布",
    "能耗较2026年下降3%",
    "投诉量比2026年减少一半",
    "截至2026年底已建成12座",
    "改造2000年以前建成的小区",
    "编制指标体系（2027年版）",
    "落实三年规划（2027—2029年）",
    "按照《2027年工作要点》抓落实",
    "政策实施期限至2029年12月31日",
    "有效期至2029年底",
    "于2027年秋季学期招生",
    "2027年春节前后加强值守",
    "按时办结",
    "建成15年以上的小区",
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_date_that_is_no_limit_gives_no_day(text):
    assert PAPER.in_sentence(text).date is None


def test_several_limits_become_stages_and_the_last_counts():
    found = PAPER.in_sentence("其中6座须在5月20日前完成加固，其余9座在年底前完成")

    assert str(found.date) == "2027-12-31"
    assert [(str(stage.date), stage.text) for stage in found.milestones] == [
        ("2027-05-20", "6座完成加固"),
        ("2027-12-31", "其余9座完成"),
    ]


def test_goals_by_year_become_stages():
    found = PAPER.in_sentence("新建驿站150个，其中2027年60个、2028年50个、2029年40个")

    assert [(stage.date.year, stage.text) for stage in found.milestones] == [
        (2027, "60个"),
        (2028, "50个"),
        (2029, "40个"),
    ]


CYCLES = [
    ("每月巡查一次", (True, "monthly")),
    ("每季度通报", (True, "quarterly")),
    ("每年评价一次", (True, "yearly")),
    ("按季度公布", (True, "quarterly")),
    ("逐月调度", (True, "monthly")),
    ("每周报送", (True, "weekly")),
    ("开展季度核查", (True, "quarterly")),
    ("每半年召开一次", (True, None)),
    ("每两个月会商", (True, None)),
    ("周调度、月通报、年考核", (True, None)),
    ("每万人拥有18名", (False, None)),
    ("每百户30平方米", (False, None)),
    ("逐年提高", (False, None)),
    ("较上年下降5%", (False, None)),
    ("每个县区建成1所", (False, None)),
]


@pytest.mark.parametrize(("text", "cycle"), CYCLES)
def test_how_often_is_told_apart_from_how_much(text, cycle):
    assert cycle_in(text) == cycle


@pytest.mark.parametrize(
    "words", ["10月底前", "2027年底前完成", "持续推进", "6月、11月", "立行立改、持续推进", "第三季度", "每季度通报进展"]
)
def test_a_part_of_an_annotation_may_be_only_a_limit(words):
    assert is_time(words)


@pytest.mark.parametrize("words", ["市老年大学", "市应急局牵头", "市青年企业家协会", "各县区政府", "市日报社"])
def test_the_name_of_a_unit_is_no_limit(words):
    assert not is_time(words)
