"""Drafting: what is checked before a draft is inserted, and the inserting: of hundreds by the statements of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from organization.models import Department, User
from tasks import clock
from tasks.lifecycles import DIRECTIVE
from tasks.models import Assignment, Directive, Milestone, Overseer, Task
from tasks.operations import directives, shares
from tasks.states import Unit
from workflow.record import begin_all, lock
from workflow.refusal import Refusal, RuleBroken


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said of a draft, by the names of ``tasks.draft``; what is left out is said to be nothing."""

    matter: str
    standard: str = ""
    measures: str = ""
    clause: str = ""
    lead: Department | None = None
    joint: Sequence[Department] = ()
    co_units: Sequence[Department] = ()
    groups: str = ""
    responsible: str = ""
    leader: str = ""
    urgency: str = ""
    cycle: str = ""
    due_on: date | None = None
    limit_value: int | None = None
    limit_unit: str = Unit.FIXED
    default_limit: bool = False
    milestones: Sequence[dict[str, Any]] = ()


WRITTEN: Final = (
    "matter", "standard", "measures", "clause", "lead", "responsible", "leader", "cycle", "due_on", "limit_value",
    "limit_unit",
)  # fmt: skip
"""The words that stand in the task itself."""


@dataclass(frozen=True)
class Plan:
    """A draft that nothing speaks against, not yet inserted."""

    task: Task
    parts: shares.Parts
    groups: str
    milestones: Sequence[dict[str, Any]]
    told: Mapping[str, Any]


def open_for_drafts(directive: Directive, by: User) -> Directive:
    """Lock the directive and return it. Refused: RuleBroken("directive.information_only") (R12); as DIRECTIVE says."""
    directive = lock(directive, "organiser", "instructed_by")
    DIRECTIVE.check(directive, "draft", by)
    directives.refuse_information(directive)
    return directive


def prepare(directive: Directive, words: Words) -> Plan:
    """Check one draft of a locked directive. Refused: as ``fill`` and ``shares.parts`` refuse."""
    task = Task(
        directive=directive, organiser=directive.organiser, urgency=words.urgency or directive.urgency,
        approval_rank=directives.rank_for_closing(directive),
    )  # fmt: skip
    fill(task, words)
    told = {"matter": task.matter} | told_limit(task, words)
    parts = shares.parts(lead=words.lead, joint=words.joint, co_units=words.co_units)
    return Plan(task, parts, words.groups, words.milestones, told)


def insert(plans: Sequence[Plan], by: User) -> None:
    """Insert drafts with their making on record, their shares and stages; the directive is locked."""
    if not plans:
        return
    made = [plan.task for plan in plans]
    begin_all(made, by, verb="draft", details=[plan.told for plan in plans])
    Task.objects.filter(pk__in=[task.pk for task in made]).stand_at_the_top()
    for task in made:
        task.stand_at_the_top()
    Overseer.objects.bulk_create(Overseer(task=task, department=task.organiser) for task in made)
    Assignment.objects.bulk_create(s for plan in plans for s in shares.planned(plan.task, plan.parts, plan.groups))
    Milestone.objects.bulk_create(stage for plan in plans for stage in stages(plan.task, plan.milestones))


def draft_all(directive: Directive, *, by: User, rows: Sequence[Mapping[str, Any]]) -> list[Task | Refusal]:
    """Draft many tasks of a directive; each row holds the arguments of ``tasks.draft``, which says the same to each.

    Returns, in the order of the rows, the task or the refusal: one that is refused does not keep the others. Refused
    as a whole: what ``open_for_drafts`` refuses. Call it in a transaction.
    """
    directive = open_for_drafts(directive, by)
    found = [_prepared(directive, row) for row in rows]
    insert([one for one in found if isinstance(one, Plan)], by)
    return [one.task if isinstance(one, Plan) else one for one in found]


def _prepared(directive: Directive, row: Mapping[str, Any]) -> Plan | Refusal:
    try:
        return prepare(directive, _read(row=dict(row)))
    except Refusal as refusal:
        return refusal


@screened
def _read(*, row: Mapping[str, Any]) -> Words:
    """Return what a row says. Refused: RuleBroken("secrecy.marked")."""
    return Words(**row)


def fill(task: Task, words: Words) -> list[str]:
    """Write the words into the draft; return the names of the fields that changed.

    ``default_limit``: where neither day nor limit is named, the limit of the source and the urgency is written.
    """
    refuse_marked(words.matter, short=True)
    _refuse_half_limit(words.limit_value, words.limit_unit, words.due_on)
    fields = {name: getattr(words, name) for name in WRITTEN}
    if words.default_limit and not words.limit_value and words.due_on is None:
        limit = clock.default_limit(task.directive.source, task.urgency)
        fields |= {"limit_value": limit.value, "limit_unit": limit.unit}
    changed = [name for name, value in fields.items() if getattr(task, name) != value]
    for name, value in fields.items():
        setattr(task, name, value)
    return changed


def told_limit(task: Task, words: Words) -> dict[str, Any]:
    """Return what the record says of a limit that nobody named but the source brought; nothing where one was named."""
    by_custom = task.limit_value is not None and words.limit_value is None and words.due_on is None
    return {"default_limit": {"value": task.limit_value, "unit": task.limit_unit}} if by_custom else {}


def _refuse_half_limit(value: int | None, unit: str, due_on: date | None) -> None:
    if unit != Unit.FIXED and not value:
        raise RuleBroken("task.limit_half", _("选了“%(unit)s”就要填写数目，例如 20。") % {"unit": Unit(unit).label})
    if unit == Unit.FIXED and value and due_on is None:
        raise RuleBroken("task.limit_half", _("填写了数目却没有选择单位，请选择“工作日”或“日历日”。"))


def stages(task: Task, milestones: Sequence[dict[str, Any]]) -> list[Milestone]:
    """Return the milestones of a draft, unsaved."""
    return [
        Milestone(task=task, title=row["title"], due_on=row.get("due_on"), position=position)
        for position, row in enumerate(milestones, start=1)
    ]
