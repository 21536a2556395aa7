"""Tasks: draft, edit, assign, reassign, split, reopen, terminate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.markings import screened
from organization.models import Department, User
from tasks import clock
from tasks.actors import lead_of, unit_of
from tasks.lifecycles import TASK
from tasks.models import Directive, Milestone, Overseer, Task
from tasks.operations import cascade, directives, drafting, numbering, progress, shares, transfers
from tasks.states import DirectiveState, Unit
from workflow.lifecycle import Step
from workflow.record import advance, begin, lock
from workflow.refusal import RuleBroken

REQUIRED = {
    "matter": gettext_lazy("事项"),
    "standard": gettext_lazy("完成标准"),
    "lead": gettext_lazy("责任单位"),
    "responsible": gettext_lazy("责任人"),
    "due": gettext_lazy("时限"),
}
"""What must be named before a task is assigned (R14)."""


@transaction.atomic
@screened
def draft(
    directive: Directive,
    *,
    by: User,
    matter: str,
    standard: str = "",
    measures: str = "",
    clause: str = "",
    lead: Department | None = None,
    joint: Sequence[Department] = (),
    co_units: Sequence[Department] = (),
    groups: str = "",
    responsible: str = "",
    leader: str = "",
    urgency: str = "",
    cycle: str = "",
    due_on: date | None = None,
    limit_value: int | None = None,
    limit_unit: str = Unit.FIXED,
    default_limit: bool = False,
    milestones: Sequence[dict[str, Any]] = (),
) -> Task:
    """Draft a task of a directive (拟办). It may be incomplete; ``assign`` is what demands everything.

    ``default_limit``: where neither day nor limit is named, the one that the source brings by custom (domain.md 3.9).
    Refused: RuleBroken("directive.information_only") for a source that is only to be read (R12).
    """
    directive = drafting.open_for_drafts(directive, by)
    words = drafting.Words(
        matter=matter, standard=standard, measures=measures, clause=clause, lead=lead, joint=joint,
        co_units=co_units, groups=groups, responsible=responsible, leader=leader, urgency=urgency, cycle=cycle,
        due_on=due_on, limit_value=limit_value, limit_unit=limit_unit, default_limit=default_limit,
        milestones=milestones,
    )  # fmt: skip
    plan = drafting.prepare(directive, words)
    drafting.insert([plan], by)
    return plan.task


@transaction.atomic
@screened
def edit(
    task: Task,
    *,
    by: User,
    matter: str,
    standard: str = "",
    measures: str = "",
    clause: str = "",
    lead: Department | None = None,
    joint: Sequence[Department] = (),
    co_units: Sequence[Department] = (),
    groups: str = "",
    responsible: str = "",
    leader: str = "",
    urgency: str = "",
    cycle: str = "",
    due_on: date | None = None,
    limit_value: int | None = None,
    limit_unit: str = Unit.FIXED,
    default_limit: bool = False,
    milestones: Sequence[dict[str, Any]] = (),
) -> Task:
    """Rewrite a draft as a whole.

    An issued task is not edited: its time changes by extension, its unit by reassigning.
    """
    task = lock(task, "organiser", "lead", "directive")
    step = TASK.check(task, "edit", by)
    task.urgency = urgency or task.urgency
    words = drafting.Words(
        matter=matter, standard=standard, measures=measures, clause=clause, lead=lead, responsible=responsible,
        leader=leader, cycle=cycle, due_on=due_on, limit_value=limit_value, limit_unit=limit_unit,
        default_limit=default_limit,
    )  # fmt: skip
    changed = drafting.fill(task, words)
    task = advance(task, step, by, changed=changed, **drafting.told_limit(task, words))
    shares.replan(task, lead=lead, joint=joint, co_units=co_units, groups=groups)
    task.milestones.all().delete()
    Milestone.objects.bulk_create(drafting.stages(task, milestones))
    return task


def missing(task: Task) -> list[str]:
    """Return which of 事项、标准、责任单位、责任人、时限 the draft still lacks (R14)."""
    named = {
        "matter": task.matter.strip(),
        "standard": task.standard.strip(),
        "lead": task.lead_id,
        "responsible": task.responsible.strip(),
        "due": task.due_on or (task.limit_value and task.limit_unit != Unit.FIXED),
    }
    return [name for name in REQUIRED if not named[name]]


@transaction.atomic
def assign(task: Task, *, by: User) -> Task:
    """Issue the task to its units (交办): give the number, start the clock, open the sign-in.

    Refused: RuleBroken("task.incomplete") while anything of R14 is missing; ("directive.not_approved") before the
    directive is approved; ("task.due_past") for a due day gone by; ("task.unit_gone") for a unit that no longer exists.
    """
    # Whether they still stand is asked after who may: somebody else is not told what became of a unit.
    shares.hold([share.department for share in task.assignments.exclude(state="released").select_related("department")])
    # The source before its task: it may be withdrawn only before or after this.
    Directive.objects.select_for_update(no_key=True).get(pk=task.directive_id)
    task = cascade.lock(task, "organiser", "lead", "directive__instructed_by", "parent__organiser")
    step = TASK.check(task, "assign", by)
    _refuse_unready(task)
    now = timezone.now()
    task.number = _number(task, now)
    task.lead_name = lead_of(task).name
    # The source may have been corrected since the draft: who may close it follows the source as approved (R33).
    task.approval_rank = directives.rank_for_closing(task.directive)
    task.assigned_at, task.assigned_by = now, by
    _start_clock(task, now)
    shares.issue(task, now)
    task = advance(
        task, step, by, number=task.number, due_on=clock.standing(task).on.isoformat(), units=shares.told(task)
    )
    progress.climb(task)
    return task


def weigh(task: Task, *, by: User, now: datetime) -> Step:
    """Refuse what ``assign`` refuses, else set the clock as it would run from ``now``; nothing is saved.

    A rehearsal of many asks this of each; it costs no query where the assignments' units are prefetched.
    """
    step = TASK.check(task, "assign", by)
    _refuse_unready(task)
    _start_clock(task, now)
    return step


def _refuse_unready(task: Task) -> None:
    lacking = missing(task)
    if lacking:
        raise RuleBroken(
            "task.incomplete",
            _("还缺%(what)s，不能交办。请补齐后再交办。")
            % {"what": "、".join(str(REQUIRED[name]) for name in lacking)},
            details={"missing": lacking},
        )
    if task.directive.state != DirectiveState.APPROVED:
        raise RuleBroken("directive.not_approved", _("来源事项还没有批准立项，不能交办。请先提请领导审批立项。"))
    prefetch_related_objects([task], "assignments__department")
    units = [assignment.department for assignment in task.assignments.all()]
    shares.refuse_gone(units)
    shares.refuse_beyond(task, units)


def _number(task: Task, now: datetime) -> str:
    if task.number:
        return task.number
    if task.parent:
        issued = task.parent.children.exclude(number=None).count()
        return numbering.child_number(str(task.parent.number), issued + 1)
    return numbering.next_number(task.organiser, timezone.localtime(now).year)


def _start_clock(task: Task, now: datetime) -> None:
    """Freeze the due day as of the assignment; it changes only by extension or suspension (C2)."""
    due = clock.due_of(task, now)
    if due is None or due.at <= now:
        raise RuleBroken("task.due_past", _("办结时限已经过去，不能交办。请重新确定时限。"))
    task.due_on, task.due_at, task.warn_at, task.due_provisional = due.on, due.at, due.warn_at, due.provisional
    task.original_due_on = due.on
    task.sign_by = clock.sign_in_by(task, task.lead, now)


@transaction.atomic
@screened
def drop(task: Task, *, by: User, reason: str = "") -> Task:
    """Give a draft up; nobody outside the office has seen it."""
    task = lock(task, "organiser", "directive")
    step = TASK.check(task, "drop", by)
    task.end_reason = reason
    return advance(task, step, by, reason=reason)


@transaction.atomic
@screened
def reassign(
    task: Task, *, by: User, lead: Department, responsible: str, reason: str, due_on: date | None = None
) -> Task:
    """Give the task to another lead (改派): declined or not yet signed by the office, signed only by a leader (R16).

    The sign-in starts anew; the clock runs on unless a new day is named, and the original day is kept.
    Refused: RuleBroken("task.same_lead"); ("task.unit_gone"); ("task.not_governed"), or ("split.not_below") for a task
    that a unit broke down; ("task.due_past").
    """
    [lead] = shares.stand([lead])
    task = cascade.lock(task, "organiser", "lead", "directive", "parent__lead")
    step = TASK.check(task, "reassign", by)
    shares.refuse_beyond(task, [lead])
    if task.parent:
        _refuse_outside(task.organiser, [lead])
    if lead.pk == task.lead_id:
        raise RuleBroken("task.same_lead", _("改派要换一个牵头单位；如仍由原单位办理，请选择“维持交办”。"))
    before, now = lead_of(task).name, timezone.now()
    task.lead, task.lead_name, task.responsible = lead, lead.name, responsible
    if due_on:
        _refuse_bad_day(task, due_on)
        clock.set_due(task, due_on, now)
    task.sign_by = clock.sign_in_by(task, lead, now)
    shares.settle(task, by)
    shares.change_lead(task, lead, now)
    return advance(task, step, by, reason=reason, before=before, after=lead.name)


@transaction.atomic
@screened
def insist(task: Task, *, by: User, reason: str) -> Task:
    """Keep the assignment in spite of the objection (维持交办); the unit signs and may not decline again."""
    task = lock(task, "organiser", "lead", "directive")
    step = TASK.check(task, "insist", by)
    now = timezone.now()
    task.sign_by = clock.sign_in_by(task, task.lead, now)
    shares.reissue_lead(task, now)
    return advance(task, step, by, reason=reason)


@transaction.atomic
@screened
def split(
    task: Task,
    *,
    by: User,
    matter: str,
    lead: Department,
    responsible: str,
    standard: str = "",
    due_on: date | None = None,
    co_units: Sequence[Department] = (),
) -> Task:
    """Break part of the task down for one's own departments, or for the level below (向下分解), and issue it at once.

    The new task hangs below this one: its issuer is the unit that breaks it down, lead or helper; this task's light
    comes from below, and its progress from what the lead broke down.
    Refused: RuleBroken("split.not_below") for a unit outside the own one; ("split.beyond_due") for a day after this
    task's; ("split.too_deep") below the sixth level.
    """
    lead, *co_units = shares.stand([lead, *co_units])
    Directive.objects.select_for_update(no_key=True).get(pk=task.directive_id)
    task = cascade.lock(task, "organiser", "lead", "directive", "parent__organiser")
    step = TASK.check(task, "split", by)
    own = unit_of(by)
    _refuse_outside(own, [lead, *co_units])
    latest = clock.standing(task).on
    if due_on and due_on > latest:
        raise RuleBroken(
            "split.beyond_due", _("下级任务的时限不能晚于本任务的 %(due)s。") % {"due": latest.isoformat()}
        )
    if task.depth >= 5:
        raise RuleBroken("split.too_deep", _("任务已分解到第六级，不能再往下分解。"))
    child = Task(directive=task.directive, parent=task, organiser=own, urgency=task.urgency)
    words = drafting.Words(
        matter=matter, standard=standard or task.standard, clause=task.clause, lead=lead, responsible=responsible,
        cycle=task.cycle, due_on=due_on or task.due_on,
    )  # fmt: skip
    drafting.fill(child, words)
    begin(child, by, verb="draft", matter=matter, parent=task.pk)
    above = {o.department_id for o in task.overseers.all()} | {own.pk}
    Overseer.objects.bulk_create(Overseer(task=child, department_id=pk) for pk in sorted(above))
    shares.plan(child, lead=lead, joint=(), co_units=co_units, groups="")
    advance(task, step, by, child=child.pk, lead=lead.name, matter=matter)
    return assign(child, by=by)


def _refuse_outside(own: Department, units: Sequence[Department]) -> None:
    outside = [u.name for u in units if u.pk == own.pk or not u.is_within(own)]
    if outside:
        raise RuleBroken(
            "split.not_below",
            _("%(units)s 不是本单位的下属机构。请只向下属机构分解；需要别的单位配合的，请提请交办单位增加配合单位。")
            % {"units": "、".join(outside)},
            details={"units": outside},
        )


@transaction.atomic
@screened
def reopen(task: Task, *, by: User, reason: str, due_on: date) -> Task:
    """Take a closed task up again (重新办理) with a new day; its history and original due day stay (R34)."""
    task = cascade.lock(task, "organiser", "lead", "directive", "parent")
    step = TASK.check(task, "reopen", by)
    now = timezone.now()
    if task.parent and task.parent.is_ended:
        raise RuleBroken("reopen.parent_ended", _("上级任务已办结或终止，请先重新办理上级任务。"))
    if task.directive.state != DirectiveState.APPROVED:
        raise RuleBroken("directive.not_approved", _("来源事项已撤销，不能重新办理。如确需办理，请重新登记立项。"))
    _refuse_bad_day(task, due_on)
    transfers.bring_forward(task)
    shares.refuse_gone([lead_of(task)])
    clock.set_due(task, due_on, now)
    task.closed_at = task.closed_by = task.finished_at = None
    task.reopened += 1
    progress.settle(task)
    shares.reopen(task)
    task = advance(task, step, by, reason=reason, due_on=due_on.isoformat())
    progress.climb(task)
    return task


def _refuse_bad_day(task: Task, due_on: date) -> None:
    """Refuse a new day that is not after today, or, below another task, lies after that one's."""
    if due_on <= timezone.localdate():
        raise RuleBroken("task.due_past", _("新的时限要晚于今天。"))
    cascade.refuse_beyond_parent(task, due_on)


@transaction.atomic
@screened
def add_units(task: Task, *, by: User, units: Sequence[Department], reason: str = "") -> Task:
    """Add helping units to an issued task (增加配合单位), each with its own sign-in.

    Refused: RuleBroken("assignment.unit_twice"), ("task.unit_gone"), ("task.not_governed") or ("split.not_below").
    """
    units = shares.stand(units)
    task = lock(task, "organiser", "lead", "directive", "parent")
    step = TASK.check(task, "add_units", by)
    shares.refuse_beyond(task, units)
    if task.parent:
        _refuse_outside(task.organiser, units)
    shares.add(task, units, timezone.now())
    return advance(task, step, by, units=[unit.name for unit in units], reason=reason)


@transaction.atomic
@screened
def name_responsible(task: Task, *, by: User, responsible: str, reason: str = "") -> Task:
    """Name another responsible person in the lead's unit (更换责任人); the unit still answers."""
    task = lock(task, "organiser", "lead", "directive")
    step = TASK.check(task, "name", by)
    before, task.responsible = task.responsible, responsible
    return advance(task, step, by, before=before, responsible=responsible, reason=reason)


@transaction.atomic
@screened
def terminate(task: Task, *, by: User, reason: str) -> Task:
    """End a task that is no longer to be done (终止), with everything below it; approved by a leader.

    Refused: RuleBroken("close.held") while a hold stands here or below: a finding is not disposed of this way.
    """
    task = cascade.lock(task, "organiser", "lead", "directive", "parent")
    step = TASK.check(task, "terminate", by)
    shares.refuse_held(task)
    lower = Task.objects.select_for_update().within_task(task).exclude(pk=task.pk).open().order_by("path")
    for child in lower:
        shares.refuse_held(child)
        child.end_reason, child.suspended_on, child.suspended_until = "上级任务终止", None, None
        shares.settle(child, by)
        shares.end(child)
        advance(child, step, by, because=task.pk)
    task.end_reason, task.suspended_on, task.suspended_until = reason, None, None
    shares.settle(task, by)
    shares.end(task)
    task = advance(task, step, by, reason=reason)
    progress.climb(task)
    return task
