"""督查通知单 and 督查方案."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from documents import papers
from documents.papers import Paper
from supervision.lifecycles.inspecting import INSPECTION, SCHEME
from supervision.models import Inspection, Member, Scheme
from supervision.papers.sheet import Sheet, contact_of, cover, day_of, may, name_of, nobody
from supervision.states.inspecting import InspectionState, MemberRole, MemberState, Method, SchemeState

# ------------------------------------------------------------------------------------------------ 督查通知单


def _inspections(user: Any) -> QuerySet[Any]:
    """Visible inspections with the objects that the user may know and the scheme in force."""
    in_force = Scheme.objects.filter(state=SchemeState.APPROVED)
    rows: Any = Inspection.objects.visible_to(user).for_list().with_own_targets(user).select_related("approved_by")
    return rows.prefetch_related(Prefetch("schemes", in_force, to_attr="in_force"))  # type: ignore[no-any-return]


def _is_announced(user: Any, inspection: Any) -> bool:
    """Approved and open: a covert visit is announced to nobody (R11)."""
    withdrawn = inspection.state == InspectionState.WITHDRAWN
    return inspection.approved_at is not None and not inspection.is_sealed and not withdrawn


def _notice(inspection: Any, draft: bool) -> Paper:
    scheme = inspection.in_force[0]
    units = [target.department.name for target in inspection.targets.all()]
    head = cover(
        inspection, inspection.organiser.name, inspection.disclosed_at or inspection.approved_at, draft=draft, to=units,
        contact=contact_of(inspection.registered_by, inspection.organiser),
    )  # fmt: skip
    return papers.notice(
        head,
        source=_basis(inspection),
        tasks=[inspection.title, *scheme.content.splitlines()],
        lead="、".join(units),
        due=scheme.ends_on,
        feedback=_wanted(inspection, scheme),
        drafted_by=inspection.registered_by.name,
        approved_by=inspection.approved_by.name,
    )


def _basis(inspection: Any) -> str:
    document = f"（{inspection.basis_document}）" if inspection.basis_document else ""
    return f"{inspection.basis_text}{document}"


def _wanted(inspection: Any, scheme: Any) -> str:
    materials = "、".join(scheme.materials)
    wanted = f"请准备下列材料：{materials}。" if materials else "不要求报送材料。"
    return f"{wanted}\n核验码{inspection.code}，可在核验页面核实本次督查。"


# ------------------------------------------------------------------------------------------------ 督查方案


def _schemes(user: Any) -> QuerySet[Any]:
    """Schemes of inspections that the user sees whole: the paper names every object and the team."""
    team = Member.objects.filter(state__in=(MemberState.STANDING, MemberState.LEFT)).select_related("user")
    rows: Any = Scheme.objects.visible_to(user).filter(inspection__in=Inspection.objects.whole_to(user)).for_list()
    return rows.select_related("inspection__approved_by").prefetch_related(  # type: ignore[no-any-return]
        Prefetch("inspection__members", team)
    )


def _was_approved(user: Any, scheme: Any) -> bool:
    return scheme.state in (SchemeState.APPROVED, SchemeState.SUPERSEDED)


def _writes_scheme(user: Any, scheme: Any) -> bool:
    """Who drafts the inspection or the amendment, or is to approve it."""
    if scheme.state != SchemeState.PENDING:
        return False
    first = may(INSPECTION, "edit", "approve")(user, scheme.inspection)
    return first or may(SCHEME, "approve")(user, scheme) or scheme.drafted_by_id == user.pk


def _plan(scheme: Any, draft: bool) -> Paper:
    inspection = scheme.inspection
    by = scheme.decided_by or inspection.approved_by
    at = scheme.decided_at or inspection.approved_at
    team = [member for member in inspection.members.all() if member.state == MemberState.STANDING]
    others = [_in_team(member) for member in team if member.role != MemberRole.HEAD]
    return papers.plan(
        cover(scheme, inspection.organiser.name, at, draft=draft, number=inspection.number),
        subject=inspection.title,
        basis=_basis(inspection),
        sort=inspection.get_kind_display(),
        content=scheme.content.splitlines(),
        objects=[unit["name"] for unit in scheme.units],
        scope=scheme.scope,
        methods=[str(Method(method).label) for method in inspection.methods],
        begins_on=scheme.starts_on,
        ends_on=scheme.ends_on,
        leader="、".join(_in_team(member) for member in team if member.role == MemberRole.HEAD),
        members=others or ["无"],
        discipline=scheme.discipline,
        approved_by="" if draft else name_of(by),
        approved_on=None if draft or at is None else day_of(at),
        materials=scheme.materials,
    )


def _in_team(member: Any) -> str:
    return f"{member.user.name}（{member.body}）"


SHEETS = (
    Sheet("inspection", "inspections", _inspections, _is_announced, nobody, _notice),
    Sheet("scheme", "schemes", _schemes, _was_approved, _writes_scheme, _plan),
)
