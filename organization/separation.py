"""The three administrators stay apart: who breaks it, should somebody have got round the operations (F55)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from organization.models import Delegation, Post, User
from organization.states import ADMIN_ROLES, Role


@dataclass(frozen=True)
class Breach:
    """Somebody who holds, on one day, roles that nobody may hold together."""

    user: User
    roles: tuple[str, ...]

    def __str__(self) -> str:
        """Name the person and the roles."""
        return f"{self.user.name}（{self.user.username}）：{'、'.join(str(Role(role).label) for role in self.roles)}"


def breaches() -> list[Breach]:
    """Return everybody who holds or borrows roles that must stay apart, now or on a day to come."""
    admins = Post.objects.not_ended().filter(role__in=ADMIN_ROLES).values("user")
    held: dict[User, list[Post]] = defaultdict(list)
    for post in Post.objects.not_ended().filter(user__in=admins).select_related("user").order_by("user", "pk"):
        held[post.user].append(post)
    found = {user: clash for user, posts in held.items() if (clash := _clash(posts))}
    for loan in (
        Delegation.objects.unfinished().filter(delegate__in=admins).select_related("delegate", "principal_post")
    ):
        roles = found.get(loan.delegate) or {post.role for post in held[loan.delegate]}
        found[loan.delegate] = roles | {loan.principal_post.role}
    return [Breach(user, tuple(sorted(roles))) for user, roles in found.items()]


def _clash(posts: list[Post]) -> set[str]:
    return {
        role
        for one, other in combinations(posts, 2)
        if (one.is_admin or other.is_admin) and _overlap(one, other)
        for role in (one.role, other.role)
    }


def _overlap(one: Post, other: Post) -> bool:
    return (one.ended_on is None or one.ended_on > other.started_on) and (
        other.ended_on is None or other.ended_on > one.started_on
    )
