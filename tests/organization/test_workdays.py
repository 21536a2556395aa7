"""Limits end on the day that the law and the State Council's notice say (R19–R22, domain.md §8)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organization import workdays
from organization.models import CalendarDay, CalendarYear
from organization.workdays import Calendar, Limit, due
from tests.factories import organization as make

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def national(db):
    return workdays.load()


@pytest.mark.parametrize(
    ("assigned", "n", "expected"),
    [
        ("2026-01-02", 1, "2026-01-04"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-17", 15, "2026-10-14"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-09", 2, "2026-10-12"),
        ("2024-02-08", 3, "2024-02-19"),
    ],
)
def test_the_nth_working_day_counts_make_up_days_and_leaves_holidays_out(national, assigned, n, expected):
    assert national.after(day(assigned), n) == day(expected)


@pytest.mark.parametrize(
    ("received", "unrolled", "rolled"),
    [
        ("2026-01-20", "2026-02-19", "2026-02-24"),
        ("2026-04-02", "2026-05-02", "2026-05-06"),
        ("2026-09-01", "2026-10-01", "2026-10-08"),
        ("2026-09-11", "2026-10-11", "2026-10-12"),
    ],
)
def test_thirty_calendar_days_roll_to_the_next_working_day(national, received, unrolled, rolled):
    start = datetime.combine(day(received), time(10), tzinfo=SHANGHAI)

    assert workdays.unrolled(Limit(30, "days"), start) == day(unrolled)
    assert due(Limit(30, "days"), start, national) == datetime.combine(day(rolled), time(18), tzinfo=SHANGHAI)


def test_2026_has_248_working_days(national):
    assert national.between(day("2025-12-31"), day("2026-12-31")) == 248


@pytest.mark.parametrize("worked", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_a_make_up_weekend_day_is_worked(national, worked):
    assert national.is_workday(day(worked))


def test_a_year_without_make_up_days_is_provisional_and_still_answers(national):
    assert not national.provisional(day("2026-12-31"))
    assert national.provisional(day("2027-01-04"))
    assert not national.is_workday(day("2027-10-01"))
    assert national.after(day("2026-12-31"), 1) == day("2027-01-04")


def test_a_year_nobody_entered_counts_monday_to_friday(national):
    assert national.provisional(day("2040-10-01"))
    assert national.after(day("2040-09-28"), 5) == day("2040-10-05")


def test_a_dropped_year_becomes_provisional_and_comes_back_by_import(db):
    CalendarDay.objects.filter(day__year=2026).delete()
    CalendarYear.objects.filter(year=2026).delete()

    dropped = workdays.load()

    assert dropped.provisional(day("2026-10-01"))
    assert dropped.is_workday(day("2026-10-01"))

    make.seed_calendar()

    assert not workdays.load().provisional(day("2026-10-01"))


def test_a_local_holiday_holds_in_its_region_and_below_only(db):
    CalendarDay.objects.create(region="6229", day=day("2026-05-27"), is_workday=False, name="古尔邦节")

    assert not workdays.load("622900").is_workday(day("2026-05-27"))
    assert not workdays.load("622921").is_workday(day("2026-05-27"))
    assert workdays.load("620100").is_workday(day("2026-05-27"))
    assert workdays.load().is_workday(day("2026-05-27"))


def test_the_narrower_region_overrides_the_wider(db):
    CalendarDay.objects.create(region="62", day=day("2026-05-27"), is_workday=False)
    CalendarDay.objects.create(region="6229", day=day("2026-05-27"), is_workday=True)

    assert not workdays.load("620000").is_workday(day("2026-05-27"))
    assert workdays.load("622900").is_workday(day("2026-05-27"))


def test_a_unit_without_code_works_by_the_calendar_of_the_nearest_code_above(db):
    CalendarDay.objects.create(region="6229", day=day("2026-05-27"), is_workday=False)
    prefecture = make.government(district_code="622900")
    bureau = make.department(parent=prefecture)
    workdays.forget()

    assert bureau.region == "622900"
    assert not workdays.calendar_of(bureau).is_workday(day("2026-05-27"))
    assert workdays.calendar_of(None).is_workday(day("2026-05-27"))


def test_a_warm_calendar_costs_no_query(db, django_assert_num_queries):
    workdays.forget()
    with django_assert_num_queries(2):
        workdays.calendar()

    with django_assert_num_queries(0):
        workdays.calendar().after(day("2026-01-01"), 100)


def test_a_kept_calendar_is_read_again_after_a_minute(db, monkeypatch):
    workdays.forget()
    now = [1000.0]
    monkeypatch.setattr(workdays.clock, "monotonic", lambda: now[0])
    first = workdays.calendar()

    now[0] += workdays.CACHE_SECONDS
    assert workdays.calendar() is first
    now[0] += 1
    assert workdays.calendar() is not first


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-23T09:00", 2, "2026-11-23T11:00"),  # Monday morning
        ("2026-11-23T16:30", 2, "2026-11-24T09:30"),  # over the night
        ("2026-11-23T09:00", 9, "2026-11-23T18:00"),  # a full day ends at closing, not at the next opening
        ("2026-11-23T09:00", 10, "2026-11-24T10:00"),
        ("2026-11-27T17:00", 24, "2026-12-02T14:00"),  # over a weekend
        ("2026-11-28T12:00", 1, "2026-11-30T10:00"),  # Saturday
        ("2026-11-23T07:00", 1, "2026-11-23T10:00"),  # before opening
        ("2026-11-23T18:00", 1, "2026-11-24T10:00"),  # at closing
        ("2026-02-13T17:00", 2, "2026-02-14T10:00"),  # a make-up Saturday
        ("2026-02-14T17:00", 2, "2026-02-24T10:00"),  # over the Spring Festival
    ],
)
def test_hours_are_office_hours(national, start, hours, expected):
    begun = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)

    assert due(Limit(hours, "hours"), begun, national) == datetime.fromisoformat(expected).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("on", "utc_hour"),
    [
        ("1988-04-16", 10),
        ("1988-04-17", 9),
        ("1988-07-01", 9),
        ("1988-09-10", 9),
        ("1988-09-11", 10),
        ("2026-07-01", 10),
    ],
)
def test_the_summer_time_of_1988_is_kept(on, utc_hour):
    assert Calendar().end_of(day(on)).astimezone(UTC).hour == utc_hour


def test_a_limit_that_starts_in_the_night_counts_the_local_day(national):
    # 2026-11-23 17:00 UTC is already Tuesday the 24th in Shanghai.
    start = datetime(2026, 11, 23, 17, tzinfo=UTC)

    assert due(Limit(1, "workdays"), start, national) == datetime(2026, 11, 25, 18, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("moment", "is_open"), [("08:59", False), ("09:00", True), ("17:59", True), ("18:00", False)])
def test_the_office_is_open_from_nine_to_six(national, moment, is_open):
    assert national.is_open(datetime.combine(day("2026-11-23"), time.fromisoformat(moment), tzinfo=SHANGHAI)) is is_open


# ---------------------------------------------------------------------------------------- against a walk day by day

DAYS = st.dates(date(1985, 1, 1), date(2035, 12, 31))
ONE = timedelta(days=1)


@st.composite
def calendars(draw):
    near = st.dates(date(2025, 12, 1), date(2026, 3, 31))
    return Calendar(off=draw(st.frozensets(near, max_size=40)), worked=draw(st.frozensets(near, max_size=20)))


def walked(cal, start, n):
    step = ONE if n > 0 else -ONE
    current, left = start, abs(n)
    while left:
        current += step
        left -= cal.is_workday(current)
    return current


def counted(cal, a, b):
    if b < a:
        return -counted(cal, b, a)
    return sum(cal.is_workday(a + ONE * i) for i in range(1, (b - a).days + 1))


@settings(max_examples=300, deadline=None)
@given(calendars(), st.dates(date(2025, 11, 1), date(2026, 4, 30)), st.integers(-60, 60))
def test_the_nth_working_day_is_what_a_walk_finds(cal, start, n):
    assert cal.after(start, n) == walked(cal, start, n)


@settings(max_examples=300, deadline=None)
@given(calendars(), DAYS, st.integers(-400, 400))
def test_the_days_between_are_what_a_count_finds(cal, a, distance):
    assert cal.between(a, a + ONE * distance) == counted(cal, a, a + ONE * distance)


@settings(max_examples=200, deadline=None)
@given(calendars(), st.dates(date(2025, 11, 1), date(2026, 4, 30)))
def test_a_day_rolls_to_the_first_working_day_not_before_it(cal, start):
    rolled = cal.roll(start)

    assert cal.is_workday(rolled)
    assert not any(cal.is_workday(start + ONE * i) for i in range((rolled - start).days))


@settings(max_examples=200, deadline=None)
@given(
    calendars(),
    st.datetimes(datetime(2025, 12, 1), datetime(2026, 3, 1), timezones=st.just(SHANGHAI)),
    st.integers(1, 60),
)
def test_office_hours_are_what_a_walk_by_hours_finds(cal, start, hours):
    start = start.replace(minute=0, second=0, microsecond=0)
    moment, left = start, hours
    while left:
        left -= cal.is_workday(moment.date()) and time(9) <= moment.time() < time(18)
        moment += timedelta(hours=1)

    assert cal.add_work_hours(start, hours) == moment
