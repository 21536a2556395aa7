"""A key of one scope reads the rows of one noun, and of others no more than how they are called (API1, API3, G16).

One system of the office, once for each noun: its whole list and every thing of the house that it sees, to the last
word. A word of another noun's row is a leak, unless it is the name, number or heading by which a row tells of it.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from config.api import router
from organization.models import Client, Department, DepartmentName, Post, User
from supervision import models as checking
from tasks import models
from tests.factories import organization as org
from tests.leaks.canaries import told
from tests.leaks.door import Door
from tests.leaks.policy_supervision import BEHIND
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMES: dict[Any, set[str]] = {
    models.Task: {"number", "matter"},
    models.Directive: {"number", "title"},
    checking.Finding: {"number", "fact"},
    checking.Inspection: {"number", "title"},
    checking.Bulletin: {"number", "title"},
    Department: {"name", "short"},
    DepartmentName: {"name", "short"},
    User: {"name"},
    Post: {"title"},  # the instructing leader is called by name and office
}
"""How a row of another noun is called where one names it."""
PARTS: dict[Any, tuple[Any, ...]] = {
    User: (Post,),
    models.Task: (models.Milestone, models.Closure, models.Reading),
    models.Batch: (models.BatchRow,),
    models.Clause: (models.Breakdown,),
    checking.Plan: (checking.PlanItem,),
    checking.Inspection: (checking.InspectionObject,),
    checking.Rectification: (checking.Claim, checking.Correction, checking.Deferral),
    checking.Bulletin: (checking.Mention,),
    checking.Accountability: (checking.Seal,),
    checking.Clue: (checking.Seal,),
}
"""Rows that have no address of their own, and the passages of a bulletin, which are its text."""


@pytest.fixture
def key(house) -> Client:
    """Return the key of a system of the office, whose scopes the tests set."""
    return org.client(house.units.office, ("tasks:read",), role="supervisor")


def open_to(key: Client, *scopes: str) -> Door:
    """Return a door for the system with these scopes."""
    Client.objects.filter(pk=key.pk).update(scopes=list(scopes))
    return Door(key=key.key or "")


@pytest.mark.parametrize("prefix", [prefix for prefix, viewset, _name in router.registry if viewset.model is not Event])
def test_one_scope_opens_one_noun(house, homes, key, prefix):
    model = next(viewset.model for name, viewset, _basename in router.registry if name == prefix)
    door, own = open_to(key, f"{prefix}:read"), (model, *PARTS.get(model, ()))
    paths = [reverse(f"api:{prefix}-list") + "?page_size=200"]
    paths += [reverse(f"api:{prefix}-detail", args=[pk]) for pk in seen(house, model)]
    leaks = []
    for path in paths:
        answer = door.ask("GET", path)
        assert answer.status in (200, 404), (path, answer.status, answer.error)
        foreign = [
            one for one in answer.words & homes.keys()
            if not any(home.model in own or home.field in NAMES.get(home.model, ()) for home in homes[one])
        ]  # fmt: skip
        leaks += [f"{path}: {told(homes, set(foreign))}"] if foreign else []

    assert leaks == []


def seen(house: Any, model: Any) -> list[int]:
    """Return the keys of the house's things of a model."""
    return [thing.pk for things in house.things.values() for thing in things.values() if isinstance(thing, model)]


def test_a_dossier_tells_a_key_for_directives_alone_of_no_other_noun(house, homes, key):
    door = open_to(key, "directives:read")
    met: set[str] = set()
    for directive in house.things["directive"].values():
        met |= door.ask("GET", reverse("api:directive-dossier", args=[directive.pk])).words & homes.keys()

    assert met
    assert {home.model for one in met for home in homes[one]} == {models.Directive}


@pytest.mark.parametrize("noun", BEHIND)
def test_evidence_behind_a_paper_needs_the_scope_of_evidence(house, key, noun):
    plural, thing = (
        f"{noun}s" if noun != "accountability" else noun,
        house.things[noun]["own" if noun != "clue" else "draft"],
    )
    path = reverse(f"api:{plural}-evidence", args=[thing.pk, house.things["evidence"]["own"].pk])

    assert open_to(key, f"{plural}:read").ask("GET", path).status == 403
