"""The hash of a deed covers everything that it states, in one spelling only."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.workflow.chains import chain as made
from workflow import chain
from workflow.models import Event

NOT_STATED = {"id", "hash", "dispatched_at"}
"""The key is the database's, the hash is the result, the mark of delivery is no part of the deed."""


def test_every_column_of_an_event_is_stated_in_its_hash():
    assert {field.attname for field in Event._meta.concrete_fields} - NOT_STATED == set(chain.FIELDS)


def test_a_change_of_any_stated_column_changes_the_hash(db):
    event = made(length=2)[1]
    for name in chain.FIELDS:
        kept = getattr(event, name)
        other = {"at": event.at + timedelta(microseconds=1), "detail": {"n": 2, "x": 1}, "alg": kept}
        setattr(event, name, other.get(name, (kept or 0) + 1 if isinstance(kept, int) else f"{kept or ''}x"))
        changed = chain.digest(event)
        setattr(event, name, kept)
        assert changed != event.hash or name == "alg", name

    assert chain.digest(event) == event.hash


def test_an_unknown_algorithm_is_no_algorithm(db):
    event = made(length=1)[0]
    event.alg = "md5"

    with pytest.raises(KeyError):
        chain.digest(event)


def test_one_value_has_one_spelling():
    assert chain.canonical({"b": [1, None, True], "a": "督"}) == '{"a":"督","b":[1,null,true]}'.encode()
    assert chain.canonical({"a": 1, "b": 2}) == chain.canonical({"b": 2, "a": 1})


def test_a_float_has_no_spelling_and_is_refused_at_any_depth():
    for value in (1.5, [1.5], {"a": {"b": [0.0]}}):
        with pytest.raises(TypeError, match="float"):
            chain.canonical(value)


def test_the_same_moment_hashes_alike_in_every_zone_and_after_the_database_gave_it_back(db):
    event = made(length=1)[0]
    event.at = event.at.astimezone(timezone(timedelta(hours=8)))

    assert chain.digest(event) == event.hash == chain.digest(Event.objects.get(pk=event.pk))
    event.at = datetime(2026, 3, 9, tzinfo=UTC)
    assert chain.digest(event) != event.hash
