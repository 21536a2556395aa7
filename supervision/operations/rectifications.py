"""Rectifications: ordered with a limit and a verifier, planned and claimed by the unit, verified (R38)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Post, User
from organization.workdays import ZONE, Limit, calendar_of, due
from supervision import digests
from supervision.lifecycles.correcting import FINDING, RECTIFICATION
from supervision.models import Claim, Correction, Finding, Member, Rectification
from supervision.operations import findings
from supervision.states.correcting import RECTIFYING, RectificationState, Result
from tasks import digests as rows
from tasks.models import Evidence
from tasks.operations import numbering
from tasks.states import Unit
from workflow.record import advance, begin, lock, record
from workflow.refusal import RuleBroken

SERIES = "改"
"""The word that keeps the series of 整改通知书 apart (R15)."""
STEPS = {Result.DONE: "verify", Result.PART: "return", Result.NOT: "return", Result.FALSE: "expose"}
"""Which step a result takes: done ends the item, 虚假整改 begins it anew, all else goes on."""


def lock_both(rectification: Rectification) -> tuple[Finding, Rectification]:
    """Return the finding and its item, both locked, the finding first."""
    finding = findings.lock_finding(Finding(pk=rectification.finding_id))
    return finding, lock(rectification, "finding__inspection__organiser", "department", "verifier")


@transaction.atomic
@screened
def order(
    finding: Finding,
    *,
    by: User,
    requirement: str,
    verifier: User,
    limit_value: int | None = None,
    limit_unit: str = Unit.WORKDAYS,
    due_on: date | None = None,
) -> Rectification:
    """Order what is to be put right, until when, and who will verify it (下达整改要求; 条例 Art. 18, R38).

    The limit is a value with its unit (working days, calendar days) from today, or a definite day.
    Refused: RuleBroken("rectification.verifier_own") for a verifier who serves in the unit;
    ("rectification.verifier_outside") for one who neither serves in the organiser nor is in the team;
    ("rectification.no_limit"), ("rectification.due_past").
    """
    finding = findings.lock_finding(finding)
    step = FINDING.check(finding, "order", by)
    _refuse_verifier(finding, verifier)
    day = _day(finding, limit_value, limit_unit, due_on)
    rectification = Rectification(
        finding=finding, department=finding.department, requirement=requirement, verifier=verifier, ordered_by=by,
        due_on=day, original_due_on=day, state=RectificationState.ORDERED,
    )  # fmt: skip
    rectification.limit_value, rectification.limit_unit = _length(limit_value, limit_unit, due_on)
    rectification.number = numbering.next_number(finding.inspection.organiser, timezone.localdate().year, SERIES)
    begin(rectification, by, verb="order", verifier=verifier.pk, due_on=day.isoformat())
    advance(finding, step, by, rectification=rectification.pk, due_on=day.isoformat())
    return rectification


def _refuse_verifier(finding: Finding, verifier: User) -> None:
    posts = list(Post.objects.standing().filter(user=verifier).select_related("department"))
    if any(post.department.is_within(finding.department) for post in posts):
        raise RuleBroken("rectification.verifier_own", _("核验人不能是整改单位的人员。请指定督查机构或督查组的人员。"))
    team = Member.objects.standing().filter(inspection=finding.inspection, user=verifier)
    if finding.inspection.organiser_id not in {post.department_id for post in posts} and not team.exists():
        raise RuleBroken(
            "rectification.verifier_outside", _("核验人应是督查机构的督查员或本次督查组的成员。请重新选择。")
        )


def _day(finding: Finding, value: int | None, unit: str, due_on: date | None) -> date:
    """Return the day on which the limit ends; a named day wins over a length of time."""
    if due_on is None and value:
        moment = due(Limit(value, unit), timezone.now(), calendar_of(finding.department))
        return moment.astimezone(ZONE).date()
    if due_on is None:
        raise RuleBroken("rectification.no_limit", _("没有整改时限。请填写天数，或指定一个日期。"))
    if due_on <= timezone.localdate():
        raise RuleBroken("rectification.due_past", _("整改期限要晚于今天。请重新填写。"))
    return due_on


def _length(value: int | None, unit: str, due_on: date | None) -> tuple[int | None, str]:
    """Return the limit as it is kept: value and unit, or a fixed day (R22)."""
    return (None, Unit.FIXED) if due_on is not None else (value, unit)


@transaction.atomic
@screened
def reassign(rectification: Rectification, *, by: User, verifier: User, reason: str) -> Rectification:
    """Name another verifier (更换核验人), with the reason. Refused: as by ``order``."""
    finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "reassign", by)
    _refuse_verifier(finding, verifier)
    before, rectification.verifier = rectification.verifier_id, verifier
    return advance(rectification, step, by, before=before, verifier=verifier.pk, reason=reason)


# ------------------------------------------------------------------------------------------------ the unit


@transaction.atomic
@screened
def plan(rectification: Rectification, *, by: User, measures: str, responsible: str) -> Rectification:
    """File how it will be put right, and who answers for it (填报整改措施); may be amended until it is claimed."""
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "plan", by)
    rectification.measures, rectification.responsible = measures, responsible
    return advance(rectification, step, by, measures=measures, responsible=responsible)


@transaction.atomic
@screened
def claim(rectification: Rectification, *, by: User, done: str, evidence: Sequence[Evidence] = ()) -> Rectification:
    """Claim as the unit's head that it is done (申报整改完成); the unit's clock stops here.

    With it goes what was uploaded for the item, and what is named of the evidence that the finding's task holds; none
    is demanded (R31). Refused: RuleBroken("rectification.other_evidence") for another task's;
    ("rectification.longer_waits") while a request for more time does.
    """
    finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "claim", by)
    if any(piece.task_id != finding.task_id for piece in evidence):
        raise RuleBroken("rectification.other_evidence", _("所选佐证不属于这个问题关联的任务。请重新选择。"))
    if rectification.asked_until is not None:
        raise RuleBroken("rectification.longer_waits", _("延期申请还没有批复。请先撤回延期申请，再申报完成。"))
    now = timezone.now()
    made = Claim.objects.create(
        rectification=rectification, done=done, due_on=rectification.due_on, claimed_by=by, claimed_at=now
    )
    made.evidence.set(evidence)
    rectification.claimed_on, rectification.result = timezone.localdate(now), ""
    row = rows.of(made, digests.CLAIM)
    named = [piece.pk for piece in evidence]
    added = list(rectification.vouchers.order_by("pk").values_list("pk", flat=True))
    return advance(rectification, step, by, claim=made.pk, evidence=named, vouchers=added, row=row)


# ------------------------------------------------------------------------------------------------ the verifier


@transaction.atomic
@screened
def verify(
    rectification: Rectification,
    *,
    by: User,
    result: str,
    opinion: str,
    limit_value: int | None = None,
    limit_unit: str = Unit.WORKDAYS,
    due_on: date | None = None,
) -> Rectification:
    """Say what the claim came to (核验整改): 已完成, 部分完成, 未完成 or 虚假整改 (R38).

    已完成 ends the item, and with the last one the finding. Everything else needs a new limit; 虚假整改 makes a record
    of 责令改正 (条例 Art. 25) and begins the item anew. Refused: RuleBroken("rectification.no_limit"),
    ("rectification.due_past").
    """
    finding, rectification = lock_both(rectification)
    RECTIFICATION.check(rectification, "verify", by)
    step = RECTIFICATION.check(rectification, STEPS[Result(result)], by)
    waiting = Claim.objects.select_for_update().get(rectification=rectification, result="")
    now = timezone.now()
    waiting.result, waiting.opinion, waiting.verified_by, waiting.verified_at = result, opinion, by, now
    rectification.result, rectification.rounds = result, rectification.rounds + 1
    detail: dict[str, Any] = {"claim": waiting.pk, "result": result, "opinion": opinion}
    if result != Result.DONE:
        day = _day(finding, limit_value, limit_unit, due_on)
        rectification.due_on, rectification.claimed_on = day, None
        rectification.limit_value, rectification.limit_unit = _length(limit_value, limit_unit, due_on)
        detail["due_on"] = day.isoformat()
    waiting.save(update_fields=["result", "opinion", "verified_by", "verified_at"])
    rectification = advance(rectification, step, by, row=rows.of(waiting, digests.VERDICT), **detail)
    if result == Result.FALSE:
        _correct(finding, rectification, waiting, by, now)
    elif result == Result.DONE and not finding.rectifications.filter(state__in=RECTIFYING).exists():
        findings.settle(finding, by)
    return rectification


def _correct(finding: Finding, rectification: Rectification, claim_: Claim, by: User, now: datetime) -> None:
    """Order the unit to correct what it claimed falsely (责令改正)."""
    made = Correction.objects.create(
        rectification=rectification, claim=claim_, department=finding.department,
        department_name=finding.department.name, fact=claim_.opinion, requirement=rectification.requirement,
        due_on=rectification.due_on, ordered_by=by, ordered_at=now,
    )  # fmt: skip
    row = rows.of(made, digests.CORRECTION)
    record("correction.order", made, by, detail={"claim": claim_.pk, "due_on": made.due_on.isoformat(), "row": row})
