"""Many rows at once, copied from one whole task: for counting queries, where operations would take too long."""

from __future__ import annotations

import copy
from typing import Any

from django.utils import timezone

from tasks.models import Assignment, Blocker, Directive, Evidence, Extension, Overseer, Report, Suspension, Task
from tasks.operations import blockers, directives, evidence, extensions, reports, suspensions
from tests.factories import tasks as make
from tests.factories.tasks import Cast
from workflow.models import Event

PARTS = (Overseer, Assignment, Report, Evidence, Extension, Suspension, Blocker)


def whole(who: Cast, **fields: Any) -> Task:
    """Return a task with every kind of part on it."""
    task = make.active(who, milestones=[{"title": "开工"}, {"title": "完工"}], **fields)
    directives.attach(task.directive, by=who.supervisor, file=make.upload())
    report = reports.file(task, by=who.handler, done="完成 6 处")
    evidence.add(task, by=who.handler, file=make.upload(), evidence_on=timezone.localdate(), report=report)
    until = make.in_workdays(30)
    extensions.sign_off(
        extensions.ask(task, by=who.handler, reason="汛期", progress="一半", until=until), by=who.unit_head
    )
    suspensions.ask(task, by=who.handler, cause="待批复", waiting_on="省厅", proof="函", review_on=make.in_workdays(10))
    blockers.confirm(blockers.raise_(task, by=who.handler, waiting_on=who.finance, ask="请拨资金"), by=who.supervisor)
    return make.fresh(task)


def multiply(task: Task, count: int) -> list[Task]:
    """Return ``count`` copies of the task, each with its own directive, parts and events."""
    return [_copied(task, number) for number in range(1, count + 1)]


def _copied(task: Task, number: int) -> Task:
    source = _new(Directive.objects.get(pk=task.directive_id), number=f"立-{number}")
    source.save()
    made: Task = _new(task, number=f"号-{number}", directive=source, parent=None)
    made.save()
    for model in PARTS:
        model.objects.bulk_create(_new(part, task=made) for part in model.objects.filter(task=task))
    events = Event.objects.filter(stream=task.stream)
    Event.objects.bulk_create(_new(event, stream=made.stream, subject_id=made.pk) for event in events)
    return made


def _new(row: Any, **changed: Any) -> Any:
    twin = copy.copy(row)
    twin._state = type(row._state)()
    twin.pk = None
    for name, value in changed.items():
        setattr(twin, name, value)
    return twin
