"""时限: counted from the day after, in working or calendar days, hours, or to a fixed day (R19–R22, domain.md 3.9)."""

from datetime import date, datetime

import pytest

from organization import workdays
from organization.models import CalendarDay, Department
from tasks import clock, defaults
from tasks.models import Task
from tasks.operations import tasks
from tests.factories import tasks as make
from tests.tasks.acts import at, moment


def due(who, start: str, **fields) -> clock.Due:
    """Return when a task is due that is assigned at ``start`` with this limit."""
    task = Task(lead=who.water, **{"urgency": "ordinary"} | fields)
    found = clock.due_of(task, moment(start))
    assert found is not None
    return found


WORKDAYS = [
    # start, working days, due day: the day of assignment is out, 调休 days count, holidays do not
    ("2026-03-09 10:00", 1, "2026-03-10"),
    ("2026-03-09 10:00", 5, "2026-03-16"),
    ("2026-03-07 10:00", 1, "2026-03-09"),
    ("2026-02-13 10:00", 1, "2026-02-14"),
    ("2026-02-13 10:00", 3, "2026-02-25"),
    ("2026-04-03 17:59", 2, "2026-04-08"),
    ("2026-09-30 10:00", 1, "2026-10-08"),
]


def test_a_limit_in_working_days_ends_on_its_last_one(who):
    for start, days, on in WORKDAYS:
        assert due(who, start, limit_value=days, limit_unit="workdays").on == date.fromisoformat(on), (start, days)


def test_a_limit_in_calendar_days_rolls_to_a_working_day_and_warns_on_the_unrolled_one(who):
    straight = due(who, "2026-03-09 10:00", limit_value=15, limit_unit="days")
    assert straight.on == date(2026, 3, 24)

    rolled = due(who, "2026-03-10 10:00", limit_value=4, limit_unit="days")

    assert (rolled.on, rolled.warn_at) == (date(2026, 3, 16), moment("2026-03-14 09:00"))


def test_a_limit_in_hours_runs_through_office_hours_only(who):
    for start, hours, end in (
        ("2026-03-09 10:00", 2, "2026-03-09 12:00"),
        ("2026-03-09 17:00", 2, "2026-03-10 10:00"),
        ("2026-03-06 17:00", 4, "2026-03-09 12:00"),
        ("2026-03-09 20:00", 2, "2026-03-10 11:00"),
    ):
        assert due(who, start, limit_value=hours, limit_unit="hours").at == moment(end), start


def test_a_fixed_day_ends_at_the_close_of_business(who):
    assert due(who, "2026-03-09 10:00", due_on=date(2026, 3, 31)).at == moment("2026-03-31 18:00")
    assert due(who, "2026-03-09 10:00", due_on=date(2026, 3, 28)).at == moment("2026-03-28 18:00")


def test_a_year_without_its_notice_is_accepted_and_flagged(who):
    for day, flagged in ((date(2026, 12, 31), False), (date(2027, 1, 5), True), (date(2031, 5, 6), True)):
        assert due(who, "2026-03-09 10:00", due_on=day).provisional is flagged
    with at("2026-03-09 10:00"):
        assert make.assigned(who, due_on=date(2031, 5, 6)).due_provisional


def test_a_region_has_holidays_of_its_own(who):
    CalendarDay.objects.create(region="53", day=date(2026, 3, 10), is_workday=False, name="地方节日")
    Department.objects.filter(pk=who.water.pk).update(region="530100")
    workdays.forget()
    there, elsewhere = make.fresh(who.water), who.finance

    assert clock.due_of(Task(lead=there, limit_value=1, limit_unit="workdays"), moment("2026-03-09 10:00")).on == (
        date(2026, 3, 11)
    )
    assert clock.due_of(Task(lead=elsewhere, limit_value=1, limit_unit="workdays"), moment("2026-03-09 10:00")).on == (
        date(2026, 3, 10)
    )
    workdays.forget()


def test_yellow_begins_by_urgency_and_by_the_length_of_an_ordinary_limit(who):
    for urgency, days, yellow in (
        ("critical", 3, "2026-03-12 14:00"),
        ("urgent", 5, "2026-03-16 09:00"),
        ("ordinary", 1, "2026-03-10 09:00"),
        ("ordinary", 5, "2026-03-16 09:00"),
        ("ordinary", 10, "2026-03-20 09:00"),
        ("ordinary", 60, "2026-05-29 09:00"),
    ):
        found = due(who, "2026-03-09 10:00", urgency=urgency, limit_value=days, limit_unit="workdays")
        assert found.warn_at == moment(yellow), (urgency, days, found)


def test_what_is_assigned_before_the_office_opens_counts_the_same_day(who):
    """At half past seven the day is yet yesterday in UTC; the office knows only its own day."""
    early, later = (due(who, f"2026-03-09 {hour}", due_on=date(2026, 3, 23)) for hour in ("07:30", "10:00"))

    assert early.warn_at == later.warn_at == moment("2026-03-20 09:00")


def test_yellow_never_begins_before_the_assignment_nor_after_the_due_moment(who):
    found = due(who, "2026-03-09 15:00", urgency="critical", limit_value=1, limit_unit="hours")

    assert moment("2026-03-09 15:00") <= found.warn_at <= found.at == moment("2026-03-09 16:00")


def test_the_limit_is_kept_with_its_unit_and_frozen_when_the_task_is_issued(who):
    with at("2026-03-09 10:00"):
        task = make.draft(who, due_on=None, limit_value=5, limit_unit="workdays")
    with at("2026-03-10 10:00"):
        task = make.fresh(tasks.assign(task, by=who.supervisor))

    assert (task.limit_value, task.limit_unit) == (5, "workdays")
    assert (task.due_on, task.original_due_on) == (date(2026, 3, 17), date(2026, 3, 17))
    assert task.due_at == moment("2026-03-17 18:00")


def test_every_source_and_urgency_brings_a_default_limit(who):
    from tasks.states import Source, Urgency

    assert set(defaults.SOURCES) == set(Source)
    assert set(defaults.URGENCIES) == set(Urgency)
    assert clock.default_limit("instruction", "ordinary") == workdays.Limit(15, "days")
    assert clock.default_limit("instruction", "urgent") == workdays.Limit(5, "workdays")
    assert clock.default_limit("minutes", "critical") == workdays.Limit(3, "workdays")


def test_days_over_and_working_days_left_are_told_from_the_due_day(who):
    with at("2026-03-09 10:00"):
        task = make.assigned(who, due_on=date(2026, 4, 7))

    assert task.days_over(date(2026, 4, 10)) == 3
    assert clock.workdays_left(task, date(2026, 4, 3)) == 1
    assert clock.workdays_left(task, date(2026, 4, 9)) == -2
    assert clock.workdays_left(Task(lead=who.water), date(2026, 4, 9)) is None


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_a_naive_moment_never_decides(who, zone, settings):
    """Stored moments are aware: the server's own zone changes nothing (F11)."""
    with at("2026-03-09 10:00"):
        task = make.fresh(make.assigned(who))

    moments = (task.due_at, task.warn_at, task.sign_by, task.assigned_at)
    assert all(isinstance(m, datetime) and m.tzinfo is not None for m in moments)


@pytest.mark.parametrize(
    ("source", "urgency", "words"),
    [
        ("minutes", "ordinary", "20 个日历日（会议议定事项二十日）"),
        ("instruction", "ordinary", "15 个日历日（一般批示件十五日，疑难三十日）"),
        ("hotline", "ordinary", "3 个工作日（咨询求助三个工作日，投诉建议十三个工作日）"),
        ("minutes", "urgent", "5 个工作日（标为加急）"),
        ("minutes", "critical", "3 个工作日（标为特急）"),
    ],
)
def test_the_default_limit_is_told_with_its_reason(source, urgency, words):
    assert clock.default_words(source, urgency) == words
