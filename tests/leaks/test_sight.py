"""Who sees which row of supervision: the predicates of the oracle, against every question that leads to rows (G16, 3).

The querysets keep for everybody exactly what the predicate allows; lists of both doors hold and count no other row.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from config.api import router
from organization.models import Department, Post, User
from supervision.models import Inspection
from supervision.querysets import answering, correcting, inspecting
from tests.leaks import oracle_supervision as oracle
from tests.leaks import policy_supervision as supervision
from tests.leaks.door import Door
from tests.leaks.terms import BESIDE, CALLERS

pytestmark = pytest.mark.django_db

ASKING = [*(name for name in CALLERS if name not in ("client", "anonymous")), *BESIDE]
LISTS = {viewset.model: prefix for prefix, viewset, _name in router.registry if viewset.model in oracle.ROWS}


@pytest.fixture(scope="module")
def rows(house, django_db_blocker) -> oracle.Rows:
    """Return every row of supervision."""
    with django_db_blocker.unblock():
        return oracle.load({Department, Post, User})


def expected(user: Any, rows: oracle.Rows) -> dict[Any, set[int]]:
    """Return the keys of the rows that the predicates allow, by model."""
    eye = oracle.Eye(user)
    return {model: {row.pk for row in rows[model].values() if oracle.sees(eye, row)} for model in oracle.ROWS}


@pytest.mark.parametrize("caller", ASKING)
def test_everybody_sees_exactly_the_rows_that_the_predicates_allow(house, rows, caller):
    user, wrong = house.callers[caller], []
    meant = expected(user, rows)
    for model, keys in meant.items():
        got = [*model.objects.visible_to(user).values_list("pk", flat=True)]
        wrong += [] if sorted(got) == sorted(keys) else [f"{model.__name__}: {sorted(got)} instead of {sorted(keys)}"]
    door = Door(user)
    for model, prefix in LISTS.items():
        told = json.loads(door.ask("GET", reverse(f"api:{prefix}-list"), {"page_size": 200}).content)["results"]
        listed = {row["id"] for row in told}
        wrong += [] if listed == meant[model] else [f"{prefix}: {listed} instead of {meant[model]}"]

    assert wrong == []


def test_the_tables_of_the_policy_agree_with_the_predicates(house, rows):
    wrong = []
    for noun, relations in supervision.SIGHT.items():
        for relation, seers in relations.items():
            thing = house.things[noun][relation]
            row = rows[type(thing)][thing.pk]
            told = {name for name in ASKING if oracle.sees(oracle.Eye(house.callers[name]), row)}
            wrong += [] if told == seers - {"client"} else [f"{noun} {relation}: {told ^ (seers - {'client'})}"]

    assert wrong == []


# ------------------------------------------------------------------------------------------------ the test of the test

SCOPES = {
    "inspection": inspecting.InspectionQuerySet, "part": inspecting.InspectionPartQuerySet,
    "finding": correcting.FindingQuerySet, "conclusion": correcting.ConclusionQuerySet,
    "clue": answering.ClueQuerySet, "accountability": answering.AccountabilityQuerySet,
    "case": answering.CaseQuerySet, "exhibit": answering.ExhibitQuerySet,
}  # fmt: skip


@pytest.mark.parametrize("name", SCOPES)
def test_a_scope_that_lets_everything_through_is_found(house, rows, monkeypatch, name):
    monkeypatch.setattr(SCOPES[name], "visible_to", lambda rows_, user: rows_)

    assert differs(house.callers["stranger"], rows)


def differs(user: Any, rows: oracle.Rows) -> list[str]:
    """Return the models of which the querysets keep other rows than the predicates allow."""
    return [
        model.__name__
        for model, keys in expected(user, rows).items()
        if {*model.objects.visible_to(user).values_list("pk", flat=True)} != keys
    ]


@pytest.mark.parametrize("caller", ["colleague", "general", "unit_head"])
def test_a_disclosure_that_is_not_asked_for_is_found(house, rows, monkeypatch, caller):
    monkeypatch.setattr(inspecting, "SEALED", Q(pk__in=()))

    assert Inspection.__name__ in differs(house.callers[caller], rows)


LOST = {
    "who is named": (answering.SealedQuerySet, "_without_the_named", lambda rows, user: rows, "chief"),
    "the post of a seal": (answering.SealQuerySet, "of", lambda rows, user: rows, "colleague"),
    "whether a seal is closed": (answering.SealQuerySet, "legible", lambda rows: rows, "chief"),
    "the days of a member": (inspecting.InspectionQuerySet, "_joined", lambda rows, user: joined(rows, user), "member"),
    "the state of a member": (inspecting.InspectionQuerySet, "_joined", lambda rows, user: ever(rows, user), "recused"),
}
"""A clause that is dropped, and somebody who then sees more."""


def joined(rows: Any, user: Any) -> Any:
    """Let members in whatever the day."""
    return Q(pk__in=rows._related("members").filter(user=user, state="standing").values("inspection"))


def ever(rows: Any, user: Any) -> Any:
    """Let in who ever was a member."""
    return Q(pk__in=rows._related("members").filter(user=user).values("inspection"))


@pytest.mark.parametrize("clause", LOST)
def test_a_clause_that_is_dropped_is_found(house, rows, monkeypatch, clause):
    owner, name, without, caller = LOST[clause]
    monkeypatch.setattr(owner, name, without)

    assert differs(house.callers[caller], rows)
