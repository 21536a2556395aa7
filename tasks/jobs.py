"""The room's background work. Every job finds its own work in the database: a wake-up lost or doubled harms nothing."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import transaction
from django.dispatch import receiver

from tasks.models import Batch
from tasks.operations import batch_runs, batches


@shared_task(ignore_result=True)
def carry_batch(pk: int) -> int:
    """Read or take an import to its end; does nothing while another worker is at it. Returns the rows handled."""
    return batch_runs.carry_on(pk)


@shared_task(ignore_result=True)
def sweep_batches() -> int:
    """Carry on the imports that a lost message or a dead worker left behind. Returns how many were found."""
    left = batch_runs.left_behind()
    for pk in left:
        batch_runs.carry_on(pk)
    return len(left)


@receiver(batches.waiting)
def wake(sender: Any, batch: Batch, **more: Any) -> None:
    """Wake a worker once the batch is committed; a dead broker is no reason to refuse, the sweep finds it (F03)."""

    def tell() -> None:
        carry_batch.delay(batch.pk)

    transaction.on_commit(tell, robust=True)
