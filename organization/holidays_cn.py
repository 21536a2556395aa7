"""What the ``holidays`` package knows of China's years; the seed of the calendar, then the tables rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import holidays

SOURCE = "国务院办公厅节假日安排通知"
PROVISIONAL_SOURCE = "《全国年节及纪念日放假办法》，调休安排未公布"
FIRST, LAST = 2024, 2027


def named_days(year: int) -> Iterator[tuple[date, bool, str]]:
    """Yield the year's days that differ from Monday to Friday or bear a name, as (day, is worked, name)."""
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    for day, name in sorted(known.items()):
        if day.year == year:
            yield day, False, name
    for day in sorted(known.weekend_workdays):
        if day.year == year:
            yield day, True, "调休上班"


def is_published(year: int) -> bool:
    """Tell whether the package knows the year's notice: then, and only then, it names make-up workdays.

    For other years the package computes the statutory days silently (ecosystem.md §5).
    """
    return any(is_worked for _day, is_worked, _name in named_days(year))
