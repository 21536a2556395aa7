"""What is sent to supervision: nonsense is refused with a code, and a hidden key like one that nothing has (G16, 6).

Each verb is sent it in the house by somebody who may take it there, or, where nobody may now, by somebody who sees the
thing; so is each list to which something may be added.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from config.api import router
from organization.models import Department, User
from supervision import verbs
from supervision.models import Finding, Inspection, PlanItem, Proof, Worksheet
from tasks.models import Evidence, Task
from tests.leaks import policy
from tests.leaks import policy_supervision as supervision
from tests.leaks.door import OF_SESSIONS, Answer, Door
from tests.leaks.memory import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOWHERE = 987_654_321
NASTY = (
    None, True, -1, 10**30, 1e308, "", "\x00", "\ud800", "\u202e", "9999-12-31", "0001-01-01", "长" * 20_000, [[]],
    {"a": []},
)  # fmt: skip
BROKEN = (b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"done": NaN}', b"[" * 10_000, b"\x00" * 100)
SHAPE = {"code", "message", "details", "request_id"}
NOUNS = {noun.name: noun for noun in verbs.NOUNS}


@pytest.fixture(scope="module")
def doors(house, django_db_blocker) -> Iterator[dict[str, Door]]:
    """Return a door for each caller."""
    with django_db_blocker.unblock(), remembered():
        yield {name: Door(user) for name, user in house.callers.items()}


def cast(noun: str, verb: str) -> tuple[str, str]:
    """Return who takes the step in which relation, or who only sees the thing."""
    step = supervision.VERBS[noun][verb]
    seen = [(who, relation) for relation, seers in supervision.SIGHT[noun].items() for who in sorted(seers - SYSTEM)]
    able = (pair for pair in seen if policy.may(step, noun, pair[1], pair[0]) == 0)
    return next(able, seen[0])


SYSTEM = {"client"}


def addressed(house: Any, noun: str, verb: str) -> tuple[str, str, Any]:
    """Return who asks where about what."""
    who, relation = cast(noun, verb)
    thing = house.things[noun][relation]
    return who, reverse(f"api:{policy.PLURALS[noun]}-{verb}", args=[thing.pk]), thing


def send(door: Door, path: str, body: bytes, thing: Any = None) -> Answer:
    """Send a body to the REST door."""
    version = {"if_match": f'"{thing.version}"'} if thing is not None else {}
    return door.try_("POST", path, raw=body, **version)


def is_fine(answer: Answer) -> bool:
    """Tell whether the door answered, in its one shape where it refused."""
    return answer.status < 400 or (answer.status < 500 and json.loads(answer.content).keys() == SHAPE)


@pytest.mark.parametrize("noun", NOUNS)
def test_no_nonsense_breaks_a_verb(house, doors, noun):
    wrong, broken = [], [*BROKEN]
    for verb in NOUNS[noun].verbs:
        who, path, thing = addressed(house, noun, verb.name)
        some = random.Random(path).sample(NASTY, 6)
        fields = [name for name in verb.form.base_fields if name != "version"]
        for body in [json.dumps(dict.fromkeys(fields, value)).encode() for value in some if fields] + broken:
            answer = send(doors[who], path, body, thing)
            wrong += [] if is_fine(answer) else [f"{path} {body[:60]!r}: {answer.status} {answer.error!r}"]
        broken = []  # every verb reads its body by the code of the first
        answer = send(doors[who], path, b'{"nonsense": 1}', thing)
        wrong += [] if answer.status in (400, 403, 409) else [f"{path} nonsense: {answer.status}"]
        page = doors[who].try_("POST", reverse(f"{noun}-{verb.name}", args=[thing.pk]), dict.fromkeys(fields, "\x00长"))
        wrong += [f"{noun}-{verb.name}: {page.status} {page.error!r}"] if page.status >= 500 else []

    assert wrong == []


CREATED = [f"api:{policy.PLURALS[noun]}-list" for noun in supervision.SIGHT if noun not in supervision.MADE_BY_OTHERS]


def test_no_nonsense_breaks_a_list_to_which_something_is_added(house, doors):
    wrong = []
    for name in CREATED:
        for body in [*BROKEN, b'{"nonsense": 1}', *(json.dumps({"title": value}).encode() for value in NASTY)]:
            answer = send(doors["supervisor"], reverse(name), body)
            fine = 400 <= answer.status < 500 and json.loads(answer.content).keys() == SHAPE
            wrong += [] if fine and not answer.written - OF_SESSIONS else [f"{name} {body[:60]!r}: {answer.status}"]

    assert wrong == []


# ------------------------------------------------------------------------------------------------ keys out of sight

ROOTS = {"finding": Finding, "inspection": Inspection, "task": Task, "evidence": Evidence, "proof": Proof,
         "worksheet": Worksheet}  # fmt: skip
OPEN = (User, Department)
"""The directory is everybody's: of people and units there is nothing to hide."""


def hidden_keys(house: Any, model: Any) -> list[int]:
    """Return keys that the city's people must not choose: another city's."""
    if model in OPEN:
        return []
    if model is PlanItem:
        return [house.things["plan"]["unrelated"].items.get().pk]
    return [next(house.things[noun]["unrelated"].pk for noun, known in ROOTS.items() if known is model)]


def choices(verb: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a verb that name a row, with its model."""
    for name, field in verb.form.base_fields.items():
        if isinstance(field, forms.ModelChoiceField):
            yield name, field


@pytest.mark.parametrize("noun", [name for name, noun in NOUNS.items() if any(any(choices(v)) for v in noun.verbs)])
def test_a_hidden_key_is_refused_by_field_like_one_that_nothing_has(house, doors, noun):
    wrong = []
    for verb in NOUNS[noun].verbs:
        who, path, thing = addressed(house, noun, verb.name)
        for name, field in choices(verb):
            many = isinstance(field, forms.ModelMultipleChoiceField)

            def sent(key: int, name: str = name, many: bool = many, path: str = path, thing: Any = thing) -> Answer:
                return send(doors[who], path, json.dumps({name: [key] if many else key}).encode(), thing)  # noqa: B023

            absent = sent(NOWHERE)
            if absent.status in (403, 409):  # nobody in the house may take it now: its own tests do
                continue
            told = json.loads(absent.content).get("details", {})
            wrong += [] if absent.status == 400 and name in told else [f"{path} {name}: {absent.status} {told}"]
            for key in hidden_keys(house, field.queryset.model):
                answer = sent(key)
                if answer.text.replace(str(key), "…") != absent.text.replace(str(NOWHERE), "…"):
                    wrong.append(f"{path} {name}={key}: {answer.status} {answer.text[:300]}")

    assert wrong == []


def test_every_list_of_the_rest_door_that_takes_something_is_tried():
    taking = {f"api:{prefix}-list" for prefix, viewset, _name in router.registry if getattr(viewset, "creation", None)}
    of_supervision = {f"api:{policy.PLURALS[noun]}-list" for noun in supervision.SIGHT}

    assert taking & of_supervision == {*CREATED}
