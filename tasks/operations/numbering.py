"""The numbers papers bear (R15)."""

from __future__ import annotations

from organization.models import Department
from tasks.models import Office
from workflow import numbers

COMMON_MARK = "督"
DIRECTIVES = "立"
"""What a directive's number has behind the mark, which keeps its series apart from that of the tasks."""


def mark_of(office: Department) -> str:
    """Return the office's word before the year (机关代字)."""
    row = Office.objects.filter(department=office).first()
    return row.mark if row else COMMON_MARK


def next_number(office: Department, year: int, kind: str = "") -> str:
    """Return the next number of an office, ``澜督〔2026〕118号``; ``kind`` keeps series apart (立 for directives).

    Series run by mark: offices without their own share one, so that no two papers bear the same number.
    """
    mark = mark_of(office) + kind
    return numbers.written(mark, year, numbers.take(mark, year))


def both_series(mark: str) -> tuple[str, str]:
    """Return the two series of a mark: its tasks' and its directives'."""
    return mark, mark + DIRECTIVES


def child_number(parent_number: str, position: int) -> str:
    """Return the number of a task below another: the parent's with its place, ``澜督〔2026〕118号-2``."""
    return f"{parent_number}-{position}"
