"""Accounts are made, named and closed by the system administrator; powers come from posts (F50, F55)."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.actors import system_admin
from organization.lifecycles import USER
from organization.models import Client, Delegation, Post, Session, User
from organization.operations import posts
from organization.operations.deeds import deed, lock, made, require
from organization.states import ADMIN_ROLES, Role, UserKind
from workflow.record import record
from workflow.refusal import Conflict, Forbidden, RuleBroken

WITHOUT_LOOKALIKES = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
SIGNS = "#%+-=@"


def one_time_password() -> str:
    """Return a password that meets every rule, to be shown once and changed at the first login."""
    letters = "".join(secrets.choice(WITHOUT_LOOKALIKES) for _place in range(12))
    return f"{letters}{secrets.choice(SIGNS)}{secrets.randbelow(8) + 2}aB"


@transaction.atomic
def create(*, by: User | None, username: str, name: str, employee_no: str = "") -> User:
    """Create a person's account, not yet in use; ``.one_time_password`` of the answer is shown once.

    The account comes into use when the security administrator grants its first post (F55).
    Refused: Forbidden to all but the system administrator; Conflict when user name or staff number is taken.
    """
    require(system_admin, by, "user.create")
    username = User.normalize_username(username)
    if User.objects.filter(username=username).exists():
        raise Conflict("user.username_taken", _("用户名“%(name)s”已被使用，请换一个。") % {"name": username})
    if employee_no and User.objects.filter(employee_no=employee_no).exists():
        raise Conflict("user.employee_no_taken", _("工号已登记在另一人名下，请核对。"))
    user = User(username=username, name=name, employee_no=employee_no or None, kind=UserKind.PERSON, is_active=False)
    password = _set_one_time(user)
    made(user, USER, "create", by, username=username, name=name)
    user.one_time_password = password
    return user


def _set_one_time(user: User) -> str:
    password = one_time_password()
    user.set_password(password)
    user.must_change_password, user.password_changed_at = True, timezone.now()
    return password


@transaction.atomic
def rename(user: User, *, by: User | None, name: str) -> User:
    """Correct a person's name; what was recorded keeps the old one."""
    user = lock(user)
    USER.check(user, "rename", by)
    old_name, user.name = user.name, name
    return deed(user, USER, "rename", by, old_name=old_name, name=name)


@transaction.atomic
def reset_password(user: User, *, by: User | None) -> User:
    """Give a new one-time password (``.one_time_password``), end all sessions; it must be changed at login.

    Refused: Forbidden for the other administrators' accounts, else the system administrator could take their
    powers up (F55); a command on the server does it.
    """
    user = lock(user)
    USER.check(user, "reset_password", by)
    roles = set(Post.objects.not_ended().filter(user=user).values_list("role", flat=True))
    if by is not None and roles & {Role.SECURITY_ADMIN, Role.AUDITOR}:
        raise Forbidden(
            "user.reset_password.admin",
            _("安全管理员、审计管理员的密码不能由系统管理员重置。请运维人员在服务器上执行 manage.py reset_password。"),
        )
    password = _set_one_time(user)
    deed(user, USER, "reset_password", by)
    _end_sessions(user)
    user.one_time_password = password
    return user


@transaction.atomic
def change_password(user: User, *, by: User | None, password: str) -> User:
    """Set one's own new password; all sessions end, the door opens a new one.

    Refused: Forbidden for anybody else's account; RuleBroken("user.password") with the rules that it breaks.
    """
    user = lock(user)
    USER.check(user, "change_password", by)
    refuse_weak(password, user)
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, timezone.now()
    deed(user, USER, "change_password", by)
    _end_sessions(user)
    return user


def refuse_weak(password: str, user: User) -> None:
    """Refuse a password that breaks the house's rules or is the one in use."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise RuleBroken("user.password", "".join(error.messages), details={"password": error.messages}) from error
    if user.check_password(password):
        raise RuleBroken("user.password", _("新密码不能与现用密码相同，请另设一个。"))


@transaction.atomic
def deactivate(user: User, *, by: User | None, reason: str = "") -> User:
    """Close an account at once: sessions, keys and delegations die, posts end; open duties stay with the units (F50).

    Refused: RuleBroken for one's own account and for the last one of an administrator's role.
    """
    user = lock(user)
    USER.check(user, "deactivate", by)
    if by is not None and by.pk == user.pk:
        raise RuleBroken("user.own", _("不能停用自己的账号。请由另一位系统管理员办理。"))
    _refuse_last_admin(user)
    old = user.state
    for post in Post.objects.not_ended().filter(user=user).order_by("pk"):
        posts.close(post, by=by)
    now = timezone.now()
    lent = Delegation.objects.unfinished(now).filter(delegate=user)
    lent.update(revoked_at=now, revoked_by=by if by is not None else user)
    Client.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    _end_sessions(user)
    user.is_active, user.deactivated_at = False, now
    return deed(user, USER, "deactivate", by, old=old, reason=reason)


def _end_sessions(user: User) -> None:
    Session.objects.filter(user=user).delete()


def _refuse_last_admin(user: User) -> None:
    """Refuse to leave the house without one of its three administrators."""
    today = timezone.localdate()
    # All of them locked in one order: two who dismiss one another at once must not both succeed.
    list(Post.objects.select_for_update(no_key=True).filter(role__in=ADMIN_ROLES).order_by("pk").values_list("pk"))
    for role in ADMIN_ROLES:
        standing = Post.objects.standing(today).filter(role=role, user__is_active=True)
        if standing.filter(user=user).exists() and not standing.exclude(user=user).exists():
            raise RuleBroken(
                "user.last_admin",
                _("这是最后一位“%(role)s”，停用后将无人履职。请先另任一位。") % {"role": role.label},
                details={"role": role.value},
            )


@transaction.atomic
def restore(user: User, *, by: User | None) -> User:
    """Reopen the account of somebody who came back: not in use until a post is granted, with a one-time password."""
    user = lock(user)
    USER.check(user, "restore", by)
    old = user.state
    user.deactivated_at = None
    password = _set_one_time(user)
    deed(user, USER, "restore", by, old=old)
    user.one_time_password = password
    return user


@transaction.atomic
def sign_in(user: User) -> User:
    """Record that somebody signed in (GB/T 22239: every user is audited)."""
    record("user.sign_in", user, user)
    return user


@transaction.atomic
def sign_out(user: User) -> User:
    """Record that somebody signed out."""
    record("user.sign_out", user, user)
    return user
