"""A crowd has the server to itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.factories import tasks as make
from tests.races.crowd import CLIENTS
from workflow import audit
from workflow.refusal import Refusal

FEW = 5
"""Rounds of what takes longest to prepare or to do."""
TOGETHER = 60
"""Seconds that the first client at the gate waits for the last one."""

ONE_CROWD = 502_026
"""Names the lock by which crowds keep out of each other's way."""


class Crowd:
    """The clients: threads that stay, with their connections, from one round to the next."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(CLIENTS)
        self.gate = Barrier(CLIENTS)
        self.told: Counter[str] = Counter()

    def race(self, acts: Sequence[Callable[[], Any]]) -> list[Refusal | None]:
        """Let every client do its act at once; return what each was told: None, or its refusal.

        Whatever else an act raises fails the test with it: a client reads refusals, never a database's error.
        """
        assert len(acts) == CLIENTS
        told = list(self.pool.map(self._act, acts))
        self.told.update("done" if refusal is None else f"{type(refusal).__name__} {refusal.code}" for refusal in told)
        return told

    def _act(self, act: Callable[[], Any]) -> Refusal | None:
        if connection.connection is None:
            self._come()
        self.gate.wait(TOGETHER)
        try:
            act()
        except Refusal as refusal:
            return refusal
        return None

    def _come(self) -> None:
        """Connect; wait for a lock as long as SQLite does, so that a busy machine is not what fails."""
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")

    def _leave(self, _client: int) -> None:
        connection.close()
        self.gate.wait(TOGETHER)

    def close(self) -> None:
        """Send everybody home. An act that broke has left its gate; a fresh one lets each thread close its own."""
        self.gate = Barrier(CLIENTS)
        list(self.pool.map(self._leave, range(CLIENTS)))
        self.pool.shutdown()


@pytest.fixture
def who(transactional_db: None) -> make.Cast:
    """Return the people, each with the post already looked up, as a door leaves them."""
    people = make.cast()
    for person in people.everyone().values():
        assert person.post
    return people


@pytest.fixture(autouse=True)
def _alone(transactional_db: None) -> Iterator[None]:
    """Wait until no other run has a crowd on this server: two at once would be more than its 100 connections."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_CROWD])
        yield


@pytest.fixture
def crowd(who: make.Cast, _alone: None, request: pytest.FixtureRequest, capsys: Any) -> Iterator[Crowd]:
    """Return the clients; afterwards say what they were told, and that every chain of events is whole."""
    with closing(Crowd()) as clients:
        yield clients
    counts = ", ".join(f"{count} {name}" for name, count in clients.told.most_common())
    with capsys.disabled():
        print(f"\n{connection.vendor} {request.node.name}: {counts}")  # noqa: T201 - the counts are the finding
    # A draft made in bulk and refused has no record; nothing else may be wrong.
    assert [finding for finding in audit.verify() if finding.kind != "missing"] == []
