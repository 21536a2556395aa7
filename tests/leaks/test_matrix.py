"""The matrix: address and method × caller × relation answer as the policy says (reliability.md 5.6, 2).

Whatever is hidden answers like what is absent; what is refused writes nothing; what is done is undone by the test.
Verbs of a noun are found by the very same code: the first is asked in every relation, each other in one a caller, in
turn; so are callers who see nothing of a noun. That keeps the whole under a minute; ``LEAKS=full`` asks every cell.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.urls import reverse

from tests.leaks import policy
from tests.leaks.canaries import tables, told
from tests.leaks.door import OF_CALLER, OF_SESSIONS, Answer, Door
from tests.leaks.memory import remembered
from tests.leaks.routes import ALL_METHODS

pytestmark = pytest.mark.django_db

NOWHERE = 987_654_321
EVERY_CELL = os.environ.get("LEAKS") == "full"
DONE = (200, 201, 204, 302)
SAMPLE = ("stranger", "client", "anonymous")
FEW = ("supervisor", "stranger", "system_admin", "client", "anonymous")
"""Who asks where all are told the same: for heads, which the code makes that answers GET, and by no known method."""


@pytest.fixture(scope="package")
def doors(house, django_db_blocker) -> Iterator[dict[str, Door]]:
    """Return a door for each caller, with what is known of him remembered while the package runs."""
    with django_db_blocker.unblock(), remembered():
        found = {name: Door(user) for name, user in house.callers.items()}
        yield found | {"client": Door(key=house.key), "anonymous": Door()}


@pytest.fixture(scope="package")
def nothing() -> dict[Any, str]:
    """Return what each caller is told of what is not there, by door."""
    return {}


def relations(name: str, method: str, caller: str) -> list[str]:
    """Return the relations in which this cell is asked."""
    noun = policy.ROUTES[name].noun
    if not noun:
        return [""]
    known = [*policy.SIGHT[noun], "absent"]
    if method not in policy.ROUTES[name].methods:
        return in_turn(known, 1, f"{name} {caller} {method}")
    if EVERY_CELL:
        return known
    if is_alike(name) or (method == "GET" and "POST" in policy.ROUTES[name].methods):
        return in_turn(known, 1, f"{name} {caller} {method}")
    is_outside = not any(caller in seers for seers in policy.SIGHT[noun].values())
    return in_turn(known, 2, f"{name} {caller} {method}") if is_outside else known


def in_turn(known: list[str], count: int, cell: str) -> list[str]:
    """Return some of the relations, another for the next cell."""
    first = crc32(cell.encode())
    return [known[(first + 3 * number) % len(known)] for number in range(count)]


def is_alike(name: str) -> bool:
    """Tell whether the address is found by the code of another one: every verb of a noun but the first."""
    noun, _dash, verb = name.removeprefix("api:").rpartition("-")
    if noun in policy.PLURALS.values():
        noun = next(key for key, plural in policy.PLURALS.items() if plural == noun)
    return noun in policy.VERBS and verb in policy.VERBS[noun] and verb != next(iter(policy.VERBS[noun]))


def askers(name: str, method: str) -> tuple[str, ...]:
    """Return who asks. What is no method of the address reads nothing, so that few tell for all."""
    line = policy.ROUTES[name]
    if line.costly:
        return () if method == "HEAD" else SAMPLE
    return policy.CALLERS if method in line.methods or (EVERY_CELL and method != "HEAD") else FEW


def cells(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield method, caller and relation."""
    for method in ALL_METHODS:
        for caller in askers(name, method):
            for relation in relations(name, method, caller):
                yield method, caller, relation


@pytest.mark.parametrize("name", policy.ROUTES)
def test_everybody_gets_the_answer_of_the_policy(house, doors, nothing, homes, allowed, name):
    wrong = []
    for method, caller, relation in cells(name):
        expected = policy.expected(name, method, relation, caller)
        answer = ask(house, doors[caller], name, method, relation, caller, expected)
        wrong += [
            f"{method} {caller} {relation}: {said}"
            for said in complaints(nothing, name, method, caller, answer, expected)
        ]
        leaked = (answer.words & homes.keys()) - allowed[caller]
        wrong += [f"{method} {caller} {relation}: leaks {told(homes, leaked)}"] if leaked else []

    assert not wrong, "\n".join([f"{name}: {len(wrong)} wrong", *wrong])


def ask(house: Any, door: Door, name: str, method: str, relation: str, caller: str, expected: int) -> Answer:
    """Ask one cell and undo what it did; a refused page is asked as a fragment, which is drawn faster."""
    line, rest = policy.ROUTES[name], name.startswith("api:")
    thing = house.things[line.noun].get(relation) if line.noun else None
    path = reverse(name, args=[thing.pk if thing else NOWHERE] if line.noun else [])
    if rest:
        version = getattr(thing, "version", 1)
        answer = door.try_(method, path, **({"if_match": f'"{version}"'} if method == "POST" and thing else {}))
    else:
        data = {"row": thing.rows.first().pk} if name == "batch-amend" and thing and method == "GET" else None
        answer = door.try_(
            method, path, data, htmx=expected not in (302, 405) and caller not in ("client", "anonymous")
        )
    answer.path = path  # type: ignore[attr-defined]
    return answer


def complaints(
    nothing: dict[Any, str], name: str, method: str, caller: str, answer: Answer, expected: int
) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    if answer.status != expected:
        yield f"{answer.status} instead of {expected}" + (f" ({answer.error!r})" if answer.error else "")
        return
    is_done = method in ("POST", "PUT") and answer.status in DONE
    if not is_done and answer.written - OF_SESSIONS:
        yield f"wrote into {sorted(answer.written)}"
    if answer.status == 405 and (read := answer.read & OF_BUSINESS):
        yield f"looked into {sorted(read)} before it refused the method"
    if answer.status == 404 and method in ("GET", "POST"):
        told = answer.text.replace(answer.path, "…")  # type: ignore[attr-defined]
        first = nothing.setdefault((caller, name.startswith("api:")), told)
        if told != first:
            said = [line for line in difflib.ndiff(first.splitlines(), told.splitlines()) if line[0] in "+-"]
            yield f"tells of what is hidden otherwise than of what is absent: {said}"


OF_BUSINESS = {model._meta.db_table for model in tables()} - OF_CALLER


def test_the_house_stands_as_the_policy_says(house):
    found = {
        noun: {relation: thing.state for relation, thing in house.things[noun].items() if relation in states}
        for noun, states in policy.STATES.items()
    }
    said = {
        noun: {relation: state for relation, state in states.items() if relation in house.things[noun]}
        for noun, states in policy.STATES.items()
    }

    assert found == said
    lacking = {
        (noun, relation)
        for noun, seers in policy.SIGHT.items()
        for relation in seers
        if relation not in house.things[noun]
    }
    assert lacking == set(), "SIGHT tells of what the house does not hold"
