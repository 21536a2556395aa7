"""Whose turn it is: 情况通报: notice, bulletin, mention, receipt."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from organization.states import Rank
from supervision import ladder
from supervision.states.informing import OUT, UNANSWERED, BulletinState, MentionState, NoticeKind, NoticeState
from supervision.states.informing import ReceiptState as R
from supervision.turns.who import any_of, behind, both, leads, office, related, unit_head, unit_people

BEING_WRITTEN: Final = (BulletinState.DRAFT, BulletinState.CONSULTING)


def _signer(user: Any) -> Q:
    """The twin of ``actors.informing.signer``: each kind of paper has its rank (R28)."""
    ranks = {kind: ladder.rung_of(kind).rank for kind in NoticeKind}
    return any_of(*(both(Q(kind=kind), leads(user, rank)) for kind, rank in ranks.items() if rank is not None))


def of_notice(rows: QuerySet[Any], user: Any) -> Q:
    """To send or submit, to approve, to sign for, to answer; for the office to record a talk."""
    return any_of(
        both(Q(state=NoticeState.DRAFT), office(user)),
        both(Q(state=NoticeState.PENDING), _signer(user)),
        both(Q(state=NoticeState.ISSUED), unit_people(user)),
        both(Q(state__in=UNANSWERED), unit_head(user)),
        both(Q(state=NoticeState.RECEIVED, kind=NoticeKind.CHASE), unit_people(user)),
        both(Q(state__in=OUT, kind=NoticeKind.TALK, held_on=None), office(user)),
    )


def of_bulletin(rows: QuerySet[Any], user: Any) -> Q:
    """To put before the blamed or submit, to approve, to sign for a copy.

    While a blamed unit may still answer, or its answer is not decided, the bulletin waits for nobody: the mention does.
    """
    copies = related(rows, "receipts")
    return any_of(
        both(Q(state=BulletinState.DRAFT), office(user)),
        both(Q(state=BulletinState.CONSULTING), office(user), but=lambda: _heard(rows)),
        both(Q(state=BulletinState.PENDING), leads(user, Rank.DEPUTY)),
        behind(copies, of_receipt(copies, user), "bulletin"),
    )


def _heard(rows: QuerySet[Any]) -> Q:
    """Every blamed unit has answered or let its time pass, and what came of each answer is decided."""
    blamed = related(rows, "mentions").blaming().filter(bulletin=OuterRef("pk"))
    may_answer = Q(answer_until__gt=timezone.now()) & Q(Exists(blamed.filter(state=MentionState.ASKED)))
    return ~may_answer & ~Q(Exists(blamed.filter(state=MentionState.ANSWERED)))


def of_mention(rows: QuerySet[Any], user: Any) -> Q:
    """For the unit to answer, for the office to decide on the answer, as long as the bulletin is being written."""
    written = Q(bulletin__state__in=BEING_WRITTEN)
    return any_of(
        both(Q(state=MentionState.ASKED), written, unit_people(user)),
        both(Q(state=MentionState.ANSWERED), written, office(user, "bulletin__")),
    )


def of_receipt(rows: QuerySet[Any], user: Any) -> Q:
    """To sign for the copy, as long as the bulletin stands."""
    return both(Q(state=R.SENT, bulletin__state=BulletinState.ISSUED), unit_people(user))
