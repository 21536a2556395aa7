"""The clock of rows."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def moment() -> datetime:
    """Return the moment now; a default of its own, so that a moved clock moves it too (``seeds.clock``)."""
    return timezone.now()
