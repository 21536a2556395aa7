"""The matrix: address and method × caller × relation answer as the policy says (reliability.md 5.6, 2).

Whatever is hidden answers like what is absent; what is refused writes nothing; what is done is undone by the test.
Verbs of a noun are found by the very same code, and so are its papers: the first is asked by everybody in every
relation; each other by whoever sees something of the noun, in one relation, in turn, and in one where he may take it;
by two of those who see nothing; and by one with each method that it does not offer. The detail at the REST door is
asked for everything by everybody; elsewhere each asks twice where he passes and once where he does not, and of those
who never pass some ask, others at the next address. On the second database, whose statements alone are to be proven, a
few ask at each address, by the methods that it offers: what refuses a method, or a stranger at the gate, makes no
statement of its own. ``LEAKS=full`` asks every cell.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from zlib import crc32

import pytest
from django.urls import reverse

from tests.leaks import policy
from tests.leaks import policy_supervision as supervision
from tests.leaks.canaries import tables, told
from tests.leaks.door import OF_CALLER, OF_SESSIONS, Answer, Door
from tests.leaks.memory import remembered
from tests.leaks.routes import ALL_METHODS
from tests.leaks.terms import BESIDE, CALLERS

pytestmark = pytest.mark.django_db

NOWHERE = 987_654_321
EVERY_CELL = os.environ.get("LEAKS") == "full"
AGAIN = bool(os.environ.get("DATABASE_URL"))
DONE = (200, 201, 204, 302)
REFUSED = (401, 403, 404, 405, 409)
SAMPLE = ("stranger", "client", "anonymous")
FEW = ("supervisor", "stranger", "system_admin", "client", "anonymous")
"""Of whom some ask where all are told the same: for heads, which the code makes that answers GET, and by a method that
is not offered."""


@pytest.fixture(scope="module")
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
        once = in_turn(known, 1, f"{name} {caller} {method}")
        acts = "POST" if "POST" in policy.ROUTES[name].methods else "GET"
        return [*dict.fromkeys([*once, *able(name, method, caller)])] if method == acts else once
    is_outside = not any(caller in seers for seers in policy.SIGHT[noun].values())
    return in_turn(known, 2, f"{name} {caller} {method}") if is_outside else known


def able(name: str, method: str, caller: str) -> list[str]:
    """Return the first relation in which the caller may take the step or gets the paper, none where he never does."""
    line = policy.ROUTES[name]
    may = (
        relation for relation in policy.SIGHT[line.noun]
        if policy.expected(name, method, relation, caller) not in (403, 404, 409)
    )  # fmt: skip
    return [*islice(may, 1)]


def in_turn(known: Sequence[str], count: int, cell: str) -> list[str]:
    """Return some of the relations, another for the next cell."""
    if not known:
        return []
    first = crc32(cell.encode())
    return [*dict.fromkeys(known[(first + 3 * number) % len(known)] for number in range(count))]


def is_alike(name: str) -> bool:
    """Tell whether the address is found by the code of another one: verbs of a noun but the first, papers' files."""
    noun, _dash, verb = name.removeprefix("api:").rpartition("-")
    if verb in ("docx", "pdf") or (verb == "paper" and name.startswith("api:")):
        return True
    if noun in policy.PLURALS.values():
        noun = next(key for key, plural in policy.PLURALS.items() if plural == noun)
    return noun in policy.VERBS and verb in policy.VERBS[noun] and verb != next(iter(policy.VERBS[noun]))


def askers(name: str, method: str) -> tuple[str, ...]:
    """Return who asks. What is no method of the address reads nothing, so that few tell for all."""
    line = policy.ROUTES[name]
    if AGAIN and not EVERY_CELL and method not in line.methods:
        return ()
    if line.costly:
        return () if method == "HEAD" else SAMPLE
    everybody = (*CALLERS, *BESIDE) if line.noun in supervision.SIGHT else CALLERS
    if EVERY_CELL and method != "HEAD":
        return everybody
    if method not in line.methods:
        return tuple(in_turn(FEW, 1 if is_alike(name) else 3, f"{name} {method}"))
    return everybody if not is_alike(name) else inside_and_two(name, method, everybody)


def inside_and_two(name: str, method: str, everybody: tuple[str, ...]) -> tuple[str, ...]:
    """Return who sees something of the noun, and two of those who see nothing of it, others for the next address."""
    insiders = frozenset().union(*policy.SIGHT[policy.ROUTES[name].noun].values())
    others = [caller for caller in everybody if caller not in insiders]
    return (*(caller for caller in everybody if caller in insiders), *in_turn(others, 2, f"{name} {method}"))


def cells(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield method, caller and relation."""
    for method in ALL_METHODS:
        planned = {caller: relations(name, method, caller) for caller in askers(name, method)}
        if not (EVERY_CELL or (name.startswith("api:") and name.endswith("-detail") and not AGAIN)):
            planned = thinned(name, method, planned)
        for caller, known in planned.items():
            for relation in known:
                yield method, caller, relation


def thinned(name: str, method: str, planned: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return of each caller two relations in which he passes and one in which not; some callers who never pass."""
    kept, shut = {}, {}
    for caller, known in planned.items():
        passing = [one for one in known if policy.expected(name, method, one, caller) not in REFUSED]
        refused = in_turn([one for one in known if one not in passing], 1, f"{name} {caller} {method}")
        (kept if passing else shut)[caller] = [*passing[:2], *refused]
    if AGAIN:
        known = [caller for caller in kept if caller != "anonymous"] or [*kept]
        kept = {caller: kept[caller] for caller in in_turn(known, 2, f"{name} {method}")}
    return kept | {caller: shut[caller] for caller in in_turn([*shut], 1 if AGAIN else 4, f"{name} {method}")}


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


def test_every_address_is_asked_by_every_method(capsys):
    asked = {name: list(cells(name)) for name in policy.ROUTES}
    count = sum(map(len, asked.values()))

    with capsys.disabled():
        sys.stdout.write(f"\nleak matrix: {count} cells, {len(asked)} addresses, {len({*CALLERS, *BESIDE})} callers\n")
    lacking = {
        name: set(policy.ROUTES[name].methods) - {method for method, _caller, _relation in found}
        for name, found in asked.items()
    }
    assert {name: methods for name, methods in lacking.items() if methods} == {}


def ask(house: Any, door: Door, name: str, method: str, relation: str, caller: str, expected: int) -> Answer:
    """Ask one cell and undo what it did; a refused page is asked as a fragment, which is drawn faster."""
    line, rest = policy.ROUTES[name], name.startswith("api:")
    thing = house.things[line.noun].get(relation) if line.noun else None
    path = reverse(name, args=keys(house, name, thing))
    if rest:
        version = getattr(thing, "version", 1)
        answer = door.try_(method, path, **({"if_match": f'"{version}"'} if method == "POST" and thing else {}))
    else:
        data = {"row": thing.rows.first().pk} if name == "batch-amend" and thing and method == "GET" else None
        answer = door.try_(method, path, data, htmx=is_fragment(name, expected, caller))
    answer.path = path  # type: ignore[attr-defined]
    return answer


def is_fragment(name: str, expected: int, caller: str) -> bool:
    """Tell whether to ask for a fragment; within its noun's page what is no paper is simply not there."""
    whole = expected in (302, 405) or caller in ("client", "anonymous")
    return not whole and not (expected == 409 and name.endswith("-paper"))


def keys(house: Any, name: str, thing: Any) -> list[Any]:
    """Return what the address names: a thing, and a piece of evidence behind it; or a code."""
    if name == "api:verify":
        return ["NOTACODE2345"]
    if not policy.ROUTES[name].noun:
        return []
    behind = [house.things["evidence"]["own"].pk] if name.endswith("-evidence") else []
    return [thing.pk if thing else NOWHERE, *behind]


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
    if answer.status == 404 and method in ("GET", "POST") and name != "api:verify":  # 不予认可, to whoever asks
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
