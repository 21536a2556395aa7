"""Fifty people who press at the same moment: real threads, each with a connection of its own."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from workflow.refusal import Refusal

CLIENTS, ROUNDS = 50, 20
PATIENCE_SECONDS = 120
WON = "won"

Attempt = Callable[[], Any]


def rush(rounds: Sequence[Sequence[Attempt]]) -> list[Counter[str]]:
    """Let every attempt of a round be made at the same moment; return for each round how often each answer came.

    An answer is ``won``, the code of the refusal, or the name of any other error: there may be none.
    """
    clients = len(rounds[0])
    gate = threading.Barrier(clients, timeout=PATIENCE_SECONDS)
    answers: list[list[str]] = [[] for _ in rounds]

    def client(place: int) -> None:
        try:
            _be_patient()
            for number, attempts in enumerate(rounds):
                gate.wait()
                answers[number].append(_answer(attempts[place]))
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [Counter(said) for said in answers]


def _be_patient() -> None:
    """A machine under load may let fifty wait for longer than a page would."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'; SET statement_timeout = '{PATIENCE_SECONDS}s'")


def _answer(attempt: Attempt) -> str:
    try:
        attempt()
    except Refusal as refusal:
        return refusal.code
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and fails the test
        return f"{type(error).__name__}: {error}"
    return WON


class Tally:
    """What a race came to, in one line."""

    def __init__(self, name: str) -> None:
        self.name, self.began = name, time.monotonic()

    def told(self, rounds: list[Counter[str]]) -> str:
        """Return the counts of all rounds."""
        total = sum(rounds, Counter())
        winners = Counter(round_[WON] for round_ in rounds)
        took = time.monotonic() - self.began
        return (
            f"{connection.vendor} {self.name}: {len(rounds)} rounds × {sum(rounds[0].values())} clients, "
            f"winners a round {dict(winners)}, answers {dict(total)}, {took:.1f} s"
        )
