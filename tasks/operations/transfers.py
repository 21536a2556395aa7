"""Transfers: open duties follow a unit that is merged or dissolved, in the same transaction (F49)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from organization.models import Department, User
from tasks.models import Assignment, Batch, Blocker, Closure, Directive, Extension, Overseer, Suspension, Task
from tasks.states import (
    ENDED,
    EXTENSION_PENDING,
    HELD,
    OPEN,
    AssignmentState,
    BlockerState,
    DirectiveState,
    Part,
    SuspensionState,
    TaskState,
)
from workflow.record import carry, record, touch

LIVING = (TaskState.DRAFT, *OPEN)
WEIGHT = {Part.LEAD: 0, Part.JOINT: 1, Part.CO: 2}
SHARES = (AssignmentState.PLANNED, *HELD)
UNAPPROVED = (DirectiveState.DRAFT, DirectiveState.PENDING)
OPEN_BLOCKERS = (BlockerState.RAISED, BlockerState.CONFIRMED)


def open_duties(department: Department) -> int:
    """Return how many duties are open: tasks that the unit issued, leads or helps with and that are not ended, what
    it is asked to coordinate and nobody has confirmed yet, and directives that it has not brought to approval.
    """
    asked = Blocker.objects.filter(waiting_on=department, state=BlockerState.RAISED).exclude(
        task__in=_touched(department)
    )
    directives = Directive.objects.filter(organiser=department, state__in=UNAPPROVED)
    return int(_touched(department).count() + asked.count() + directives.count())


def _touched(unit: Department) -> Any:
    shares = Assignment.objects.filter(department=unit, state__in=SHARES).values("task")
    return Task.objects.filter(state__in=LIVING).filter(
        Q(pk__in=shares) | Q(organiser=unit) | Q(lead=unit) | Q(blocked_by=unit)
    )


def follow(old: Department, new: Department, by: User | None) -> None:
    """Move every open duty of ``old`` to ``new``; the names on papers stay as they were.

    Where both units had a share in one task, the weightier part remains and the other is released. What has ended
    stays under the unit that did it; the heir may read it, and the heir of an office may take it up again.
    Called inside the reorganisation's transaction; directives are locked before tasks, each in the order of their keys.
    """
    told = {"from": old.name, "to": new.name}
    for directive in Directive.objects.filter(organiser=old).select_for_update(of=("self",)).order_by("pk"):
        directive.organiser = new
        touch(directive, "follow", by, **told)
    for task in _touched(old).select_for_update(of=("self",)).order_by("pk"):
        _end_own_blocker(task, old, new, by)
        _move(task, old, new)
        record("task.follow", task, by, detail=told, old=task.state, new=task.state)
    for model in (Task, Batch):
        model.objects.filter(organiser=old).update(organiser=new)
    _move_overseers(old, new)
    _move_requests(old, new)


def bring_forward(task: Task) -> Task:
    """Give a locked task that is taken up again to the units that stand today for those that have gone."""
    shares = task.assignments.filter(state__in=HELD).select_related("department")
    for unit in [share.department for share in shares if not share.department.is_current()]:
        _move(task, unit, unit.resolve())
    return task


def _move(task: Task, old: Department, new: Department) -> None:
    for field in ("lead", "organiser", "blocked_by"):
        if getattr(task, f"{field}_id") == old.pk:
            setattr(task, field, new)
    shares = list(task.assignments.filter(department__in=(old, new), state__in=SHARES))
    shares.sort(key=lambda share: (WEIGHT[Part(share.part)], share.pk))
    for share in shares[1:]:
        carry(Assignment.objects.filter(pk=share.pk), AssignmentState.RELEASED)
    if shares:
        Assignment.objects.filter(pk=shares[0].pk).update(department=new)
    task.version += 1
    task.save()


def _end_own_blocker(task: Task, old: Department, new: Department, by: User | None) -> None:
    """End a blocker by which the united unit would wait for itself."""
    pair = (old, new)
    blocker = task.blockers.filter(state__in=OPEN_BLOCKERS, department__in=pair, waiting_on__in=pair).first()
    if blocker is None:
        return
    words = "两单位已合并，由合并后的单位自行协调。"
    ending = {"ended_on": timezone.localdate(), "ended_by": by, "resolution": words}
    carry(Blocker.objects.filter(pk=blocker.pk), BlockerState.WITHDRAWN, **ending)
    task.blocked_by = None


def _move_overseers(old: Department, new: Department) -> None:
    already = Overseer.objects.filter(department=new).values("task")
    Overseer.objects.filter(department=old, task__in=already).delete()
    Overseer.objects.filter(department=old).update(department=new)
    led = Assignment.objects.filter(department=old, state__in=HELD, part__in=(Part.LEAD, Part.JOINT))
    ended = Task.objects.filter(pk__in=led.values("task"), state__in=ENDED).exclude(overseers__department=new)
    Overseer.objects.bulk_create(Overseer(task=task, department=new) for task in ended.order_by("pk"))


def _move_requests(old: Department, new: Department) -> None:
    """Who asked must be able to go on with it."""
    Extension.objects.filter(department=old, state__in=EXTENSION_PENDING).update(department=new)
    waiting = (SuspensionState.REQUESTED, SuspensionState.GRANTED)
    Suspension.objects.filter(department=old, state__in=waiting).update(department=new)
    Closure.objects.filter(department=old, outcome="").update(department=new)
    open_blockers = Blocker.objects.filter(state__in=OPEN_BLOCKERS)
    open_blockers.filter(department=old).update(department=new)
    open_blockers.filter(waiting_on=old).update(waiting_on=new)
