"""The oracle of sight: for everybody and every noun, the queryset keeps exactly what a plain predicate allows (G16, 3).

The predicates below are written apart from the querysets, out of reliability.md 5.2 and the office's own words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from organization.states import Role
from tasks import querysets
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
from tests.architecture.worlds import world
from tests.tasks.acts import undone
from workflow.models import Event

HELD = {"issued", "signed", "declined", "done", "excused", "ended"}
BUSINESS = {Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER}


class Facts:
    """Everything that stands, read once."""

    def __init__(self) -> None:
        self.overseers, self.shares, self.readers = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in Overseer.objects.select_related("department"):
            self.overseers[row.task_id].append(row.department)
        for row in Assignment.objects.select_related("department"):
            self.shares[row.task_id].append(row)
        for row in Reader.objects.all():
            self.readers[row.task_id].append(row)
        self.tasks = {t.pk: t for t in Task.objects.select_related("directive", "blocked_by")}
        self.of_directive = defaultdict(list)
        for task in self.tasks.values():
            self.of_directive[task.directive_id].append(task)


class Eye:
    """One person, who sees or does not see one thing at a time."""

    def __init__(self, user: Any, facts: Facts) -> None:
        self.user, self.facts = user, facts
        self.role, self.unit = user.role, user.department
        self.works = self.role in BUSINESS

    def speaks_for(self, unit: Any) -> bool:
        if unit is None:
            return False
        if self.role == Role.UNIT_HEAD:
            return unit.path.startswith(self.unit.path)
        if self.role == Role.LEADER:
            return unit.jurisdiction_path == self.unit.path
        if self.role == Role.SUPERVISOR and unit.path == self.unit.jurisdiction_path:
            return True
        return unit.pk == self.unit.pk

    def issued(self, task: Any) -> bool:
        if not self.works:
            return False
        if self.role == Role.LEADER and task.directive.instructed_by_id == self.user.post.pk:
            return True
        return any(self.speaks_for(unit) for unit in self.facts.overseers[task.pk])

    def shares(self, task: Any, parts: tuple[str, ...] = ("lead", "joint", "co")) -> bool:
        held = [s for s in self.facts.shares[task.pk] if s.state in HELD and s.part in parts]
        return self.works and any(self.speaks_for(share.department) for share in held)

    def inspects(self, task: Any) -> bool:
        rights = [r for r in self.facts.readers[task.pk] if r.user_id == self.user.pk and r.until > timezone.now()]
        return self.role == Role.INSPECTOR and bool(rights)

    def knows(self, task: Any) -> bool:
        return self.issued(task) or self.shares(task) or self.inspects(task)

    def task(self, task: Any) -> bool:
        return self.knows(task) or (self.works and self.speaks_for(task.blocked_by))

    def whole(self, task: Any) -> bool:
        return self.issued(task) or self.shares(task, ("lead", "joint")) or self.inspects(task)

    def own_part(self, part: Any) -> bool:
        task = self.facts.tasks[part.task_id]
        return self.whole(task) or (self.works and self.task(task) and self.speaks_for(part.department))

    def reading(self, reading: Any) -> bool:
        return self.own_part(reading.closure)

    def of_task(self, part: Any) -> bool:
        return self.task(self.facts.tasks[part.task_id])

    def blocker(self, blocker: Any) -> bool:
        waited = blocker.state in ("confirmed", "resolved") and self.works and self.speaks_for(blocker.waiting_on)
        return waited or self.own_part(blocker)

    def directive(self, directive: Any) -> bool:
        if any(self.knows(task) for task in self.facts.of_directive[directive.pk]):
            return True
        if self.role == Role.SUPERVISOR:
            return directive.organiser_id == self.unit.pk
        if self.role == Role.LEADER:
            return self.speaks_for(directive.organiser) or directive.instructed_by_id == self.user.post.pk
        return False

    def of_directive(self, part: Any) -> bool:
        return self.directive(part.directive)

    def paper(self, part: Any) -> bool:
        """A paper taken apart, and its parts: the office's officers, and the leaders of its government."""
        organiser = part.organiser
        leads = self.role == Role.LEADER and organiser.jurisdiction_path == self.unit.path
        return leads or (self.role == Role.SUPERVISOR and organiser.pk == self.unit.pk)

    def batch(self, batch: Any) -> bool:
        return self.role == Role.SUPERVISOR and batch.organiser_id == self.unit.pk

    def event(self, event: Any) -> bool:
        if self.role == Role.AUDITOR:
            return True
        noun, _colon, key = event.stream.partition(":")
        if noun == "directive":
            return self.directive(Directive.objects.get(pk=key))
        if noun != "task":
            return False
        task = self.facts.tasks[int(key)]
        own = self.unit.pk in (event.unit_id, event.detail.get("of"))
        return self.whole(task) or (self.knows(task) and (own or event.kind in querysets.SHARED_KINDS))


NOUNS = {
    Task: Eye.task, Report: Eye.own_part, Evidence: Eye.own_part, Extension: Eye.own_part, Suspension: Eye.own_part,
    Closure: Eye.own_part, Reading: Eye.reading, Blocker: Eye.blocker, Milestone: Eye.of_task, Assignment: Eye.of_task,
    Directive: Eye.directive, DirectiveAttachment: Eye.of_directive, Batch: Eye.batch,
    Breakdown: Eye.paper, Clause: Eye.paper, Draft: Eye.paper,
}  # fmt: skip
JOINED = {
    Blocker: ("waiting_on",), Directive: ("organiser",), DirectiveAttachment: ("directive__organiser",),
    Reading: ("closure__department",),
}  # fmt: skip


def rows_of(model: Any) -> list[Any]:
    names = {field.name for field in model._meta.fields}
    joined = [*JOINED.get(model, ()), *(["department"] if "department" in names else [])]
    return list(model.objects.select_related(*joined) if joined else model.objects.all())


def sees_nothing(user: Any) -> bool:
    return not user.is_active or user.department is None


@settings(
    max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000))
def test_everybody_sees_exactly_what_the_predicates_allow(db, seed):
    with undone():
        new = world(seed)
        facts = Facts()
        tables = {model: rows_of(model) for model in NOUNS}
        events = list(Event.objects.all())
        seen_at_all = 0
        for user in new.people:
            eye = Eye(user, facts)
            for model, predicate in NOUNS.items():
                expected = set() if sees_nothing(user) else {r.pk for r in tables[model] if predicate(eye, r)}
                got = list(model.objects.visible_to(user).values_list("pk", flat=True))
                assert len(got) == len(set(got)), (model, "a row twice")
                assert set(got) == expected, (user.role, model.__name__)
                seen_at_all += len(got)
            told = querysets.events_visible_to(user, Task.objects, Directive.objects)
            meant = {e.pk for e in events if user.is_active and (not sees_nothing(user)) and eye.event(e)}
            assert set(told.values_list("pk", flat=True)) == meant, (user.role, "event")
        assert seen_at_all > 200
