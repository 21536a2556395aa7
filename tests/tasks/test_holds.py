"""Holds and readers: what upper rooms put on a task, each recorded once, each with its end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tasks.models import Directive, Evidence, Hold, Reader, Report, Task
from tasks.operations import evidence, holds, readers, reports, tasks
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, told
from workflow.models import Event
from workflow.refusal import RuleBroken


def test_placing_a_hold_twice_is_placing_it_once(who):
    task = make.active(who)

    first = holds.place(task, because="问题未整改", key="finding:1", by=who.inspector)
    second = holds.place(task, because="问题未整改", key="finding:1", by=who.inspector)

    assert first == second
    assert told("task.hold") == [{"because": "问题未整改", "key": "finding:1"}]
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(task=task, key="finding:1", because="x")


def test_lifting_counts_what_stood_and_tells_of_nothing_twice(who):
    task = make.active(who)
    holds.place(task, because="问题未整改", key="finding:1", by=who.inspector)
    holds.place(task, because="另一问题", key="finding:2", by=who.inspector)

    assert [holds.lift(task, key="finding:1", by=who.inspector) for _ in "12"] == [1, 0]
    assert [h.key for h in task.holds.standing()] == ["finding:2"]
    assert told("task.lift") == [{"key": "finding:1"}]
    assert holds.place(task, because="复发", key="finding:1", by=who.inspector).lifted_at is None


def test_a_held_task_is_not_ended_by_a_leader_either(who):
    task = make.active(who)
    holds.place(task, because="问题未整改", key="finding:1", by=who.inspector)

    with refused("close.held", make.fresh(task), kind=RuleBroken):
        tasks.terminate(make.fresh(task), by=who.leader, reason="不再需要")


def test_an_inspector_reads_what_was_opened_to_him_whole_and_until_its_end_only(who):
    with at("2026-03-09 10:00"):
        task, other = make.active(who), make.active(who)
        report = reports.file(task, by=who.helper, done="甲")
        proof = evidence.add(task, by=who.handler, file=make.upload(), evidence_on=timezone.localdate())
        assert not Task.objects.visible_to(who.inspector).exists()
        readers.grant(
            task, to=who.inspector, until=timezone.now() + timedelta(days=1), because="督查", by=who.colleague
        )

        def seen(model):
            return list(model.objects.visible_to(who.inspector))

        assert (seen(Task), seen(Report), seen(Evidence), seen(Directive)) == (
            [task], [report], [proof], [task.directive],
        )  # fmt: skip
        assert not Task.objects.visible_to(who.stranger).filter(pk=other.pk).exists()
    with at("2026-03-10 10:00"):
        assert not Task.objects.visible_to(who.inspector).exists()
        assert not Report.objects.visible_to(who.inspector).exists()


def test_a_reading_right_taken_back_ends_at_once_and_is_told_once(who):
    task = make.active(who)
    readers.grant(task, to=who.inspector, until=timezone.now() + timedelta(days=9), because="督查", by=who.colleague)

    assert [readers.withdraw(task, of=who.inspector, by=who.colleague) for _ in "12"] == [1, 0]

    assert not Task.objects.visible_to(who.inspector).exists()
    assert Reader.objects.count() == 1
    assert Event.objects.filter(kind="reader.withdraw").count() == 1
