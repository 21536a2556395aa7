"""The open papers of 监督问责 that a unit has to do with, and what becomes of them when it ends (F49)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from organization.models import Department, User
from supervision.models import Accountability, Case, Clue, Commendation, Seal, Statement
from supervision.operations import accountability, cases, clues, commendations, statements
from supervision.states.answering import (
    AccountabilityState,
    CaseState,
    ClueState,
    CommendationState,
    StatementState,
)

CONCERN = (
    (Accountability, accountability.follow, ("organiser", "department", "receiver"),
     (AccountabilityState.ANSWERED, AccountabilityState.WITHDRAWN)),
    (Clue, clues.follow, ("organiser", "department", "receiver"), (ClueState.ANSWERED, ClueState.WITHDRAWN)),
    (Commendation, commendations.follow, ("organiser", "department"),
     (CommendationState.PUBLISHED, CommendationState.WITHDRAWN)),
    (Case, cases.follow, ("organiser",), (CaseState.EXPIRED, CaseState.WITHDRAWN)),
    (Statement, statements.follow, ("department",),
     (StatementState.STATED, StatementState.DECLINED, StatementState.WITHDRAWN)),
)  # fmt: skip
"""Noun, how it follows, in which fields the unit may stand, and the states in which it has ended."""


def _open(model: Any, fields: tuple[str, ...], ended: tuple[str, ...], unit: Department) -> QuerySet[Any]:
    meant = Q()
    for field in fields:
        meant |= Q(**{field: unit})
    rows: QuerySet[Any] = model.objects.filter(meant).exclude(state__in=ended)
    return rows


def open_duties(department: Department) -> int:
    """Return how many papers are open that the unit wrote, is meant by, or is to receive."""
    return sum(_open(model, fields, ended, department).count() for model, _follow, fields, ended in CONCERN)


def follow(old: Department, new: Department, by: User | None) -> None:
    """Move what is open to the heir, and to the heir's people what was sealed to them; what has ended stays readable.

    Called inside the reorganisation's transaction.
    """
    for model, move, fields, ended in CONCERN:
        for paper in _in_order(_open(model, fields, ended, old)):
            move(paper, by=by, old=old, new=new)
    for model in (Accountability, Clue, Commendation, Case):
        model.objects.filter(organiser=old).update(organiser=new)
    Seal.objects.filter(department=old).update(department=new)


def _in_order(rows: QuerySet[Any]) -> Iterator[Any]:
    yield from rows.order_by("pk")
