"""Questions that chain: 督促检查: plan, inspection, team, worksheet.

Who sees what: the offices of the organiser's government and its leaders see its inspections, the organiser its own,
a member his in his time, an inspected unit what was approved, never each other's part. A covert visit is seen by its
registrar, its members in their time and the leaders who may approve it, and by nobody else, until disclosure (R11).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value

from organization.querysets import known
from organization.states import Rank, Role
from supervision.querysets.awaited import Awaited
from supervision.states.inspecting import COUNTED, MemberRole, MemberState, PlanState, SchemeState
from supervision.turns import inspecting as turns
from tasks.querysets import BUSINESS, units

SEALED = Q(covert=True, disclosed_at=None)
"""The condition that a covert visit is not disclosed."""


class InspectionQuerySet(Awaited):
    """Questions about inspections."""

    turn_of = staticmethod(turns.of_inspection)

    def visible_to(self, user: Any) -> Self:
        """Keep the inspections that the user may see in the post he acts in."""
        if not known(user) or user.department is None:
            return self.none()
        return self.filter(self._overseen(user) | self._inspected(user) | self._joined(user))

    def whole_to(self, user: Any) -> Self:
        """Keep those whose team, tasks, sheets and files the user sees too: who orders, leads or does them."""
        if not known(user) or user.department is None:
            return self.none()
        return self.filter(self._overseen(user) | self._joined(user))

    def _overseen(self, user: Any) -> Q:
        unit, own = user.department, Q(registered_by=user)
        if user.role == Role.LEADER:
            seen = Q(organiser__jurisdiction_path=unit.path)
            return seen if user.post.rank <= Rank.DEPUTY else seen & ~SEALED
        if user.role == Role.SUPERVISOR and unit.is_office:
            open_ = Q(organiser__jurisdiction_path=unit.jurisdiction_path) & ~SEALED
            return open_ | (Q(organiser=unit) & own)
        if user.role in (Role.HANDLER, Role.UNIT_HEAD) and not unit.is_office:
            return Q(organiser=unit) & (~SEALED | own)
        return Q(pk__in=())

    def _inspected(self, user: Any) -> Q:
        if user.role not in BUSINESS:
            return Q(pk__in=())
        targets = self._related("targets").filter(units(user, "department"))
        return Q(pk__in=targets.values("inspection"), approved_at__isnull=False) & ~SEALED

    def _joined(self, user: Any) -> Q:
        return turns.teamed(user, self._related("members"))

    def _related(self, name: str) -> models.QuerySet[Any]:
        manager: models.QuerySet[Any] = self.model._meta.get_field(name).related_model._base_manager.all()
        return manager

    def sealed(self) -> Self:
        """Keep the covert visits that are not disclosed."""
        return self.filter(SEALED)

    def counted(self) -> Self:
        """Keep what counts where another inspection is planned (R9); never a covert visit before its disclosure."""
        return self.filter(state__in=COUNTED).exclude(SEALED)

    def beside(self, plan: Any) -> Self:
        """Keep what the plan's office inspects in the plan's year outside the plan (一事一报, R8)."""
        return self.counted().filter(organiser=plan.organiser_id, plan_item=None, starts_on__year=plan.year)

    def between(self, first: date, last: date) -> Self:
        """Keep those of which some day lies in [first, last]."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in title, topic or number."""
        return self.filter(Q(title__icontains=text) | Q(topic__icontains=text) | Q(number__icontains=text))

    def with_membership(self, user: Any) -> Self:
        """Add what the user is in each team, so that asking whether he may act costs nothing."""
        mine = self._related("members").filter(inspection=OuterRef("pk"), user=user, state=MemberState.STANDING)
        return self.annotate(membership_of=Value(user.pk), membership=Subquery(mine.values("role")[:1]))

    def with_own_targets(self, user: Any) -> Self:
        """Fetch of the objects only those that the user may know, and add ``whole``: whether he sees all of it."""
        rows = self.model._meta.get_field("targets").related_model._default_manager
        seen = models.Prefetch("targets", rows.visible_to(user).select_related("department"))
        whole = self.model._default_manager.whole_to(user).filter(pk=OuterRef("pk"))
        return self.prefetch_related(None).prefetch_related(seen).annotate(whole=Exists(whole))

    def for_list(self) -> Self:
        """Fetch what a row shows, with the name of the team's head."""
        targets = models.Prefetch("targets", self._related("targets").select_related("department"))
        heads = self._related("members").filter(
            inspection=OuterRef("pk"), role=MemberRole.HEAD, state=MemberState.STANDING
        )
        joined = self.select_related("organiser", "registered_by", "plan_item__plan")
        return joined.prefetch_related(targets).annotate(head_name=Subquery(heads.values("user__name")[:1]))


class InspectionPartQuerySet(models.QuerySet[Any]):
    """Parts of an inspection: the working papers of those who order, lead or do it."""

    def visible_to(self, user: Any) -> Self:
        """Keep the parts of inspections seen whole."""
        return self.filter(inspection__in=self._roots().whole_to(user))

    def _roots(self) -> Any:
        return self.model._meta.get_field("inspection").related_model._default_manager

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("inspection__organiser")


class ObjectQuerySet(InspectionPartQuerySet):
    """Questions about inspected units."""

    def visible_to(self, user: Any) -> Self:
        """Keep the objects of inspections seen whole, and the own unit where it is inspected."""
        seen = super().visible_to(user)
        if not known(user) or user.department is None or user.role not in BUSINESS:
            return seen
        own = self.filter(units(user, "department"), inspection__in=self._roots().visible_to(user))
        return self.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=own.values("pk")))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return super().for_list().select_related("department")


class InspectionTaskQuerySet(InspectionPartQuerySet):
    """Questions about linked tasks."""

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return super().for_list().select_related("task__lead")


class SchemeQuerySet(InspectionPartQuerySet, Awaited):  # type: ignore[override]
    """Questions about versions of schemes."""

    turn_of = staticmethod(turns.of_scheme)

    def visible_to(self, user: Any) -> Self:
        """Keep all versions of inspections seen whole; an inspected unit reads what was approved."""
        in_force = Q(state__in=(SchemeState.APPROVED, SchemeState.SUPERSEDED))
        return self.filter(
            Q(inspection__in=self._roots().whole_to(user))
            | (in_force & Q(inspection__in=self._roots().visible_to(user)))
        )

    def with_whole(self, user: Any) -> Self:
        """Add ``whole``: whether the user sees all of the inspection, the other units too."""
        whole = self._roots().whole_to(user).filter(pk=OuterRef("inspection"))
        return self.annotate(whole=Exists(whole))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return super().for_list().select_related("drafted_by", "decided_by", "inspection__plan_item")


class MemberQuerySet(InspectionPartQuerySet, Awaited):  # type: ignore[override]
    """Questions about team members."""

    turn_of = staticmethod(turns.of_member)

    def standing(self) -> Self:
        """Keep who takes part."""
        return self.filter(state=MemberState.STANDING)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return super().for_list().select_related("user")


class WorksheetQuerySet(InspectionPartQuerySet):
    """Questions about worksheets."""

    def standing(self) -> Self:
        """Keep the sheets that no later one corrects."""
        return self.filter(corrections=None)

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        joined = super().for_list().select_related("department", "task", "filed_by")
        return joined.annotate(files=models.Count("proofs"))


class ProofQuerySet(InspectionPartQuerySet):
    """Questions about files that prove."""

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return super().for_list().select_related("worksheet", "uploaded_by")


class PlanQuerySet(Awaited):
    """Questions about yearly plans."""

    turn_of = staticmethod(turns.of_plan)

    def visible_to(self, user: Any) -> Self:
        """Keep the plans of the offices of the user's own government, for its officers and its leaders."""
        if not known(user) or user.department is None:
            return self.none()
        unit = user.department
        if user.role == Role.LEADER:
            return self.filter(organiser__jurisdiction_path=unit.path)
        if user.role == Role.SUPERVISOR and unit.is_office:
            return self.filter(organiser__jurisdiction_path=unit.jurisdiction_path)
        return self.none()

    def approved(self) -> Self:
        """Keep what is approved."""
        return self.filter(state=PlanState.APPROVED)

    def for_list(self) -> Self:
        """Fetch what a row shows, with the number of its items and of what was done beside it."""
        return self.select_related("organiser", "drafted_by", "approved_by").annotate(count=models.Count("items"))


class PlanItemQuerySet(models.QuerySet[Any]):
    """Questions about planned inspections."""

    def visible_to(self, user: Any) -> Self:
        """Keep the items of visible plans."""
        plans = self.model._meta.get_field("plan").related_model._default_manager
        return self.filter(plan__in=plans.visible_to(user))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("plan")
