"""回头看抽查: each month a share of what was put right in the month before is drawn to be looked at again (C3, C7).

The draw rests on the record alone: on the hash of the event by which a finding was settled, which nobody knows before
and everybody can check afterwards. Where the same unit fell back into the same cause, the share is doubled.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Count, Max
from django.utils import timezone

from supervision.models import Finding
from workflow.models import Event

SHARE_PERCENT: Final = 10
"""How much of a month's settled findings is drawn (ours)."""


def drawn(month: date) -> list[int]:
    """Return the keys of the findings drawn in the month in which the day lies, whoever sees them."""
    first = month.replace(day=1)
    before = date(first.year - 1, 12, 1) if first.month == 1 else first.replace(month=first.month - 1)
    settled = Event.objects.filter(kind="finding.settle", at__gte=_start(before), at__lt=_start(first))
    hashes = dict(settled.order_by("pk").values_list("subject_id", "hash"))
    causes = Finding.objects.filter(pk__in=hashes).values_list("pk", "department", "cause")
    again = recurrent(first)
    return [
        key for key, unit, cause in causes
        if _lot(first, hashes[key]) < SHARE_PERCENT * (2 if (unit, cause) in again else 1)
    ]  # fmt: skip


def recurrent(day: date) -> set[tuple[int, str]]:
    """Return unit and cause of what was found more than once, or came back, before the day; disputes left out (C7)."""
    told: Any = Finding.objects.agreed().filter(issued_at__lt=_start(day)).values("department", "cause")
    counted = told.annotate(times=Count("pk"), relapses_=Max("relapses")).order_by()
    return {(row["department"], row["cause"]) for row in counted if row["times"] > 1 or row["relapses_"]}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lot(month: date, seed: str) -> int:
    """Return a number below a hundred, the same whenever it is asked for."""
    return int.from_bytes(hashlib.sha256(f"{month:%Y-%m}:{seed}".encode()).digest()[:8]) % 100
