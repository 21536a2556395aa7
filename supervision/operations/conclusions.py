"""Conclusions: drafted by the office, issued by the government, received and answered by the unit (R36)."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from organization.workdays import calendar_of
from supervision import digests
from supervision.lifecycles.correcting import CONCLUSION
from supervision.lifecycles.inspecting import INSPECTION
from supervision.models import Conclusion, Finding, Inspection
from supervision.operations import findings
from supervision.states.correcting import ConclusionState, FindingState
from tasks.operations import numbering
from workflow.chain import canonical
from workflow.lifecycle import Step
from workflow.record import advance, begin, lock
from workflow.refusal import RuleBroken

REVIEW_DAYS = 30
"""Calendar days from receipt in which the unit may apply for review (条例 Art. 17)."""
SERIES = "结"
"""The word that keeps the series of conclusions apart (R15)."""
UNDECIDED = (FindingState.DRAFT, FindingState.ISSUED, FindingState.DISPUTED)


def lock_conclusion(conclusion: Conclusion) -> Conclusion:
    """Return the conclusion, locked, with what every actor asks of it."""
    return lock(conclusion, "inspection__organiser", "department")


@transaction.atomic
@screened
def draft(
    inspection: Inspection, *, by: User, department: Department, process: str, appraisal: str, requirement: str = ""
) -> Conclusion:
    """Draft the conclusion about one unit (拟制督查结论), in the name of the government that the organiser works for.

    Refused: RuleBroken("finding.not_object") for a unit that was not inspected; ("conclusion.exists") where the unit
    has one.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "draft", by)
    if not inspection.targets.filter(department=department).exists():
        raise RuleBroken("finding.not_object", _("这个单位不是本次督查的对象。请选择督查方案列明的单位。"))
    if inspection.conclusions.filter(department=department).exclude(state=ConclusionState.DISCARDED).exists():
        raise RuleBroken("conclusion.exists", _("这个单位已有本次督查的结论。请在原结论上修改，或先作废它。"))
    conclusion = Conclusion(
        inspection=inspection, department=department, department_name=department.name, process=process,
        government=inspection.organiser.jurisdiction.name, appraisal=appraisal, requirement=requirement, drafted_by=by,
        state=ConclusionState.DRAFT,
    )  # fmt: skip
    begin(conclusion, by, verb="draft", inspection=inspection.pk)
    advance(inspection, step, by, conclusion=conclusion.pk)
    return conclusion


@transaction.atomic
@screened
def edit(conclusion: Conclusion, *, by: User, process: str, appraisal: str, requirement: str = "") -> Conclusion:
    """Correct the draft (修改)."""
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "edit", by)
    conclusion.process, conclusion.appraisal, conclusion.requirement = process, appraisal, requirement
    return advance(conclusion, step, by)


@transaction.atomic
def discard(conclusion: Conclusion, *, by: User) -> Conclusion:
    """Throw the draft away (作废草稿)."""
    conclusion = lock_conclusion(conclusion)
    return advance(conclusion, CONCLUSION.check(conclusion, "discard", by), by)


# ------------------------------------------------------------------------------------------------ approval


@transaction.atomic
def submit(conclusion: Conclusion, *, by: User) -> Conclusion:
    """Ask for approval (提请批准); the findings are written into the paper as they stand.

    Refused: RuleBroken("conclusion.open_findings") while one is a draft, unanswered or disputed;
    ("conclusion.no_evidence") naming the findings behind which no proof stands (R36); ("conclusion.covert") while the
    visit is secret (R11): what was disclosed stays so, hence it is not asked again.
    """
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "submit", by)
    if conclusion.inspection.is_sealed:
        raise RuleBroken("conclusion.covert", _("暗访尚未公开，结论不能反馈给单位。请先公开本次督查。"))
    conclusion.snapshot = _findings(conclusion)
    return advance(conclusion, step, by, findings=[row["id"] for row in conclusion.snapshot])


def _findings(conclusion: Conclusion) -> list[dict[str, Any]]:
    """Return the unit's findings as the paper tells them, each with its proofs; drafts and dropped ones left out."""
    rows = list(
        Finding.objects.filter(inspection=conclusion.inspection, department=conclusion.department)
        .exclude(state=FindingState.DROPPED).order_by("number", "pk").prefetch_related("proofs", "evidence")
    )  # fmt: skip
    undecided = [row for row in rows if row.state in UNDECIDED]
    if undecided:
        raise RuleBroken(
            "conclusion.open_findings",
            _("%(names)s 还没有定论（草稿、待答复或有异议）。请先办结，再提请批准督查结论。")
            % {"names": _names(undecided)},
            details={"findings": [row.pk for row in undecided]},
        )
    bare = [row for row in rows if not findings.has_proof(row)]
    if bare:
        raise RuleBroken(
            "conclusion.no_evidence",
            _("%(names)s 没有证据，不能写入督查结论。请补充证据，或撤销该问题。") % {"names": _names(bare)},
            details={"findings": [row.pk for row in bare]},
        )
    return [_told(row) for row in rows]


def _names(rows: list[Finding]) -> str:
    return "、".join(f"“{row}”" for row in rows)


def _told(finding: Finding) -> dict[str, Any]:
    """Return a finding as the paper tells it; proofs by number and digest: a name may betray an informant (R44)."""
    files = [*finding.proofs.all(), *finding.evidence.all()]
    return {
        "id": finding.pk,
        "number": finding.number,
        "fact": finding.fact,
        "basis": finding.basis,
        "severity": finding.severity,
        "evidence": [{"number": number, "sha256": file.sha256} for number, file in enumerate(files, start=1)],
    }


@transaction.atomic
@screened
def approve(conclusion: Conclusion, *, by: User, comment: str = "") -> Conclusion:
    """Issue the conclusion in the government's name (批准印发), with its number (R15, R36).

    Refused: RuleBroken("conclusion.findings_changed") where the findings are no longer those that were submitted; and
    as by ``submit``.
    """
    inspection = lock(Inspection(pk=conclusion.inspection_id), "organiser")
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "approve", by)
    if _findings(conclusion) != conclusion.snapshot:
        raise RuleBroken(
            "conclusion.findings_changed", _("提请批准之后，问题清单有了变化。请退回修改，由督查机构重新提请。")
        )
    now = timezone.now()
    conclusion.number = numbering.next_number(inspection.organiser, timezone.localdate(now).year, SERIES)
    conclusion.approved_by, conclusion.approved_at = by, now
    row = digest_of(conclusion)
    return advance(conclusion, step, by, number=conclusion.number, comment=comment, row=row)


def digest_of(conclusion: Conclusion) -> str:
    """Return the hex SHA-256 over the words of the paper, its findings with it."""
    words = [getattr(conclusion, name) for name in digests.CONCLUSION]
    return hashlib.sha256(canonical(words)).hexdigest()


@transaction.atomic
@screened
def send_back(conclusion: Conclusion, *, by: User, reason: str) -> Conclusion:
    """Give the draft back to the office (退回修改), with the reason."""
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "send_back", by)
    conclusion.snapshot = []
    return advance(conclusion, step, by, reason=reason)


# ------------------------------------------------------------------------------------------------ the unit


@transaction.atomic
def receive(conclusion: Conclusion, *, by: User, received_on: date) -> Conclusion:
    """Record the day on which the unit received it (签收): its right of review runs from here (R36).

    Day 30 from receipt, rolled to the next working day: it is the applicant's right (R20). Refused:
    RuleBroken("conclusion.received_day") for a day before its issue or to come.
    """
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "receive", by)
    first, today = timezone.localdate(conclusion.approved_at), timezone.localdate()
    if not first <= received_on <= today:
        raise RuleBroken(
            "conclusion.received_day",
            _("收到日期应在印发日 %(first)s 与今天之间。请重新填写。") % {"first": first.isoformat()},
        )
    conclusion.received_on, conclusion.received_by = received_on, by
    if not conclusion.inspection.party:
        conclusion.review_until = review_until(conclusion.department, received_on)
    until = conclusion.review_until.isoformat() if conclusion.review_until else None
    return advance(conclusion, step, by, received_on=received_on.isoformat(), review_until=until)


def review_until(department: Department, received_on: date) -> date:
    """Return the last day on which the unit may apply for review (R20, R37)."""
    return calendar_of(department).roll(received_on + timedelta(days=REVIEW_DAYS))


@transaction.atomic
@screened
def explain(conclusion: Conclusion, *, by: User, explanation: str) -> Conclusion:
    """Explain oneself on a party-side conclusion (提交情况说明), where there is no review (domain.md 2.3)."""
    conclusion = lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "explain", by)
    conclusion.explanation, conclusion.explained_by, conclusion.explained_at = explanation, by, timezone.now()
    return advance(conclusion, step, by)


def alter(conclusion: Conclusion, by: User, step: Step, changes: str) -> Conclusion:
    """Change or annul it by the decision on its review; called by the approval of that decision."""
    conclusion.changes = changes
    return advance(conclusion, step, by, changes=changes)
