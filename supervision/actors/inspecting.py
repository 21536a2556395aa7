"""Who is who: 督促检查: plan, inspection, team, worksheet. Each actor implies sight (a law under test)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision.states.inspecting import UNDER_WAY, MemberRole, MemberState
from tasks.actors import UNIT_ROLES, leads_for, officer, serves
from workflow.lifecycle import actor, either

__all__ = ["officer"]


def inspection_of(thing: Any) -> Any:
    """Return the inspection that ``thing`` is or belongs to."""
    return getattr(thing, "inspection", thing)


# ------------------------------------------------------------------------------------------------ plans


@actor(_("只有编制该计划的督查机构的督查员可以这样做。"))
def planner(user: Any, plan: Any) -> bool:
    """An officer of the office whose plan it is."""
    return serves(user, plan.organiser, Role.SUPERVISOR)


@actor(_("年度督查计划须由本级分管以上领导批准。"))
def plan_approver(user: Any, plan: Any) -> bool:
    """A leader of the office's government, of deputy rank at least."""
    return leads_for(user, plan.organiser) and user.post.rank <= 2


# ------------------------------------------------------------------------------------------------ inspections


@actor(_("只有组织这次督查的单位可以这样做；暗访在公开前由拟制人本人办理。"))
def registrar(user: Any, thing: Any) -> bool:
    """Who organises: an officer of the office, or the people of a designated department; covert: who registered it."""
    inspection = inspection_of(thing)
    organiser = inspection.organiser
    roles = (Role.SUPERVISOR,) if organiser.is_office else UNIT_ROLES
    if not serves(user, organiser, *roles):
        return False
    return not inspection.is_sealed or inspection.registered_by_id == user.pk


@actor(_("须由本级行政首长或分管领导批准；督查机构自行提出的、未列入年度计划的，须由行政首长批准。"))
def approver(user: Any, thing: Any) -> bool:
    """A leader of the organiser's government: the chief for proposals and what is not planned, else a deputy too."""
    inspection = inspection_of(thing)
    return leads_for(user, inspection.organiser) and user.post.rank <= inspection.approval_rank


@actor(_("只有暗访的拟制人或批准领导可以公开；普通督查不需要公开。"))
def discloser(user: Any, inspection: Any) -> bool:
    """Who may let a covert visit be known: its registrar, or who may approve it."""
    return inspection.is_sealed and (registrar(user, inspection) or approver(user, inspection))


@actor(_("调整后的方案须由批准这次督查的同级领导审批。"))
def amendment_approver(user: Any, scheme: Any) -> bool:
    """Who approves a later version of the scheme; the first is approved with the inspection."""
    return scheme.version_no > 1 and approver(user, scheme)


# ------------------------------------------------------------------------------------------------ the team


def in_time(user: Any, inspection: Any) -> bool:
    """Tell whether a member of this inspection, acting in an inspector's post, may act today."""
    today = timezone.localdate()
    if user.role != Role.INSPECTOR or inspection.state not in UNDER_WAY:
        return False
    return bool(inspection.starts_on <= today <= inspection.access_ends_on)


def role_in_team(user: Any, inspection: Any) -> str:
    """Return what the user is in the team while it lets him act; else ''. Costs nothing after ``with_membership``."""
    if not in_time(user, inspection):
        return ""
    if inspection.__dict__.get("membership_of") == user.pk:
        return inspection.membership or ""
    own = [m for m in inspection.members.all() if m.user_id == user.pk and m.state == MemberState.STANDING]
    return own[0].role if own else ""


@actor(_("只有督查组成员在督查期间可以这样做。"))
def team(user: Any, thing: Any) -> bool:
    """A member in his time."""
    return bool(role_in_team(user, inspection_of(thing)))


@actor(_("督查组实行组长负责制，须由组长签报。"))
def head(user: Any, thing: Any) -> bool:
    """The head of the team, in his time (R6)."""
    return role_in_team(user, inspection_of(thing)) == MemberRole.HEAD


@actor(_("只有本人可以申报自己的回避事由。"))
def oneself(user: Any, member: Any) -> bool:
    """The member himself, in his time."""
    own = member.user_id == user.pk and member.state == MemberState.STANDING
    return own and in_time(user, member.inspection)


registrar_or_head = either(registrar, head)
registrar_or_approver = either(registrar, approver)
registrar_or_team = either(registrar, team)
