"""How the clock of a rectification is told: the same lights as a task's, out of its own day (R23)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organization.workdays import calendar_of
from supervision.states.correcting import RectificationState
from tasks import defaults
from tasks.states import Light

FIXED: Final = {RectificationState.DONE: Light.CLOSED, RectificationState.ENDED: Light.TERMINATED}

WORDS: Final = {Light.CLOSED: _("按期完成"), Light.CLOSED_LATE: _("逾期完成"), Light.REVIEW: _("待核验")}
"""What is said otherwise than of a task, which is struck off."""


def light(item: Any, on: date) -> str:
    """Return the meaning of an item's state and clock on the day ``on``."""
    if item.state == RectificationState.DONE and item.workdays_late(on):
        return Light.CLOSED_LATE
    if item.state in FIXED:
        return FIXED[item.state]
    if item.is_overdue(on):
        return Light.OVERDUE
    if item.state == RectificationState.CLAIMED:
        return Light.REVIEW
    return Light.NEAR_DUE if item.workdays_left(on) < near(item) else Light.ON_TRACK


def near(item: Any) -> int:
    """Return from how many working days before its day an item is near due: as an ordinary task (domain.md 3.9)."""
    start = timezone.localdate(item.created_at)
    length = calendar_of(item.department).between(start, item.due_on)
    share = -(-length * defaults.YELLOW_SHARE_PERCENT // 100)
    return max(defaults.YELLOW_LEAST, min(defaults.YELLOW_MOST, share))


def reason(item: Any, on: date) -> str:
    """Return why the light is as it is. Units: working days late, working days left."""
    meaning = light(item, on)
    if meaning in (Light.OVERDUE, Light.CLOSED_LATE):
        days = item.workdays_late(on)
        return ngettext("逾期 %(days)d 个工作日", "逾期 %(days)d 个工作日", days) % {"days": days}
    if meaning in (Light.NEAR_DUE, Light.ON_TRACK):
        days = max(0, item.workdays_left(on))
        return ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", days) % {"days": days}
    return ""


def told(item: Any, on: date) -> dict[str, str]:
    """Return what the light tells people: ``meaning``, ``word``, ``reason``."""
    meaning = Light(light(item, on))
    return {"meaning": meaning, "word": str(WORDS.get(meaning, meaning.label)), "reason": reason(item, on)}
