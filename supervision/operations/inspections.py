"""Inspections: from the draft to the end (R1-R11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from organization.states import Side
from supervision.actors.inspecting import officer
from supervision.lifecycles.inspecting import INSPECTION, SCHEME
from supervision.models import Inspection, InspectionObject, InspectionTask, PlanItem, Scheme, Worksheet
from supervision.operations import access, drafting, targets
from supervision.states.correcting import TOLD, FindingState
from supervision.states.inspecting import InspectionState, SchemeState
from tasks.actors import UNIT_ROLES
from tasks.models import Task
from tasks.operations import numbering
from tasks.states import HELD
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import Forbidden, NotVisible, RuleBroken

CODE_LENGTH = 12
UNAMBIGUOUS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that nobody confuses when he copies them from paper."""
SCHEME_FIELDS = ("content", "scope", "discipline", "materials", "necessity")


@transaction.atomic
@screened
def register(
    *,
    by: User,
    title: str,
    topic: str,
    kind: str,
    methods: list[str],
    subject_kind: str,
    basis: str,
    basis_text: str,
    objects: Sequence[Department],
    starts_on: date,
    ends_on: date,
    basis_document: str = "",
    plan_item: PlanItem | None = None,
    unplanned_reason: str = "",
    overlap_reason: str = "",
    necessity: str = "",
    content: str = "",
    scope: str = "",
    discipline: str = "",
    materials: str = "",
    joint: bool = False,
    covert: bool = False,
    designation_matter: str = "",
    designation_scope: str = "",
    designation_duty: str = "",
    designation_document: str = "",
    designated_from: date | None = None,
    designated_until: date | None = None,
) -> Inspection:
    """Draft an inspection (拟制督查) with the first version of its scheme, for the own office or designated department.

    Refused: Forbidden for others; RuleBroken as in ``drafting`` and ``targets.checked``: method (R2), designation (R3),
    necessity (R4), days, units that are gone or not governed. What else is missing is asked for when it is submitted.
    """
    said = {key: value for key, value in locals().items() if key != "by"}
    organiser = by.department
    if organiser is None or not (officer(by, None) or (by.role in UNIT_ROLES and not organiser.is_office)):
        raise Forbidden("inspection.register.forbidden", officer.reason)
    fields, scheme_said, units = _split(said)
    drafting.refuse_unreadable(organiser, fields)
    necessities = targets.checked(organiser, units, necessity)
    inspection = Inspection(
        state=InspectionState.DRAFT, organiser=organiser, registered_by=by, party=organiser.side == Side.PARTY, **fields
    )
    begin(inspection, by, verb="register", kind=kind)
    targets.put(inspection, necessities)
    scheme = Scheme(
        state=SchemeState.PENDING, inspection=inspection, drafted_by=by, starts_on=starts_on, ends_on=ends_on
    )
    drafting.fill(scheme, units, **scheme_said)
    begin(scheme, by, verb="draft", number=1)
    return inspection


@transaction.atomic
@screened
def edit(
    inspection: Inspection,
    *,
    by: User,
    title: str,
    topic: str,
    kind: str,
    methods: list[str],
    subject_kind: str,
    basis: str,
    basis_text: str,
    objects: Sequence[Department],
    starts_on: date,
    ends_on: date,
    basis_document: str = "",
    plan_item: PlanItem | None = None,
    unplanned_reason: str = "",
    overlap_reason: str = "",
    necessity: str = "",
    content: str = "",
    scope: str = "",
    discipline: str = "",
    materials: str = "",
    joint: bool = False,
    covert: bool = False,
    designation_matter: str = "",
    designation_scope: str = "",
    designation_duty: str = "",
    designation_document: str = "",
    designated_from: date | None = None,
    designated_until: date | None = None,
) -> Inspection:
    """Correct a draft and its first scheme. Refused as in ``register``; RuleBroken("member.recused") too."""
    said = {key: value for key, value in locals().items() if key not in ("by", "inspection")}
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "edit", by)
    fields, scheme_said, units = _split(said)
    drafting.refuse_unreadable(inspection.organiser, fields)
    targets.put(inspection, targets.checked(inspection.organiser, units, necessity))
    targets.refuse_own_members(inspection, units)
    scheme = drafting.current(inspection)
    changed = [name for name, value in fields.items() if getattr(inspection, name) != value]
    changed += [name for name, value in scheme_said.items() if getattr(scheme, name) != value]
    drafting.fill(scheme, units, starts_on=starts_on, ends_on=ends_on, **scheme_said).save()
    for name, value in fields.items():
        setattr(inspection, name, value)
    return advance(inspection, step, by, changed=changed)


def _split(said: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[Department]]:
    """Return what belongs to the inspection, what to its scheme, and the objects."""
    units = list(said.pop("objects"))
    scheme = {name: said.pop(name) for name in SCHEME_FIELDS}
    scheme["materials"] = drafting.lines(scheme["materials"])
    return said, scheme, units


# ------------------------------------------------------------------------------------------------ linked tasks


@transaction.atomic
def link(inspection: Inspection, *, by: User, tasks: Sequence[Task]) -> Inspection:
    """Let the inspection look at tasks that the officer sees; the tasks' units learn nothing of it.

    Refused: NotVisible for a task out of sight; RuleBroken("inspection.task_elsewhere") where no inspected unit has a
    part in it: that would widen the range.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "link", by)
    keys = [task.pk for task in tasks]
    seen = Task.objects.visible_to(by).filter(pk__in=keys)
    if seen.count() != len(set(keys)):
        raise NotVisible("not_found", _("没有找到。"))
    paths = tuple(target.department.path for target in inspection.targets.select_related("department"))
    for task in seen.prefetch_related("assignments__department"):
        shares = [share.department.path for share in task.assignments.all() if share.state in HELD]
        if not any(path.startswith(paths) for path in shares):
            raise RuleBroken(
                "inspection.task_elsewhere",
                _("“%(task)s”不是督查对象承担的任务，关联它会扩大督查范围。请只关联督查对象的任务。") % {"task": task},
            )
    known = set(inspection.links.values_list("task", flat=True))
    new = [task for task in seen.order_by("pk") if task.pk not in known]
    InspectionTask.objects.bulk_create(InspectionTask(inspection=inspection, task=task) for task in new)
    inspection = advance(inspection, step, by, tasks=[task.pk for task in new])
    access.give(inspection, by=by, tasks=new)
    return inspection


@transaction.atomic
def unlink(inspection: Inspection, *, by: User, tasks: Sequence[Task]) -> Inspection:
    """Let the draft no longer look at these tasks."""
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "unlink", by)
    InspectionTask.objects.filter(inspection=inspection, task__in=tasks).delete()
    return advance(inspection, step, by, tasks=[task.pk for task in tasks])


# ------------------------------------------------------------------------------------------------ approval


@transaction.atomic
def submit(inspection: Inspection, *, by: User) -> Inspection:
    """Ask for approval (提请批准).

    Refused: RuleBroken, the first of: basis document missing (R1), designation not valid on the first day (R3), neither
    planned nor explained (R8), no scheme (R5), the days are over, no head or a joint team of one body (R6), an overlap
    that is not justified ("inspection.overlap", R9).
    """
    inspection = lock(inspection, "organiser", "plan_item__plan__organiser")
    step = INSPECTION.check(inspection, "submit", by)
    drafting.refuse_incomplete(inspection, by)
    return advance(inspection, step, by)


@transaction.atomic
@screened
def approve(inspection: Inspection, *, by: User, comment: str = "") -> Inspection:
    """Approve the inspection with its first scheme (批准督查): number and verification code are given (R10, R15).

    A covert visit gets neither before it is disclosed (F57). Refused: Forbidden for who drafted or submitted it.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "approve", by)
    drafters = hands(inspection, "inspection.register", "inspection.edit", "inspection.submit")
    refuse_same(by, drafters, "inspection.approve.own", _("拟制、提请的人不能批准自己经手的督查，请由其他领导批准。"))
    now = timezone.now()
    inspection.approved_by, inspection.approved_at = by, now
    scheme = lock(drafting.current(inspection), "inspection__organiser")
    scheme.decided_by, scheme.decided_at, scheme.comment = by, now, comment
    if not inspection.is_sealed:
        _make_known(inspection, "查")
    told = {} if inspection.is_sealed else {"number": inspection.number}
    inspection = advance(inspection, step, by, comment=comment, **told)
    advance(scheme, SCHEME.rows("approve")[0], by, number=scheme.version_no)
    return inspection


def _make_known(inspection: Inspection, series: str) -> None:
    """Give the number and the code, and note that the objects are told of it from now on."""
    now = timezone.now()
    inspection.number = numbering.next_number(inspection.organiser, timezone.localtime(now).year, series)
    inspection.code = get_random_string(CODE_LENGTH, UNAMBIGUOUS)
    inspection.targets.update(notified_at=now)


@transaction.atomic
@screened
def send_back(inspection: Inspection, *, by: User, reason: str) -> Inspection:
    """Return the inspection for correction, with the reason."""
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "send_back", by)
    return advance(inspection, step, by, reason=reason)


# ------------------------------------------------------------------------------------------------ on the spot


@transaction.atomic
def start(inspection: Inspection, *, by: User) -> Inspection:
    """Begin (开始督查): the linked tasks are opened to the members until thirty days after the last day.

    Refused: RuleBroken("inspection.too_early") before the first day; ("inspection.over") after the last; and a team
    without a head (R6).
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "start", by)
    today = timezone.localdate()
    if today < inspection.starts_on:
        raise RuleBroken(
            "inspection.too_early",
            _("督查从%(day)s开始，请到期再开始；确需提前的，请先调整方案。")
            % {"day": inspection.starts_on.isoformat()},
        )
    if today > inspection.ends_on:
        raise RuleBroken("inspection.over", _("督查的结束日期已过，请先调整方案。"))
    drafting.refuse_without_team(inspection)
    inspection.started_at = timezone.now()
    inspection = advance(inspection, step, by)
    access.give(inspection, by=by)
    return inspection


@transaction.atomic
@screened
def report(inspection: Inspection, *, by: User, report: str) -> Inspection:
    """Sign and file the report (签报督查报告); the head answers for it (R6).

    Refused: RuleBroken("report.no_worksheet"); ("report.unchecked") while a linked task has no sheet.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "report", by)
    sheets = Worksheet.objects.filter(inspection=inspection)
    if not sheets.exists():
        raise RuleBroken("report.no_worksheet", _("还没有检查底稿。报告的事实要有底稿为据，请先填写底稿。"))
    left = inspection.links.exclude(task__in=sheets.exclude(task=None).values("task")).count()
    if left:
        raise RuleBroken(
            "report.unchecked",
            _("还有%(count)d项关联任务没有底稿。请逐项填写；确实无法核实的，请选“未能核实”。") % {"count": left},
            details={"unchecked": left},
        )
    inspection.report, inspection.reported_by, inspection.reported_at = report, by, timezone.now()
    return advance(inspection, step, by)


@transaction.atomic
@screened
def disclose(inspection: Inspection, *, by: User, note: str = "") -> Inspection:
    """Let a covert visit be known (公开暗访): now it gets its number, of its own series, and a code (R11, F57)."""
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "disclose", by)
    inspection.disclosed_at = timezone.now()
    _make_known(inspection, "暗")
    return advance(inspection, step, by, number=inspection.number, note=note)


# ------------------------------------------------------------------------------------------------ the end


@transaction.atomic
def conclude(inspection: Inspection, *, by: User) -> Inspection:
    """Say that every object has its part of the conclusion (结论反馈完毕, Art. 16).

    Refused: RuleBroken("inspection.sealed") for a covert visit that is not disclosed: its objects must know of it;
    ("inspection.not_concluded") naming the units with findings about which no conclusion has been issued (Art. 16).
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "conclude", by)
    if inspection.is_sealed:
        raise RuleBroken("inspection.sealed", _("暗访还没有公开，结论无法反馈给督查对象。请先公开暗访。"))
    _refuse_unconcluded(inspection)
    return advance(inspection, step, by)


def _refuse_unconcluded(inspection: Inspection) -> None:
    issued = inspection.conclusions.filter(state__in=TOLD).values("department")
    left = inspection.findings.exclude(state=FindingState.DROPPED).exclude(department__in=issued)
    units = sorted(set(left.values_list("department_name", flat=True)))
    if units:
        raise RuleBroken(
            "inspection.not_concluded",
            _("%(units)s 查出了问题，还没有印发督查结论。请先拟制并印发结论，再办理。") % {"units": "、".join(units)},
            details={"units": units},
        )


@transaction.atomic
def finish(inspection: Inspection, *, by: User) -> Inspection:
    """End the inspection (办结督查); its members' access ends at once."""
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "finish", by)
    inspection = advance(inspection, step, by)
    access.take(inspection, by=by)
    return inspection


@transaction.atomic
@screened
def withdraw(inspection: Inspection, *, by: User, reason: str) -> Inspection:
    """Call the inspection off (撤销督查); its members' access ends at once, its code is worth nothing."""
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "withdraw", by)
    inspection.end_reason = reason
    inspection = advance(inspection, step, by, reason=reason)
    access.take(inspection, by=by)
    return inspection


def open_of(department: Department) -> Any:
    """Return the inspections that are not ended which the unit orders or undergoes."""
    targeted = InspectionObject.objects.filter(department=department).values("inspection")
    ended = (InspectionState.FINISHED, InspectionState.WITHDRAWN)
    return Inspection.objects.exclude(state__in=ended).filter(Q(pk__in=targeted) | Q(organiser=department))


@transaction.atomic
def follow(inspection: Inspection, *, by: User | None, old: Department, new: Department) -> Inspection:
    """Let a unit's heir stand in its place, as object or as organiser (F49)."""
    inspection = lock(inspection, "organiser")
    rows = {row.department_id: row for row in inspection.targets.all()}
    if old.pk in rows and new.pk in rows:
        rows[old.pk].delete()
    elif old.pk in rows:
        rows[old.pk].department = new
        rows[old.pk].save()
    if inspection.organiser_id == old.pk:
        inspection.organiser = new
    return touch(inspection, "follow", by, **{"from": old.name, "to": new.name})
