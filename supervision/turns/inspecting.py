"""Whose turn it is: 督促检查: plan, inspection, scheme, member."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from organization.states import Rank, Role
from supervision.states.correcting import UNSETTLED
from supervision.states.inspecting import (
    UNDER_WAY,
    Basis,
    InspectionState,
    MemberRole,
    MemberState,
    PlanState,
    SchemeState,
)
from supervision.turns.who import NOBODY, any_of, behind, both, leads, office, related, serving
from tasks.actors import UNIT_ROLES, rank_of

S: Final = InspectionState
ACCESS: Final = timedelta(days=30)
"""How long after its last day an inspection is open to its members."""


def registrar(user: Any, at: str = "") -> Q:
    """The twin of ``actors.inspecting.registrar``; of a covert visit, until its disclosure, who registered it (R11)."""
    roles = (Role.SUPERVISOR,) if user.department.is_office else UNIT_ROLES
    known = Q(**{f"{at}covert": False}) | Q(**{f"{at}disclosed_at__isnull": False})
    return both(serving(user, f"{at}organiser", *roles), known | Q(**{f"{at}registered_by": user}))


def approver(user: Any, at: str = "") -> Q:
    """The twin of ``actors.inspecting.approver``: the chief; for what a plan holds and was ordered, a deputy too."""
    planned = ~Q(**{f"{at}basis": Basis.PROPOSAL}) & Q(**{f"{at}plan_item__isnull": False})
    return both(leads(user, Rank.DEPUTY, at), Q() if rank_of(user) == Rank.CHIEF else planned)


def teamed(user: Any, members: QuerySet[Any], at: str = "", **narrower: Any) -> Q:
    """The twin of ``actors.inspecting.team``: a member in his time, acting in an inspector's post."""
    if user.role != Role.INSPECTOR:
        return NOBODY
    today = timezone.localdate()
    own = members.filter(user=user, state=MemberState.STANDING, **narrower)
    during = {"state__in": UNDER_WAY, "starts_on__lte": today, "ends_on__gte": today - ACCESS}
    own = own.filter(**{f"inspection__{name}": value for name, value in during.items()})
    return Q(**{f"{at}pk__in": own.values("inspection")})


def head(user: Any, members: QuerySet[Any], at: str = "") -> Q:
    """The twin of ``actors.inspecting.head``."""
    return teamed(user, members, at, role=MemberRole.HEAD)


def of_plan(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve."""
    return any_of(
        both(Q(state=PlanState.DRAFT), office(user)), both(Q(state=PlanState.PENDING), leads(user, Rank.DEPUTY))
    )


def of_inspection(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve, from its first day to start, to inspect and to report, to conclude, to end it.

    It is to be ended once no finding of it waits for anybody; what waits in its scheme or its team waits here.
    """
    members, own = related(rows, "members"), registrar(user)
    unsettled = related(rows, "findings").filter(inspection=OuterRef("pk"), state__in=UNSETTLED)
    return any_of(
        both(Q(state__in=(S.DRAFT, S.REPORTED)), own),
        both(Q(state=S.PENDING), approver(user)),
        both(Q(state=S.APPROVED, starts_on__lte=timezone.localdate()), any_of(own, head(user, members))),
        both(Q(state=S.RUNNING), teamed(user, members)),
        both(Q(state=S.CONCLUDED), own, ~Q(Exists(unsettled))),
        behind(related(rows, "schemes"), of_scheme(rows, user), "inspection"),
        behind(members, of_member(rows, user), "inspection"),
    )


def of_scheme(rows: QuerySet[Any], user: Any) -> Q:
    """To approve a later version."""
    return both(Q(state=SchemeState.PENDING, version_no__gt=1), approver(user, "inspection__"))


def of_member(rows: QuerySet[Any], user: Any) -> Q:
    """To decide whether who declared a ground stands aside (回避)."""
    return both(Q(state=MemberState.DECLARED), registrar(user, "inspection__"))
