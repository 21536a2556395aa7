"""The calendar follows the State Council's yearly notice and local arrangements (R19–R21, F12, F13).

Nothing here moves a due date that was issued: other rooms read the events and re-arm what has not fired.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organization import workdays
from organization.actors import system_admin
from organization.codes import region_chain
from organization.lifecycles import CALENDAR
from organization.models import CalendarDay, CalendarYear, User
from organization.operations.deeds import deed, lock, require
from organization.states import YearStatus
from workflow.refusal import Malformed, RuleBroken

WEEKEND = (5, 6)
TRUTHS = {"true": True, "1": True, "是": True, "休": True, "false": False, "0": False, "否": False, "班": False}


@dataclass(frozen=True)
class Day:
    """One line of an arrangement: the day, whether it is worked, its name."""

    day: date
    is_workday: bool
    name: str = ""


@transaction.atomic
def set_day(
    *, by: User | None, day: date, is_workday: bool, name: str = "", source: str = "", region: str = ""
) -> CalendarDay:
    """Say that ``day`` is worked or not, in the nation or a region (a 行政区划代码).

    Refused: Forbidden to all but the system administrator; RuleBroken for a region that is no code.
    """
    region = region_of(region)
    year = _year(day.year, region, by)
    CALENDAR.check(year, "set_day", by)
    row, _made = CalendarDay.objects.update_or_create(
        region=region, day=day, defaults={"is_workday": is_workday, "name": name, "source": source}
    )
    deed(year, CALENDAR, "set_day", by, day=day.isoformat(), is_workday=is_workday, name=name, region=region)
    _forget()
    return row


@transaction.atomic
def clear_day(*, by: User | None, day: date, region: str = "") -> CalendarYear:
    """Let ``day`` be again what the week, or the wider region, says."""
    region = region_of(region)
    year = _year(day.year, region, by)
    CALENDAR.check(year, "clear_day", by)
    CalendarDay.objects.filter(region=region, day=day).delete()
    deed(year, CALENDAR, "clear_day", by, day=day.isoformat(), region=region)
    _forget()
    return year


@transaction.atomic
def import_days(*, by: User | None, days: Sequence[Day], source: str, region: str = "") -> list[CalendarYear]:
    """Replace what is known of the years named in ``days``; a year with make-up workdays becomes published.

    Running it twice changes nothing more. Returns the years. Refused: as ``set_day``; RuleBroken for an empty
    list or a day named twice.
    """
    require(system_admin, by, "calendar.import_days")
    region = region_of(region)
    _refuse_days(days)
    years = []
    for number in sorted({entry.day.year for entry in days}):
        year = _year(number, region, by)
        CALENDAR.check(year, "import_days", by)
        ours = [entry for entry in days if entry.day.year == number]
        years.append(_replace(year, ours, source, by))
    _forget()
    return years


def _replace(year: CalendarYear, days: list[Day], source: str, by: User | None) -> CalendarYear:
    rows = CalendarDay.objects.filter(region=year.region, day__year=year.year)
    before = {row.day: row.is_workday for row in rows}
    rows.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(region=year.region, day=e.day, is_workday=e.is_workday, name=e.name, source=source) for e in days
    )
    after = {entry.day: entry.is_workday for entry in days}
    changed = sorted(day.isoformat() for day in before.keys() | after.keys() if before.get(day) != after.get(day))
    old = year.state
    if _has_make_up(after):
        year.status = YearStatus.PUBLISHED
    year.source = source
    return deed(year, CALENDAR, "import_days", by, old=old, changed=changed, source=source)


@transaction.atomic
def publish_year(year: CalendarYear, *, by: User | None, source: str) -> CalendarYear:
    """Declare that the year's arrangement is official.

    Refused: WrongState when it is published already; RuleBroken for a nation's year without make-up workdays,
    which is the sign that the notice has not been entered (ecosystem.md §5).
    """
    year = lock(year)
    CALENDAR.check(year, "publish", by)
    if not year.region and not CalendarDay.objects.filter(region="", day__year=year.year, is_workday=True).exists():
        raise RuleBroken(
            "calendar.no_make_up",
            _("%(year)d年还没有调休上班日，说明国务院办公厅通知尚未录入。请先导入该年安排。") % {"year": year.year},
            details={"year": year.year},
        )
    old = year.state
    year.status, year.source = YearStatus.PUBLISHED, source
    deed(year, CALENDAR, "publish", by, old=old, source=source)
    _forget()
    return year


def _year(number: int, region: str, by: User | None) -> CalendarYear:
    require(system_admin, by, "calendar.set_day")
    year, _made = CalendarYear.objects.get_or_create(year=number, region=region)
    return lock(year)


def _has_make_up(days: dict[date, bool]) -> bool:
    return any(is_worked and day.weekday() in WEEKEND for day, is_worked in days.items())


def _forget() -> None:
    """Drop the kept calendars now, for the rest of this transaction, and again when others can read the change."""
    workdays.forget()
    transaction.on_commit(workdays.forget)


def region_of(code: str) -> str:
    """Return the region's name for a 行政区划代码 (or its leading digits); empty for the nation.

    Refused: RuleBroken for anything but digits.
    """
    if (code and not code.isascii()) or (code and not code.isdigit()) or len(code) > 12:
        raise RuleBroken("calendar.region", _("地区应填行政区划代码；全国留空。"), details={"region": code})
    return region_chain(code)[-1]


# --------------------------------------------------------------------------------------------------- what comes in


def read_days(text: str) -> list[Day]:
    """Read an arrangement as JSON (``[{"date","isOffDay","name"}]``, or that list under ``days``) or as CSV.

    Refused: Malformed with the number of each line that cannot be read.
    """
    rows = _rows(text)
    days, problems = [], {}
    for number, row in enumerate(rows, 1):
        try:
            days.append(_day_of(row))
        except (KeyError, ValueError, TypeError, AttributeError):
            problems[str(number)] = _("应有 date（如 2027-01-01）、isOffDay（true 或 false）、name 三列。")
    if problems:
        raise Malformed(
            "calendar.import",
            _("有 %(count)d 行无法读取，全部未导入。请改正后重新导入。") % {"count": len(problems)},
            details={"lines": problems},
        )
    return days


def _rows(text: str) -> list[Any]:
    try:
        if not text.lstrip().startswith(("[", "{")):
            return list(csv.DictReader(io.StringIO(text)))
        found = json.loads(text)
        return list(found["days"] if isinstance(found, dict) else found)
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error) as error:
        raise Malformed("calendar.import", _("文件不是有效的 JSON 或 CSV，请检查后重新导入。")) from error


def _day_of(row: dict[str, Any]) -> Day:
    off = row["isOffDay"]
    is_off = off if isinstance(off, bool) else TRUTHS[str(off).strip().lower()]
    return Day(date.fromisoformat(str(row["date"]).strip()), not is_off, str(row.get("name") or "").strip()[:64])


def _refuse_days(days: Iterable[Day]) -> None:
    named = [entry.day for entry in days]
    if not named:
        raise RuleBroken("calendar.empty", _("没有可导入的日期。请检查文件内容。"))
    twice = sorted({day.isoformat() for day in named if named.count(day) > 1})
    if twice:
        raise RuleBroken(
            "calendar.twice",
            _("有日期重复：%(days)s。请每天只留一行。") % {"days": "、".join(twice)},
            details={"days": twice},
        )
