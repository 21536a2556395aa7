"""Closures: claim, sign, check six ways, approve, or return with the reason (R33, R35)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Post, User
from organization.states import UserKind
from tasks import clock, defaults, digests
from tasks.actors import lead_of
from tasks.lifecycles import TASK
from tasks.models import Closure, Task
from tasks.operations import cascade, progress, readings, shares
from tasks.states import EXTENSION_PENDING, OPEN, BlockerState, Outcome, TaskState
from workflow.persons import hands, identities, refuse_same
from workflow.record import advance
from workflow.refusal import Forbidden, RuleBroken


def _lock(task: Task) -> Task:
    return cascade.lock(task, "lead", "organiser", "directive__instructed_by__user", "parent__organiser")


def _pending(task: Task) -> Closure:
    """Return the claim that waits; the task's state says there is one."""
    closure: Closure = Closure.objects.select_for_update().select_related("department").get(task=task, outcome="")
    return closure


@transaction.atomic
@screened
def claim(task: Task, *, by: User, summary: str, completed_on: date | None = None) -> Task:
    """Claim that the task is done (申报办结), with the report on it.

    Refused: RuleBroken("claim.helpers_open") while a helper has neither finished nor been excused;
    ("claim.children_open") while a lower task is open; ("claim.waiting") while an extension, a suspension or a blocker
    waits for an answer; ("claim.future").
    """
    task = _lock(task)
    step = TASK.check(task, "claim", by)
    today = timezone.localdate()
    if completed_on and completed_on > today:
        raise RuleBroken("claim.future", _("实际完成日期不能晚于今天。"))
    _refuse_unfinished(task)
    closure = Closure.objects.create(
        task=task, department=lead_of(task), summary=summary, completed_on=completed_on or today, claimed_by=by
    )
    row = digests.of(closure, digests.CLOSURE)
    return advance(task, step, by, closure=closure.pk, completed_on=closure.completed_on.isoformat(), row=row)


def _refuse_unfinished(task: Task) -> None:
    helpers = shares.unfinished(task)
    if helpers:
        raise RuleBroken(
            "claim.helpers_open",
            _("%(units)s 尚未完成配合。请联系它们在系统中完成，或请督查机构免予配合。") % {"units": "、".join(helpers)},
            details={"units": helpers},
        )
    lower = [str(child.number) for child in task.children.filter(state__in=OPEN)]
    if lower:
        raise RuleBroken(
            "claim.children_open",
            _("下级任务 %(numbers)s 还没有销号，请先办结它们。") % {"numbers": "、".join(lower)},
            details={"tasks": lower},
        )
    waiting = (
        task.extensions.filter(state__in=EXTENSION_PENDING).exists()
        or task.suspensions.filter(state="requested").exists()
    )
    if waiting or task.blockers.filter(state__in=(BlockerState.RAISED, BlockerState.CONFIRMED)).exists():
        raise RuleBroken("claim.waiting", _("还有延期、挂起或协调事项在等待答复，请先撤回或等它们有结果，再申报办结。"))


@transaction.atomic
def sign_off(task: Task, *, by: User) -> Task:
    """Sign the claim as head of the lead (签批报送); the unit's clock stops here.

    Refused: Forbidden("sign_off.person") to another system, whatever post its key has: a person answers (R33).
    """
    task = _lock(task)
    step = TASK.check(task, "sign_off", by)
    _refuse_system(by, "sign_off.person")
    closure = _pending(task)
    now = timezone.now()
    closure.signed_by, closure.signed_at = by, now
    closure.save(update_fields=["signed_by", "signed_at"])
    task.finished_at = now
    return advance(task, step, by, closure=closure.pk)


@transaction.atomic
@screened
def verify(task: Task, *, by: User, checks: Sequence[str], opinion: str) -> Task:
    """Pass the claim after the six checks (核验通过): ``checks`` names those that hold, and all six must.

    Refused: RuleBroken("verify.check_failed") naming what does not hold: return the task instead (R35);
    ("close.held") while a hold stands; Forbidden for who reported or signed, or who serves in that unit (R33).
    """
    task = _lock(task)
    step = TASK.check(task, "verify", by)
    _refuse_system(by, "verify.person")
    closure = _pending(task)
    _refuse_own(task, closure, by)
    failed = [name for name in defaults.CHECKS if name not in checks]
    if failed:
        raise RuleBroken(
            "verify.check_failed",
            _("%(checks)s 未通过，不能核验通过。请退回补办并写明原因。")
            % {"checks": "、".join(str(defaults.CHECKS[name]) for name in failed)},
            details={"failed": failed},
        )
    shares.refuse_held(task)
    closure.checks = dict.fromkeys(defaults.CHECKS, True)
    closure.verified_by, closure.verified_at, closure.opinion = by, timezone.now(), opinion
    closure.save(update_fields=["checks", "verified_by", "verified_at", "opinion"])
    return advance(task, step, by, closure=closure.pk, opinion=opinion)


def _refuse_system(by: User, code: str) -> None:
    if by.kind == UserKind.CLIENT:
        raise Forbidden(code, _("签批、核验和批准销号须由本人办理，系统接口不能代替。请由负责人登录后办理。"))


def _refuse_own(task: Task, closure: Closure, by: User) -> None:
    refuse_same(
        by,
        hands(task, "task.claim", "task.sign_off", closure=closure.pk),
        "verify.own",
        _("申报或签批的人不能核验，请由其他督查员核验。"),
    )
    _refuse_own_unit(closure, by, "verify.own_unit", _("核验人不能在申报单位任职。请由其他督查员核验。"))


def _refuse_own_unit(closure: Closure, by: User, code: str, message: str) -> None:
    """Refuse whoever serves, in whatever post, in the unit that reported; so does whom he acts for (R33)."""
    serving = Post.objects.standing().filter(user__in=identities(by), department=closure.department_id)
    if serving.exists():
        raise RuleBroken(code, message)


@transaction.atomic
@screened
def close(task: Task, *, by: User, conclusion: str) -> Task:
    """Approve and strike the task off the list (批准销号).

    Refused: Forbidden for who claimed, signed or verified; RuleBroken("close.held") while a hold stands;
    ("claim.children_open") while a lower task is open; ("close.unread") while the answer to a leader's instruction was
    not read by him; his own approving is reading (C8 T3, docs/decisions/0021).
    """
    task = _lock(task)
    step = TASK.check(task, "close", by)
    _refuse_system(by, "close.person")
    closure = _pending(task)
    involved = hands(task, "task.claim", "task.sign_off", "task.verify", closure=closure.pk)
    refuse_same(by, involved, "close.own", _("申报、签批或核验过的人不能批准销号，请由其他领导批准。"))
    _refuse_own_unit(closure, by, "close.own_unit", _("批准人不能在申报单位任职。请由其他领导批准。"))
    shares.refuse_held(task)
    _refuse_unfinished(task)
    reading = readings.on_closing(task, closure, by)
    now = timezone.now()
    closure.approved_by, closure.approved_at, closure.outcome = by, now, Outcome.APPROVED
    closure.save(update_fields=["approved_by", "approved_at", "outcome"])
    task.closed_at, task.closed_by, task.conclusion = now, by, conclusion
    task.progress = 100
    told: dict[str, Any] = {"reading": reading.pk} if reading else {}
    task = advance(task, step, by, closure=closure.pk, conclusion=conclusion, **told)
    progress.climb(task)
    return task


@transaction.atomic
@screened
def send_back(task: Task, *, by: User, failed: Sequence[Mapping[str, str]] = (), reason: str = "") -> Task:
    """Return the claim (退回补办) with one reason for each check that failed (``failed``: rows of check and reason).

    Refused: RuleBroken("return.reason_missing") naming the checks that failed without a reason; ("return.no_check")
    where the issuer or a leader names no check; ("return.no_reason") where the unit's own head says nothing. Each
    return counts. The unit's clock runs on as if it had not stopped, but the working days by which the office
    overstayed its own limit for checking (three) are given back (R35).
    """
    task = _lock(task)
    was_unit = task.state == TaskState.CLAIMED
    step = TASK.check(task, "send_back", by)
    why = _reasons(failed)
    if not why and was_unit and not reason.strip():
        raise RuleBroken("return.no_reason", _("请写明退回的原因。"), details={"reason": [_("请写明退回的原因。")]})
    if not why and not was_unit:
        told = _("请至少勾选一项未通过的核验，并逐项写明原因。")
        raise RuleBroken("return.no_check", told, details={"failed": [told]})
    closure = _pending(task)
    closure.outcome, closure.returned_reason, closure.returned_for = Outcome.RETURNED, reason, why
    closure.checks = {name: name not in why for name in defaults.CHECKS} if why else closure.checks
    closure.save(update_fields=["outcome", "returned_reason", "returned_for", "checks"])
    given_back = 0 if was_unit else _give_back(task)
    task.finished_at = None
    task.returns += 0 if was_unit else 1
    return advance(task, step, by, reason=reason, failed=why, closure=closure.pk, given_back_workdays=given_back)


def _reasons(failed: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return why each check failed, in the order of the six (R35)."""
    given = {row["check"]: row["reason"].strip() for row in failed}
    missing = [name for name in defaults.CHECKS if name in given and not given[name]]
    if missing:
        told = {name: [_("请写明“%(check)s”未通过的原因。") % {"check": defaults.CHECKS[name]}] for name in missing}
        raise RuleBroken(
            "return.reason_missing",
            _("未通过的每一项都要写明原因，还缺：%(checks)s。请补齐后退回。")
            % {"checks": "、".join(str(defaults.CHECKS[name]) for name in missing)},
            details={"missing": missing, "failed": told},
        )
    return {name: given[name] for name in defaults.CHECKS if name in given}


def _give_back(task: Task) -> int:
    """Push the due day by the working days the office took beyond its limit; returns them."""
    handed_in = timezone.localdate(task.finished_at)
    over = clock.workdays_since(task, handed_in, timezone.localdate()) - defaults.REVIEW_LIMIT_WORKDAYS
    if over <= 0:
        return 0
    clock.push_due(task, over)
    return over


@transaction.atomic
@screened
def withdraw(task: Task, *, by: User, reason: str = "") -> Task:
    """Take the claim back before it is verified (撤回申报); the clock runs on as if it had not been made."""
    task = _lock(task)
    step = TASK.check(task, "withdraw", by)
    closure = _pending(task)
    closure.outcome = Outcome.WITHDRAWN
    closure.save(update_fields=["outcome"])
    task.finished_at = None
    return advance(task, step, by, reason=reason, closure=closure.pk)
