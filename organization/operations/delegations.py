"""Somebody acts in another's post for a while; both names are recorded (F53)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.lifecycles import DELEGATION, POST
from organization.models import Delegation, Post, Session, User
from organization.operations.deeds import deed, lock, made
from organization.states import ADMIN_ROLES, UserKind
from workflow.refusal import Conflict, RuleBroken


@transaction.atomic
def grant(
    post: Post, *, by: User | None, delegate: User, starts_at: datetime, ends_at: datetime, reason: str
) -> Delegation:
    """Let ``delegate`` act in ``post`` from ``starts_at`` until before ``ends_at``.

    Refused: Forbidden to all but the holder in person and the security administrator; RuleBroken for an
    interval that is empty or over, for administrators' posts and for administrators as delegates (F55), for
    oneself, for an account out of use; Conflict where the same person holds the same post in that time.
    """
    # The delegate's account is the lock that appointments take too: an administrator cannot come by a business role.
    delegate = lock(delegate)
    post = lock(post)
    POST.check(post, "delegate", by)
    _refuse_interval(starts_at, ends_at)
    _refuse_delegate(post, delegate)
    same = Delegation.objects.unfinished().filter(principal_post=post, delegate=delegate)
    if same.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Conflict("delegation.overlap", _("同一时段已委托此人，无需重复委托。请先收回原委托，或调整时段。"))
    delegation = Delegation(
        principal_post=post,
        delegate=delegate,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        granted_by=by,
    )
    return made(
        delegation,
        DELEGATION,
        "grant",
        by,
        principal=post.user.name,
        delegate=delegate.name,
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        reason=reason,
    )


@transaction.atomic
def revoke(delegation: Delegation, *, by: User | None) -> Delegation:
    """Take a delegation back at once; the delegate's sessions fall back to the own post.

    Refused: Forbidden to all but the two parties in person and the security administrator.
    """
    delegation = lock(delegation)
    DELEGATION.check(delegation, "revoke", by)
    old = delegation.state
    delegation.revoked_at = timezone.now()
    delegation.revoked_by = by if by is not None else delegation.principal_post.user
    Session.objects.filter(delegation=delegation).update(delegation=None)
    return deed(delegation, DELEGATION, "revoke", by, old=old)


def _refuse_interval(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken("delegation.interval", _("结束时间须晚于开始时间。请核对委托时段。"))
    if ends_at <= timezone.now():
        raise RuleBroken("delegation.over", _("委托时段已经过去。请填写今后的时段。"))


def _refuse_delegate(post: Post, delegate: User) -> None:
    if post.role in ADMIN_ROLES:
        raise RuleBroken("delegation.admin_post", _("管理员岗位不能委托。请由安全管理员另行任命。"))
    if delegate.pk == post.user_id:
        raise RuleBroken("delegation.self", _("不能委托给本人。请选择另一位同事。"))
    if not delegate.is_active or delegate.kind != UserKind.PERSON:
        raise RuleBroken("delegation.delegate", _("受托人的账号未启用或已停用。请选择在岗人员。"))
    if Post.objects.not_ended().filter(user=delegate, role__in=ADMIN_ROLES).exists():
        raise RuleBroken("delegation.roles_apart", _("管理员不得代行业务岗位。请选择业务人员。"))
