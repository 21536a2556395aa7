"""Laws over the room's tables of steps."""

import pytest

from organization import lifecycles, verbs
from organization.models import CalendarYear
from organization.states import Role
from tests.factories import organization as make
from workflow.refusal import Forbidden, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def things():
    handler = make.person("handler")
    return {
        "department": handler.department,
        "person": handler,
        "post": handler.posts.get(),
        "delegation": make.delegation(handler.posts.get()),
        "client": make.client(),
        "calendar_year": CalendarYear.objects.get(year=2027),
    }


@pytest.fixture
def cast(things):
    own = [things["person"], things["delegation"].delegate]
    return own + [make.person(role) for role in Role]


@pytest.mark.parametrize("noun", verbs.NOUNS, ids=[noun.name for noun in verbs.NOUNS])
def test_whoever_may_act_can_see(noun, things, cast):
    thing = things[noun.name]
    for person in cast:
        if any(step.actor(person, thing) for step in noun.lifecycle):
            assert noun.model.objects.visible_to(person).filter(pk=thing.pk).exists(), person.role


@pytest.mark.parametrize("noun", verbs.NOUNS, ids=[noun.name for noun in verbs.NOUNS])
def test_the_guard_answers_as_the_table_says(noun, things, cast):
    thing = things[noun.name]
    for step in noun.lifecycle:
        for person in cast:
            may, now = step.actor(person, thing), thing.state in step.sources
            if may and now:
                assert noun.lifecycle.check(thing, step.verb, person) == step
            else:
                with pytest.raises(WrongState if may else Forbidden):
                    noun.lifecycle.check(thing, step.verb, person)
            assert (step.verb in noun.lifecycle.open_to(thing, person)) is (may and now)


@pytest.mark.parametrize("table", lifecycles.ALL, ids=[table.noun for table in lifecycles.ALL])
def test_the_tables_name_known_states_and_can_be_drawn(table):
    model = next(noun.model for noun in verbs.NOUNS if noun.lifecycle is table)
    known = set(model.STATES.values)

    assert {source for step in table for source in step.sources} <= known
    assert {step.target for step in table} - {None} <= known
    assert table.draw().startswith("stateDiagram-v2")


def test_powers_of_administrators_are_kept_in_separate_hands(things):
    """G17: one makes, another grants, neither does the other's; the auditor does nothing of either."""
    makers, granters, auditor = (make.person(role) for role in ("system_admin", "security_admin", "auditor"))
    for noun in verbs.NOUNS:
        thing = things[noun.name]
        for verb in noun.lifecycle.verbs:
            steps = noun.lifecycle.rows(verb)
            hands = [any(step.actor(who, thing) for step in steps) for who in (makers, granters, auditor)]
            assert sum(hands) <= 1, (noun.name, verb)
            assert not hands[2], (noun.name, verb)
