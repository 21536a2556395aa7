"""The light is computed, never typed, and Python, SQLite and PostgreSQL tell it alike (R23)."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tasks import defaults, lights
from tasks.models import Task
from tasks.states import Light, TaskState
from tests.factories import tasks as make
from tests.tasks.acts import at, moment, undone

NOW = moment("2026-03-09 10:00")
STEP = timedelta(microseconds=1)
NEAR = [timedelta(0), STEP, -STEP, timedelta(hours=3), timedelta(hours=-3), timedelta(days=9), timedelta(days=-9)]


def row(who, directive, chance, number, parent):
    """Return a task in any state, its moments near to, at, or just beside now."""
    state = chance.choice(list(TaskState))
    due_at = NOW + chance.choice(NEAR)
    task = Task(
        state=state, directive=directive, parent=parent, organiser=who.office, lead=who.water, matter="x",
        number=f"测〔2026〕{number}号", due_on=due_at.date(), due_at=due_at,
        warn_at=min(due_at, due_at + chance.choice(NEAR)), original_due_on=due_at.date(),
        assigned_at=NOW - timedelta(days=30), assigned_by=who.supervisor,
        sign_by=chance.choice([None, NOW + chance.choice(NEAR)]),
        finished_at=chance.choice([None, due_at + chance.choice(NEAR)]),
        blocked_by=chance.choice([None, None, who.housing]),
    )  # fmt: skip
    if state == TaskState.CLOSED:
        task.closed_at, task.closed_by = NOW, who.leader
    if state == TaskState.SUSPENDED:
        task.suspended_on = task.suspended_until = NOW.date()
    task.save()
    return task


@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000))
def test_python_and_the_database_tell_every_light_alike(who, seed):
    with undone():
        chance, directive = random.Random(seed), make.directive(who)
        tasks = []
        for number in range(60):
            parent = chance.choice([None, *[t for t in tasks if t.depth < 4]]) if tasks else None
            tasks.append(row(who, directive, chance, number, parent))

        worst = Task.objects.none().worst_below(NOW)
        told = {t.pk: t for t in Task.objects.with_light(NOW).annotate(below=worst)}
        late = set(Task.objects.overdue(NOW).values_list("pk", flat=True))

        for task in tasks:
            own = lights.own(task, NOW)
            lower = [lights.severity(lights.own(t, NOW)) for t in tasks if t.path.startswith(task.path) and t != task]
            lit = told[task.pk]
            assert lit.own_light == own, task.state
            assert (lit.below or 0) == max(lower, default=0)
            assert lit.light == lights.combined(task.state, own, max(lower, default=0))
            assert (task.pk in late) == task.is_overdue(NOW), (task.state, task.due_at, task.finished_at)
        assert len({lit.light for lit in told.values()}) >= 6


def test_the_worst_from_below_rises_to_every_task_above(who):
    directive = make.directive(who)
    chance = random.Random(1)
    above = row(who, directive, chance, 1, None)
    middle = row(who, directive, chance, 2, above)
    below = row(who, directive, chance, 3, middle)
    calm = {"state": "active", "due_at": NOW + timedelta(days=9), "warn_at": NOW + timedelta(days=8)}
    nothing = ("finished_at", "blocked_by", "closed_at", "closed_by", "suspended_on", "suspended_until")
    calm |= dict.fromkeys(nothing)
    Task.objects.update(**calm)
    assert set(Task.objects.with_light(NOW).values_list("light", flat=True)) == {Light.ON_TRACK}

    Task.objects.filter(pk=below.pk).update(due_at=NOW - STEP, warn_at=NOW - STEP)
    assert dict(Task.objects.with_light(NOW).values_list("pk", "light")) == dict.fromkeys(
        (above.pk, middle.pk, below.pk), Light.OVERDUE
    )

    Task.objects.filter(pk=middle.pk).update(state="suspended", suspended_on=NOW.date(), suspended_until=NOW.date())
    assert dict(Task.objects.with_light(NOW).values_list("pk", "light")) == {
        above.pk: Light.OVERDUE, middle.pk: Light.SUSPENDED, below.pk: Light.OVERDUE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("moment_", "light"),
    [("2026-04-07 18:00", "near_due"), ("2026-04-07 18:00:00.000001", "overdue"), ("2026-03-31 08:59:59", "on_track")],
)
def test_the_due_moment_itself_is_in_time(who, moment_, light):
    with at("2026-03-09 10:00"):
        task = make.active(who, due_on=moment("2026-04-07").date())
    with at(moment_):
        assert Task.objects.with_light().get(pk=task.pk).light == light
        assert lights.own(make.fresh(task), moment(moment_)) == light


def test_every_light_has_a_colour_an_icon_and_a_word(who):
    assert set(defaults.SCHEME) == set(Light)
    assert all(shown["tone"] in defaults.TONES and shown["icon"] for shown in defaults.SCHEME.values())
    assert all(str(light.label) for light in Light)
    assert set(lights.SEVERITY) < set(Light)


def test_what_is_handed_in_late_is_late_and_what_is_handed_in_in_time_stays_so(who):
    late = make.make_late(make.active(who))
    right = make.in_review(who)
    with at("2030-01-07 10:00"):
        lit = dict(Task.objects.with_light().values_list("pk", "light"))
        assert (lit[late.pk], lit[right.pk]) == ("overdue", "review")
        assert list(Task.objects.overdue()) == [late]
