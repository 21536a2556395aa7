"""Schemes: after the approval content, objects, range and period change by a version approved anew only (R5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from supervision.lifecycles.inspecting import INSPECTION, SCHEME
from supervision.models import Inspection, Scheme
from supervision.operations import access, drafting, targets
from supervision.states.inspecting import UNDER_WAY, InspectionState, SchemeState
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def amend(
    inspection: Inspection,
    *,
    by: User,
    reason: str,
    objects: Sequence[Department],
    starts_on: date,
    ends_on: date,
    content: str = "",
    scope: str = "",
    discipline: str = "",
    materials: str = "",
    necessity: str = "",
) -> Scheme:
    """Propose the next version of the scheme (调整方案); the version in force stays until it is approved.

    Refused: RuleBroken("scheme.pending") while another one waits; ("scheme.started") for another first day once the
    inspection runs; days and objects as in ``inspections.register``; ("member.recused") for a member's own unit.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "amend", by)
    if inspection.schemes.filter(state=SchemeState.PENDING).exists():
        raise RuleBroken("scheme.pending", _("已有一版调整方案等待审批，请等审批结果。"))
    drafting.refuse_days(starts_on, ends_on)
    if inspection.state == InspectionState.RUNNING and starts_on != inspection.starts_on:
        raise RuleBroken("scheme.started", _("督查已经开始，开始日期不能再改。请只调整结束日期。"))
    units = list(objects)
    targets.checked(inspection.organiser, units, necessity)
    targets.refuse_own_members(inspection, units)
    number = inspection.schemes.count() + 1
    scheme = Scheme(
        state=SchemeState.PENDING, inspection=inspection, version_no=number, drafted_by=by, reason=reason,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    said = {"content": content, "scope": scope, "discipline": discipline, "necessity": necessity}
    drafting.fill(scheme, units, materials=drafting.lines(materials), **said)
    begin(scheme, by, verb="draft", number=number, reason=reason)
    advance(inspection, step, by, scheme=scheme.pk, number=number)
    return scheme


def _lock_both(scheme: Scheme) -> tuple[Inspection, Scheme]:
    inspection = lock(Inspection(pk=scheme.inspection_id), "organiser")
    return inspection, lock(scheme, "inspection__organiser")


@transaction.atomic
@screened
def approve(scheme: Scheme, *, by: User, comment: str = "") -> Scheme:
    """Put a later version in force (批准调整): objects and days of the inspection follow it.

    Refused: Forbidden for who drafted it; RuleBroken("scheme.too_late") once the inspection is reported or ended;
    objects and members as in ``amend``, asked again.
    """
    inspection, scheme = _lock_both(scheme)
    step = SCHEME.check(scheme, "approve", by)
    drafters = hands(scheme, "scheme.draft")
    refuse_same(by, drafters, "scheme.approve.own", _("起草的人不能批准自己起草的方案，请由其他领导批准。"))
    if inspection.state not in UNDER_WAY[:2]:
        raise RuleBroken("scheme.too_late", _("督查已经报告或结束，方案不能再调整。请不予调整。"))
    units = list(Department.objects.filter(pk__in=[unit["id"] for unit in scheme.units]))
    necessities = targets.checked(inspection.organiser, units, scheme.necessity)
    targets.refuse_own_members(inspection, units)
    now = timezone.now()
    for old in Scheme.objects.select_for_update().filter(inspection=inspection, state=SchemeState.APPROVED):
        advance(old, SCHEME.rows("supersede")[0], by, number=old.version_no)
    scheme.decided_by, scheme.decided_at, scheme.comment = by, now, comment
    scheme = advance(scheme, step, by, number=scheme.version_no, comment=comment)
    targets.put(inspection, necessities)
    if not inspection.is_sealed:
        inspection.targets.filter(notified_at=None).update(notified_at=now)
    inspection.starts_on, inspection.ends_on = scheme.starts_on, scheme.ends_on
    inspection = touch(inspection, "amended", by, number=scheme.version_no)
    access.take(inspection, by=by)
    access.give(inspection, by=by)
    return scheme


@transaction.atomic
@screened
def send_back(scheme: Scheme, *, by: User, comment: str) -> Scheme:
    """Leave the version in force as it is (不予调整), with the reason."""
    _inspection, scheme = _lock_both(scheme)
    step = SCHEME.check(scheme, "send_back", by)
    scheme.decided_by, scheme.decided_at, scheme.comment = by, timezone.now(), comment
    return advance(scheme, step, by, number=scheme.version_no, comment=comment)
