"""Re-checks (回头看): an inspection of its own, linked to the finding; the problem stayed away, or it came back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from supervision.lifecycles.correcting import FINDING
from supervision.models import Finding, Inspection
from supervision.operations import findings, inspections
from supervision.states.inspecting import Basis, InspectionKind, InspectionState, Method
from tasks.lifecycles import TASK
from tasks.models import Task
from tasks.operations import tasks
from workflow.record import advance, touch
from workflow.refusal import RuleBroken

ON_THE_SPOT = (
    InspectionState.RUNNING, InspectionState.REPORTED, InspectionState.CONCLUDED, InspectionState.FINISHED,
)  # fmt: skip
DESIGNATION = (
    "designation_matter", "designation_scope", "designation_duty", "designation_document", "designated_from",
    "designated_until",
)  # fmt: skip
"""What a designated department goes on (R3)."""


@transaction.atomic
@screened
def arrange(
    finding: Finding, *, by: User, starts_on: date, ends_on: date, basis_text: str, title: str = ""
) -> Inspection:
    """Arrange a re-check of a settled finding (安排回头看): the draft of a daily inspection of the same unit (R34).

    It takes the way of every other inspection: approved, done by a team, reported. Refused: as ``inspections.register``
    and ``inspections.link`` refuse.
    """
    finding = findings.lock_finding(finding)
    step = FINDING.check(finding, "recheck", by)
    before = finding.inspection
    target = before.targets.filter(department=finding.department).first()
    inspection = inspections.register(
        by=by,
        title=title or _("回头看：%(fact)s") % {"fact": finding.fact[:80]},
        topic=before.topic,
        kind=InspectionKind.DAILY,
        methods=[Method.ON_SITE],
        subject_kind=before.subject_kind,
        basis=Basis.PROPOSAL,
        basis_text=basis_text,
        objects=[finding.department],
        starts_on=starts_on,
        ends_on=ends_on,
        unplanned_reason=_("对已整改问题进行回头看"),
        overlap_reason=_("对已整改问题进行回头看"),
        necessity=target.necessity if target else "",
        content=_("核实问题是否反弹：%(fact)s") % {"fact": finding.fact},
        scope=_("%(unit)s整改落实情况") % {"unit": finding.department_name},
        discipline=_("只核实该问题，不扩大范围，不要求另报材料"),
        **{name: getattr(before, name) for name in DESIGNATION},
    )
    inspection.recheck_of = finding
    inspection = touch(inspection, "recheck", by, finding=finding.pk)
    if finding.task is not None and Task.objects.visible_to(by).filter(pk=finding.task.pk).exists():
        inspection = inspections.link(inspection, by=by, tasks=[finding.task])
    advance(finding, step, by, inspection=inspection.pk)
    return inspection


@transaction.atomic
@screened
def confirm(finding: Finding, *, by: User, recheck: Inspection, opinion: str) -> Finding:
    """Record that the problem has stayed away (回头看合格).

    Refused: RuleBroken("finding.other_recheck") for an inspection that is no re-check of this finding or has not begun.
    """
    finding = findings.lock_finding(finding)
    step = FINDING.check(finding, "confirm", by)
    _refuse_other(finding, recheck)
    finding.rechecked_at = timezone.now()
    return advance(finding, step, by, recheck=recheck.pk, opinion=opinion)


@transaction.atomic
@screened
def relapse(
    finding: Finding, *, by: User, recheck: Inspection, opinion: str, task_due_on: date | None = None
) -> Finding:
    """Record that the problem came back (问题反弹): the same finding is told to the unit again, its task held again.

    A task that was closed meanwhile is taken up again with ``task_due_on`` where the officer issued it; else the
    finding's page proposes it to who did. Refused: as by ``confirm``; and as ``tasks.reopen`` refuses the day.
    """
    finding = findings.lock_finding(finding)
    step = FINDING.check(finding, "relapse", by)
    _refuse_other(finding, recheck)
    if finding.task is not None and task_due_on is not None and TASK.may(finding.task, "reopen", by):
        reason = _("督查问题反弹：%(opinion)s") % {"opinion": opinion}
        tasks.reopen(finding.task, by=by, reason=reason[:500], due_on=task_due_on)
    finding.rechecked_at = timezone.now()
    return findings.reissue(finding, by, step, recheck=recheck.pk, opinion=opinion)


def _refuse_other(finding: Finding, recheck: Inspection) -> None:
    if recheck.recheck_of_id != finding.pk or recheck.state not in ON_THE_SPOT:
        raise RuleBroken("finding.other_recheck", _("所选督查不是对这个问题的回头看，或者还没有开始。请重新选择。"))
