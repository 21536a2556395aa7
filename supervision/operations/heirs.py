"""Heirs: findings, items, conclusions and reviews of a unit that is merged are answered by its successor (F49)."""

from __future__ import annotations

from django.db.models import Max

from organization.models import Department, User
from supervision.models import Conclusion, Finding, Rectification, Review
from supervision.operations.conclusions import lock_conclusion
from supervision.operations.findings import lock_finding
from supervision.states.correcting import REVIEWING, UNSETTLED, ConclusionState, FindingState
from workflow.record import touch

OPEN_FINDINGS = (FindingState.DRAFT, *UNSETTLED, FindingState.SETTLED)
"""A settled one too: when it comes back, somebody must answer for it."""
OPEN_CONCLUSIONS = (
    ConclusionState.DRAFT, ConclusionState.PENDING, ConclusionState.ISSUED, ConclusionState.RECEIVED,
)  # fmt: skip


def open_duties(department: Department) -> int:
    """Return how much the unit has yet to answer: findings, conclusions not received, reviews not decided."""
    own = {"department": department}
    findings: int = Finding.objects.filter(state__in=UNSETTLED, **own).count()
    papers: int = Conclusion.objects.filter(state=ConclusionState.ISSUED, **own).count()
    reviews: int = Review.objects.filter(state__in=REVIEWING, **own).count()
    return findings + papers + reviews


def follow(old: Department, new: Department, by: User | None) -> None:
    """Move what ``old`` has yet to answer to ``new``; the names on papers stay as they were.

    Where both units were found at fault by one inspection, the heir's findings are numbered on. Called inside the
    reorganisation's transaction, rows locked in the order of their keys.
    """
    told = {"from": old.name, "to": new.name}
    for row in Finding.objects.filter(department=old, state__in=OPEN_FINDINGS).order_by("pk"):
        finding = lock_finding(row)
        if finding.number is not None:
            finding.number = _free_number(finding, new)
        finding.department = new
        touch(finding, "follow", by, number=finding.number, **told)
        Rectification.objects.filter(finding=finding).update(department=new)
    for paper in Conclusion.objects.filter(department=old, state__in=OPEN_CONCLUSIONS).order_by("pk"):
        if not _has_its_own(paper, new):
            conclusion = lock_conclusion(paper)
            conclusion.department = new
            touch(conclusion, "follow", by, **told)
            Review.objects.filter(conclusion=conclusion).update(department=new)


def _free_number(finding: Finding, unit: Department) -> int | None:
    same = Finding.objects.filter(inspection=finding.inspection_id, department=unit)
    if not same.filter(number=finding.number).exists():
        return finding.number
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


def _has_its_own(conclusion: Conclusion, unit: Department) -> bool:
    """Tell whether the heir has a conclusion of the same inspection: two papers never become one."""
    others = Conclusion.objects.filter(inspection=conclusion.inspection_id, department=unit)
    return bool(others.exclude(state=ConclusionState.DISCARDED).exists())
