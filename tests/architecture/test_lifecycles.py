"""The law of steps: every operation answers everybody, at every state, as the table says; a refusal changes nothing."""

from collections import Counter, defaultdict
from itertools import count

import pytest
from django.db import transaction

from supervision.models import Accountability, Inspection
from tasks.models import Task
from tests.architecture import theme as themes
from tests.architecture.themes import NOUNS, THEMES
from workflow.models import Event
from workflow.refusal import Conflict, Forbidden, RuleBroken, WrongState

pytestmark = pytest.mark.django_db


def expected(lifecycle, thing, verb, user):
    """Read the table anew, independently of its own guard."""
    rows = [step for step in lifecycle if step.verb == verb]
    now = [step for step in rows if thing.state in step.sources]
    if any(step.actor(user, thing) for step in now):
        return None
    another_time = not now and any(step.actor(user, thing) for step in rows)
    return WrongState if another_time else Forbidden


def attempt(operation, thing, user, words):
    """Try the operation on a fresh row and undo it; return what was refused, or None."""
    thing = type(thing).objects.get(pk=thing.pk)
    before = transaction.savepoint()
    try:
        operation(thing, by=user, **words)
    except (Forbidden, WrongState, RuleBroken, Conflict) as refusal:
        return refusal
    else:
        return None
    finally:
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)


def stored(thing):
    rows = [type(thing).objects.filter(pk=thing.pk).values().get()]
    roots = [*Task.objects.filter(pk=getattr(thing, "task_id", None)).values()]
    roots += Inspection.objects.filter(pk=getattr(thing, "inspection_id", None)).values()
    roots += Accountability.objects.filter(pk=getattr(thing, "accountability_id", None)).values()
    return rows + roots, Event.objects.count()


def test_every_state_of_every_noun_is_on_the_stage(house):
    for lifecycle in house.theme.lifecycles:
        lot = house.things[lifecycle.noun]
        states = {value for value, _label in type(lot[0])._meta.get_field("state").choices}
        assert {thing.state for thing in lot} == states, lifecycle.noun


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_verb_has_an_operation_and_a_row_of_who_may(theme):
    offered = {f"{noun.name}.{verb.name}" for noun in theme.nouns for verb in noun.verbs}
    stepped = {f"{table.noun}.{verb}" for table in theme.lifecycles for verb in table.verbs}

    assert offered == set(theme.may) | set(theme.elsewhere)
    assert stepped - offered == set(theme.taken_by_others)
    assert offered - stepped == set()


def test_the_guard_answers_everybody_at_every_state_as_the_table_says(house):
    """The whole matrix, on the guard that every operation asks first."""
    for noun, lot in house.things.items():
        table = NOUNS[noun].lifecycle
        for thing in lot:
            for name, user in house.people.items():
                for verb in table.verbs:
                    try:
                        got = type(None) if table.check(thing, verb, user) else None
                    except (Forbidden, WrongState) as refusal:
                        got = type(refusal)
                    assert got is (expected(table, thing, verb, user) or type(None)), (noun, thing.state, verb, name)


def test_every_operation_answers_as_the_table_says_and_a_refusal_changes_nothing(house, capsys):
    """Whoever may is let in; of those who may not, one after the other in turn tries each verb at each state."""
    did, tried, turn = defaultdict(set), Counter(), count()
    for noun, lot in house.things.items():
        for thing in lot:
            before = stored(thing)
            for verb in NOUNS[noun].verbs:
                full = f"{noun}.{verb.name}"
                if full in house.theme.elsewhere:
                    continue
                answers = defaultdict(list)
                for name, user in house.people.items():
                    answers[expected(NOUNS[noun].lifecycle, thing, verb.name, user)].append((name, user))
                for wanted, people in answers.items():
                    for name, user in people if wanted is None else [people[next(turn) % len(people)]]:
                        got = attempt(verb.operation, thing, user, themes.said(house.theme, full, house.who, thing))
                        case = f"{full} by {name} on {noun} {thing.pk} ({thing.state}): {got}"
                        judge(full, case, wanted, got, house.theme.rules)
                        tried[wanted.__name__ if wanted else "done"] += 1
                        if wanted is None:
                            did[full].add(name)
            assert stored(thing) == before, (noun, thing.pk)

    with capsys.disabled():
        print(f"\nlaw of steps, {house.theme.name}: {sum(tried.values())} deeds tried, {dict(tried)}")  # noqa: T201
    assert dict(did) == dict(house.theme.may)


def judge(full, case, wanted, got, rules):
    """Compare an answer with the table's."""
    if wanted is None:
        assert got is None or got.code in rules.get(full, ()), case
        return
    assert type(got) is wanted, case
    assert got.code == f"{full}.{'forbidden' if wanted is Forbidden else 'wrong_state'}", case


def test_who_may_act_can_see_and_who_stands_outside_sees_nothing(house):
    for noun, lot in house.things.items():
        for name, user in house.people.items():
            seen = set(NOUNS[noun].model.objects.visible_to(user).values_list("pk", flat=True))
            for thing in lot:
                open_now = NOUNS[noun].lifecycle.open_to(thing, user)
                assert not open_now or thing.pk in seen, (noun, thing.state, name, open_now)
            if name in house.theme.outside:
                # What an office sets is no business: colours hold no secrets.
                assert seen == ({thing.pk for thing in lot} if noun == "office" else set()), (noun, name)


@pytest.mark.parametrize("house", ["tasks"], indirect=True)
def test_a_stranger_sees_only_what_was_given_to_his_unit(house):
    for name in ("stranger", "stranger_head"):
        # The housing bureau leads one task that was given to it, and is waited for in others; nothing else is its.
        housing = house.people[name].department
        for task in Task.objects.visible_to(house.people[name]):
            assert task.blocked_by == housing or task.assignments.filter(department=housing).exists()


def test_the_buttons_offered_are_the_steps_that_are_open(house):
    for noun, lot in house.things.items():
        for thing in lot:
            for name in ("supervisor", "handler", "leader", "helper"):
                user = house.people[name]
                steps = NOUNS[noun].steps(thing, user)
                assert {b["name"] for b in NOUNS[noun].buttons(thing, user) if b["open"]} == set(steps)
                table = NOUNS[noun].lifecycle
                assert steps == [v.name for v in NOUNS[noun].verbs if expected(table, thing, v.name, user) is None]
