"""Deadlines in every writing of the office."""

from datetime import date, datetime, timedelta

import pytest

from documents.dates import Context, Milestone, cycle_in_sentence, cycle_of, in_sentence, parse

PAPER = Context(year=2026, issued_on=date(2026, 3, 12), meeting_on=date(2026, 4, 16))

DAYS = {
    # full dates
    "2026年12月31日": "2026-12-31", "2026.12.5": "2026-12-05", "2026-12-5": "2026-12-05", "2026/12/5": "2026-12-05",
    "20261231": "2026-12-31", "2026-12-31 00:00:00": "2026-12-31", "2026年12月31日（星期四）前": "2026-12-31",
    "２０２６年６月３０日": "2026-06-30", "2026 年 6 月 30 日 前": "2026-06-30", "二〇二六年六月三十日": "2026-06-30",
    "二零二六年十二月三十一日前": "2026-12-31", "46022": "2025-12-31",
    # without a year
    "5月31日前": "2026-05-31", "十二月三十一日前": "2026-12-31", "7.15前": "2026-07-15", "7.15": "2026-07-15",
    "即日起至6月30日": "2026-06-30", "6月5日至6月18日": "2026-06-18", "7月1日起": "2026-07-01",
    # months and their thirds
    "12月底前": "2026-12-31", "6月底": "2026-06-30", "6月末": "2026-06-30", "6月份": "2026-06-30", "12月": "2026-12-31",
    "２月底前": "2026-02-28", "2028年2月底前": "2028-02-29", "十二月底前": "2026-12-31", "2026.12": "2026-12-31",
    "202612": "2026-12-31", "9月上旬": "2026-09-10", "9月中旬": "2026-09-20", "9月下旬": "2026-09-30",
    "9月上中旬": "2026-09-20", "2026年6—9月": "2026-09-30", "6月、11月": "2026-11-30",
    # quarters, halves, years
    "三季度末": "2026-09-30", "第三季度": "2026-09-30", "三季度前": "2026-09-30", "一季度": "2026-03-31",
    "前三季度": "2026-09-30", "2026Q3": "2026-09-30", "次年一季度": "2027-03-31", "上半年": "2026-06-30",
    "2026年上半年": "2026-06-30", "下半年": "2026-12-31", "年底前": "2026-12-31", "2026年底前": "2026-12-31",
    "年内": "2026-12-31", "全年": "2026-12-31", "2026年度": "2026-12-31", "明年6月底前": "2027-06-30",
    "到2027年": "2027-12-31", "2026年": "2026-12-31", "2026—2028年": "2028-12-31", "三年": "2028-12-31",
    "“十五五”期末": "2030-12-31", "2026年86个、2027年84个、2028年70个": "2028-12-31",
    # counted from a day
    "会后一周内": "2026-04-23", "会后7日内": "2026-04-23", "印发之日起15日内": "2026-03-27",
    "自文件印发之日起30天内": "2026-04-11", "印发后三个月内": "2026-06-12", "本月底": "2026-03-31",
    "下月底前": "2026-04-30",
    # a day and more
    "2026年底前，长期坚持": "2026-12-31", "2026年底前，每月调度": "2026-12-31", "完成时限：2026年8月底": "2026-08-31",
    "9月1日开学前": "2026-09-01",
}  # fmt: skip

WITHOUT_A_DAY = {
    "长期坚持": "open", "持续推进": "open", "立行立改": "open", "立行立改、持续推进": "open", "常态化开展": "open",
    "汛期前": "event", "2026年秋季学期": "event", "春节前": "event", "2026年国庆节前": "event", "供暖季前": "event",
    "每月5日前": "cyclic", "每季度末月25日前": "cyclic", "每年12月10日前": "cyclic", "按季度": "cyclic",
    "每年": "cyclic",
    "尽快": "vague", "按上级要求": "vague", "待定": "vague",
    "": "missing", "—": "missing", "/": "missing", "无": "missing",
    "三个月内": "unreadable", "一年内": "unreadable", "月底前": "unreadable", "2026年2月30日": "unreadable",
    "13月底": "unreadable", "已完成": "unreadable", "县住建局": "unreadable", "1900-02-29": "unreadable",
}  # fmt: skip


@pytest.mark.parametrize(("writing", "day"), DAYS.items())
def test_a_writing_of_the_office_gives_its_day(writing: str, day: str) -> None:
    assert parse(writing, PAPER).date == date.fromisoformat(day)


@pytest.mark.parametrize(("writing", "kind"), WITHOUT_A_DAY.items())
def test_a_writing_without_a_day_gives_its_kind_and_a_reason(writing: str, kind: str) -> None:
    deadline = parse(writing, PAPER)

    assert (deadline.date, deadline.kind) == (None, kind)
    assert deadline.reason.endswith("。")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (46387, date(2026, 12, 31)),
        (46387.0, date(2026, 12, 31)),
        (46387.75, date(2026, 12, 31)),
        (20261231, date(2026, 12, 31)),
        (202612, date(2026, 12, 31)),
        (2026, date(2026, 12, 31)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 17), date(2026, 6, 30)),
        (None, None),
        (True, None),
        (7.15, None),
        (0, None),
        (-3, None),
        (1e300, None),
        (float("inf"), None),
        (date(1900, 2, 28), None),
        (60, None),
    ],
)
def test_a_cell_of_any_type_is_read_or_refused_with_a_reason(cell: object, day: date | None) -> None:
    deadline = parse(cell, PAPER)

    assert deadline.date == day
    assert bool(deadline.reason) == (day is None)


def test_a_date_without_a_year_needs_a_paper_that_names_one() -> None:
    deadline = parse("6月底前")

    assert (deadline.date, deadline.reason) == (None, "“6月底前”没有写年份，文件里也找不到年份。")


def test_a_year_named_once_holds_for_the_dates_after_it() -> None:
    assert parse("2027年6月底前完成80%，12月底前全部完成", PAPER).date == date(2027, 12, 31)


def test_several_deadlines_give_the_last_and_a_milestone_each() -> None:
    deadline = parse("6月底前化解80%，年底前清零", PAPER)

    assert deadline.date == date(2026, 12, 31)
    assert deadline.milestones == (Milestone("化解80%", date(2026, 6, 30)), Milestone("清零", date(2026, 12, 31)))


def test_goals_by_quarter_are_milestones() -> None:
    deadline = parse("第一季度：完成立项；第二季度：开工；年底前：完工", PAPER)

    assert [(m.text, m.date.month) for m in deadline.milestones] == [("完成立项", 3), ("开工", 6), ("完工", 12)]


def test_a_span_is_one_deadline_and_has_no_milestones() -> None:
    assert parse("2026年6月5日至9月30日", PAPER).milestones == ()


def test_working_days_are_counted_by_the_calendar_that_is_handed_in() -> None:
    def calendar(start: date, count: int) -> date:
        return start + timedelta(days=count + 4)

    counted = parse("自印发之日起10个工作日内", Context(issued_on=date(2026, 3, 12), after_workdays=calendar))
    uncounted = parse("自印发之日起10个工作日内", PAPER)

    assert counted.date == date(2026, 3, 26)
    assert (uncounted.date, uncounted.reason) == (None, "“自印发之日起10个工作日内”按工作日计算，这里没有工作日历。")


def test_a_relative_deadline_needs_the_day_it_counts_from() -> None:
    assert parse("会后一周内", Context(year=2026, issued_on=date(2026, 3, 12))).kind == "unreadable"


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        ("每月5日前报送", "monthly"),
        ("按季通报", "quarterly"),
        ("每季度末月25日前", "quarterly"),
        ("每周", "weekly"),
        ("每年", "yearly"),
        ("逐月调度", "monthly"),
        ("每半年", None),
        ("每两个月", None),
        ("第三季度", None),
        ("12月底前", None),
        ("每月更新监测数据", "monthly"),
        ("开展季度核查", "quarterly"),
    ],
)
def test_a_reporting_cycle_is_told_from_a_deadline(text: str, cycle: str | None) -> None:
    assert cycle_of(text) == cycle


def test_the_every_of_a_goal_is_no_reporting_cycle() -> None:
    assert cycle_in_sentence("每年新增学位500个。") is None
    assert cycle_in_sentence("建立台账，每月通报进展。") == "monthly"


def test_a_deadline_is_found_inside_a_sentence_only_where_it_is_one() -> None:
    found = in_sentence("全面摸排，于9月底前完成整改。", PAPER)

    assert found is not None
    assert found.date == date(2026, 9, 30)
    assert in_sentence("县第一中学新校区9月1日正式开学。", PAPER) is None
    assert in_sentence("落实2025年督察反馈意见。", PAPER) is None


@pytest.mark.parametrize("text", ["月" * 5000, "2026年" * 2000, "每" * 3000, "1" * 4000, "会后" * 2000, "　" * 9000])
def test_a_hostile_text_is_read_at_once(text: str) -> None:
    started = datetime.now()

    parse(text, PAPER)

    assert datetime.now() - started < timedelta(seconds=1)
