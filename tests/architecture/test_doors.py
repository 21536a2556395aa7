"""Laws over both doors: they are made of the same tables, ask the same facts, and answer alike."""

import inspect
from importlib import import_module

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from config.api import router
from organization import verbs as of_organization
from supervision.verbs import answering, correcting, informing, inspecting
from tasks import verbs as of_tasks
from tests.architecture.themes import LIFECYCLES, TAKEN_BY_OTHERS, THEMES
from tests.architecture.themes import NOUNS as BY_NAME
from workflow.doors.inputs import OperationForm
from workflow.doors.verbs import Noun, Verb

ROOMS = (of_tasks, of_organization, inspecting, correcting, informing, answering)
NOUNS = [noun for room in ROOMS for noun in room.NOUNS]
LONE = [verb for room in ROOMS for verb in vars(room).values() if isinstance(verb, Verb)]
VERBS = [(noun.name, verb) for noun in NOUNS for verb in noun.verbs] + [("", verb) for verb in LONE]
OFFERED = [noun for theme in THEMES for noun in theme.nouns]


def asked(operation):
    """Return the keyword-only parameters of an operation, without who does it; True where one may be left out."""
    parameters = inspect.signature(operation).parameters.values()
    return {p.name: p.default is not p.empty for p in parameters if p.kind is p.KEYWORD_ONLY and p.name != "by"}


def subject_of(operation):
    """Return the name of the thing that the operation is done to; None for one that makes something of nothing."""
    return next(
        (p.name for p in inspect.signature(operation).parameters.values() if p.kind is not p.KEYWORD_ONLY), None
    )


# ------------------------------------------------------------------------------------------------ one table, one input


@pytest.mark.parametrize(("noun", "verb"), VERBS, ids=lambda value: getattr(value, "name", value) or "-")
def test_a_form_asks_what_its_operation_asks(noun, verb):
    known = set(asked(verb.operation))
    if not noun and subject_of(verb.operation):
        known.add(subject_of(verb.operation))  # a lone verb is told of its subject in the form

    assert set(verb.form.base_fields) == known
    assert issubclass(verb.form, OperationForm)


@pytest.mark.parametrize(("noun", "verb"), VERBS, ids=lambda value: getattr(value, "name", value) or "-")
def test_what_an_operation_needs_a_form_demands(noun, verb):
    needed = {name for name, optional in asked(verb.operation).items() if not optional}
    demanded = {name for name, field in verb.form.base_fields.items() if field.required}

    assert needed - demanded <= EMPTY_IS_AN_ANSWER


EMPTY_IS_AN_ANSWER = {"checks", "reached", "portfolio", "parent"}
"""Of six checks none may hold, a list may be empty: the form then gives nothing, and the operation takes it."""


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_every_verb_at_the_doors_is_a_step(noun):
    assert {verb.name for verb in noun.verbs} <= set(noun.lifecycle.verbs)


def test_every_noun_of_the_two_rooms_is_held_to_the_laws():
    assert {noun.name for noun in OFFERED} == {noun.name for noun in NOUNS if noun not in of_organization.NOUNS}


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.noun)
def test_every_step_has_a_door_or_is_taken_by_another(lifecycle):
    doors = {verb.name for verb in BY_NAME[lifecycle.noun].verbs}

    assert {f"{lifecycle.noun}.{verb}" for verb in set(lifecycle.verbs) - doors} <= set(TAKEN_BY_OTHERS)


def test_what_is_taken_by_another_is_a_step_and_its_taker_a_step_or_a_job():
    known = {f"{lifecycle.noun}.{verb}" for lifecycle in LIFECYCLES for verb in lifecycle.verbs}

    assert set(TAKEN_BY_OTHERS) <= known
    assert {taker for taker in TAKEN_BY_OTHERS.values() if not taker.startswith("a job ")} <= known


def test_an_operation_stands_behind_one_verb_of_a_noun():
    for noun in NOUNS:
        operations = [verb.operation for verb in noun.verbs]
        assert len(operations) == len(set(operations))


# ------------------------------------------------------------------------------------------------ addresses


def addresses(patterns=None, prefix=""):
    """Yield every address of the house with its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern


@pytest.mark.parametrize("noun", OFFERED, ids=lambda noun: noun.name)
def test_every_verb_has_its_address_in_rest(noun):
    found = {verb.name: reverse(f"api:{noun.plural}-{verb.name}", args=[7]) for verb in noun.verbs}

    assert found == {verb.name: f"/api/v1/{noun.plural}/7/{verb.name}/" for verb in noun.verbs}


@pytest.mark.parametrize("noun", OFFERED, ids=lambda noun: noun.name)
def test_every_verb_has_its_page(noun):
    missing = [verb.name for verb in noun.verbs if page_of(noun, verb.name) is None]

    assert missing == []


def page_of(noun: Noun, verb: str, key: int = 7):
    """Return the address of a verb's page; None while there is none."""
    try:
        return reverse(f"{noun.name}-{verb}", args=[key])
    except NoReverseMatch:
        return None


def test_rest_holds_the_nouns_that_were_promised_and_no_others():
    promised = ["departments", "people", *(plural for theme in THEMES for plural in theme.rest)]

    assert sorted(prefix for prefix, _set, _name in router.registry) == sorted(promised)
    assert reverse("api:me") == "/api/v1/me/"


OPEN_TO_ALL = {"api/v1/verify/<str:code>/"}
"""An inspected unit checks a notice without a login (R10)."""


def test_no_view_of_rest_stands_open_but_the_verification_of_notices():
    for address, pattern in addresses():
        if not address.startswith("api/v1/") or address in OPEN_TO_ALL:
            continue
        permissions = {permission.__name__ for permission in pattern.callback.cls.permission_classes}
        assert "IsAuthenticated" in permissions, address
        assert "HasScope" in permissions or address == "api/v1/me/", address


def test_every_list_begins_with_what_the_caller_may_see():
    for _prefix, viewset, _name in router.registry:
        source = inspect.getsource(import_module(viewset.__module__))
        assert ".objects.all()" not in source.replace("Task.objects.all().worst_below", ""), viewset


@pytest.mark.parametrize(("noun", "verb"), VERBS, ids=lambda value: getattr(value, "name", value) or "-")
def test_an_operation_is_one_transaction_as_a_whole_so_that_a_door_may_do_it_again(noun, verb):
    """F29: what a deadlock breaks off leaves nothing behind, and nothing was done before the transaction began."""
    source = inspect.getsource(inspect.unwrap(verb.operation))

    assert source.startswith("@transaction.atomic\n")
