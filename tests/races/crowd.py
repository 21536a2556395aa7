"""Fifty people who press at the same moment: real threads, each with a connection of its own, that stay."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, transaction

from workflow.refusal import Refusal

CLIENTS, ROUNDS, FEW = 50, 20, 5
"""How many press; rounds of what is approved and numbered, and of what takes longest to prepare."""
TOGETHER_SECONDS = 60
"""How long the first client at the gate waits for the last one."""
PATIENCE_SECONDS = 120
WON = "won"

Attempt = Callable[[], Any]
T = TypeVar("T")


class Crowd:
    """The clients. Whatever an attempt raises but a refusal fails the test: nobody reads a database's error."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(CLIENTS)
        self.gate = Barrier(CLIENTS)
        self.rounds: list[Counter[str]] = []
        self.began = 0.0

    def race(self, attempts: Sequence[Attempt]) -> list[Refusal | None]:
        """Let every client make its attempt at the same moment; return what each was told: None, or its refusal."""
        assert len(attempts) == CLIENTS
        self.began = self.began or time.monotonic()
        told = list(self.pool.map(self._attempt, attempts))
        self.rounds.append(Counter(WON if refusal is None else refusal.code for refusal in told))
        return told

    def rush(self, rounds: Sequence[Sequence[Attempt]]) -> list[Counter[str]]:
        """Let round follow round; return for each how often each answer came: ``won``, or the code of a refusal."""
        for attempts in rounds:
            self.race(attempts)
        return self.rounds[-len(rounds) :]

    def told(self) -> str:
        """Return the counts of all rounds since it was last asked, in one line."""
        rounds, self.rounds = self.rounds, []
        took, self.began = time.monotonic() - self.began, 0.0
        winners, total = Counter(round_[WON] for round_ in rounds), sum(rounds, Counter())
        return (
            f"{len(rounds)} rounds × {CLIENTS} clients, winners a round {dict(winners)}, answers {dict(total)}, "
            f"{took:.1f} s"
        )

    def close(self) -> None:
        """Send everybody home. An attempt that broke has left its gate; a fresh one lets each thread close its own."""
        self.gate = Barrier(CLIENTS)
        list(self.pool.map(self._leave, range(CLIENTS)))
        self.pool.shutdown()

    def _attempt(self, attempt: Attempt) -> Refusal | None:
        if connection.connection is None:
            self._come()
        self.gate.wait(TOGETHER_SECONDS)
        try:
            attempt()
        except Refusal as refusal:
            return refusal
        return None

    def _come(self) -> None:
        """Connect; on a busy machine fifty may wait for longer than a page would."""
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            wait = f"{PATIENCE_SECONDS}s"
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{wait}'; SET statement_timeout = '{wait}'")

    def _leave(self, _client: int) -> None:
        connection.close()
        self.gate.wait(TOGETHER_SECONDS)


def prepared(stage: Callable[..., T], *given: Any, times: int = FEW, **said: Any) -> list[T]:
    """Return what the rounds are about, made in one transaction."""
    with transaction.atomic():
        return [stage(*given, **said) for _ in range(times)]


def by_turns(*attempts: Attempt) -> list[Attempt]:
    """Return as many attempts as there are clients, the kinds in turn."""
    return [attempts[n % len(attempts)] for n in range(CLIENTS)]


def one_wins(rounds: Sequence[Counter[str]], *refusals: str) -> None:
    """Assert one winner a round; every other answer is one of the refusals."""
    assert [answers[WON] for answers in rounds] == [1] * len(rounds)
    assert {code for answers in rounds for code in answers} <= {WON, *refusals}
    assert {sum(answers.values()) for answers in rounds} == {CLIENTS}


def all_win(rounds: Sequence[Counter[str]]) -> None:
    """Assert that everybody wins in every round."""
    assert [dict(answers) for answers in rounds] == [{WON: CLIENTS}] * len(rounds)


def serial(number: str) -> int:
    """Return the running number in 督〔2026〕7号."""
    return int(number.split("〕")[1][:-1])
