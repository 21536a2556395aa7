"""Every verb of every noun, done at both doors: they answer alike, and the same deed by the wrong person, at the wrong
moment or over the wrong version changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from organization.models import Post
from organization.operations import clients
from organization.states import Role
from tests.architecture.stages import floors_of
from tests.architecture.themes import DEEDS, PLURALS
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from workflow.models import Event

pytestmark = pytest.mark.once

KIND = {200: "done", 201: "done", 204: "done", 302: "done", 400: "malformed", 403: "forbidden", 404: "hidden",
        409: "moment", 412: "stale", 422: "rule"}  # fmt: skip
MOMENT = ("moment", "moment")
PEOPLE = ("supervisor", "handler", "stranger")
LEADERS = ("leader", "chief")
OTHERS = ("supervisor", "leader", "handler", "unit_head", "helper", "stranger", "auditor")

every_deed = pytest.mark.parametrize(
    "deed",
    [pytest.param(deed, marks=pytest.mark.floor(*floors_of(deed)), id=deed.name) for deed in DEEDS],
    scope="module",
)
"""All tests of one deed run one after the other, on the same things."""


@pytest.fixture
def stage(cast, ground, deed):
    """Return the people and the things that the deed is done to (tests/architecture/stages.py)."""
    return ground.found(floors_of(deed)[1])


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def test_the_deeds_are_all_the_verbs():
    assert sorted(deed.name for deed in DEEDS) == sorted(
        f"{noun.plural}.{verb.name}" for noun in PLURALS.values() for verb in noun.verbs
    )


@every_deed
def test_both_doors_answer_alike(stage, deed):
    who, thing, elsewhere = stage.who, stage.thing, stage.elsewhere
    right, said = getattr(who, deed.by), deed.fields(who, thing)
    tries = {person.name: (person, thing, said) for person in differing(thing, unable(deed, stage, PEOPLE))}
    tries["可办"] = (right, thing, said)
    if elsewhere is not None:
        tries["另一时刻"] = (right, elsewhere, deed.fields(who, elsewhere) if deed.noun == "batches" else said)

    pages, rests = {}, {}
    for name, (person, subject, words) in tries.items():
        with undone():
            pages[name] = by_page(person, deed, subject, words, looks=name == "可办")
        with undone():
            rests[name] = by_rest(person, deed, subject, words)

    assert pages == rests
    assert pages["可办"] == "done"
    assert pages.get("另一时刻", "moment") in ("moment", "forbidden")


def by_rest(person, deed, thing, said):
    said = said | ({"file": rewound(said["file"])} if "file" in said else {})
    version = make.fresh(thing).version
    answer = Caller(person).post(deed.noun, thing.pk, deed.verb, version=version, files=deed.files, **said)
    return KIND[answer.status_code]


def differing(thing, people):
    """Return one of the people who see the thing, and one who does not; tests/leaks asks everybody at every address."""
    seers = type(thing).objects.filter(pk=thing.pk)
    return list({seers.visible_to(person).exists(): person for person in people}.values())


def by_page(person, deed, thing, said, *, looks):
    """Look at the page, which changes nothing, then send it; return what the sending came to."""
    client, events = Client(), Event.objects.count()
    page = reverse(f"{PLURALS[deed.noun].name}-{deed.verb}", args=[thing.pk])
    client.force_login(person)
    if looks:
        client.get(page, {name: value for name, value in said.items() if name == "row"})
    assert Event.objects.count() == events
    lines = {name: as_lines(value) for name, value in said.items()}
    lines |= {"version": str(make.fresh(thing).version)}
    return KIND[client.post(page, lines).status_code]


def as_lines(value):
    """Return a value as a page's form sends it."""
    if hasattr(value, "seek"):
        return rewound(value)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return json.dumps(value)
    return [str(item) for item in value] if isinstance(value, list) else str(value)


def rewound(file):
    file.seek(0)
    return file


@every_deed
def test_a_verb_is_done_by_who_may_and_not_done_again(stage, deed):
    who, thing = stage.who, stage.thing
    caller, seen = Caller(getattr(who, deed.by)), version_of(thing)
    offered = caller.get(deed.noun, thing.pk)

    answer = caller.post(deed.noun, thing.pk, deed.verb, version=seen, files=deed.files, **deed.fields(who, thing))

    assert deed.verb in offered.json()["steps"]
    assert offered["ETag"] == f'"{seen}"'
    if makes(deed):
        assert answer.status_code == 201, answer.json()
        return
    if answer.status_code == 204:  # his own deed took his sight: he is told no more than that it is done
        assert not type(thing).objects.visible_to(getattr(who, deed.by)).filter(pk=thing.pk).exists()
        assert make.fresh(thing).state == deed.leads_to
        return
    told = answer.json()
    assert (answer.status_code, told["id"], told["state"]) == (200, thing.pk, deed.leads_to), told
    assert answer["ETag"] == f'"{told["version"]}"' == f'"{version_of(thing)}"'
    assert told["version"] > seen
    if leads_on(deed):
        before = snapshot(thing), Event.objects.count()
        again = caller.post(deed.noun, thing.pk, deed.verb, version=told["version"], **deed.fields(who, thing))
        assert again.status_code in (403, 409) or again.json()["code"] == "task.same_lead", again.json()
        assert again.status_code in (403, 422) or again.json()["details"]["state"] == deed.leads_to
        assert (snapshot(thing), Event.objects.count()) == before


@every_deed
def test_who_may_not_and_who_saw_another_version_change_nothing(stage, deed):
    who, thing = stage.who, stage.thing
    seen, before = version_of(thing), (snapshot(thing), Event.objects.count())

    def attempt(person, version):
        said = deed.fields(who, thing)
        return Caller(person).post(deed.noun, thing.pk, deed.verb, version=version, files=deed.files, **said)

    refused = unable(deed, stage, OTHERS)
    answers = [(person, attempt(person, seen)) for person in refused]
    stale, silent = attempt(getattr(who, deed.by), seen + 1), attempt(getattr(who, deed.by), None)

    assert {"住建经办", "审计员"} <= {person.name for person in refused}
    for person, answer in answers:
        visible = type(thing).objects.visible_to(person).filter(pk=thing.pk).exists()
        assert (person.name, answer.status_code) == (person.name, 403 if visible else 404), answer.json()
        assert answer.json().keys() == {"code", "message", "details", "request_id"}
    assert (stale.status_code, stale.json()["code"], stale.json()["details"]["current"]) == (412, "version.stale", seen)
    if not makes(deed):
        assert (silent.status_code, silent.json()["code"]) == (428, "version.required")
        assert (snapshot(thing), Event.objects.count()) == before


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(deed, marks=pytest.mark.floor(*floors_of(deed)), id=deed.name)
        for deed in DEEDS
        if deed.by in LEADERS
    ],
    scope="module",
)
def test_what_a_leader_decides_no_system_decides_in_his_place(stage, deed):
    """R28, R39: an approver is a human being, whatever post a key was given."""
    who, thing = stage.who, stage.thing
    leader = getattr(who, deed.by)
    key = clients.register(
        by=None, name="省平台", department=leader.department, role=Role.LEADER, scopes=[f"{deed.noun}:write"]
    )
    Post.objects.filter(pk=key.post_id).update(rank=leader.post.rank)
    before = snapshot(thing), Event.objects.count()

    answer = Caller(key=key.key).post(
        deed.noun, thing.pk, deed.verb, version=version_of(thing), files=deed.files, **deed.fields(who, thing)
    )

    assert answer.status_code in (403, 404), answer.json()
    assert answer.json()["code"] != "client.scope"
    assert (snapshot(thing), Event.objects.count()) == before


def unable(deed, stage, names):
    """Return those of the people to whom the verb is not open."""
    noun, thing = PLURALS[deed.noun], make.fresh(stage.thing)
    people = [getattr(stage.who, name) for name in names]
    return [person for person in people if deed.verb not in noun.steps(thing, person)]


def makes(deed):
    return PLURALS[deed.noun].verb(deed.verb).makes


def version_of(thing):
    return make.fresh(thing).version


def leads_on(deed):
    """Tell whether the verb leads to another state, so that it cannot be taken twice."""
    rows = PLURALS[deed.noun].lifecycle.rows(deed.verb)
    return all(row.target and row.target not in row.sources for row in rows)


def snapshot(thing):
    """Return every column of the row."""
    row = make.fresh(thing)
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
