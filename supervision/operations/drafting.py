"""What a draft of an inspection must hold: by itself at any time, and as a whole before it is submitted (R1-R9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import refuse_marked
from organization.models import Department
from supervision.models import Inspection, Scheme
from supervision.operations import overlaps, targets
from supervision.states.inspecting import Basis, InspectionKind, MemberRole, MemberState, Method, PlanState
from workflow.refusal import RuleBroken

DESIGNATION = (
    "designation_matter", "designation_scope", "designation_duty", "designation_document", "designated_from",
    "designated_until",
)  # fmt: skip


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something: one material a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def refuse_unreadable(organiser: Department, fields: dict[str, Any]) -> None:
    """Refuse what no draft may hold: marks in titles, no method or an unknown one, days in disorder (R2)."""
    refuse_marked(fields["title"], fields["topic"], short=True)
    methods = fields["methods"]
    if not methods or set(methods) - set(Method.values):
        raise RuleBroken("inspection.method_missing", _("请至少选择一种督查方式（条例第十二条的八种方式）。"))
    refuse_days(fields["starts_on"], fields["ends_on"])
    if not organiser.is_office and not all(fields[name] for name in DESIGNATION):
        raise RuleBroken(
            "inspection.designation_missing",
            _("未经本级政府指定，部门不能开展政府督查。请写明指定的事项、范围、职责、期限和文号。"),
        )


def refuse_days(starts_on: date, ends_on: date) -> None:
    """Refuse a period that ends before it begins."""
    if ends_on < starts_on:
        raise RuleBroken("inspection.days", _("结束日期不能早于开始日期，请核对日期。"))


# ------------------------------------------------------------------------------------------------ before submitting


def refuse_incomplete(inspection: Inspection, by: Any) -> None:
    """Refuse what is not ready for approval, one reason at a time, in the order of the form."""
    for check in CHECKS:
        check(inspection)
    refuse_overlap(inspection, by)


def _basis(inspection: Inspection) -> None:
    if inspection.basis == Basis.DECISION and not inspection.basis_document.strip():
        raise RuleBroken(
            "inspection.basis_document_missing",
            _("依据政府决定或行政首长指示立项的，请写明决定、批示或会议纪要的文号。"),
        )


def _designation(inspection: Inspection) -> None:
    if inspection.organiser.is_office:
        return
    first, last = inspection.designated_from, inspection.designated_until
    if first is None or last is None or not first <= inspection.starts_on <= last:
        raise RuleBroken(
            "inspection.designation_not_valid", _("督查开始之日不在政府指定的期限内，请调整日期或重新取得指定。")
        )


def _plan(inspection: Inspection) -> None:
    item = inspection.plan_item
    if item is None:
        if not inspection.unplanned_reason.strip():
            raise RuleBroken(
                "inspection.unplanned",
                _("这次督查不在年度计划内，须一事一报。请选择计划事项，或写明计划外理由，报行政首长批准。"),
            )
        return
    plan = item.plan
    own = plan.organiser.jurisdiction_path == inspection.organiser.jurisdiction_path
    if plan.state != PlanState.APPROVED or plan.year != inspection.starts_on.year or not own:
        raise RuleBroken("inspection.plan_item", _("所选事项不在本级已批准的当年督查计划中，请重新选择。"))


def _scheme(inspection: Inspection) -> None:
    scheme = current(inspection)
    if inspection.kind == InspectionKind.DAILY or (scheme.content.strip() and scheme.scope.strip()):
        return
    raise RuleBroken("inspection.scheme_missing", _("还没有督查方案。请写明督查内容和督查范围，报批后严格按方案进行。"))


def _period(inspection: Inspection) -> None:
    if inspection.ends_on < timezone.localdate():
        raise RuleBroken("inspection.over", _("督查的结束日期已过，请先调整日期。"))


def refuse_without_team(inspection: Inspection) -> None:
    """Refuse a team without exactly one head, or a joint one of a single body (R6)."""
    members = [m for m in inspection.members.all() if m.state == MemberState.STANDING]
    heads = [m for m in members if m.role == MemberRole.HEAD]
    if len(heads) != 1:
        raise RuleBroken("inspection.no_head", _("督查组要有且只有一名组长，由批准督查的政府确定。请先确定组长。"))
    if inspection.joint and len({m.body for m in members}) < 2:
        raise RuleBroken(
            "inspection.joint_bodies", _("联合督查的组员应来自两个以上单位，请增加组员，或取消“联合督查”。")
        )


def refuse_overlap(inspection: Inspection, by: Any) -> None:
    """Refuse a repeated inspection until it is justified (R9); names only what the caller may see."""
    if inspection.overlap_reason.strip():
        return
    found = overlaps.of(inspection)
    if found:
        seen = overlaps.visible(found, by)
        raise RuleBroken(
            "inspection.overlap",
            _("同一对象已有%(count)d项同主题或同期的督查。请合并为联合督查，或写明确需重复的理由。")
            % {"count": len(found)},
            details={"count": len(found), "inspections": [other.pk for other in seen]},
        )


CHECKS: Sequence[Callable[[Inspection], None]] = (_basis, _designation, _plan, _scheme, _period, refuse_without_team)


# ------------------------------------------------------------------------------------------------ schemes


def current(inspection: Inspection) -> Scheme:
    """Return the scheme in force; before the approval the first, which waits with the inspection."""
    rows: list[Scheme] = sorted(inspection.schemes.all(), key=lambda row: row.version_no)
    in_force = [row for row in rows if row.state == "approved"]
    return in_force[-1] if in_force else rows[0]


def fill(scheme: Scheme, units: Sequence[Department], **said: Any) -> Scheme:
    """Write what was said into a scheme that nobody has approved yet."""
    scheme.units = targets.named(units)
    for name, value in said.items():
        setattr(scheme, name, value)
    return scheme
