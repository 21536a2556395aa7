"""SQLite whose writers wait for one another in milliseconds.

Libraries built without ``usleep`` (Debian's, for one) look for a free database once a second: fifty writers at once
then wait minutes for what takes seconds. A write transaction therefore asks by itself, with short and growing naps.
"""

from __future__ import annotations

import random
import sqlite3
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LONGEST_NAP_SECONDS = 0.02


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the beginning of a transaction."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin when nobody else writes; after ``OPTIONS["timeout"]`` seconds the database is busy indeed."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        deadline, nap = time.monotonic() + patience, 0.001
        while not self._begin():
            if time.monotonic() > deadline:
                raise OperationalError("database is locked")
            time.sleep(nap * random.uniform(0.5, 1))  # noqa: S311 - so that those who wait do not ask in step
            nap = min(nap * 1.5, LONGEST_NAP_SECONDS)

    def _begin(self) -> bool:
        """Begin at once and tell whether that was possible; the connection's patience serves other statements."""
        kept = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {kept}")
        return True
