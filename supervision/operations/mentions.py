"""Mentions: a unit is named; one that is blamed sees it first and may answer; each answer is decided (C10 T2)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from supervision.lifecycles.informing import BULLETIN, MENTION
from supervision.models import Bulletin, Mention, Receipt
from supervision.states.informing import BulletinState, MentionState, ReceiptState
from tasks.models import Task
from workflow.lifecycle import Step
from workflow.record import advance, begin, lock
from workflow.refusal import NotVisible, RuleBroken

BEING_WRITTEN = (BulletinState.DRAFT, BulletinState.CONSULTING)


@transaction.atomic
@screened
def name(
    bulletin: Bulletin,
    *,
    by: User,
    department: Department,
    text: str,
    negative: bool = False,
    task: Task | None = None,
) -> Mention:
    """Name a unit (点名), as praise or as blame, maybe about one task; it becomes an addressee.

    Refused: NotVisible for a task that the officer does not see.
    """
    bulletin = lock(bulletin, "organiser")
    step = BULLETIN.check(bulletin, "name", by)
    if task is not None and not Task.objects.visible_to(by).filter(pk=task.pk).exists():
        raise NotVisible("not_found", _("没有找到这项任务。"))
    mention = Mention(
        bulletin=bulletin, department=department, department_name=department.name, text=text, negative=negative,
        task=task, state=MentionState.DRAFT,
    )  # fmt: skip
    begin(mention, by, verb="name", negative=negative, unit=department.name)
    Receipt.objects.get_or_create(bulletin=bulletin, department=department, defaults={"state": ReceiptState.PLANNED})
    advance(bulletin, step, by, mention=mention.pk, unit=department.name)
    return mention


@transaction.atomic
@screened
def edit(mention: Mention, *, by: User, text: str, negative: bool = False) -> Mention:
    """Rewrite a passage that no unit was asked about yet."""
    mention, step = _check(mention, "edit", by)
    before, mention.text, mention.negative = mention.text, text, negative
    return advance(mention, step, by, before=before, after=text, negative=negative)


@transaction.atomic
@screened
def answer(mention: Mention, *, by: User, answer: str) -> Mention:
    """Say what the unit holds to be wrong (提出意见); taken until the bulletin goes to the leader."""
    mention, step = _check(mention, "answer", by)
    mention.answer, mention.answered_by, mention.answered_at = answer, by, timezone.now()
    return advance(mention, step, by)


@transaction.atomic
@screened
def accept(mention: Mention, *, by: User, text: str, decision: str) -> Mention:
    """Accept the unit's answer: the passage reads as corrected, and why is said."""
    mention, step = _check(mention, "accept", by)
    before, mention.text = mention.text, text
    return _decided(mention, step, by, decision, before=before, after=text)


@transaction.atomic
@screened
def refuse(mention: Mention, *, by: User, decision: str) -> Mention:
    """Leave the passage as it is, with the reason told to the unit."""
    mention, step = _check(mention, "refuse", by)
    return _decided(mention, step, by, decision)


def _decided(mention: Mention, step: Step, by: User, decision: str, **detail: str) -> Mention:
    mention.decision, mention.decided_by, mention.decided_at = decision, by, timezone.now()
    return advance(mention, step, by, decision=decision, **detail)


@transaction.atomic
@screened
def drop(mention: Mention, *, by: User, reason: str = "") -> Mention:
    """Name the unit no longer."""
    mention, step = _check(mention, "drop", by)
    return advance(mention, step, by, reason=reason)


def _check(mention: Mention, verb: str, by: User) -> tuple[Mention, Step]:
    """Return the locked mention and its step, the bulletin locked first.

    Refused: RuleBroken("mention.closed") once the bulletin lies with the leader or is issued.
    """
    lock(Bulletin(pk=mention.bulletin_id))
    mention = lock(mention, "bulletin__organiser", "department")
    step = MENTION.check(mention, verb, by)
    if mention.bulletin.state not in BEING_WRITTEN:
        raise RuleBroken(
            "mention.closed",
            _("通报现在是“%(state)s”，点名内容不能再改。请等通报退回或由督查机构说明情况。")
            % {"state": mention.bulletin.get_state_display()},
        )
    return mention, step
