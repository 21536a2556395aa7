"""Working days: which days are worked, and when a limit ends (R19–R22).

Days, not moments, are counted: the first day is out, 调休 days are worked, named rest days are not
(民法典 201–203). Everything is local time of Asia/Shanghai; moments are aware.
"""

from __future__ import annotations

import time as clock
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organization.codes import region_chain
from organization.models.calendar import CalendarDay, CalendarYear
from organization.states import YearStatus

if TYPE_CHECKING:
    from organization.models.department import Department

ZONE = ZoneInfo("Asia/Shanghai")
CACHE_SECONDS = 60
DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = 5
DAYS_A_WEEK = 7


class Unit(models.TextChoices):
    """In what a limit is measured."""

    WORKDAYS = "workdays", _("工作日")
    DAYS = "days", _("日历日")
    HOURS = "hours", _("工作小时")


@dataclass(frozen=True)
class Limit:
    """A length of time as the source states it: 5 工作日, 30 日, 24 小时."""

    value: int
    unit: str = Unit.WORKDAYS

    def __str__(self) -> str:
        """Say it in Chinese."""
        return f"{self.value}个{Unit(self.unit).label}"


def weekdays_up_to(day: date) -> int:
    """Return how many Mondays to Fridays lie from 0001-01-01, a Monday, to ``day`` included."""
    weeks, rest = divmod(day.toordinal(), DAYS_A_WEEK)
    return weeks * MONDAY_TO_FRIDAY + min(rest, MONDAY_TO_FRIDAY)


@dataclass(frozen=True)
class Calendar:
    """The working days of a region: Monday to Friday, less ``off``, plus ``worked`` weekend days.

    Years outside ``published`` are provisional: Monday to Friday less what is known (F12, R21).
    """

    region: str = ""
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    published: frozenset[int] = frozenset()
    opens: time = time(9)
    closes: time = time(18)
    names: Mapping[date, str] = field(default_factory=dict, repr=False, compare=False)
    _off: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _worked: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Order the exceptions, so that counting needs no walk over days."""
        off = (day for day in self.off - self.worked if day.weekday() < MONDAY_TO_FRIDAY)
        worked = (day for day in self.worked if day.weekday() >= MONDAY_TO_FRIDAY)
        object.__setattr__(self, "_off", tuple(sorted(off)))
        object.__setattr__(self, "_worked", tuple(sorted(worked)))

    def _rank(self, day: date) -> int:
        """Return how many working days lie up to ``day`` included."""
        return weekdays_up_to(day) - bisect_right(self._off, day) + bisect_right(self._worked, day)

    def is_workday(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        if day in self.worked:
            return True
        return day.weekday() < MONDAY_TO_FRIDAY and day not in self.off

    def named(self, day: date) -> str:
        """Return the name of a day that the tables list (国庆节, 调休上班); empty for any other."""
        return self.names.get(day, "")

    def after(self, start: date, n: int) -> date:
        """Return the ``n``-th working day after ``start``, which is not counted (R19); ``start`` itself for 0."""
        if n < 0:
            return self.before(start, -n)
        day, wanted = start, self._rank(start) + n
        # A step of as many days as are missing never oversteps, for each day is worth one at most.
        while (missing := wanted - self._rank(day)) > 0:
            day += missing * DAY
        return day

    def before(self, end: date, n: int) -> date:
        """Return the ``n``-th working day before ``end``, which is not counted; ``end`` itself for 0."""
        day, full = end, self._rank(end - DAY)
        while (missing := n - (full - self._rank(day - DAY))) > 0:
            day -= missing * DAY
        return day

    def between(self, a: date, b: date) -> int:
        """Return the working days in (a, b]; negative when ``b`` lies before ``a``."""
        return self._rank(b) - self._rank(a)

    def roll(self, day: date) -> date:
        """Return ``day`` if it is worked, else the next working day (R20)."""
        return day if self.is_workday(day) else self.after(day, 1)

    def provisional(self, day: date) -> bool:
        """Tell whether the year's arrangement is not yet published, so that the day may still change (R21)."""
        return day.year not in self.published

    def start_of(self, day: date) -> datetime:
        """Return the moment at which the office opens on ``day``."""
        return datetime.combine(day, self.opens, tzinfo=ZONE)

    def end_of(self, day: date) -> datetime:
        """Return the moment at which ``day`` ends for a limit: the close of business (民法典 203)."""
        return datetime.combine(day, self.closes, tzinfo=ZONE)

    def add_work_hours(self, start: datetime, hours: int) -> datetime:
        """Return the moment ``hours`` office hours after ``start``.

        Office hours run from opening to closing on working days; the lunch break counts, as the rules read
        name no break. A limit that ends at closing time ends on that day, not at the next opening.
        """
        moment, left = self._at_work(start), timedelta(hours=hours)
        while left > (rest := self.end_of(moment.date()) - moment):
            left -= rest
            moment = self.start_of(self.after(moment.date(), 1))
        return moment + left

    def _at_work(self, start: datetime) -> datetime:
        """Return ``start``, or the next opening if the office is closed then."""
        moment = start.astimezone(ZONE)
        day = moment.date()
        if not self.is_workday(day) or moment >= self.end_of(day):
            return self.start_of(self.after(day, 1))
        return max(moment, self.start_of(day))

    def is_open(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies in office hours (R26: nobody is reminded outside them)."""
        local = moment.astimezone(ZONE)
        return self.is_workday(local.date()) and self.opens <= local.time() < self.closes


def due(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    """Return the moment at which ``limit`` ends when it begins to run at ``start`` (R19, R20, R22).

    Days end at the close of business; the last calendar day rolls to the next working day. Office hours run
    on from ``start``.
    """
    if limit.unit == Unit.HOURS:
        return calendar.add_work_hours(start, limit.value)
    day = start.astimezone(ZONE).date()
    if limit.unit == Unit.WORKDAYS:
        return calendar.end_of(calendar.after(day, limit.value))
    return calendar.end_of(calendar.roll(unrolled(limit, start)))


def unrolled(limit: Limit, start: datetime) -> date:
    """Return the last day of a limit in calendar days before it is rolled: the authority's warning date (R20)."""
    return start.astimezone(ZONE).date() + limit.value * DAY


# ---------------------------------------------------------------------------------------------------- from the tables


_cache: dict[str, tuple[float, Calendar]] = {}


def calendar(region: str = "") -> Calendar:
    """Return the calendar of a region, given by its 行政区划代码; the nation's without one.

    Kept for a minute in the process, so that lists cost no query; operations.calendar forgets it at once.
    """
    now = clock.monotonic()
    kept = _cache.get(region)
    if kept is None or kept[0] < now:
        kept = _cache[region] = (now + CACHE_SECONDS, load(region))
    return kept[1]


def calendar_of(department: Department | None) -> Calendar:
    """Return the calendar by which a unit works: of the nearest 行政区划代码 at or above it."""
    return calendar(department.region if department else "")


NOTICE_MONTH, NOTICE_DAY = 11, 15
"""The State Council's notice for the next year appears in November; from this day its absence is a warning (F12)."""


def next_year_missing(on: date, published: Iterable[int]) -> bool:
    """Tell whether, on the day ``on``, an administrator should be warned that next year's notice is not entered."""
    return (on.month, on.day) >= (NOTICE_MONTH, NOTICE_DAY) and on.year + 1 not in set(published)


def forget() -> None:
    """Drop the kept calendars; the next question reads the tables."""
    _cache.clear()


def load(region: str = "") -> Calendar:
    """Read the calendar of a region from the tables; a narrower region's rows override a wider one's."""
    chain = region_chain(region)
    listed = list(CalendarDay.objects.of_regions(chain).values_list("day", "is_workday", "name"))
    years: dict[int, str] = dict(CalendarYear.objects.of_regions(chain).values_list("year", "status"))
    published = (year for year, status in years.items() if status == YearStatus.PUBLISHED)
    days = ((day, is_workday) for day, is_workday, _name in listed)
    return build(days, published, region, {day: name for day, _is_workday, name in listed})


def build(
    days: Iterable[tuple[date, bool]],
    published: Iterable[int],
    region: str = "",
    names: Mapping[date, str] | None = None,
) -> Calendar:
    """Return the calendar of ``(day, is worked)`` pairs and published years, with the office hours of the settings."""
    rows = dict(days)
    return Calendar(
        region=region,
        off=frozenset(day for day, is_worked in rows.items() if not is_worked),
        worked=frozenset(day for day, is_worked in rows.items() if is_worked),
        published=frozenset(published),
        opens=time.fromisoformat(settings.OFFICE_OPENS),
        closes=time.fromisoformat(settings.OFFICE_CLOSES),
        names=dict(names or {}),
    )
