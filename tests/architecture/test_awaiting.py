"""The law of turns: what awaits somebody is exactly what has a step open to him that others wait for (我的待办)."""

from itertools import product
from typing import Any

import pytest
from django.test import Client

from tests.architecture.themes import NOUNS, OF_NOUN, PARTS, PLURALS, THEMES, TURNS
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.django_db

HOUSES = pytest.mark.parametrize("house", ["answering", "correcting", "informing", "inspecting"], indirect=True)
AT_WORK = ("supervisor", "chief", "leader", "unit_head", "handler", "helper", "inspector", "discipline")
WITH_ANOTHER = {part for parts in PARTS.values() for part in parts}
"""Nouns that wait with the thing to which they belong, and have no list of their own."""


def told(noun: str, user: Any, rows: dict[str, list[Any]]) -> dict[int, set[str]]:
    """Return the steps (noun.verb) of each thing, or of a part that waits with it, that are the user's turn."""
    found = {}
    for thing in rows[noun]:
        steps = NOUNS[noun].steps(thing, user)
        turns = {f"{noun}.{verb}" for verb, when in TURNS[noun].items() if verb in steps and when(thing, user)}
        found[thing.pk] = turns
    for part, field in PARTS.get(noun, {}).items():
        behind = told(part, user, rows)
        for row in rows[part]:
            found[getattr(row, f"{field}_id")] |= behind.get(row.pk, set())
    return {key: turns for key, turns in found.items() if turns}


def test_every_noun_of_supervision_with_steps_says_what_is_waited_for() -> None:
    """No list grows a step unseen: what has a lifecycle has turns, and turns are steps."""
    others = ("tasks", "breaking")  # 我的待办 of tasks has its own law; a paper lies open until its officers are done
    stepped = {table.noun for theme in THEMES if theme.name not in others for table in theme.lifecycles}

    assert set(TURNS) == stepped
    assert {f"{noun}.{verb}" for noun, turns in TURNS.items() for verb in turns} <= {
        f"{table.noun}.{verb}" for theme in THEMES for table in theme.lifecycles for verb in table.verbs
    }


@HOUSES
def test_a_thing_awaits_exactly_those_whose_turn_it_is(house: Any) -> None:
    met: set[str] = set()
    for pass_time in (lambda house: None, house.theme.ripen):
        pass_time(house)
        rows = {n: [OF_NOUN[n].whole(n, row) for row in NOUNS[n].model.objects.all()] for n in TURNS}
        for noun, (name, user) in product(TURNS, house.people.items()):
            turns = told(noun, user, rows)
            found = list(NOUNS[noun].model.objects.awaiting(user).values_list("pk", flat=True))
            assert sorted(found) == sorted(turns), (noun, name, {row.pk: row.state for row in rows[noun]})
            met |= set().union(*turns.values())

    expected = {f"{noun}.{verb}" for noun, turns in house.theme.turns.items() for verb in turns}
    assert expected <= met


@HOUSES
def test_each_number_of_the_desk_leads_to_exactly_the_rows_that_wait(house: Any) -> None:
    house.theme.ripen(house)
    seen: set[str] = set()
    for name in AT_WORK:
        user, client = house.people[name], Client()
        client.force_login(user)
        shelves = client.get("/").context.get("elsewhere") or []
        for shelf in shelves:
            page = client.get(f"{shelf['url']}&page_size=200")
            plural = plural_of(shelf)
            noun = PLURALS[plural]
            waiting = set(noun.model.objects.awaiting(user).values_list("pk", flat=True))
            named = (page.context[key] for key in sorted(page.context.keys()))
            listed = next(rows for rows in named if is_rows(rows, noun.model))
            by_rest = Caller(user).get(plural, awaiting="1", page_size="200").json()["results"]
            assert {row.pk for row in listed} == {row["id"] for row in by_rest} == waiting, (name, plural)
            assert shelf["count"] == len(waiting) == len(listed) > 0
            seen |= {plural} & {NOUNS[noun].plural for noun in house.theme.turns}
        own = {noun for noun in TURNS if NOUNS[noun].model.objects.awaiting(user).exists()} - WITH_ANOTHER
        assert {NOUNS[noun].plural for noun in own} == {plural_of(shelf) for shelf in shelves}, name

    assert seen == {NOUNS[noun].plural for noun in set(house.theme.turns) - WITH_ANOTHER}


def plural_of(shelf: dict[str, Any]) -> str:
    """Return the noun that a shelf's list is of, as its address says it."""
    return str(shelf["url"].strip("/").partition("/")[0])


def is_rows(value: Any, model: Any) -> bool:
    """Tell whether a value of a page's context is its list of this noun."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], model)
