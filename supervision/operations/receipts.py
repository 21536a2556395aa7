"""Receipts: the addressees of a bulletin say that they have it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from organization.models import User
from supervision.lifecycles.informing import RECEIPT
from supervision.models import Receipt
from workflow.record import advance, lock


@transaction.atomic
def receive(receipt: Receipt, *, by: User) -> Receipt:
    """Say that the unit has its copy (签收)."""
    receipt = lock(receipt, "bulletin__organiser", "department")
    step = RECEIPT.check(receipt, "receive", by)
    receipt.received_by, receipt.received_at = by, timezone.now()
    return advance(receipt, step, by)
