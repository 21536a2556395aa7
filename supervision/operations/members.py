"""Members: who inspects, trained, pledged and not from the inspected unit (R6, R7)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Post, User
from organization.states import Role
from supervision.actors.inspecting import approver
from supervision.lifecycles.inspecting import INSPECTION, MEMBER
from supervision.models import Inspection, Member
from supervision.operations import access, targets
from supervision.states.inspecting import External, InspectionState, MemberRole, MemberState
from workflow.persons import refuse_same
from workflow.record import advance, begin, lock
from workflow.refusal import Forbidden, RuleBroken

ACTING = (MemberState.STANDING, MemberState.DECLARED)


@transaction.atomic
@screened
def add(
    inspection: Inspection,
    *,
    by: User,
    user: User,
    trained_on: date,
    pledged_on: date,
    body: str,
    role: str = MemberRole.MEMBER,
    external: str = External.NONE,
) -> Member:
    """Add a member of the body that sends him; from the start on this opens the linked tasks to him.

    Refused: RuleBroken("member.no_post") for who holds no post of an inspector; ("member.untrained") for a day of
    training or pledge to come (R7); ("member.twice"); ("member.second_head") (R6); ("member.recused") for who comes
    from an inspected unit; Forbidden("member.head_by_leader") for a head whom not the approver names after approval.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "add_member", by)
    if role == MemberRole.HEAD and inspection.state != InspectionState.DRAFT and not approver(by, inspection):
        raise Forbidden("member.head_by_leader", _("督查批准后，组长由批准督查的政府领导确定。请提请领导增加组长。"))
    _refuse_unfit(user, trained_on, pledged_on)
    acting = list(inspection.members.filter(state__in=ACTING))
    if any(member.user_id == user.pk for member in acting):
        raise RuleBroken("member.twice", _("%(person)s已经在督查组中。") % {"person": user})
    if role == MemberRole.HEAD and any(member.role == MemberRole.HEAD for member in acting):
        raise RuleBroken("member.second_head", _("督查组已有组长。请先让原组长退出，再确定新的组长。"))
    targets.refuse_own(user, [target.department for target in inspection.targets.select_related("department")])
    member = Member(
        state=MemberState.STANDING, inspection=inspection, user=user, role=role, body=body, external=external,
        trained_on=trained_on, pledged_on=pledged_on, added_by=by,
    )  # fmt: skip
    begin(member, by, verb="add", user=user.pk, role=role, external=external)
    advance(inspection, step, by, member=member.pk, person=str(user))
    access.give(inspection, by=by, members=[member])
    return member


def _refuse_unfit(user: User, trained_on: date, pledged_on: date) -> None:
    if not Post.objects.standing().filter(user=user, role=Role.INSPECTOR).exists():
        raise RuleBroken(
            "member.no_post", _("%(person)s没有督查组成员岗位。请先由安全管理员设定有期限的岗位。") % {"person": user}
        )
    today = timezone.localdate()
    if trained_on > today or pledged_on > today:
        raise RuleBroken("member.untrained", _("培训和保密承诺须在进组前完成，日期不能晚于今天。请完成后再增加组员。"))


def _lock_both(member: Member) -> tuple[Inspection, Member]:
    inspection = lock(Inspection(pk=member.inspection_id), "organiser")
    return inspection, lock(member, "inspection__organiser", "user")


@transaction.atomic
@screened
def declare(member: Member, *, by: User, ground: str) -> Member:
    """Say why one should not inspect here (申报回避); access is shut at once, before anybody decides."""
    inspection, member = _lock_both(member)
    step = MEMBER.check(member, "declare", by)
    member.ground, member.declared_at = ground, timezone.now()
    member = advance(member, step, by, ground=ground)
    access.take(inspection, by=by, member=member)
    return member


@transaction.atomic
@screened
def recuse(member: Member, *, by: User, ground: str) -> Member:
    """Decide that a member stands aside (决定回避). Refused: Forbidden for who would decide about himself."""
    inspection, member = _lock_both(member)
    step = MEMBER.check(member, "recuse", by)
    refuse_same(by, {member.user_id}, "member.recuse.own", _("本人的回避由他人决定，请由其他督查员办理。"))
    member.ground, member.decided_by, member.decided_at = ground, by, timezone.now()
    member = advance(member, step, by, ground=ground)
    access.take(inspection, by=by, member=member)
    return member


@transaction.atomic
@screened
def keep(member: Member, *, by: User, reason: str) -> Member:
    """Decide that what was declared is no ground (无须回避); access opens again. Refused as in ``recuse``."""
    inspection, member = _lock_both(member)
    step = MEMBER.check(member, "keep", by)
    refuse_same(by, {member.user_id}, "member.keep.own", _("本人的回避由他人决定，请由其他督查员办理。"))
    member.decided_by, member.decided_at = by, timezone.now()
    member = advance(member, step, by, reason=reason)
    access.give(inspection, by=by, members=[member])
    return member


@transaction.atomic
@screened
def leave(member: Member, *, by: User, reason: str) -> Member:
    """Let a member go (退出督查组); access is shut at once."""
    inspection, member = _lock_both(member)
    step = MEMBER.check(member, "leave", by)
    member.left_at = timezone.now()
    member = advance(member, step, by, reason=reason)
    access.take(inspection, by=by, member=member)
    return member
