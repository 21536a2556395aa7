"""SQLite whose writers wait for one another in milliseconds.

Libraries built without ``usleep`` (Debian's, for one) look for a free database once a second: fifty writers at once
then wait minutes for what takes seconds. A write transaction therefore asks by itself, with short and growing naps.
Of the threads of one process only the first in the queue asks, so that those who wait leave the work to the one who
writes.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import defaultdict

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LONGEST_NAP_SECONDS = 0.003
QUEUES: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
"""Whoever holds the lock of a database is the first of this process's queue before it."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the beginning of a transaction."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin when nobody else writes; after ``OPTIONS["timeout"]`` seconds the database is busy indeed."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        deadline = time.monotonic() + patience
        kept = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.connection.execute("PRAGMA busy_timeout = 0")  # the connection's patience serves other statements
        try:
            if not self._begin():
                self._queue(deadline)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {kept}")

    def _queue(self, deadline: float) -> None:
        """Wait for one's turn in this process, then ask until the other processes let one in."""
        queue = QUEUES[str(self.settings_dict["NAME"])]
        if not queue.acquire(timeout=max(0, deadline - time.monotonic())):
            raise OperationalError("database is locked")
        try:
            nap = LONGEST_NAP_SECONDS / 8
            while not self._begin():
                if time.monotonic() > deadline:
                    raise OperationalError("database is locked")
                time.sleep(nap * random.uniform(0.5, 1))  # noqa: S311 - so that processes do not ask in step
                nap = min(nap * 1.5, LONGEST_NAP_SECONDS)
        finally:
            queue.release()

    def _begin(self) -> bool:
        """Begin at once and tell whether that was possible."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
        return True
