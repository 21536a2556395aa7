"""The administrator keeps the calendar; nobody else does, and nothing is published by accident (R19–R21)."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organization import workdays
from organization.models import CalendarDay, CalendarYear
from organization.operations import calendar
from organization.operations.calendar import Day
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden, Malformed

pytestmark = pytest.mark.django_db
TYPHOON = date(2026, 8, 12)

NOTICE_2027 = [
    {"date": "2027-01-01", "isOffDay": True, "name": "元旦"},
    {"date": "2027-02-08", "isOffDay": True, "name": "春节"},
    {"date": "2027-02-14", "isOffDay": False, "name": "春节"},
]


@pytest.fixture
def year_2027():
    return CalendarYear.objects.get(year=2027, region="")


def test_a_day_set_by_the_administrator_counts_at_once(admin):
    assert workdays.calendar().is_workday(TYPHOON)

    calendar.set_day(by=admin, day=TYPHOON, is_workday=False, name="台风停工", source="市防指〔2026〕3号")

    assert not workdays.calendar().is_workday(TYPHOON)
    event = Event.objects.get(kind="calendar.set_day")
    assert event.detail == {"day": "2026-08-12", "is_workday": False, "name": "台风停工", "region": ""}


def test_a_cleared_day_is_again_what_the_week_says(admin):
    calendar.set_day(by=admin, day=TYPHOON, is_workday=False)

    calendar.clear_day(by=admin, day=TYPHOON)

    assert workdays.calendar().is_workday(TYPHOON)


def test_a_local_day_leaves_the_nation_alone(admin):
    calendar.set_day(by=admin, day=date(2026, 5, 27), is_workday=False, name="古尔邦节", region="622900")

    assert not workdays.calendar("622921").is_workday(date(2026, 5, 27))
    assert workdays.calendar().is_workday(date(2026, 5, 27))
    assert CalendarDay.objects.get(day=date(2026, 5, 27)).region == "6229"


@pytest.mark.parametrize("region", ["abc", "62x", "６２", "6" * 13])
def test_a_region_is_a_district_code(admin, region):
    with refused("calendar.region", admin):
        calendar.set_day(by=admin, day=TYPHOON, is_workday=False, region=region)


@pytest.mark.parametrize("role", ["security_admin", "auditor", "supervisor", "handler"])
def test_nobody_else_touches_the_calendar(role, year_2027):
    from tests.factories import organization as make

    person = make.person(role)

    with refused("calendar.set_day.forbidden", year_2027, kind=Forbidden):
        calendar.set_day(by=person, day=TYPHOON, is_workday=False)
    with refused("calendar.import_days.forbidden", year_2027, kind=Forbidden):
        calendar.import_days(by=person, days=[Day(TYPHOON, False)], source="通知")
    with refused("calendar.publish.forbidden", year_2027, kind=Forbidden):
        calendar.publish_year(year_2027, by=person, source="通知")
    assert not CalendarDay.objects.filter(day=TYPHOON).exists()


def test_an_imported_notice_publishes_the_year_and_names_what_changed(admin, year_2027):
    days = calendar.read_days(json.dumps(NOTICE_2027))

    (year,) = calendar.import_days(by=admin, days=days, source="国办发明电〔2026〕7号")

    assert year.status == "published"
    kept = workdays.calendar()
    assert not kept.provisional(date(2027, 5, 1))
    assert kept.is_workday(date(2027, 2, 14))
    assert not kept.is_workday(date(2027, 2, 8))
    assert kept.is_workday(date(2027, 5, 3))  # the computed days are gone, the notice rules
    event = Event.objects.get(kind="calendar.import_days")
    assert (event.old_state, event.new_state) == ("provisional", "published")
    assert "2027-02-14" in event.detail["changed"]
    assert "2027-01-01" not in event.detail["changed"]


def test_importing_the_same_notice_twice_changes_nothing_more(admin):
    days = calendar.read_days(json.dumps({"year": 2027, "days": NOTICE_2027}))
    calendar.import_days(by=admin, days=days, source="通知")

    calendar.import_days(by=admin, days=days, source="通知")

    assert CalendarDay.objects.filter(day__year=2027).count() == 3
    assert Event.objects.filter(kind="calendar.import_days").last().detail["changed"] == []


def test_other_years_and_regions_stay_as_they_are(admin):
    calendar.set_day(by=admin, day=date(2027, 5, 27), is_workday=False, region="6229")
    before = set(CalendarDay.objects.filter(day__year=2026).values_list("day", "is_workday"))

    calendar.import_days(by=admin, days=calendar.read_days(json.dumps(NOTICE_2027)), source="通知")

    assert set(CalendarDay.objects.filter(day__year=2026).values_list("day", "is_workday")) == before
    assert CalendarDay.objects.filter(region="6229", day__year=2027).exists()


def test_a_notice_comes_as_csv_too():
    text = "date,isOffDay,name\n2027-01-01,true,元旦\n2027-02-14,班,春节\n"

    assert calendar.read_days(text) == [Day(date(2027, 1, 1), False, "元旦"), Day(date(2027, 2, 14), True, "春节")]


@pytest.mark.parametrize(
    "text",
    [
        "[1]", '[{"date": "2027-13-01", "isOffDay": true}]', '[{"date": "2027-01-01"}]', "{", '{"days": [{}]}',
        "date,isOffDay\n2027-01-01,也许\n", "日期\n2027-01-01\n", '{"days": 5}', '{"days": null}', "[[]]",
    ],
)  # fmt: skip
def test_an_unreadable_notice_is_refused_whole(text):
    with pytest.raises(Malformed) as caught:
        calendar.read_days(text)

    assert caught.value.code == "calendar.import"


def test_an_empty_or_doubled_list_is_refused(admin, year_2027):
    with refused("calendar.empty", year_2027):
        calendar.import_days(by=admin, days=[], source="通知")
    with refused("calendar.twice", year_2027):
        calendar.import_days(by=admin, days=[Day(TYPHOON, False), Day(TYPHOON, True)], source="通知")


def test_a_year_without_make_up_days_is_not_published(admin, year_2027):
    with refused("calendar.no_make_up", year_2027):
        calendar.publish_year(year_2027, by=admin, source="通知")

    calendar.set_day(by=admin, day=date(2027, 2, 14), is_workday=True)
    published = calendar.publish_year(year_2027, by=admin, source="国办发明电〔2026〕7号")

    assert published.status == "published"
    assert not workdays.calendar().provisional(date(2027, 5, 1))
    with refused("calendar.publish.wrong_state", published):
        calendar.publish_year(published, by=admin, source="通知")


def test_a_refused_change_is_forgotten(admin):
    with transaction.atomic():
        calendar.set_day(by=admin, day=TYPHOON, is_workday=False)
        assert not workdays.calendar().is_workday(TYPHOON)
        transaction.set_rollback(True)
    workdays.forget()

    assert workdays.calendar().is_workday(TYPHOON)


def test_the_seeded_years_are_published_as_far_as_their_notice_is_known():
    assert dict(CalendarYear.objects.values_list("year", "status")) == {
        2024: "published",
        2025: "published",
        2026: "published",
        2027: "provisional",
    }


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("calendar_year_status_is_known", {"status": "maybe"}), ("calendar_year_is_plausible", {"year": 1})],
)
def test_the_database_refuses_what_the_constraint_names(year_2027, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CalendarYear.objects.filter(pk=year_2027.pk).update(**fields)


def test_the_database_refuses_a_day_and_a_year_twice():
    for row in (CalendarDay(day=date(2026, 10, 1), is_workday=True), CalendarYear(year=2026)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
