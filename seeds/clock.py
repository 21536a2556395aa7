"""A clock that can be set: stories happen on chosen days, told through the real operations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")
OPENING = time(9, 30)


@contextmanager
def at(day: date, hour: time = OPENING) -> Iterator[datetime]:
    """Let it be ``hour`` (office time) on ``day`` inside the block, for everything that asks ``timezone.now``.

    One process, one thread: for telling stories, not for a running house.
    """
    moment = datetime.combine(day, hour, tzinfo=ZONE)
    real = timezone.now
    timezone.now = lambda: moment  # type: ignore[assignment]
    try:
        yield moment
    finally:
        timezone.now = real  # type: ignore[assignment]
