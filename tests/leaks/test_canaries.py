"""Canaries: no caller is told a word that is not for him, whichever way he asks (reliability.md 5.6, 4).

The matrix reads every answer to a plain request; here the rest is asked: tabs, fragments, whole lists, searches and
filters, workbooks and files, as the product answers, with nothing remembered from one request to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from config.api import router
from organization.querysets import UserQuerySet
from supervision import models as checking
from tasks import querysets
from tasks.models import Breakdown, Clause, Directive, Evidence, Report, Task
from tests.leaks import canaries, policy
from tests.leaks import policy_supervision as supervision
from tests.leaks.canaries import KEPT, SHAPE, is_kept, is_text, tables, told, word_fields
from tests.leaks.door import Door
from tests.leaks.terms import BESIDE, CALLERS
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOWHERE = 987_654_321
NOBODYS = "zznobodyzz"
TABS = ("history", "reports", "evidence", "limits", "blockers", "milestones", "closures", "cascade")
LISTS = (
    "task-list", "directive-list", "blocker-list", "import-list", "department-list", "person-list",
    *(f"{noun}-list" for noun in supervision.LISTS),
)  # fmt: skip
CHECKED_TABS = {
    "inspection": ("checklist", "worksheets", "findings", "conclusions", "report", "team", "repeated", "history"),
    "finding": ("proofs", "history"),
    "bulletin": ("ledger", "receipts", "history"),
} | dict.fromkeys(("plan", "conclusion", "accountability", "clue", "commendation", "case"), ("history",))
"""The tabs of what supervision holds; of each the matrix reads the first."""
VIEWED = ("own", "child", "waiting")
"""The tasks whose every tab is opened; of the others the matrix reads the first."""
SEES_WHOLE = ("supervisor", "leader", "unit_head", "handler")
"""Who sees all of a task or nothing: one with all its tabs is enough."""


@pytest.fixture(scope="package")
def callers(house, django_db_blocker) -> dict[str, Door]:
    """Return a door for each caller."""
    with django_db_blocker.unblock():
        found = {name: Door(user) for name, user in house.callers.items()}
    return found | {"client": Door(key=house.key), "anonymous": Door()}


# ----------------------------------------------------------------------------------------------- every field has a word


def test_every_text_of_every_row_is_a_canary(house, homes):
    mute = [
        f"{row._meta.label}({row.pk}).{field.name}"
        for model in tables()
        for field in word_fields(model)
        for row in model._base_manager.all()
        if getattr(row, field.name) not in nothing_said(model) and not SHAPE.search(str(getattr(row, field.name)))
    ]

    assert [name for name in mute if not name.startswith(MUTE)] == []


def nothing_said(model: Any) -> tuple[Any, ...]:
    """Return what a field may hold instead of a word; many of supervision hold nothing yet, as a check demands."""
    silent = model._meta.app_label == "supervision" or model in (Breakdown, Clause)
    return (None, {}, [], "") if silent else (None, {}, [])


MUTE = ("workflow.Event", "tasks.BatchRow", "tasks.Batch")
"""What is copied from other rows: of an event, an import and its lines many hold no words, but none holds another's."""


def test_what_holds_no_word_is_named_and_there():
    named = {label for label in KEPT if label.count(".") == 2}
    there = {f"{model._meta.label}.{field.name}" for model in tables() for field in model._meta.concrete_fields}
    bases = {base.__name__ for model in tables() for base in model.__mro__}

    assert named - there == set()
    assert {label.split(".")[0] for label in KEPT} - {model._meta.app_label for model in tables()} <= bases
    assert any(is_kept(model, field) for model in tables() for field in model._meta.concrete_fields if is_text(field))


# ------------------------------------------------------------------------------------------------ whatever is asked


def requests(house: Any, caller: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield address, query and whether as a fragment, for all that the matrix did not ask."""
    yield from rest_requests(house, caller)
    if caller in BESIDE:
        yield from checked_requests(house, caller)
    if caller == "client" or caller in BESIDE:  # these are told of tasks as others are
        return
    for name in LISTS:
        yield reverse(name), {"page_size": 100}, True
    yield reverse("task-list"), {"open": "", "sort": "new"}, False
    yield reverse("overdue-board"), {"scope": house.units.water.pk}, False
    for tab in ("near", "late", "open", "blocked", "mine"):
        yield reverse("desk"), {"tab": tab}, False
    for noun, tabs, relations in (("task", TABS, VIEWED), ("directive", ("files", "history"), (*VIEWED, "draft"))):
        for relation, thing in house.things[noun].items():
            if relation in (relations[:1] if caller in SEES_WHOLE else relations) and policy.sees(
                noun, relation, caller
            ):
                yield from ((reverse(f"{noun}-detail", args=[thing.pk]), {"tab": tab}, False) for tab in tabs)
    yield from checked_requests(house, caller)
    for tab in ("late", "joint", "co", "waits", "waited"):
        yield reverse("department-tasks", args=[house.units.transport.pk]), {"tab": tab}, True


def checked_requests(house: Any, caller: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield the tabs of what supervision holds, and all that is told of a task which is inspected, openly or not."""
    for noun, tabs in CHECKED_TABS.items():
        for relation, thing in house.things[noun].items():
            if policy.sees(noun, relation, caller):
                yield from ((reverse(f"{noun}-detail", args=[thing.pk]), {"tab": tab}, False) for tab in tabs)
    for task in (house.inspected_task, house.covert_task):
        yield reverse("directive-dossier", args=[task.directive_id]), {}, False
        yield reverse("task-ladder", args=[task.pk]), {}, False
        yield from ((reverse("task-detail", args=[task.pk]), {"tab": tab}, False) for tab in ("history", "reports"))


def rest_requests(house: Any, caller: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield the whole lists of the REST door."""
    for prefix, _viewset, _name in router.registry:
        yield reverse(f"api:{prefix}-list"), {"page_size": 200}, False


@pytest.mark.parametrize("caller", [*CALLERS, *BESIDE])
def test_nobody_is_told_a_word_that_is_not_for_him(house, callers, homes, allowed, caller):
    leaks, met = crawl(house, callers[caller], homes, allowed[caller], caller)

    assert leaks == []
    assert (caller == "anonymous") == (not met), "nothing at all was met"


def crawl(
    house: Any, door: Door, homes: canaries.Homes, allowed: set[str], caller: str, asked: Any = requests
) -> tuple[list[str], set[str]]:
    """Ask everything as a caller; return what leaked, and the words that were met."""
    leaks, met = [], set()
    for path, query, fragment in asked(house, caller):
        answer = door.ask("GET", path, query, htmx=fragment)
        met |= answer.words & homes.keys()
        if answer.status >= 500:
            leaks.append(f"{path} {query}: {answer.status} {answer.error!r}")
        if leaked := (answer.words & homes.keys()) - allowed:
            leaks.append(f"{path} {query}: {told(homes, leaked)}")
    return leaks, met


# ------------------------------------------------------------------------------------------------ search and filters

SEARCHING = ("neighbour", "helper", "below", "inspector", "stranger", "client", "unit_head", "colleague", "recused")
KEYS = {
    "directive": Directive, "task": Task, "parent": Task, "report": Report, "stream": Task, "subject_id": Task,
    "sha256": Evidence, "breakdown": Breakdown,
    "accountability": checking.Accountability, "bulletin": checking.Bulletin, "case": checking.Case,
    "clue": checking.Clue, "commendation": checking.Commendation, "conclusion": checking.Conclusion,
    "finding": checking.Finding, "inspection": checking.Inspection, "statement": checking.Statement,
    "worksheet": checking.Worksheet, "plan_item": checking.PlanItem, "rectification": checking.Rectification,
    "beside": checking.Plan,
}  # fmt: skip
VALUES = {"stream": lambda row: f"task:{row.pk}", "sha256": lambda row: row.sha256}


@pytest.mark.parametrize("caller", SEARCHING)
def test_a_search_for_what_is_hidden_finds_what_a_search_for_nothing_finds(house, callers, homes, allowed, caller):
    door, found = callers[caller], []
    for prefix, viewset, _name in router.registry:
        filters = viewset.filter_class.base_filters if viewset.filter_class else {}
        if "q" not in filters or not viewset.model._base_manager.exists():  # a list of nothing finds nothing
            continue
        path = reverse(f"api:{prefix}-list")
        is_checking = viewset.model._meta.app_label == "supervision"
        for one in hidden_words(homes, allowed[caller], CHECKED if is_checking else SEARCHED):
            if (answer := door.ask("GET", path, {"q": one})).content != EMPTY:
                found.append(f"{path}?q={homes[one][0]}: {answer.status}")

    assert found == []


EMPTY = b'{"next":null,"previous":null,"results":[]}'


def hidden_words(homes: canaries.Homes, allowed: set[str], searched: Any) -> list[str]:
    """Return hidden words: of each field of each model that a search might look at, the first."""
    seen: dict[Any, int] = {}
    chosen = []
    for one, places in homes.items():
        model, field = places[0].model, places[0].field
        names = (model._meta.label, f"{model._meta.label}.{field}")
        if one in allowed or not {*names} & {*searched} or seen.setdefault((model, field), 0) >= 1:
            continue
        seen[model, field] += 1
        chosen.append(one)
    return chosen


CHECKED = (
    "tasks.Task.matter", "supervision.Inspection.title", "supervision.Inspection.topic", "supervision.Finding.fact",
    "supervision.Notice.text", "supervision.Bulletin.title", "supervision.Accountability.facts",
    "supervision.Clue.facts", "supervision.Clue.person_name", "supervision.Informant.name",
    "supervision.Commendation.deed", "supervision.Case.story",
)  # fmt: skip
SEARCHED = ("tasks.Task", "tasks.Directive", "organization.User", "organization.Department", "organization.Post")


@pytest.mark.parametrize("caller", SEARCHING)
def test_a_filter_by_what_is_hidden_tells_no_more_than_one_by_nothing(house, callers, caller):
    door, told_ = callers[caller], []
    hidden = hidden_rows(house, caller)
    for prefix, viewset, _name in router.registry:
        held = viewset.filter_class and viewset.model._base_manager.exists()
        filters = viewset.filter_class.base_filters if held else {}
        for name in filters.keys() & KEYS.keys():
            for row in hidden[KEYS[name]] if (prefix, name) not in TOLD_ANYWAY else ():
                value = VALUES.get(name, lambda row: row.pk)(row)
                answer = door.ask("GET", reverse(f"api:{prefix}-list"), {name: value})
                if answer.content != EMPTY:
                    told_.append(f"{prefix}?{name}={row!r}: {answer.status} {answer.content[:120]!r}")

    assert told_ == []


TOLD_ANYWAY = {
    ("tasks", "parent"), ("events", "subject_id"), ("departments", "parent"), ("statements", "accountability"),
}  # fmt: skip
"""A task tells the key of the one above it; another noun's event may bear the same key, and a unit; who was asked for
his own words finds them by the proposal for which he was."""


NEAR = ("own", "waiting", "unrelated")


def hidden_rows(house: Any, caller: str) -> dict[Any, list[Any]]:
    """Return the things of the house that the caller does not see, by model."""
    nouns = {"directive": Directive, "task": Task, "report": Report, "evidence": Evidence, "breakdown": Breakdown}
    found = {
        model: [
            house.things[noun][relation]
            for relation in NEAR
            if relation in house.things[noun] and not policy.sees(noun, relation, caller)
        ]
        for noun, model in nouns.items()
    }
    for name in KEYS.keys() & supervision.SIGHT.keys():
        seers, things = supervision.SIGHT[name], house.things[name]
        found[KEYS[name]] = [thing for relation, thing in things.items() if caller not in seers.get(relation, ())][:4]
    foreign = house.things["plan"]["unrelated"]
    return found | {checking.Plan: [foreign], checking.PlanItem: [foreign.items.get()]}


def test_every_filter_by_a_key_of_the_business_is_tried():
    known = {
        name
        for _prefix, viewset, _name in router.registry
        if viewset.filter_class
        for name, found in viewset.filter_class.base_filters.items()
        if isinstance(found.field, forms.IntegerField | forms.CharField)
        and "DecimalField" not in type(found.field).__name__
    }

    assert known - KEYS.keys() - {"q", *OF_UNITS, "year", "kind", "subject_type", "late_from", "late_to"} == set()


OF_UNITS = (
    "lead", "unit", "blocked_by", "within", "answerable", "answerable_within", "organiser", "department", "waiting_on",
    "actor", "parent", "receiver", "user",
)  # fmt: skip
"""Units and people are everybody's to know."""


# ------------------------------------------------------------------------------------------------ the test of the test

SCOPES = {
    "tasks": querysets.TaskQuerySet, "assignments": querysets.PartQuerySet, "reports": querysets.OwnPartQuerySet,
    "blockers": querysets.BlockerQuerySet, "directives": querysets.DirectiveQuerySet,
    "batches": querysets.BatchQuerySet,
}  # fmt: skip


@pytest.mark.parametrize("noun", SCOPES)
def test_a_scope_that_lets_everything_through_is_found(house, callers, homes, allowed, monkeypatch, noun):
    monkeypatch.setattr(SCOPES[noun], "visible_to", lambda rows, user: rows)

    leaks, _met = crawl(house, callers["stranger"], homes, allowed["stranger"], "stranger", rest_requests)

    assert any(f"/{noun}/" in leak for leak in leaks)


@pytest.mark.parametrize("question", ["known_to", "whole_to"])
def test_a_narrower_scope_that_widens_is_found(house, callers, homes, allowed, monkeypatch, question):
    monkeypatch.setattr(querysets.TaskQuerySet, question, lambda rows, user: rows)

    leaks, _met = crawl(house, callers["neighbour"], homes, allowed["neighbour"], "neighbour")

    assert leaks


def test_an_event_of_everybody_s_is_found(house, callers, homes, allowed, monkeypatch):
    monkeypatch.setattr("tasks.api.events.events_visible_to", lambda user, tasks, directives: Event.objects.all())

    leaks, _met = crawl(house, callers["helper"], homes, allowed["helper"], "helper", rest_requests)

    assert any("/events/" in leak for leak in leaks)


def test_a_directory_that_shows_accounts_is_found(house, callers, homes, allowed, monkeypatch):
    monkeypatch.setattr(UserQuerySet, "visible_to", lambda rows, user: rows)

    leaks, _met = crawl(house, callers["client"], homes, allowed["client"], "client", rest_requests)

    assert any("/people/" in leak for leak in leaks)
