"""The law of steps: every operation answers everybody, at every state, as the table says; a refusal changes nothing."""

from collections import Counter, defaultdict
from itertools import count

import pytest
from django.db import transaction

from tasks import lifecycles, verbs
from tasks.models import Task
from tests.architecture import stages
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken, WrongState

pytestmark = pytest.mark.django_db

ISSUER = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
WATER = {"handler", "unit_head"}
FINANCE = {"helper", "helper_head"}
RIVER = {"below", "below_head"}
HOUSING = {"stranger", "stranger_head"}

MAY: dict[str, set[str]] = {
    "directive.edit": ISSUER, "directive.attach": ISSUER, "directive.submit": ISSUER, "directive.approve": LEADERS,
    "directive.send_back": LEADERS, "directive.draft": ISSUER, "directive.withdraw": ISSUER,
    # tasks of the office, and those that the water bureau gave to its river department
    "task.edit": ISSUER, "task.drop": ISSUER, "task.assign": ISSUER,
    "task.add_units": ISSUER | WATER, "task.name": WATER | RIVER,
    "task.reassign": ISSUER | WATER | LEADERS, "task.insist": ISSUER | WATER,
    "task.report": WATER | FINANCE | RIVER, "task.prove": WATER | FINANCE | RIVER, "task.mark": WATER | RIVER,
    "task.split": WATER | FINANCE | RIVER, "task.extend": WATER | RIVER, "task.suspend": WATER | RIVER,
    "task.raise": WATER | FINANCE | RIVER, "task.claim": WATER | RIVER, "task.sign_off": {"unit_head"},
    "task.verify": ISSUER | {"handler", "unit_head"}, "task.close": LEADERS | {"unit_head"},
    "task.send_back": ISSUER | LEADERS | WATER, "task.withdraw": WATER | RIVER, "task.resume": ISSUER,
    "task.reopen": ISSUER, "task.terminate": LEADERS | {"unit_head"},
    "assignment.sign": WATER | FINANCE, "assignment.decline": WATER | FINANCE, "assignment.insist": ISSUER,
    "assignment.finish": FINANCE, "assignment.excuse": ISSUER, "assignment.recall": ISSUER,
    "report.accept": ISSUER, "report.send_back": ISSUER,
    "extension.sign_off": {"unit_head"}, "extension.accept": ISSUER, "extension.grant": LEADERS,
    "extension.refuse": {"unit_head"} | ISSUER | LEADERS, "extension.withdraw": WATER,
    "suspension.grant": LEADERS, "suspension.refuse": LEADERS, "suspension.withdraw": WATER,
    "blocker.confirm": ISSUER, "blocker.refuse": ISSUER, "blocker.resolve": ISSUER | HOUSING,
    "blocker.withdraw": WATER,
    "batch.drop": ISSUER, "batch.take": ISSUER,
}  # fmt: skip
"""Who of the cast ever does what: written by hand, apart from the code."""

ELSEWHERE = {
    "directive.upload": "takes a sheet; tests/tasks/imports",
    "batch.amend": "takes a line of a read sheet; tests/tasks/imports",
}
"""Verbs whose input is too large for a law; their own tests try them."""

RULES = {
    "task.reassign": {"split.not_below"},
    "task.add_units": {"split.not_below", "assignment.unit_twice"},
    "task.claim": {"claim.helpers_open"},
    "task.split": {"split.not_below", "split.joint"},
    "task.verify": {"verify.own"},
}
"""What an open step may still be refused for, with the words used here: rules, not the table."""

NOUNS = {noun.name: noun for noun in verbs.NOUNS}


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
    except (Forbidden, WrongState, RuleBroken) as refusal:
        return refusal
    else:
        return None
    finally:
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)


def stored(thing):
    rows = [type(thing).objects.filter(pk=thing.pk).values().get()]
    task = getattr(thing, "task_id", None)
    return [*rows, *Task.objects.filter(pk=task).values()], Event.objects.count()


def test_every_state_of_every_noun_is_on_the_stage(house):
    for lifecycle in lifecycles.ALL:
        lot = house.things[lifecycle.noun]
        states = {value for value, _label in type(lot[0])._meta.get_field("state").choices}
        assert {thing.state for thing in lot} == states, lifecycle.noun


def test_every_verb_has_an_operation_and_a_row_of_who_may():
    offered = {f"{noun.name}.{verb.name}" for noun in verbs.NOUNS for verb in noun.verbs}
    stepped = {f"{table.noun}.{verb}" for table in lifecycles.ALL for verb in table.verbs}

    assert offered == set(MAY) | set(ELSEWHERE)
    by_others = {f"task.{verb}" for verb in lifecycles.TAKEN_BY_OTHERS} | {"suspension.end"}
    by_jobs = {"batch.read", "batch.fail", "batch.finish"}
    assert stepped - offered == by_others | by_jobs
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
                if full in ELSEWHERE:
                    continue
                answers = defaultdict(list)
                for name, user in house.people.items():
                    answers[expected(NOUNS[noun].lifecycle, thing, verb.name, user)].append((name, user))
                for wanted, people in answers.items():
                    for name, user in people if wanted is None else [people[next(turn) % len(people)]]:
                        got = attempt(verb.operation, thing, user, stages.said(full, house.who, thing))
                        judge(full, f"{full} by {name} on {noun} {thing.pk} ({thing.state}): {got}", wanted, got)
                        tried[wanted.__name__ if wanted else "done"] += 1
                        if wanted is None:
                            did[full].add(name)
            assert stored(thing) == before, (noun, thing.pk)

    with capsys.disabled():
        print(f"\nlaw of steps: {sum(tried.values())} deeds tried, {dict(tried)}")  # noqa: T201
    assert dict(did) == MAY


def judge(full, case, wanted, got):
    """Compare an answer with the table's."""
    if wanted is None:
        assert got is None or got.code in RULES.get(full, ()), case
        return
    assert type(got) is wanted, case
    assert got.code == f"{full}.{'forbidden' if wanted is Forbidden else 'wrong_state'}", case


def test_who_may_act_can_see_and_the_stranger_sees_nothing(house):
    outside = {"discipline", "auditor", "system_admin", "security_admin", "inspector"}
    for noun, lot in house.things.items():
        for name, user in house.people.items():
            seen = set(NOUNS[noun].model.objects.visible_to(user).values_list("pk", flat=True))
            for thing in lot:
                open_now = NOUNS[noun].lifecycle.open_to(thing, user)
                assert not open_now or thing.pk in seen, (noun, thing.state, name, open_now)
            if name in outside:
                assert seen == set(), (noun, name)
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
