"""Random worlds: governments on three levels, people in every role, tasks that concern some of them in some way."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from organization.models import Department, User
from organization.states import Kind, Role, Side
from tasks.models import (
    Assignment,
    Batch,
    Blocker,
    Breakdown,
    Clause,
    Closure,
    Directive,
    DirectiveAttachment,
    Draft,
    Evidence,
    Extension,
    Milestone,
    Overseer,
    Reader,
    Reading,
    Report,
    Suspension,
    Task,
)
from tasks.states import AssignmentState, BlockerState, Part
from tests.factories import organization as make
from workflow.record import record

WORKING = (Role.HANDLER, Role.UNIT_HEAD, Role.SUPERVISOR, Role.LEADER)
ROLES = [*Role.values, *[role.value for role in WORKING for _ in "12"]]
FILE = {"name": "x.txt", "content_type": "text/plain", "size": 1, "sha256": "0" * 64, "file": "x"}
KINDS = ("task.assign", "task.send_back", "task.claim", "task.verify", "report.file", "assignment.decline")


@dataclass
class World:
    """What there is, and the chance that made it."""

    chance: random.Random
    units: list[Department] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def pick(self, rows: list[Any], at_most: int) -> list[Any]:
        """Return some of the rows, none twice."""
        return self.chance.sample(rows, min(len(rows), self.chance.randint(0, at_most)))

    def likely(self, chance: float) -> bool:
        """Tell yes with this probability."""
        return self.chance.random() < chance


def world(seed: int, tasks: int = 24) -> World:
    """Return a world of about twenty units, thirty people and as many tasks."""
    new = World(random.Random(seed))
    _found(new)
    _settle(new)
    _register(new)
    for _ in range(tasks):
        _task(new)
    return new


def _found(new: World) -> None:
    province = make.government(f"省{new.chance.random()}", level="province")
    places = [province, *(make.government(f"市{n}", province) for n in "甲乙"), make.party_committee("市委")]
    places.append(make.government("县", places[1]))
    for place in places:
        new.units += [place, make.office(f"{place.name}督查室", place)]
        for n in range(new.chance.randint(1, 2)):
            bureau = make.department(f"{place.name}{n}局", place)
            new.units.append(bureau)
            if new.likely(0.5):
                new.units.append(make.department(f"{bureau.name}处", bureau, kind=Kind.INTERNAL, side=Side.GOVERNMENT))


def _settle(new: World) -> None:
    for n in range(30):
        user = make.user(f"人{n}", is_active=not new.likely(0.05))
        if new.likely(0.95):
            post = {"rank": new.chance.randint(1, 5)}
            make.post(user, new.chance.choice(new.units), new.chance.choice(ROLES), **post)
        new.people.append(User.objects.get(pk=user.pk))


def _register(new: World) -> None:
    leaders = [u.post for u in new.people if u.role == Role.LEADER]
    for n in range(8):
        directive = Directive.objects.create(
            title=f"事项{n}", organiser=new.chance.choice(new.units), registered_by=new.people[0],
            instructed_by=new.chance.choice([None, *leaders]), source="document",
        )  # fmt: skip
        record("directive.create", directive, new.people[0])
        DirectiveAttachment.objects.create(directive=directive, uploaded_by=new.people[0], **FILE)
        Batch.objects.create(directive=directive, organiser=directive.organiser, uploaded_by=new.people[0], **FILE)
        by = {"directive": directive, "organiser": directive.organiser, "made_by": new.people[0]}
        paper = Breakdown.objects.create(text="一", **by, **FILE)
        clause = Clause.objects.create(breakdown=paper, key="c1", number=1, start=0, end=1, kind="task")
        Draft.objects.create(breakdown=paper, clause=clause, proposed={"matter": "一"})
        new.directives.append(directive)


def _task(new: World) -> None:
    parent = new.chance.choice([None, None, *(task for task in new.tasks if task.depth < 5)])
    task = Task.objects.create(
        directive=parent.directive if parent else new.chance.choice(new.directives), parent=parent,
        organiser=new.chance.choice(new.units), lead=new.chance.choice(new.units), matter=f"任务{len(new.tasks)}",
        blocked_by=new.chance.choice(new.units) if new.likely(0.2) else None,
    )  # fmt: skip
    new.tasks.append(task)
    Overseer.objects.bulk_create(Overseer(task=task, department=unit) for unit in new.pick(new.units, 2))
    _shares(new, task)
    _readers(new, task)
    _parts(new, task)


def _shares(new: World, task: Task) -> None:
    parts = [Part.LEAD, Part.JOINT, Part.CO, Part.CO]
    for unit, part in zip(new.pick(new.units, 4), parts, strict=False):
        state = new.chance.choice([s for s in AssignmentState if s != AssignmentState.DECLINED])
        Assignment.objects.create(task=task, department=unit, department_name=unit.name, part=part, state=state)


def _readers(new: World, task: Task) -> None:
    for user in new.pick(new.people, 2):
        until = timezone.now() + timedelta(days=new.chance.choice([-1, 1]))
        Reader.objects.create(task=task, user=user, until=until, because="x")


def _parts(new: World, task: Task) -> None:
    """Let some units write their parts, each with its event in the task's chain."""
    Milestone.objects.create(task=task, title="节点")
    for unit in new.pick(new.units, 3):
        by, day = new.people[0], timezone.localdate()
        name = unit.name
        rows: list[models.Model] = [
            Report(task=task, department=unit, department_name=name, author=by, done="x"),
            Evidence(task=task, department=unit, department_name=name, uploaded_by=by, evidence_on=day, **FILE),
            Extension(task=task, department=unit, due_before=day, requested_on=day, requested_by=by, state="withdrawn"),
            Suspension(task=task, department=unit, requested_by=by, review_on=day, state="refused"),
            Closure(task=task, department=unit, summary="x", completed_on=day, claimed_by=by, outcome="returned"),
        ]
        for row in rows:
            row.save()
        Reading.objects.create(task=task, closure=rows[-1], reader=by)  # type: ignore[misc]
        if new.likely(0.5):
            _blocker(new, task, unit)
        record(new.chance.choice(KINDS), new.chance.choice(rows), new.chance.choice(new.people))
    record(new.chance.choice(KINDS), task, new.chance.choice(new.people))


def _blocker(new: World, task: Task, unit: Department) -> None:
    other = new.chance.choice([u for u in new.units if u.pk != unit.pk])
    state = new.chance.choice([BlockerState.RESOLVED, BlockerState.REFUSED, BlockerState.WITHDRAWN])
    Blocker.objects.create(
        task=task, department=unit, waiting_on=other, category="funds", since=timezone.localdate(), ask="x",
        raised_by=new.people[0], state=state,
    )  # fmt: skip
