"""工作日历: the year at a glance for everybody; days, imports and publication for the system administrator."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization import verbs, workdays
from organization.codes import region_chain
from organization.models import CalendarDay, CalendarYear, User
from organization.operations.calendar import region_of
from organization.pages.base import AdminOperation, open_buttons, operation
from organization.states import Role
from workflow.doors.pages import SignedIn
from workflow.refusal import Malformed, RuleBroken

SYSTEM_ADMIN = (Role.SYSTEM_ADMIN,)
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True)
class Cell:
    """One day of the year view."""

    day: date
    is_workday: bool
    name: str
    is_named: bool


class Year(SignedIn):
    """A year, month by month, in the nation or a region."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the year; two queries beside the session's."""
        year, region = _asked(request)
        chain = region_chain(region)
        rows = {row.day: row for row in CalendarDay.objects.of_regions(chain).filter(day__year=year)}
        years = list(CalendarYear.objects.of_regions(chain))
        pairs = ((day, row.is_workday) for day, row in rows.items())
        kept = workdays.build(pairs, (one.year for one in years if one.status == "published"), region)
        standing = next((one for one in reversed(years) if one.year == year), None)
        is_keeper = cast(User, request.user).role == Role.SYSTEM_ADMIN
        context = {
            "year": year,
            "region": region,
            "months": [(number, _weeks(year, number, kept, rows)) for number in range(1, 13)],
            "named": [rows[day] for day in sorted(rows)],
            "total": kept.between(date(year - 1, 12, 31), date(year, 12, 31)),
            "provisional": kept.provisional(date(year, 1, 1)),
            "standing": standing,
            "is_keeper": is_keeper,
            "verbs": open_buttons(verbs.YEAR, standing, request.user) if standing and standing.region == region else [],
            "warn_next_year": workdays.next_year_missing(
                timezone.localdate(), (one.year for one in years if one.status == "published")
            ),
        }
        return render(request, "organization/calendar/year.html", context)


def _asked(request: HttpRequest) -> tuple[int, str]:
    """Return the year and region that are asked for; this year, the nation. Refused: Malformed for neither."""
    text = request.GET.get("year") or str(timezone.localdate().year)
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Malformed("calendar.year", _("年份应为 1949 至 2199 之间的数字。"))
    try:
        return int(text), region_of(request.GET.get("region", ""))
    except RuleBroken as refusal:
        raise Malformed(refusal.code, refusal.message) from refusal


def _weeks(year: int, month: int, kept: workdays.Calendar, rows: dict[date, CalendarDay]) -> list[list[Cell | None]]:
    """Return a month as weeks from Monday, None where another month's days stand."""
    return [
        [_cell(day, kept, rows) if day.month == month else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]


def _cell(day: date, kept: workdays.Calendar, rows: dict[date, CalendarDay]) -> Cell:
    row = rows.get(day)
    return Cell(day, kept.is_workday(day), row.name if row else "", row is not None)


class DayOperation(AdminOperation):
    """An operation on a day that the address names."""

    keepers = SYSTEM_ADMIN
    model = CalendarYear

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form with the day and region that were clicked."""
        initial = {name: request.GET[name] for name in ("day", "region", "name") if name in request.GET}
        form = self.verb.form(user=request.user, initial=initial)  # type: ignore[union-attr]
        return self.show(form, None)

    def target(self, made: Any, subject: Any) -> str:
        """Go back to the year of the day."""
        year = made[0] if isinstance(made, list) else made
        number = year.day.year if isinstance(year, CalendarDay) else year.year
        return CalendarYear(year=number, region=year.region).get_absolute_url()


class SetDay(DayOperation):
    """One day."""

    verb, title = verbs.SET_DAY, _("修改日期")


class ClearDay(DayOperation):
    """One day, back to what the week says."""

    verb, title = verbs.CLEAR_DAY, _("恢复默认")


class ImportDays(DayOperation):
    """A year's arrangement."""

    verb, title = verbs.IMPORT_DAYS, _("导入放假安排")


urlpatterns = [
    path("system/calendar/", Year.as_view(), name="calendar"),
    path("system/calendar/set_day/", SetDay.as_view(), name="calendar-set_day"),
    path("system/calendar/clear_day/", ClearDay.as_view(), name="calendar-clear_day"),
    path("system/calendar/import/", ImportDays.as_view(), name="calendar-import"),
    operation(verbs.YEAR, "publish", AdminOperation, keepers=SYSTEM_ADMIN),
]
