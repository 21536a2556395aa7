"""The ground on which tests stand: what many of them need is built once and found by each as it was built.

Each floor is a transaction that stays open from one test to the next; what a test does on top of it is undone after it.
A test finds exactly the floors that it asks for, in whatever order the tests run: the others are taken away before.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.transaction import Atomic
from django.utils import timezone

from organization import workdays

Builder = Callable[..., Any]


@dataclass
class Floor:
    """What was built, the day on which it was, and the transaction in which it stands."""

    name: str
    built: Any
    built_on: date
    atomic: Atomic


class Ground:
    """The floors that stand now, the lowest first. A builder is given what stands below."""

    def __init__(self, builders: dict[str, Builder], unblocked: Callable[[], AbstractContextManager[None]]) -> None:
        self.builders = builders
        self.unblocked = unblocked
        self.floors: list[Floor] = []
        with unblocked():
            self.nation = workdays.load()

    def be(self, wanted: Sequence[str]) -> None:
        """Take away what is not wanted, was built yesterday or went with its connection; build what is missing."""
        with self.unblocked():
            while [floor.name for floor in self.floors] != list(wanted[: len(self.floors)]) or self._is_gone():
                self._take_down()
            self.keep_calendar()
            for name in wanted[len(self.floors) :]:
                self._build(name)

    def leave(self) -> None:
        """Leave a test that has nothing to do with the database without floors and without a connection."""
        self.be(())
        if not connection.in_atomic_block:
            connection.close()

    def keep_calendar(self) -> None:
        """Let the nation's calendar be known, and no other. In the house it is read once a minute.

        A page whose queries are counted would be charged for it whenever the minute happens to end.
        """
        workdays.forget()
        workdays._cache[""] = (math.inf, self.nation)

    def found(self, name: str) -> Any:
        """Return what was built, as a copy: the test may change it."""
        return copy.deepcopy(next(floor.built for floor in self.floors if floor.name == name))

    def _is_gone(self) -> bool:
        # A file's answer that a test closes by hand ends the request, and with it the connection.
        lost = connection.closed_in_transaction
        return any(lost or floor.built_on != timezone.localdate() for floor in self.floors)

    def _build(self, name: str) -> None:
        atomic = transaction.atomic()
        atomic.__enter__()
        below = [copy.deepcopy(floor.built) for floor in self.floors]
        self.floors.append(Floor(name, None, timezone.localdate(), atomic))
        self.floors[-1].built = self.builders[name](*below)

    def _take_down(self) -> None:
        floor = self.floors.pop()
        transaction.set_rollback(True)
        floor.atomic.__exit__(None, None, None)
