"""The room's own job: sweeping up what need not be kept."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from workflow.models import Replay

REPLAYS_KEPT = timedelta(hours=24)
"""How long the answer to an Idempotency-Key can be had again (product.md 3.1)."""


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def forget_replays() -> int:
    """Delete the answers kept longer than a day; run twice, it finds nothing the second time."""
    count, _kinds = Replay.objects.filter(at__lt=timezone.now() - REPLAYS_KEPT).delete()
    return count
