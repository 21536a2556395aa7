"""The first and the last beat: the lock sees what stands now, the record says who, what, when, in whose name."""

import pytest
from django.db import IntegrityError, transaction

from tasks.lifecycles import TASK
from tasks.models import Task
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from workflow.models import Event, Head
from workflow.numbers import take
from workflow.record import advance, carry, lock, record, touch
from workflow.refusal import NotVisible, Stale


@pytest.fixture
def who(cast):
    return cast


def test_the_lock_gives_what_stands_now(who):
    task = make.draft(who)
    Task.objects.filter(pk=task.pk).update(matter="别的", version=7)

    with transaction.atomic():
        fresh = lock(task, "organiser")

    assert (fresh.matter, fresh.version) == ("别的", 7)


def test_who_saw_an_older_version_is_refused_and_told_both(who):
    task = make.draft(who)
    Task.objects.filter(pk=task.pk).update(version=7)

    with refused("version.stale", task, kind=Stale) as refusal:
        lock(task.expecting(1))

    assert refusal.value.details == {"expected": 1, "current": 7, "state": "draft"}
    assert lock(task.expecting(7)).pk == task.pk
    assert lock(task.expecting(None)).pk == task.pk


def test_what_is_gone_is_not_visible(who):
    with pytest.raises(NotVisible):
        lock(Task(pk=987654))


def test_a_step_sets_the_state_counts_the_version_and_records_the_deed_in_its_name(who):
    task = lock(make.draft(who))
    version = task.version

    advance(task, TASK.rows("drop")[0], who.supervisor, reason="重复")

    event = Event.objects.of(task.stream).last()
    assert (make.fresh(task).state, make.fresh(task).version) == ("terminated", version + 1)
    assert (event.kind, event.old_state, event.new_state, event.detail) == (
        "task.drop", "draft", "terminated", {"reason": "重复"},
    )  # fmt: skip
    assert (event.actor, event.actor_name, event.behalf_id) == (who.supervisor, "督查员", None)
    assert (event.unit_id, event.unit_name) == (who.office.pk, "市政府督查室")
    assert (event.subject_type, event.subject_id, event.subject_label) == ("task", task.pk, "整治易涝点")


def test_a_correction_keeps_the_state_and_is_told_too(who):
    task = lock(make.draft(who))

    touch(task, "blocked", who.supervisor, blocker=3)

    event = Event.objects.of(task.stream).last()
    assert (event.kind, event.old_state, event.new_state) == ("task.blocked", "draft", "draft")


def test_parts_taken_along_count_their_version_and_write_no_event(who):
    task = make.assigned(who)
    events = Event.objects.count()

    assert carry(task.assignments.all(), "released", reason="x") == 2

    assert {(a.state, a.version) for a in task.assignments.all()} == {("released", 3)}
    assert Event.objects.count() == events


def test_the_names_in_the_record_stay_when_people_and_units_change_theirs(who):
    make.draft(who)
    who.supervisor.name, who.office.short = "改名", "改名室"
    who.supervisor.save()
    who.office.save()

    event = Event.objects.filter(kind="task.draft").get()
    assert (event.actor_name, event.unit_name, event.actor) == ("督查员", "市政府督查室", who.supervisor)


def test_each_chain_counts_by_itself_and_its_head_goes_with_it(who):
    one, other = make.draft(who), make.draft(who)

    for task in (one, other):
        events = list(Event.objects.of(task.stream))
        assert [e.seq for e in events] == list(range(1, len(events) + 1))
        head = Head.objects.get(stream=task.stream)
        assert (head.seq, head.hash) == (events[-1].seq, events[-1].hash)


def test_a_fact_that_may_be_told_only_once_is_told_once(who):
    unit = organization.department()
    record("probe.reminded", unit, None, key="reminded:1:2026-03-09")

    with pytest.raises(IntegrityError), transaction.atomic():
        record("probe.reminded", unit, None, key="reminded:1:2026-03-09")

    assert Event.objects.filter(kind="probe.reminded").count() == 1
    assert Event.objects.get(kind="probe.reminded").actor_name == "系统"


def test_a_float_never_gets_into_the_record(who):
    with pytest.raises(TypeError), transaction.atomic():
        record("probe.deed", who.water, None, detail={"share": 0.5})


@pytest.mark.django_db(transaction=True)
def test_neither_event_nor_number_stands_outside_the_transaction_of_its_deed():
    unit = organization.department()

    with pytest.raises(RuntimeError):
        record("probe.deed", unit, None)
    with pytest.raises(RuntimeError):
        take("督", 2026)
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)
