"""Reviews: asked by the unit within its days, handled by who took no part, decided by the government (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Post, User
from supervision.lifecycles.correcting import CONCLUSION, REVIEW
from supervision.models import Conclusion, Finding, Review
from supervision.operations import conclusions, findings, partakers
from supervision.states.correcting import Decision, FindingState, ReviewState
from supervision.turns.correcting import WORKING
from tasks.operations import numbering
from workflow.persons import refuse_same
from workflow.record import advance, begin, lock
from workflow.refusal import Forbidden, RuleBroken

DECISION_DAYS = 30
"""Calendar days from the application until the decision (条例 Art. 17); a duty, therefore not rolled (R20)."""
SERIES = "核"
"""The word that keeps the series of 复核决定书 apart (R15)."""
STEPS = {Decision.CHANGED: "change", Decision.ANNULLED: "annul"}
"""What becomes of the conclusion; one that is upheld stays as it is."""


def lock_both(review: Review) -> tuple[Conclusion, Review]:
    """Return the conclusion and the application, both locked, the conclusion first."""
    conclusion = conclusions.lock_conclusion(Conclusion(pk=review.conclusion_id))
    return conclusion, lock(review, "conclusion__inspection__organiser", "department", "handler")


@transaction.atomic
@screened
def ask(conclusion: Conclusion, *, by: User, reason: str) -> Review:
    """Apply to the government for review (申请复核), as head of the unit; rectification goes on meanwhile.

    Refused: RuleBroken("review.too_late") after the last day, which is day 30 from receipt rolled to a working day;
    ("review.asked") where the unit has applied before.
    """
    conclusion = conclusions.lock_conclusion(conclusion)
    step = CONCLUSION.check(conclusion, "ask_review", by)
    today = timezone.localdate()
    if conclusion.review_until is None or today > conclusion.review_until:
        until = conclusion.review_until.isoformat() if conclusion.review_until else ""
        raise RuleBroken(
            "review.too_late",
            _("申请复核的期限 %(day)s 已过（自收到结论之日起 30 日）。如有新情况，请向督查机构书面说明。")
            % {"day": until},
            details={"until": until},
        )
    if conclusion.reviews.exclude(state=ReviewState.WITHDRAWN).exists():
        raise RuleBroken("review.asked", _("已经申请过复核，一份结论只复核一次。请查看已有申请的进展。"))
    review = Review(
        conclusion=conclusion, department=conclusion.department, reason=reason, asked_by=by, asked_on=today,
        due_on=today + timedelta(days=DECISION_DAYS), state=ReviewState.ASKED,
    )  # fmt: skip
    begin(review, by, verb="ask", due_on=review.due_on.isoformat())
    advance(conclusion, step, by, review=review.pk)
    return review


@transaction.atomic
@screened
def withdraw(review: Review, *, by: User, reason: str = "") -> Review:
    """Take the application back before an opinion is proposed (撤回申请)."""
    _conclusion, review = lock_both(review)
    step = REVIEW.check(review, "withdraw", by)
    return advance(review, step, by, reason=reason)


@transaction.atomic
def assign(review: Review, *, by: User, handler: User) -> Review:
    """Name who handles the review (指定承办人).

    Refused: Forbidden("review.took_part") for who was in the team, drafted, approved or decided anything of what the
    conclusion rests on (R37); ("review.own_unit") for who serves in the unit that applies;
    RuleBroken("review.no_post") for who has no post in which he could.
    """
    conclusion, review = lock_both(review)
    step = REVIEW.check(review, "assign", by)
    _refuse_handler(conclusion, handler)
    review.handler = handler
    return advance(review, step, by, handler=handler.pk)


def _refuse_handler(conclusion: Conclusion, handler: User) -> None:
    if handler.pk in partakers.of_conclusion(conclusion):
        raise Forbidden("review.took_part", _("此人参与过作出督查结论，应当回避。请指定没有参与的人员承办复核。"))
    posts = list(Post.objects.standing().filter(user=handler).select_related("department"))
    if any(post.department.is_within(conclusion.department) for post in posts):
        raise Forbidden("review.own_unit", _("此人在申请单位任职，应当回避。请指定其他人员承办复核。"))
    government = conclusion.inspection.organiser.jurisdiction_path
    if not any(post.role in WORKING and post.department.jurisdiction_path == government for post in posts):
        raise RuleBroken("review.no_post", _("承办人应在本级政府及其部门任职。请重新选择。"))


@transaction.atomic
@screened
def propose(
    review: Review, *, by: User, decision: str, grounds: str, changes: str = "", dropped: Sequence[Finding] = ()
) -> Review:
    """Propose what to decide (提出复核意见): 维持, 变更 or 撤销, with the reason and the findings to be dropped.

    Refused: Forbidden("review.took_part") for who took part after all; RuleBroken("review.no_changes") for a change
    that does not say what changes; ("review.other_finding") for a finding of another unit or inspection;
    ("review.upheld_drops") where the conclusion is upheld and yet a finding dropped.
    """
    conclusion, review = lock_both(review)
    step = REVIEW.check(review, "propose", by)
    _refuse_partaker(conclusion, by)
    _refuse_contradiction(conclusion, decision, changes, dropped)
    review.decision, review.grounds, review.changes = decision, grounds, changes
    review.dropped.set(dropped)
    keys = [finding.pk for finding in dropped]
    return advance(review, step, by, decision=decision, grounds=grounds, dropped=keys)


def _refuse_partaker(conclusion: Conclusion, by: User) -> None:
    words = _("您参与过作出督查结论，应当回避。请由没有参与的人员办理复核。")
    refuse_same(by, {*partakers.of_conclusion(conclusion)}, "review.took_part", words)


def _refuse_contradiction(conclusion: Conclusion, decision: str, changes: str, dropped: Sequence[Finding]) -> None:
    if decision == Decision.CHANGED and not changes:
        raise RuleBroken("review.no_changes", _("没有写明变更内容。请写明结论变更为什么。"))
    if decision == Decision.UPHELD and dropped:
        raise RuleBroken("review.upheld_drops", _("维持结论时不能撤销其中的问题。请选择变更或撤销，或不选问题。"))
    told = {row["id"] for row in conclusion.snapshot}
    if any(finding.pk not in told for finding in dropped):
        raise RuleBroken("review.other_finding", _("所选问题不在这份结论中。请重新选择。"))


@transaction.atomic
@screened
def approve(review: Review, *, by: User, comment: str = "") -> Review:
    """Decide in the government's name (批准复核决定); the conclusion and its findings follow.

    A conclusion that is annulled takes all its findings with it. Refused: Forbidden("review.took_part") for a leader
    who took part in the conclusion, for instance by approving it (R37).
    """
    conclusion, review = lock_both(review)
    step = REVIEW.check(review, "approve", by)
    _refuse_partaker(conclusion, by)
    review.decided_by, review.decided_at = by, timezone.now()
    review.number = numbering.next_number(conclusion.inspection.organiser, timezone.localdate().year, SERIES)
    review = advance(review, step, by, number=review.number, decision=review.decision, comment=comment)
    if review.decision in STEPS:
        for finding in _dropped(conclusion, review):
            findings.annul(finding, by, review.grounds)
        taken = CONCLUSION.check(conclusion, STEPS[Decision(review.decision)], by)
        conclusions.alter(conclusion, by, taken, review.changes or review.grounds)
    return review


def _dropped(conclusion: Conclusion, review: Review) -> list[Finding]:
    """Return the findings that fall with the decision, in the order of their keys."""
    rows = Finding.objects.filter(pk__in=[row["id"] for row in conclusion.snapshot])
    if review.decision != Decision.ANNULLED:
        rows = rows.filter(pk__in=review.dropped.values("pk"))
    return list(rows.exclude(state=FindingState.DROPPED).order_by("pk"))


@transaction.atomic
@screened
def send_back(review: Review, *, by: User, reason: str) -> Review:
    """Give the opinion back to its handler (退回再议), with the reason."""
    conclusion, review = lock_both(review)
    step = REVIEW.check(review, "send_back", by)
    _refuse_partaker(conclusion, by)
    return advance(review, step, by, reason=reason)
