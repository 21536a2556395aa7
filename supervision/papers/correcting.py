"""情况说明告知书, 整改通知书, 督查结论书 and 复核决定书."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from documents import papers
from documents.papers import Demand, Paper, RectificationItem
from documents.papers import Finding as Fact
from supervision.actors.correcting import reads_opinion
from supervision.lifecycles.correcting import CONCLUSION, FINDING, REVIEW
from supervision.models import Conclusion, Finding, Rectification, Review
from supervision.papers.sheet import Sheet, cover, may, nobody
from supervision.states.correcting import TOLD, ConclusionState, Decision, FindingState, ReviewState

VERIFIED = "整改要求全部落实，经核验人核验，认定为“已完成”。"
"""The standard of every item: what the verifier must find (R38)."""

# ------------------------------------------------------------------------------------------------ 情况说明告知书


def _findings(user: Any) -> QuerySet[Any]:
    rows: Any = Finding.objects.visible_to(user).for_list()
    return rows.prefetch_related("proofs", "evidence")  # type: ignore[no-any-return]


def _was_told(user: Any, finding: Any) -> bool:
    return finding.issued_at is not None and finding.state != FindingState.DROPPED


def _explanation(finding: Any, draft: bool) -> Paper:
    inspection = finding.inspection
    proofs = [*finding.proofs.all(), *finding.evidence.all()]
    evidence = [f"{finding.number or 0}-{place}" for place, _file in enumerate(proofs, start=1)]
    told = f"{finding.fact}\n依据：{finding.basis}"
    return papers.explanation(
        cover(
            finding, inspection.organiser.name, finding.issued_at, draft=draft, number=inspection.number,
            to=[finding.department_name],
        ),
        subject=f"{inspection.title}问题{finding.number}" if finding.number else inspection.title,
        findings=[Fact(finding.fact, evidence)] if evidence else [Fact(told, [])],
        receiver=inspection.organiser.name,
        reply_by=finding.answer_until,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ 整改通知书


def _items(user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = Rectification.objects.visible_to(user).for_list()
    return rows


def _is_ordered(user: Any, item: Any) -> bool:
    return True


def _rectification(item: Any, draft: bool) -> Paper:
    finding, inspection = item.finding, item.finding.inspection
    return papers.rectification(
        cover(item, inspection.organiser.name, item.created_at, draft=draft, to=[finding.department_name]),
        subject=f"{inspection.title}发现问题",
        opening=f"{inspection.organiser.name}组织开展了{inspection.title}，发现你单位存在下列问题，现通知整改。",
        items=[
            RectificationItem(
                number=str(finding.number), problem=finding.fact, demand=item.requirement, due=item.original_due_on,
                standard=VERIFIED, verifier=item.verifier.name, basis=finding.basis,
            )
        ],
        reporting=f"请在整改期限前制定措施、完成整改，由单位负责人申报，连同佐证材料报{inspection.organiser.name}核验。",
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ 督查结论书


def _conclusions(user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = Conclusion.objects.visible_to(user).for_list()
    return rows


def _is_concluded(user: Any, conclusion: Any) -> bool:
    """In the government's name only: a matter of the party side has no 督查结论书 (domain.md 2.3)."""
    return conclusion.state in TOLD and not conclusion.inspection.party


def _writes_conclusion(user: Any, conclusion: Any) -> bool:
    return not conclusion.inspection.party and may(CONCLUSION, "edit", "approve")(user, conclusion)


def _conclusion(conclusion: Any, draft: bool) -> Paper:
    """Lay out what was submitted; a review that changed it is told in a note, the words stay."""
    inspection = conclusion.inspection
    reviewed = conclusion.state in (ConclusionState.CHANGED, ConclusionState.ANNULLED)
    return papers.conclusion(
        cover(
            conclusion, conclusion.government, conclusion.approved_at, draft=draft, to=[conclusion.department_name],
            notes=f"本结论书{conclusion.get_state_display()}" if reviewed else "",
        ),
        subject=inspection.title,
        basis=f"{inspection.basis_text}{inspection.basis_document and f'（{inspection.basis_document}）'}",
        process=conclusion.process,
        findings=[_fact(row) for row in conclusion.snapshot],
        evaluation=conclusion.appraisal,
        demands=_demands(conclusion),
        review_authority=conclusion.government,
    )  # fmt: skip


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(row["fact"], [f"{row['number']}-{proof['number']}" for proof in row["evidence"]])


def _demands(conclusion: Any) -> list[Demand | str]:
    """Return the demand in its own words and what had been ordered by the day of the issue, with the first limits."""
    ordered = Rectification.objects.filter(finding__in=[row["id"] for row in conclusion.snapshot]).order_by("pk")
    if conclusion.approved_at:
        ordered = ordered.filter(created_at__lte=conclusion.approved_at)
    said: list[Demand | str] = [conclusion.requirement] if conclusion.requirement else []
    return said + [Demand(item.requirement, item.original_due_on) for item in ordered]


# ------------------------------------------------------------------------------------------------ 复核决定书


def _reviews(user: Any) -> QuerySet[Any]:
    rows: Any = Review.objects.visible_to(user).for_list()
    return rows.prefetch_related("dropped")  # type: ignore[no-any-return]


def _is_decided(user: Any, review: Any) -> bool:
    return review.state == ReviewState.DECIDED


def _writes_review(user: Any, review: Any) -> bool:
    """Who handles it once he has an opinion, and the leader before whom it lies."""
    is_handler = review.handler_id in (user.pk, getattr(user.behalf, "pk", None))
    proposed = review.state == ReviewState.PROPOSED and reads_opinion(user, review)
    return proposed and (is_handler or may(REVIEW, "approve")(user, review))


def _review(review: Any, draft: bool) -> Paper:
    conclusion = review.conclusion
    named = f"《关于{conclusion.inspection.title}的督查结论书》（{conclusion.number}）"
    decision = f"{Decision(review.decision).label}{named}。"
    dropped = [f"撤销问题{finding.number}：{finding.fact}" for finding in review.dropped.all()]
    return papers.review(
        cover(review, conclusion.government, review.decided_at, draft=draft, to=[conclusion.department_name]),
        subject=f"{conclusion.inspection.title}督查结论",
        applicant=conclusion.department_name,
        applied_on=review.asked_on,
        accepted_on=review.asked_on,
        handlers=[review.handler.name],
        facts=[f"申请人对{named}提出异议：{review.reason}"],
        reasons=review.grounds,
        decision=[decision, *filter(None, [review.changes]), *dropped],
    )


SHEETS = (
    Sheet("finding", "findings", _findings, _was_told, may(FINDING, "edit", "issue"), _explanation),
    Sheet("rectification", "rectifications", _items, _is_ordered, nobody, _rectification),
    Sheet("conclusion", "conclusions", _conclusions, _is_concluded, _writes_conclusion, _conclusion),
    Sheet("review", "reviews", _reviews, _is_decided, _writes_review, _review),
)
