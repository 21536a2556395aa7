"""Whose turn it is: 情况通报: notice, bulletin, mention, receipt."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from organization.states import Rank
from supervision import ladder
from supervision.states.informing import OUT, UNANSWERED, BulletinState, MentionState, NoticeKind, NoticeState
from supervision.states.informing import ReceiptState as R
from supervision.turns.who import any_of, leads, office, related, unit_head, unit_people

BEING_WRITTEN: Final = (BulletinState.DRAFT, BulletinState.CONSULTING)


def _signer(user: Any) -> Q:
    """The twin of ``actors.informing.signer``: each kind of paper has its rank (R28)."""
    ranks = {kind: ladder.rung_of(kind).rank for kind in NoticeKind}
    return any_of(Q(kind=kind) & leads(user, rank) for kind, rank in ranks.items() if rank is not None)


def of_notice(rows: QuerySet[Any], user: Any) -> Q:
    """To send or submit, to approve, to sign for, to answer; for the office to record a talk."""
    return any_of(
        (
            Q(state=NoticeState.DRAFT) & office(user),
            Q(state=NoticeState.PENDING) & _signer(user),
            Q(state=NoticeState.ISSUED) & unit_people(user),
            Q(state__in=UNANSWERED) & unit_head(user),
            Q(state=NoticeState.RECEIVED, kind=NoticeKind.CHASE) & unit_people(user),
            Q(state__in=OUT, kind=NoticeKind.TALK, held_on=None) & office(user),
        )
    )


def of_bulletin(rows: QuerySet[Any], user: Any) -> Q:
    """To put before the blamed or submit, to approve, to sign for a copy.

    While a blamed unit may still answer, or its answer is not decided, the bulletin waits for nobody: the mention does.
    """
    blamed = related(rows, "mentions").blaming().filter(bulletin=OuterRef("pk"))
    open_ = Q(answer_until__gt=timezone.now()) & Exists(blamed.filter(state=MentionState.ASKED))
    undecided = Exists(blamed.filter(state=MentionState.ANSWERED))
    copies = related(rows, "receipts")
    return any_of(
        (
            Q(state=BulletinState.DRAFT) & office(user),
            Q(state=BulletinState.CONSULTING) & office(user) & ~open_ & ~Q(undecided),
            Q(state=BulletinState.PENDING) & leads(user, Rank.DEPUTY),
            Q(pk__in=copies.filter(of_receipt(copies, user)).values("bulletin")),
        )
    )


def of_mention(rows: QuerySet[Any], user: Any) -> Q:
    """For the unit to answer, for the office to decide on the answer, as long as the bulletin is being written."""
    written = Q(bulletin__state__in=BEING_WRITTEN)
    return written & any_of(
        (
            Q(state=MentionState.ASKED) & unit_people(user),
            Q(state=MentionState.ANSWERED) & office(user, "bulletin__"),
        )
    )


def of_receipt(rows: QuerySet[Any], user: Any) -> Q:
    """To sign for the copy, as long as the bulletin stands."""
    return Q(state=R.SENT, bulletin__state=BulletinState.ISSUED) & unit_people(user)
