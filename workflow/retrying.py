"""Retrying: what the database broke off for the sake of another transaction is done again (F29)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

import structlog
from django.db import OperationalError, transaction

T = TypeVar("T")
log = structlog.get_logger(__name__)

RETRIES: Final = 3
LONGEST_NAP_SECONDS: Final = 0.05
BROKEN_OFF: Final = ("40P01", "40001")
"""PostgreSQL: deadlock detected, serialization failure. On SQLite the beginning of a transaction waits instead."""


def again(act: Callable[[], T]) -> T:
    """Return what ``act`` returns; where the database broke it off for another, do it again, three times at most.

    ``act`` must be one transaction as a whole and send nothing: then nothing of it is left, and what it would have
    woken after its commit was not woken. Inside a transaction nothing is done again, for that one is broken too.
    Refused: OperationalError as the database gave it, after the third time or for another cause.
    """
    for retry in range(1, RETRIES + 1):
        try:
            return act()
        except OperationalError as error:
            if not was_broken_off(error) or transaction.get_connection().in_atomic_block:
                raise
            log.warning("transaction_retried", retry=retry, cause=str(error.__cause__).partition("\n")[0])
            time.sleep(random.uniform(0, LONGEST_NAP_SECONDS * retry))  # noqa: S311 - so that two do not meet again
    return act()


def was_broken_off(error: OperationalError) -> bool:
    """Tell whether the database ended the transaction to let another one go on."""
    return getattr(error.__cause__, "sqlstate", None) in BROKEN_OFF
