"""Other office systems get keys: hashed, expiring, limited to scopes and to the unit that answers for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import keys
from organization.actors import security_admin
from organization.lifecycles import CLIENT, POST, USER
from organization.models import Client, Department, Post, User
from organization.operations.deeds import deed, lock, made, require
from organization.states import ADMIN_ROLES, Role, UserKind
from workflow.refusal import RuleBroken

SCOPE = re.compile(r"[a-z_]+:(read|write)")
LONGEST_DAYS = 366 * 2


@transaction.atomic
def register(
    *, by: User | None, name: str, department: Department, role: str, scopes: Sequence[str], days: int = 365
) -> Client:
    """Let another system in for ``days`` days; ``.key`` of the answer is shown once.

    It acts as an account of its own in a post of ``department``: it sees and does no more than that post, cut
    down to its scopes. Refused: Forbidden to all but the security administrator; RuleBroken for an
    administrator's role, an unknown scope, a term that is too long, or a unit that has ended.
    """
    require(security_admin, by, "client.register")
    _refuse_request(role, scopes, days)
    if not department.is_current():
        raise RuleBroken("client.department_ended", _("“%(name)s”已撤销，不能登记系统。") % {"name": department.name})
    account = User(username=_free_username(), name=name, kind=UserKind.CLIENT, is_active=True)
    account.set_unusable_password()
    made(account, USER, "create", by, name=name, kind=UserKind.CLIENT.value)
    post = made(Post(user=account, department=department, role=role), POST, "appoint", by, role=role)
    return _issue(account, post, name, scopes, days, "register", by)


def _issue(
    account: User, post: Post, name: str, scopes: Sequence[str], days: int, verb: str, by: User | None
) -> Client:
    key, columns = keys.fresh()
    client = Client(
        name=name,
        user=account,
        post=post,
        scopes=sorted(set(scopes)),
        expires_at=timezone.now() + timedelta(days=days),
        **columns,
    )
    made(client, CLIENT, verb, by, scopes=client.scopes, expires_at=client.expires_at.isoformat(), prefix=client.prefix)
    client.key = key
    return client


def _free_username() -> str:
    return f"client-{keys.fresh()[1]['prefix'].lower()}"


@transaction.atomic
def rotate(client: Client, *, by: User | None, days: int = 365) -> Client:
    """Replace a key by a new one of the same scopes; the old one stops at once. Returns the new one, with ``.key``."""
    client = lock(client)
    CLIENT.check(client, "rotate", by)
    _refuse_request(client.post.role, client.scopes, days)
    old = client.state
    client.revoked_at = timezone.now()
    deed(client, CLIENT, "retire", by, old=old)
    return _issue(client.user, client.post, client.name, client.scopes, days, "rotate", by)


@transaction.atomic
def revoke(client: Client, *, by: User | None) -> Client:
    """Shut a key out at once, for good."""
    client = lock(client)
    CLIENT.check(client, "revoke", by)
    old = client.state
    client.revoked_at = timezone.now()
    return deed(client, CLIENT, "revoke", by, old=old)


def _refuse_request(role: str, scopes: Sequence[str], days: int) -> None:
    if role in ADMIN_ROLES or role not in Role.values:
        raise RuleBroken("client.role", _("系统接入只能使用业务角色。请改选角色。"), details={"role": role})
    unknown = sorted(scope for scope in scopes if not SCOPE.fullmatch(scope))
    if unknown or not scopes:
        raise RuleBroken(
            "client.scopes",
            _("权限范围须写成“名词:read”或“名词:write”，例如 tasks:read，且至少一项。"),
            details={"unknown": unknown},
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken(
            "client.days", _("密钥有效期应在1至%(days)d天之间。") % {"days": LONGEST_DAYS}, details={"days": days}
        )
