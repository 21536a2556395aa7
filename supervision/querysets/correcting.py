"""Questions that chain: 整改: finding, rectification, conclusion, review.

Who sees what: whoever sees the inspection from within (its organiser's officers, the leaders, its members in their
time) sees all that came of it; a unit sees what was told to it, and never another unit's; a verifier the findings that
he verifies; who handles a review the conclusion and what it rests on.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organization.querysets import known
from supervision.querysets.awaited import Awaited
from supervision.states.correcting import AGREED, RECTIFYING, REVIEWING, TOLD, UNSETTLED
from supervision.turns import correcting as turns
from supervision.turns.correcting import WORKING
from supervision.turns.who import related
from tasks.querysets import BUSINESS, units
from workflow.persons import identities


class OfInspectionQuerySet(Awaited):
    """What comes of an inspection and is about one unit."""

    def within(self, user: Any) -> Q:
        """Return the condition that the user sees the inspection from within."""
        return Q(inspection__in=related(self, "inspection").whole_to(user).values("pk"))

    def whole_to(self, user: Any) -> Self:
        """Keep those whose inspection the user sees from within."""
        return self.filter(self.within(user)) if known(user) and user.department else self.none()

    def sealed(self) -> Self:
        """Keep what came of a covert visit that is not disclosed (R11)."""
        return self.filter(inspection__in=related(self, "inspection").sealed().values("pk"))

    def with_sight(self, user: Any) -> Self:
        """Add ``whole``: the user sees the inspection from within, and therefore names of files and of people."""
        return self.annotate(whole=models.ExpressionWrapper(self.within(user), output_field=models.BooleanField()))

    def of_own_unit(self, user: Any) -> Q:
        """Return the condition that it is about a unit for which the user's post speaks."""
        return units(user, "department") if user.role in BUSINESS else Q(pk__in=())


class FindingQuerySet(OfInspectionQuerySet):
    """Questions about findings."""

    turn_of = staticmethod(turns.of_finding)

    def visible_to(self, user: Any) -> Self:
        """Keep the findings that the user may see in the post he acts in."""
        if not known(user) or user.department is None:
            return self.none()
        seen = self.within(user) | (self.of_own_unit(user) & Q(issued_at__isnull=False))
        if user.role in WORKING:
            own = related(self, "rectifications").filter(verifier__in=identities(user))
            seen |= Q(pk__in=own.values("finding")) | self._reviewed(user)
        return self.filter(seen)

    def _reviewed(self, user: Any) -> Q:
        """Return the condition that it stands in a conclusion whose review the user handles or is asked to approve."""
        conclusions = related(related(self, "inspection"), "conclusions")
        handled = conclusions.handled_by(user)
        same = handled.filter(inspection=models.OuterRef("inspection"), department=models.OuterRef("department"))
        return Q(models.Exists(same)) & Q(issued_at__isnull=False)

    def with_sight(self, user: Any) -> Self:
        """Add ``task_seen`` too: a unit may be told of a problem at a task of which it sees nothing."""
        tasks = related(self, "task").visible_to(user).filter(pk=models.OuterRef("task"))
        return super().with_sight(user).annotate(task_seen=models.Exists(tasks))

    def agreed(self) -> Self:
        """Keep what nobody disputes any more: only this is counted and told to others (C7)."""
        return self.filter(state__in=AGREED)

    def unsettled(self) -> Self:
        """Keep what was told to its unit and is not at its end."""
        return self.filter(state__in=UNSETTLED)

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in fact, basis, inspection or unit."""
        return self.filter(
            Q(fact__icontains=text)
            | Q(basis__icontains=text)
            | Q(inspection__title__icontains=text)
            | Q(department__name__icontains=text)
            | Q(department__short__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("department", "inspection__organiser", "task").prefetch_related(
            "inspection__members"
        )


class OfFindingQuerySet(Awaited):
    """Items of findings: seen by whoever sees the finding."""

    turn_of = staticmethod(turns.of_rectification)

    def visible_to(self, user: Any) -> Self:
        """Keep the items of visible findings."""
        return self.filter(finding__in=related(self, "finding").visible_to(user).values("pk"))

    def running(self) -> Self:
        """Keep what is to be done yet."""
        return self.filter(state__in=RECTIFYING)

    def overdue(self, on: date | None = None) -> Self:
        """Keep what is late on the day ``on`` (today if none): the twin of ``Rectification.is_overdue``."""
        day = on or timezone.localdate()
        late = Q(claimed_on=None, due_on__lt=day) | Q(claimed_on__gt=F("due_on"))
        return self.running().filter(late)

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in requirement, finding or unit."""
        return self.filter(
            Q(requirement__icontains=text)
            | Q(finding__fact__icontains=text)
            | Q(department__name__icontains=text)
            | Q(department__short__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("finding__inspection__organiser", "finding__department", "department", "verifier")


class OfRectificationQuerySet(models.QuerySet[Any]):
    """Claims, corrections, files, requests for more time: seen by whoever sees the item."""

    def visible_to(self, user: Any) -> Self:
        """Keep the parts of visible items."""
        return self.filter(rectification__in=related(self, "rectification").visible_to(user).values("pk"))

    def for_list(self) -> Self:
        """Fetch what a row needs to name its chain."""
        return self.select_related("rectification")


class ConclusionQuerySet(OfInspectionQuerySet):
    """Questions about conclusions."""

    turn_of = staticmethod(turns.of_conclusion)

    def visible_to(self, user: Any) -> Self:
        """Keep the conclusions that the user may see; a unit reads its own from the day on which it was issued."""
        if not known(user) or user.department is None:
            return self.none()
        seen = self.within(user) | (self.of_own_unit(user) & Q(state__in=TOLD))
        if user.role in WORKING:
            seen |= Q(pk__in=self.handled_by(user).values("pk"))
        return self.filter(seen)

    def handled_by(self, user: Any) -> Self:
        """Keep the conclusions whose review the user handles."""
        reviews = related(self, "reviews").filter(handler__in=identities(user))
        return self.filter(pk__in=reviews.values("conclusion"))

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in number, inspection or unit."""
        return self.filter(
            Q(number__icontains=text) | Q(inspection__title__icontains=text) | Q(department_name__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("department", "inspection__organiser")


class ReviewQuerySet(Awaited):
    """Questions about applications for review."""

    turn_of = staticmethod(turns.of_review)

    def visible_to(self, user: Any) -> Self:
        """Keep the reviews of visible conclusions."""
        return self.filter(conclusion__in=related(self, "conclusion").visible_to(user).values("pk"))

    def overdue(self, on: date | None = None) -> Self:
        """Keep what should have been decided before the day ``on`` (today if none)."""
        return self.filter(state__in=REVIEWING, due_on__lt=on or timezone.localdate())

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related(
            "conclusion__inspection__organiser", "conclusion__department", "department", "handler"
        )
