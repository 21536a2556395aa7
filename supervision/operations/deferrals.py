"""Deferrals: more time for an item, asked while there is time, decided by its verifier; the first day is kept (R24)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from supervision import digests
from supervision.lifecycles.correcting import RECTIFICATION
from supervision.models import Deferral, Rectification
from supervision.operations.rectifications import lock_both
from supervision.states.correcting import DeferralOutcome
from tasks import digests as rows
from tasks.states import Unit
from workflow.persons import hands, refuse_same
from workflow.record import advance
from workflow.refusal import RuleBroken

ALLOWED: Final = 1
"""How often an item may be given more time; a check that finds it not done names a limit of its own (ours)."""


@transaction.atomic
@screened
def ask(rectification: Rectification, *, by: User, reason: str, progress: str, until: date) -> Rectification:
    """Ask for more time as the unit's head (申请延期): why, how far, until which day.

    Refused: RuleBroken("rectification.longer_late") once the day has run out; ("rectification.longer_not_later");
    ("rectification.longer_pending") while one waits; ("rectification.longer_used_up") after one was granted.
    """
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "ask_longer", by)
    _refuse_late(rectification)
    _refuse_not_later(rectification, until)
    if rectification.asked_until is not None:
        raise RuleBroken("rectification.longer_pending", _("已有一个延期申请在等待批复，请等批复，或先撤回它。"))
    if rectification.deferrals.filter(outcome=DeferralOutcome.GRANTED).count() >= ALLOWED:
        raise RuleBroken(
            "rectification.longer_used_up", _("这项整改已经延期过，不能再延。请如实申报完成情况，由核验人另定期限。")
        )
    made = Deferral.objects.create(
        rectification=rectification, reason=reason, progress=progress, due_before=rectification.due_on,
        requested_on=until, asked_by=by, asked_at=timezone.now(),
    )  # fmt: skip
    rectification.asked_until = until
    row = rows.of(made, digests.DEFERRAL)
    return advance(rectification, step, by, deferral=made.pk, until=until.isoformat(), reason=reason, row=row)


def _refuse_late(rectification: Rectification) -> None:
    if timezone.localdate() > rectification.due_on:
        raise RuleBroken(
            "rectification.longer_late",
            _("整改期限 %(day)s 已过，不能再申请延期。请尽快整改并申报完成。")
            % {"day": rectification.due_on.isoformat()},
        )


def _refuse_not_later(rectification: Rectification, until: date) -> None:
    if until <= rectification.due_on:
        raise RuleBroken(
            "rectification.longer_not_later",
            _("新期限要晚于现期限 %(day)s。请重新填写。") % {"day": rectification.due_on.isoformat()},
        )


@transaction.atomic
@screened
def grant(rectification: Rectification, *, by: User, until: date | None = None, comment: str = "") -> Rectification:
    """Give more time with a definite day (批准延期), the asked one unless another is named; the first day is kept.

    Refused: Forbidden for who asked, whose post he lent included; RuleBroken("rectification.longer_not_later");
    ("rectification.longer_past") for a day that is not to come.
    """
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "grant_longer", by)
    _refuse_asker(rectification, "grant_longer", by)
    waiting = _waiting(rectification)
    until, before = until or waiting.requested_on, rectification.due_on
    _refuse_not_later(rectification, until)
    if until <= timezone.localdate():
        raise RuleBroken("rectification.longer_past", _("批准的期限要晚于今天；请另定一个日期。"))
    waiting.granted_on = until
    row = _end(waiting, DeferralOutcome.GRANTED, by, comment)
    rectification.due_on, rectification.asked_until = until, None
    rectification.limit_value, rectification.limit_unit = None, Unit.FIXED
    told = {"until": until.isoformat(), "before": before.isoformat()}
    return advance(rectification, step, by, deferral=waiting.pk, comment=comment, row=row, **told)


@transaction.atomic
@screened
def refuse(rectification: Rectification, *, by: User, comment: str) -> Rectification:
    """Say no with the reason (不同意延期); the day stays as it was. Refused: Forbidden for who asked."""
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "refuse_longer", by)
    _refuse_asker(rectification, "refuse_longer", by)
    waiting = _waiting(rectification)
    row = _end(waiting, DeferralOutcome.REFUSED, by, comment)
    rectification.asked_until = None
    return advance(rectification, step, by, deferral=waiting.pk, comment=comment, row=row)


@transaction.atomic
def withdraw(rectification: Rectification, *, by: User) -> Rectification:
    """Take the request back before it is decided (撤回延期申请)."""
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "withdraw_longer", by)
    waiting = _waiting(rectification)
    row = _end(waiting, DeferralOutcome.WITHDRAWN, by)
    rectification.asked_until = None
    return advance(rectification, step, by, deferral=waiting.pk, row=row)


def _refuse_asker(rectification: Rectification, verb: str, by: User) -> None:
    asked = hands(rectification, "rectification.ask_longer")
    refuse_same(by, asked, f"rectification.{verb}.own", _("申请延期的人不能批复自己的申请，请由核验人本人办理。"))


def _waiting(rectification: Rectification) -> Any:
    return Deferral.objects.select_for_update().get(rectification=rectification, outcome="")


def _end(waiting: Deferral, outcome: str, by: User, comment: str = "") -> str:
    """Write down what the request came to; return the digest of it."""
    waiting.outcome, waiting.comment, waiting.ended_by, waiting.ended_at = outcome, comment, by, timezone.now()
    waiting.save(update_fields=["outcome", "granted_on", "comment", "ended_by", "ended_at"])
    return rows.of(waiting, digests.DEFERRED)
