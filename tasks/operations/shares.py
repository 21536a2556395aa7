"""Shares: the assignments of a task as its root plans, issues and moves them. Called with the task locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import places
from organization.models import Department, User
from tasks import clock
from tasks.models import Assignment, Closure, Extension, Suspension, Task
from tasks.models.blocker import Blocker
from tasks.states import (
    EXTENSION_PENDING,
    AssignmentState,
    BlockerState,
    ExtensionState,
    Outcome,
    Part,
    SuspensionState,
)
from workflow.record import carry, record
from workflow.refusal import RuleBroken

S = AssignmentState


Parts = list[tuple[Department, str]]
"""Units and what they are to be, in their order: lead, joint leads, helpers."""


def parts(*, lead: Department | None, joint: Sequence[Department], co_units: Sequence[Department]) -> Parts:
    """Return the named units with their parts.

    Refused: RuleBroken("assignment.unit_twice") for a unit named in two parts; ("assignment.joint_without_lead").
    """
    named: Parts = [(u, Part.LEAD) for u in ([lead] if lead else [])]
    named += [(u, Part.JOINT) for u in joint] + [(u, Part.CO) for u in co_units]
    refuse_twice([unit for unit, _part in named])
    if joint and lead is None:
        raise RuleBroken(
            "assignment.joint_without_lead", _("共同牵头的任务也要有一个负总责的牵头单位，请把第一家选为牵头单位。")
        )
    return named


def planned(task: Task, named: Parts, groups: str) -> list[Assignment]:
    """Return the shares of a draft, unsaved."""
    return [
        Assignment(
            task=task, department=unit, department_name=unit.name, part=part, position=position,
            group=groups if part == Part.CO else "",
        )
        for position, (unit, part) in enumerate(named, start=1)
    ]  # fmt: skip


def plan(
    task: Task, *, lead: Department | None, joint: Sequence[Department], co_units: Sequence[Department], groups: str
) -> None:
    """Write the planned shares of a new draft: lead first, then joint leads, then co-units. Refused as ``parts``."""
    Assignment.objects.bulk_create(planned(task, parts(lead=lead, joint=joint, co_units=co_units), groups))


def replan(
    task: Task, *, lead: Department | None, joint: Sequence[Department], co_units: Sequence[Department], groups: str
) -> None:
    """Write the planned shares of a draft anew. Refused as in ``plan``."""
    task.assignments.filter(state=S.PLANNED).delete()
    plan(task, lead=lead, joint=joint, co_units=co_units, groups=groups)


def refuse_twice(units: Sequence[Department]) -> None:
    """Refuse with RuleBroken("assignment.unit_twice") a unit that is named in two parts."""
    twice = sorted({unit.name for unit in units if units.count(unit) > 1})
    if twice:
        raise RuleBroken(
            "assignment.unit_twice",
            _("%(units)s 在牵头、配合中出现了两次，一个单位在一项任务中只能有一种职责。") % {"units": "、".join(twice)},
            details={"units": twice},
        )


def refuse_gone(units: Sequence[Department]) -> None:
    """Refuse with RuleBroken("task.unit_gone") units that no longer exist."""
    gone = [unit.name for unit in units if not unit.is_current()]
    if gone:
        raise RuleBroken(
            "task.unit_gone",
            _("%(units)s 已不存在，请改选现在承担该职责的单位。") % {"units": "、".join(gone)},
            details={"units": gone},
        )


def hold(units: Sequence[Department]) -> list[Department]:
    """Lock the named units before the task, so that none is merged away meanwhile, and return them as they are now."""
    keys = {unit.pk for unit in units}
    fresh = {u.pk: u for u in Department.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")}
    return [fresh[unit.pk] for unit in units]


def stand(units: Sequence[Department]) -> list[Department]:
    """Lock the named units as ``hold`` does. Refused: as ``refuse_gone``."""
    standing = hold(units)
    refuse_gone(standing)
    return standing


def refuse_beyond(task: Task, units: Sequence[Department]) -> None:
    """Refuse with RuleBroken("task.not_governed") units that the issuing office may not give orders to."""
    if not task.organiser.is_office:
        return
    foreign = [unit.name for unit in places.beyond(task.organiser, units)]
    if foreign:
        raise RuleBroken(
            "task.not_governed",
            _("%(units)s 不在本级督查范围内，请只向本级部门和下级交办；需上级或外地配合的，请报上级协调。")
            % {"units": "、".join(foreign)},
            details={"units": foreign},
        )


def add(task: Task, units: Sequence[Department], now: datetime) -> None:
    """Give further units a helping share, open for signing.

    Refused: RuleBroken("assignment.unit_twice") for a unit that has a share already.
    """
    held = set(task.assignments.exclude(state=S.RELEASED).values_list("department_id", flat=True))
    refuse_twice([*units, *(unit for unit in units if unit.pk in held)])
    last = task.assignments.count()
    for position, unit in enumerate(units, start=last + 1):
        share = Assignment.objects.create(
            task=task, department=unit, department_name=unit.name, part=Part.CO, position=position
        )
        _issue_one(task, share, now)


def issue(task: Task, now: datetime) -> None:
    """Open the sign-in of every planned share, each with its own limits."""
    for share in task.assignments.filter(state=S.PLANNED).select_related("department").order_by("pk"):
        _issue_one(task, share, now)


def _issue_one(task: Task, share: Assignment, now: datetime) -> None:
    carry(
        Assignment.objects.filter(pk=share.pk),
        S.ISSUED,
        department_name=share.department.name,
        sign_by=clock.sign_in_by(task, share.department, now),
        decline_by=clock.decline_by(task, share.department, now),
    )


def told(task: Task) -> list[dict[str, str]]:
    """Return the units and their parts as the event of issuing tells them."""
    rows = task.assignments.exclude(state=S.RELEASED).values_list("department_name", "part")
    return [{"unit": name, "part": part} for name, part in rows]


def change_lead(task: Task, lead: Department, now: datetime) -> None:
    """Release the declined lead and give its share to another; a co-unit that becomes lead gives its old share up."""
    carry(task.assignments.filter(Q(part=Part.LEAD) | Q(department=lead)).exclude(state=S.RELEASED), S.RELEASED)
    share = Assignment.objects.create(task=task, department=lead, department_name=lead.name, part=Part.LEAD)
    _issue_one(task, share, now)


def reissue_lead(task: Task, now: datetime) -> None:
    """Put the objection aside: the lead's share waits for signing again, and the time to decline is over."""
    carry(
        task.assignments.filter(part=Part.LEAD, state=S.DECLINED),
        S.ISSUED,
        sign_by=task.sign_by, decline_by=now, declined_at=None, declined_by=None,
    )  # fmt: skip


def reopen(task: Task) -> None:
    """Set the helpers to work again when the task is taken up again."""
    carry(task.assignments.filter(state=S.DONE), S.SIGNED)


def unfinished(task: Task) -> list[str]:
    """Return the helpers that have neither finished nor been excused (R33)."""
    waiting = task.assignments.filter(state__in=(S.ISSUED, S.SIGNED, S.DECLINED)).exclude(part=Part.LEAD)
    return list(waiting.values_list("department_name", flat=True))


def refuse_held(task: Task) -> None:
    """Refuse with RuleBroken("close.held") while something of an upper room keeps the task from ending."""
    reasons = list(task.holds.standing().values_list("because", flat=True))
    if reasons:
        raise RuleBroken(
            "close.held",
            _("还有未了事项：%(why)s。处理完后才能办结。") % {"why": "；".join(reasons)},
            details={"holds": reasons},
        )


def end(task: Task) -> None:
    """End the shares that still wait or work, because the task ends; the units go on seeing it."""
    carry(task.assignments.filter(state__in=(S.ISSUED, S.SIGNED, S.DECLINED)), S.ENDED)


def settle(task: Task, by: User) -> None:
    """End what still waits for an answer on a task that ends: requests, blockers, a claim."""
    now, reason = timezone.now(), "任务已终止或改派"
    pending: list[tuple[type[Extension | Suspension], tuple[str, ...], str]] = [
        (Extension, EXTENSION_PENDING, ExtensionState.WITHDRAWN),
        (Suspension, (SuspensionState.REQUESTED,), SuspensionState.WITHDRAWN),
        (Suspension, (SuspensionState.GRANTED,), SuspensionState.ENDED),
    ]
    count = sum(carry(model.objects.filter(task=task, state__in=states), target) for model, states, target in pending)
    blockers = Blocker.objects.filter(task=task, state__in=(BlockerState.RAISED, BlockerState.CONFIRMED))
    count += carry(blockers, BlockerState.WITHDRAWN, ended_on=timezone.localdate(now), ended_by=by, resolution=reason)
    count += Closure.objects.filter(task=task, outcome=Outcome.PENDING).update(outcome=Outcome.WITHDRAWN)
    task.blocked_by = None
    if count:
        record("task.settle", task, by, detail={"parts": count})
