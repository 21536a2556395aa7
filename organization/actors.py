"""Who is who to a thing of this room. The house itself (None: a command on the server) may set up anything."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.models import Delegation, Post, User
from organization.states import Role
from workflow.lifecycle import Actor, actor, either


def _in_own_role(user: User | None, role: str) -> bool:
    """Administrators' powers are never lent: they count only in the administrator's own post (F55)."""
    return user is None or (user.role == role and user.behalf is None)


@actor(_("只有系统管理员可以这样做。请联系系统管理员办理。"))
def system_admin(user: User | None, thing: Any) -> bool:
    """The keeper of units, accounts and the calendar."""
    return _in_own_role(user, Role.SYSTEM_ADMIN)


@actor(_("只有督查机构的督查员或系统管理员可以这样做。"))
def namer(user: User | None, thing: Any) -> bool:
    """Who says which unit a name in a paper means: an officer of a supervision office, or the keeper of units."""
    unit = user.department if user is not None and user.role == Role.SUPERVISOR else None
    return system_admin(user, thing) or bool(unit is not None and unit.is_office)


@actor(_("只有安全管理员可以这样做。请联系安全管理员办理。"))
def security_admin(user: User | None, thing: Any) -> bool:
    """The keeper of posts, delegations and keys."""
    return _in_own_role(user, Role.SECURITY_ADMIN)


@actor(_("只有本人可以这样做。"))
def oneself(user: User | None, thing: User) -> bool:
    """The person whose account it is."""
    return user is not None and user.pk == thing.pk


@actor(_("只有岗位任职人本人或安全管理员可以这样做；受托人不能再转托。"))
def holder(user: User | None, thing: Post) -> bool:
    """The person who serves in the post, acting in person."""
    return user is not None and thing.user_id == user.pk and user.behalf is None


@actor(_("只有委托人、受托人或安全管理员可以收回委托。"))
def party(user: User | None, thing: Delegation) -> bool:
    """Who gave or took the delegation, acting in person."""
    if user is None or user.behalf is not None:
        return False
    return user.pk in (thing.principal_post.user_id, thing.delegate_id)


grantor: Actor = either(holder, security_admin)
revoker: Actor = either(party, security_admin)
