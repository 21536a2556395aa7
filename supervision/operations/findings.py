"""Findings: found, told to the unit, accepted or disputed, decided by people not involved (R36, C7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from organization.workdays import calendar_of
from supervision.lifecycles.correcting import FINDING
from supervision.lifecycles.inspecting import INSPECTION
from supervision.models import Finding, Inspection, Proof
from supervision.operations import partakers
from supervision.states.correcting import RECTIFYING, FindingState, RectificationState
from tasks.models import Evidence, Task
from tasks.operations import holds
from workflow.lifecycle import Step
from workflow.persons import refuse_same
from workflow.record import advance, begin, carry, lock
from workflow.refusal import RuleBroken

ANSWER_WORKDAYS = 5
"""Working days in which a unit accepts a finding or objects to it. Our default; 条例 is silent."""


HELD_BECAUSE = "督查发现的问题尚未了结"
"""Kept in the record, which speaks the house's language whatever the actor reads."""


def lock_finding(finding: Finding) -> Finding:
    """Return the finding, locked, with what every actor asks of it."""
    return lock(finding, "inspection__organiser", "department", "task")


@transaction.atomic
@screened
def find(
    inspection: Inspection,
    *,
    by: User,
    department: Department,
    fact: str,
    basis: str,
    severity: str,
    cause: str,
    task: Task | None = None,
    proofs: Sequence[Proof] = (),
    evidence: Sequence[Evidence] = (),
) -> Finding:
    """Write down a problem at one unit (登记问题): the fact, what it breaks, how grave it is, its cause and its proof.

    It stays a draft until it is issued. Found again by a re-check, it names the finding that it repeats.
    Refused: RuleBroken("finding.not_object") for a unit that is not inspected; ("finding.other_task"),
    ("finding.other_proof"), ("finding.other_evidence") for what does not belong to this inspection.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "find", by)
    _refuse_foreign(inspection, department, task, proofs, evidence)
    finding = Finding(
        inspection=inspection, department=department, department_name=department.name, task=task, fact=fact,
        basis=basis, severity=severity, cause=cause, found_by=by, state=FindingState.DRAFT,
        recurrence_of=_repeated(inspection, department),
    )  # fmt: skip
    begin(finding, by, verb="find", inspection=inspection.pk, severity=severity, cause=cause)
    finding.proofs.set(proofs)
    finding.evidence.set(evidence)
    advance(inspection, step, by, finding=finding.pk)
    return finding


@transaction.atomic
@screened
def edit(
    finding: Finding,
    *,
    by: User,
    department: Department,
    fact: str,
    basis: str,
    severity: str,
    cause: str,
    task: Task | None = None,
    proofs: Sequence[Proof] = (),
    evidence: Sequence[Evidence] = (),
) -> Finding:
    """Correct a draft (修改). Refused: as by ``find``."""
    finding = lock_finding(finding)
    step = FINDING.check(finding, "edit", by)
    _refuse_foreign(finding.inspection, department, task, proofs, evidence)
    finding.department, finding.department_name, finding.task = department, department.name, task
    finding.fact, finding.basis, finding.severity, finding.cause = fact, basis, severity, cause
    finding.recurrence_of = _repeated(finding.inspection, department)
    finding.proofs.set(proofs)
    finding.evidence.set(evidence)
    return advance(finding, step, by, severity=severity, cause=cause)


def _refuse_foreign(
    inspection: Inspection,
    department: Department,
    task: Task | None,
    proofs: Sequence[Proof],
    evidence: Sequence[Evidence],
) -> None:
    if not inspection.targets.filter(department=department).exists():
        raise RuleBroken("finding.not_object", _("这个单位不是本次督查的对象。请选择督查方案列明的单位。"))
    linked = set(inspection.links.values_list("task_id", flat=True))
    if task is not None and task.pk not in linked:
        raise RuleBroken("finding.other_task", _("这项任务没有关联到本次督查。请先关联任务，或不选任务。"))
    if any(proof.inspection_id != inspection.pk for proof in proofs):
        raise RuleBroken("finding.other_proof", _("所选证据不属于本次督查。请选择本次督查的底稿附件。"))
    if any(piece.task_id not in linked for piece in evidence):
        raise RuleBroken("finding.other_evidence", _("所选佐证不属于本次督查关联的任务。请重新选择。"))


def _repeated(inspection: Inspection, department: Department) -> Finding | None:
    """Return the finding that a re-check of the same unit looks at."""
    earlier = inspection.recheck_of
    return earlier if earlier is not None and earlier.department_id == department.pk else None


@transaction.atomic
def discard(finding: Finding, *, by: User) -> Finding:
    """Throw a draft away (删去草稿); nobody outside ever heard of it."""
    finding = lock_finding(finding)
    return advance(finding, FINDING.check(finding, "discard", by), by)


@transaction.atomic
def issue(finding: Finding, *, by: User) -> Finding:
    """Tell the unit of it (下达问题): it has five working days to accept or to object; its task is held from closing.

    Refused: RuleBroken("finding.no_evidence") without a proof (R36); ("finding.covert") while the visit is secret: what
    the unit must not know of cannot be told to it (R11).
    """
    inspection = lock(Inspection(pk=finding.inspection_id), "organiser")
    finding = lock_finding(finding)
    step = FINDING.check(finding, "issue", by)
    if inspection.is_sealed:
        raise RuleBroken("finding.covert", _("暗访尚未公开，问题不能下达给单位。请先公开本次督查。"))
    if not has_proof(finding):
        raise RuleBroken("finding.no_evidence", _("问题没有证据。请至少关联一份现场证据或任务佐证后再下达。"))
    return _tell(finding, step, by, number=_next_number(finding))


def has_proof(finding: Finding) -> bool:
    """Tell whether at least one proof or piece of evidence stands behind it (R36)."""
    return bool(finding.proofs.exists() or finding.evidence.exists())


def _next_number(finding: Finding) -> int:
    """Return the next number of the unit's findings in the inspection, which is locked."""
    same = Finding.objects.filter(inspection=finding.inspection_id, department=finding.department_id)
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


def _tell(finding: Finding, step: Step, by: User, number: int | None, **detail: Any) -> Finding:
    """Let the unit's time to answer begin, and hold the task."""
    now = timezone.now()
    finding.number, finding.issued_at, finding.issued_by = number, now, by
    finding.answer_until = calendar_of(finding.department).after(timezone.localdate(now), ANSWER_WORKDAYS)
    finding.answered_at, finding.answered_by, finding.answer = None, None, ""
    hold(finding, by)
    return advance(finding, step, by, number=number, answer_until=finding.answer_until.isoformat(), **detail)


def hold(finding: Finding, by: User) -> None:
    """Keep its task from closing until it is settled or dropped.

    The reason names no fact: other units of the task read it, and the finding is this unit's own affair.
    """
    if finding.task is not None:
        holds.place(finding.task, because=HELD_BECAUSE, key=finding.hold_key, by=by)


def free(finding: Finding, by: User) -> None:
    """Let its task close again."""
    if finding.task is not None:
        holds.lift(finding.task, key=finding.hold_key, by=by)


def _end_items(finding: Finding) -> None:
    """End the items of a finding that is dropped or closed undone; its own event tells of it."""
    carry(finding.rectifications.filter(state__in=RECTIFYING), RectificationState.ENDED, asked_until=None)


# ------------------------------------------------------------------------------------------------ the unit's answer


@transaction.atomic
@screened
def accept(finding: Finding, *, by: User, comment: str = "") -> Finding:
    """Accept the finding as the unit's head (认可问题)."""
    finding = lock_finding(finding)
    step = FINDING.check(finding, "accept", by)
    return advance(_answered(finding, by, comment), step, by, comment=comment)


@transaction.atomic
@screened
def object_(finding: Finding, *, by: User, reason: str) -> Finding:
    """Object to the finding as the unit's head (提出异议), with the reason; until it is decided it counts nowhere (C7).

    Refused: RuleBroken("finding.objection_late") after the fifth working day from its issue.
    """
    finding = lock_finding(finding)
    step = FINDING.check(finding, "object", by)
    if finding.answer_until and timezone.localdate() > finding.answer_until:
        raise RuleBroken(
            "finding.objection_late",
            _("异议期限 %(day)s 已过。请与督查机构联系；对督查结论仍可依法申请复核。")
            % {"day": finding.answer_until.isoformat()},
        )
    return advance(_answered(finding, by, reason), step, by, reason=reason)


def _answered(finding: Finding, by: User, words: str) -> Finding:
    finding.answered_at, finding.answered_by, finding.answer = timezone.now(), by, words
    return finding


@transaction.atomic
@screened
def take_as_accepted(finding: Finding, *, by: User, comment: str = "") -> Finding:
    """Say that a finding without an answer counts as accepted (逾期视为认可); silence alone never does so.

    Refused: RuleBroken("finding.answer_open") until the unit's time to answer has run out.
    """
    finding = lock_finding(finding)
    step = FINDING.check(finding, "take_as_accepted", by)
    if finding.answer_until and timezone.localdate() <= finding.answer_until:
        raise RuleBroken(
            "finding.answer_open",
            _("单位的答复期限到 %(day)s，期满未答复才能视为认可。请等期满后再办理。")
            % {"day": finding.answer_until.isoformat()},
        )
    return advance(finding, step, by, comment=comment, silent=True)


# ------------------------------------------------------------------------------------------------ the objection


@transaction.atomic
@screened
def uphold(finding: Finding, *, by: User, reason: str) -> Finding:
    """Decide that the finding stands (维持问题). Refused: Forbidden("finding.involved") for who took part (C7)."""
    finding, step = _judged(finding, "uphold", by)
    return advance(_decided(finding, by, reason), step, by, reason=reason)


@transaction.atomic
@screened
def drop(finding: Finding, *, by: User, reason: str) -> Finding:
    """Decide that the objection is right (采纳异议): the finding is dropped and its task is free again.

    Refused: Forbidden("finding.involved") for who took part (C7).
    """
    finding, step = _judged(finding, "drop", by)
    finding.end_reason = reason
    _end_items(finding)
    free(finding, by)
    return advance(_decided(finding, by, reason), step, by, reason=reason)


def _judged(finding: Finding, verb: str, by: User) -> tuple[Finding, Step]:
    """Return the finding, locked, and the step, if ``by`` is free to judge the objection."""
    finding = lock_finding(finding)
    step = FINDING.check(finding, verb, by)
    words = _("您参与过本次督查或这个问题的办理，应当回避。请由没有参与的领导或督查员裁定。")
    refuse_same(by, {*partakers.of_finding(finding)}, "finding.involved", words)
    return finding, step


def _decided(finding: Finding, by: User, reason: str) -> Finding:
    finding.decided_at, finding.decided_by, finding.decision = timezone.now(), by, reason
    return finding


# ------------------------------------------------------------------------------------------------ its end


@transaction.atomic
@screened
def waive(finding: Finding, *, by: User, reason: str) -> Finding:
    """Close the finding without its being put right (未整改结案), with the reason, by a leader (C7)."""
    finding = lock_finding(finding)
    step = FINDING.check(finding, "waive", by)
    finding.end_reason = reason
    _end_items(finding)
    free(finding, by)
    return advance(finding, step, by, reason=reason)


def settle(finding: Finding, by: User) -> Finding:
    """Find that all its items are done (整改完成); called under the finding's lock."""
    step = FINDING.rows("settle")[0]
    finding.settled_at = timezone.now()
    free(finding, by)
    return advance(finding, step, by)


def annul(finding: Finding, by: User, reason: str) -> Finding:
    """Drop a finding by the decision on a review (经复核撤销); called by the approval of that decision."""
    finding = lock_finding(finding)
    step = FINDING.check(finding, "annul", by)
    finding.end_reason, finding.settled_at = reason, None
    _end_items(finding)
    free(finding, by)
    return advance(finding, step, by, reason=reason)


def reissue(finding: Finding, by: User, step: Step, **detail: Any) -> Finding:
    """Tell the unit again of a problem that came back; called under the finding's lock."""
    finding.settled_at, finding.relapsed_at = None, timezone.now()
    finding.relapses += 1
    return _tell(finding, step, by, number=finding.number, **detail)
