"""Questions that chain: 监督问责: accountability, clue, commendation, case.

Who sees what: a proposal of accountability its office and the head of its government, from the hand-over on the
persons named in its seals alone; the object only the request for its statement. A clue is sealed from the draft on.
Whoever is named in one of the two loses it in every role (reliability.md 5.5e).
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organization.querysets import known
from organization.states import Rank, Role
from supervision.querysets.awaited import Awaited
from supervision.states.answering import (
    HANDED_OVER,
    IN_HAND,
    AccountabilityState,
    CaseState,
    CommendationState,
    SealPart,
    StatementState,
)
from supervision.turns import answering as turns
from workflow.persons import identities

NOBODY = Q(pk__in=())
READERS = (Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER, Role.INSPECTOR, Role.DISCIPLINE)
"""Roles that read what is published to all."""


def working(user: Any) -> bool:
    """Tell whether somebody asks who acts in a post."""
    return known(user) and user.department is not None


def of_office(user: Any) -> Q:
    """Return the condition that the row is of the user's own office."""
    return Q(organiser=user.department) if user.role == Role.SUPERVISOR else NOBODY


def of_government(user: Any, lowest: int) -> Q:
    """Return the condition that the user leads the row's government or committee, ``lowest`` being the lowest rank."""
    if user.role != Role.LEADER or user.post.rank > lowest:
        return NOBODY
    return Q(organiser__jurisdiction_path=user.department.path) & ~Q(state=AccountabilityState.DRAFT)


class SealQuerySet(models.QuerySet[Any]):
    """Questions about who is named on a sealed paper."""

    def of(self, user: Any) -> Self:
        """Keep the seals of the user, acting in person and in the very post for which he was named.

        What is sealed to a person is not lent with his post.
        """
        if user.behalf is not None:
            return self.none()
        return self.filter(user=user, department=user.department, role=user.role)

    def legible(self) -> Self:
        """Keep the seals whose bearer reads the content."""
        return self.filter(closed_at=None)

    def left_behind(self) -> Self:
        """Keep the seals of those who draft, and no longer serve in the post for which they were named."""
        people = self.model._meta.get_field("user").related_model
        posts = people._meta.get_field("posts").related_model._default_manager.standing()
        same = {name: models.OuterRef(name) for name in ("user", "department", "role")}
        serving = models.Exists(posts.filter(user__is_active=True, **same))
        return self.legible().filter(~serving, part=SealPart.DRAFTER)


class SealedQuerySet(Awaited):
    """Papers that name persons: whoever is named loses sight of them."""

    def _seals(self, user: Any) -> Any:
        return self.model._meta.get_field("seals").related_model._default_manager.of(user)

    def _without_the_named(self, user: Any) -> Self:
        return self.exclude(person__in=identities(user))

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("organiser", "department", "receiver", "drafted_by", "person").prefetch_related(
            "seals"
        )


class AccountabilityQuerySet(SealedQuerySet):
    """Questions about proposals of accountability."""

    turn_of = staticmethod(turns.of_accountability)

    def visible_to(self, user: Any) -> Self:
        """Keep those of the office and of its head, as long as they are not handed over; then those sealed to him."""
        if not working(user):
            return self.none()
        before = ~Q(state__in=HANDED_OVER) & (of_office(user) | of_government(user, Rank.CHIEF))
        sealed = Q(state__in=HANDED_OVER, pk__in=self._seals(user).values("accountability"))
        return self._without_the_named(user).filter(before | sealed)

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in title, number, facts or the object's name."""
        return self.filter(
            Q(title__icontains=text)
            | Q(number__icontains=text)
            | Q(facts__icontains=text)
            | Q(department__name__icontains=text)
            | Q(person_name__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return super().for_list().select_related("statement")


class StatementQuerySet(Awaited):
    """Questions about the object's own words."""

    turn_of = staticmethod(turns.of_statement)

    def visible_to(self, user: Any) -> Self:
        """Keep those of visible proposals, and those asked of the user: of himself, or of the unit that he heads."""
        if not working(user):
            return self.none()
        proposals = self.model._meta.get_field("accountability").related_model._default_manager.visible_to(user)
        seen = Q(accountability__in=proposals) | Q(person=user.pk)
        if user.role == Role.UNIT_HEAD:
            seen |= Q(department=user.department, person=None)
        return self.filter(seen)

    def open(self) -> Self:
        """Keep what waits for an answer."""
        return self.filter(state=StatementState.ASKED)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("accountability__organiser", "department", "person", "asked_by", "ended_by")


class ClueQuerySet(SealedQuerySet):
    """Questions about clues: sealed to named persons from the draft on."""

    turn_of = staticmethod(turns.of_clue)

    def visible_to(self, user: Any) -> Self:
        """Keep those on which the user is named, whether or not he reads the content, and those left to the head.

        What a drafter left behind, the head of the government sees to be there, and no word of it.
        """
        if not working(user):
            return self.none()
        seen = Q(pk__in=self._seals(user).values("clue"))
        if user.role == Role.LEADER and user.post.rank == Rank.CHIEF and user.behalf is None:
            left = self.model._default_manager.abandoned()
            seen |= Q(organiser__jurisdiction_path=user.department.path, pk__in=left.values("pk"))
        return self._without_the_named(user).filter(seen)

    def abandoned(self) -> Self:
        """Keep what is not handed over and whose drafter no longer serves in the office."""
        return self.filter(models.Exists(self._left_behind()), state__in=IN_HAND)

    def _left_behind(self) -> Any:
        seals = self.model._meta.get_field("seals").related_model._default_manager
        return seals.left_behind().filter(clue=models.OuterRef("pk"))

    def legible_to(self, user: Any) -> Self:
        """Keep those of which the user reads the content."""
        if not working(user):
            return self.none()
        return self._without_the_named(user).filter(pk__in=self._seals(user).legible().values("clue"))

    def search(self, text: str) -> Self:
        """Keep what bears the number: content that one may no longer read is not found by its words either."""
        return self.filter(number__icontains=text)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need, and whether its drafter has left it behind (``abandoned``)."""
        left = models.ExpressionWrapper(
            models.Exists(self._left_behind()) & Q(state__in=IN_HAND), output_field=models.BooleanField()
        )
        return super().for_list().select_related("approver").annotate(abandoned=left)


class InformantQuerySet(models.QuerySet[Any]):
    """Questions about who told it."""

    def visible_to(self, user: Any) -> Self:
        """Keep those of legible clues that the user handles; each look goes by an operation that records it (R44)."""
        if not working(user):
            return self.none()
        clues = self.model._meta.get_field("clue").related_model._default_manager
        seals = clues.model._meta.get_field("seals").related_model._default_manager.of(user).legible()
        handled = seals.filter(part__in=(SealPart.DRAFTER, SealPart.CONTACT))
        return self.filter(clue__in=clues.legible_to(user).filter(pk__in=handled.values("clue")))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self


class CommendationQuerySet(Awaited):
    """Questions about praise."""

    turn_of = staticmethod(turns.of_commendation)

    def visible_to(self, user: Any) -> Self:
        """Keep the office's, its head's, what praises the user's own unit once approved, and what is published."""
        if not working(user):
            return self.none()
        seen = self._managed(user)
        if user.role in (Role.UNIT_HEAD, Role.HANDLER):
            seen |= Q(department=user.department, state=CommendationState.APPROVED)
        return self.filter(seen | self._published(user))

    def managed_by(self, user: Any) -> Self:
        """Keep those whose papers behind them the user reads."""
        return self.filter(self._managed(user)) if working(user) else self.none()

    def _managed(self, user: Any) -> Q:
        return of_office(user) | of_government(user, Rank.CHIEF)

    def _published(self, user: Any) -> Q:
        """Return what everybody at work in the organiser's jurisdiction reads."""
        if user.role not in READERS:
            return NOBODY
        return Q(state=CommendationState.PUBLISHED) & reaches(user)

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in title, number, deed or the name of who is praised."""
        return self.filter(
            Q(title__icontains=text)
            | Q(number__icontains=text)
            | Q(deed__icontains=text)
            | Q(department__name__icontains=text)
            | Q(person_name__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("organiser", "department", "person", "drafted_by")


def reaches(user: Any) -> Q:
    """Return the condition that the organiser's government or committee stands at or above the user's unit."""
    return Q(organiser__jurisdiction_path__in=[*user.department.ancestor_paths(), user.department.path])


class CaseQuerySet(Awaited):
    """Questions about model cases."""

    turn_of = staticmethod(turns.of_case)

    def visible_to(self, user: Any) -> Self:
        """Keep the office's and its leaders'; for others at work in the jurisdiction what is published and not due."""
        if not working(user):
            return self.none()
        seen = self._managed(user)
        if user.role in READERS:
            seen |= Q(state=CaseState.PUBLISHED, review_on__gt=timezone.localdate()) & reaches(user)
        return self.filter(seen)

    def managed_by(self, user: Any) -> Self:
        """Keep those whose names the user reads."""
        return self.filter(self._managed(user)) if working(user) else self.none()

    def _managed(self, user: Any) -> Q:
        return of_office(user) | of_government(user, Rank.DEPUTY)

    def review_due(self) -> Self:
        """Keep what is published and has reached its day of review (R42)."""
        return self.filter(state=CaseState.PUBLISHED, review_on__lte=timezone.localdate())

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` as everybody reads it: a name that was replaced is not found by others."""
        return self.filter(Q(told_title__icontains=text) | Q(told_story__icontains=text))

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("organiser", "drafted_by", "approved_by")


class ExhibitQuerySet(models.QuerySet[Any]):
    """Questions about files that prove what a paper of this theme says."""

    def visible_to(self, user: Any) -> Self:
        """Keep the files of papers whose content the user reads."""
        if not working(user):
            return self.none()
        return self.filter(
            Q(accountability__in=self._of("accountability").visible_to(user))
            | Q(clue__in=self._of("clue").legible_to(user))
            | Q(commendation__in=self._of("commendation").managed_by(user))
            | Q(case__in=self._of("case").managed_by(user))
            | Q(statement__in=self._of("statement").visible_to(user))
        )

    def _of(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model._default_manager

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("uploaded_by")
