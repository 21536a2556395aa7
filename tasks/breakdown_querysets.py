"""Questions about breakdowns, their clauses and drafts; every one a person asks begins with ``visible_to``."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from organization.querysets import known
from organization.states import Role
from tasks.querysets import units
from tasks.states import COVERING, BreakdownState, ClauseState, Coverage, DraftState


def _counted(rows: Any) -> Any:
    """Return the number of rows of a breakdown, as a subquery."""
    return Coalesce(Subquery(rows.values("breakdown").annotate(n=Count("pk")).values("n")), 0)


class BreakdownQuerySet(models.QuerySet[Any]):
    """Questions about breakdowns."""

    def visible_to(self, user: Any) -> Self:
        """Keep those of the officer's own office, and of the leader's government."""
        if not known(user) or user.department is None:
            return self.none()
        if user.role == Role.SUPERVISOR:
            return self.filter(organiser=user.department)
        return self.filter(units(user, "organiser")) if user.role == Role.LEADER else self.none()

    def standing(self) -> Self:
        """Keep what was not given up: a directive has one at most."""
        return self.exclude(state=BreakdownState.DROPPED)

    def settled(self) -> Self:
        """Add ``n_clauses``, those to be settled, and ``n_settled``, those that came to a task or were disposed of."""
        clauses = self.model._meta.get_field("clauses").related_model._default_manager
        own = clauses.filter(breakdown=OuterRef("pk")).with_coverage().exclude(coverage=Coverage.FRAME).order_by()
        return self.annotate(
            n_clauses=_counted(own),
            n_settled=_counted(own.filter(coverage__in=(Coverage.COVERED, Coverage.DISPOSED))),
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need, but not the text."""
        return self.select_related("directive", "organiser", "made_by").defer("text", "tables")


class BreakdownPartQuerySet(models.QuerySet[Any]):
    """Questions about clauses and drafts: who sees the breakdown sees them."""

    def visible_to(self, user: Any) -> Self:
        """Keep the parts of visible breakdowns."""
        breakdowns = self.model._meta.get_field("breakdown").related_model._default_manager
        return self.filter(breakdown__in=breakdowns.visible_to(user))

    def for_list(self) -> Self:
        """Fetch what every actor needs."""
        parts = ("breakdown__directive", "breakdown__organiser")
        return self.select_related(*parts).defer("breakdown__text", "breakdown__tables")


class ClauseQuerySet(BreakdownPartQuerySet):
    """Questions about clauses."""

    def with_coverage(self) -> Self:
        """Add ``coverage``: what each clause has come to (``Coverage``), by its drafts and its own state."""
        drafts = self.model._meta.get_field("drafts").related_model._base_manager.filter(clause=OuterRef("pk"))
        through = Q(state__in=COVERING) | Q(state=DraftState.MERGED, merged_into__state__in=COVERING)
        waits = Q(state=DraftState.PROPOSED) | Q(state=DraftState.MERGED, merged_into__state=DraftState.PROPOSED)
        return self.annotate(
            coverage=Case(
                When(state=ClauseState.FRAME, then=Value(Coverage.FRAME)),
                When(state=ClauseState.DISPOSED, then=Value(Coverage.DISPOSED)),
                When(Exists(drafts.filter(through)), then=Value(Coverage.COVERED)),
                When(Exists(drafts.filter(waits)), then=Value(Coverage.PROPOSED)),
                default=Value(Coverage.OPEN),
                output_field=models.CharField(),
            )
        )

    def unsettled(self) -> Self:
        """Keep those that neither a task accepted by a person covers nor anybody disposed of: they bar the issue."""
        return self.with_coverage().filter(coverage__in=(Coverage.OPEN, Coverage.PROPOSED))


class DraftQuerySet(BreakdownPartQuerySet):
    """Questions about drafts of breakdowns."""

    def for_list(self) -> Self:
        """Fetch what every actor needs, and the clause."""
        return super().for_list().select_related("clause", "task")

    def in_order(self) -> Self:
        """Put the drafts in the order of the paper, parts of one clause as they were made."""
        return self.order_by("clause__number", "position", "pk")
