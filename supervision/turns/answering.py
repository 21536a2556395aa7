"""Whose turn it is: 监督问责: accountability, statement, clue, commendation, case."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from organization.states import Rank, Role
from supervision.states.answering import (
    AT_THE_DESK,
    HANDED_OVER,
    AccountabilityState,
    CaseKind,
    CaseState,
    ClueState,
    CommendationState,
    SealPart,
    StatementState,
)
from supervision.turns.who import NOBODY, any_of, both, leads, related, unit_head
from supervision.turns.who import office as officer
from tasks.actors import rank_of
from workflow.persons import identities

A: Final = AccountabilityState


def _not_named(user: Any, at: str = "") -> Q:
    """Whoever is named in a paper, or acts for him, is nobody to it."""
    return ~Q(**{f"{at}person__in": identities(user)})


def _bears(rows: QuerySet[Any], user: Any, part: str, role: str) -> Q:
    """The twin of ``actors.answering._bears``: named on the sealed paper as this, in person and in this post."""
    if user.role != role:
        return NOBODY
    seals = related(rows, "seals")
    own = seals.of(user).legible().filter(part=part)
    return both(Q(pk__in=own.values(rows.model._meta.model_name)), _not_named(user))


def office(user: Any) -> Q:
    """The twin of ``actors.answering.office``."""
    return both(officer(user), ~Q(state__in=HANDED_OVER), _not_named(user))


def head(user: Any) -> Q:
    """The twin of ``actors.answering.head``."""
    return both(leads(user, Rank.CHIEF), _not_named(user))


def of_accountability(rows: QuerySet[Any], user: Any) -> Q:
    """To complete and submit, to approve, to hand over, to answer."""
    return any_of(
        both(Q(state__in=(*AT_THE_DESK, A.APPROVED)), office(user)),
        both(Q(state=A.PENDING), head(user)),
        both(Q(state=A.TRANSFERRED), _bears(rows, user, SealPart.CONTACT, Role.DISCIPLINE)),
    )


def of_statement(rows: QuerySet[Any], user: Any) -> Q:
    """For the object to speak; after its last day for the office to record that it did not."""
    at = "accountability__"
    late = Q(due_on__lt=timezone.localdate()) & ~Q(accountability__state__in=HANDED_OVER)
    turn = any_of(
        Q(person=user.pk) if user.behalf is None else NOBODY,
        both(Q(person=None), unit_head(user)),
        both(late, officer(user, at), _not_named(user, at)),
    )
    return both(Q(state=StatementState.ASKED), turn)


def of_clue(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve, to hand over, to answer: each for the very person named on it."""
    drafter = _bears(rows, user, SealPart.DRAFTER, Role.SUPERVISOR)
    approver = both(_bears(rows, user, SealPart.APPROVER, Role.LEADER), leads(user, Rank.CHIEF))
    return any_of(
        both(Q(state__in=(ClueState.DRAFT, ClueState.RETURNED, ClueState.APPROVED)), drafter),
        both(Q(state=ClueState.PENDING), approver),
        both(Q(state=ClueState.TRANSFERRED), _bears(rows, user, SealPart.CONTACT, Role.DISCIPLINE)),
    )


def of_commendation(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve, to publish."""
    own = (CommendationState.DRAFT, CommendationState.RETURNED, CommendationState.APPROVED)
    return any_of(both(Q(state__in=own), office(user)), both(Q(state=CommendationState.PENDING), head(user)))


def of_case(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve, on its day of review to review it or take it down (R42)."""
    due = Q(state=CaseState.PUBLISHED, review_on__lte=timezone.localdate())
    to_warn = Q(kind=CaseKind.NEGATIVE, anonymised=False)
    approver = both(leads(user, Rank.DEPUTY), Q() if rank_of(user) == Rank.CHIEF else ~to_warn)
    return any_of(
        both(Q(state__in=(CaseState.DRAFT, CaseState.RETURNED)) | due, officer(user)),
        both(Q(state=CaseState.PENDING) | due, approver),
    )
