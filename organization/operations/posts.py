"""Who is granted which role where, and when it ends. The security administrator's hand, and nobody else's (F55)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.lifecycles import POST, USER
from organization.models import Client, Delegation, Department, Post, Session, User
from organization.operations.deeds import deed, lock, made
from organization.states import ADMIN_ROLES, COMMITTEE_KINDS, Rank, Role
from workflow.refusal import Conflict, Forbidden, RuleBroken


@transaction.atomic
def appoint(
    user: User,
    *,
    by: User | None,
    department: Department,
    role: str,
    title: str = "",
    rank: int = Rank.OTHER,
    started_on: date | None = None,
    ended_on: date | None = None,
    portfolio: Iterable[Department] = (),
) -> Post:
    """Let ``user`` serve in a unit and role from ``started_on`` (today) until before ``ended_on`` (for good).

    An account not yet used comes into use by its first post (F55: one administrator makes it, another grants).
    Refused: Forbidden to grant to oneself; RuleBroken("post.roles_apart") where one person would hold two of the
    three administrators' roles, or one of them and a business role, on one day; WrongState for a leaver;
    RuleBroken for a unit that has ended or an end before the start; Conflict for the same post twice.
    """
    user = lock(user)
    USER.check(user, "appoint", by)
    if by is not None and by.pk == user.pk:
        raise Forbidden("post.own", _("不能给自己授权。请由另一位安全管理员办理。"))
    started_on = started_on or timezone.localdate()
    _refuse_days(started_on, ended_on)
    if not department.is_current():
        raise RuleBroken("post.department_ended", _("“%(name)s”已撤销，不能任职。") % {"name": department.name})
    if role == Role.LEADER and department.kind not in COMMITTEE_KINDS:
        raise RuleBroken(
            "post.leader_of_committee",
            _("“领导”岗位只设在党委、政府；部门负责同志请任“单位负责人”。"),
            details={"department": department.pk},
        )
    _refuse_mixed_roles(user, role, started_on, ended_on)
    _refuse_twice(user, department, role, started_on, ended_on)
    if not user.is_active:
        user.is_active = True
        deed(user, USER, "activate", by, old="inactive")
    post = Post(
        user=user,
        department=department,
        role=role,
        title=title,
        rank=rank,
        started_on=started_on,
        ended_on=ended_on,
    )
    made(post, POST, "appoint", by, **_described(post))
    _oversee(post, portfolio)
    return post


def _described(post: Post) -> dict[str, object]:
    return {
        "user": post.user_id,
        "user_name": post.user.name,
        "department": post.department_id,
        "role": post.role,
        "title": post.title,
        "started_on": post.started_on.isoformat(),
        "ended_on": post.ended_on.isoformat() if post.ended_on else None,
    }


@transaction.atomic
def end(post: Post, *, by: User | None, ended_on: date | None = None) -> Post:
    """End a post as of ``ended_on`` (today): the first day on which it is no longer held.

    What the holder lent by delegation is worth nothing from then on; sessions that act in it fall out of it.
    Refused: RuleBroken when the day lies before the start, WrongState when the post has ended.
    """
    refuse_last_admin(post)
    post = lock(post)
    POST.check(post, "end", by)
    return _end(post, by, ended_on or timezone.localdate())


def refuse_last_admin(post: Post) -> None:
    """Refuse with RuleBroken("post.last_admin") to leave the house without one of its three administrators."""
    if post.role not in ADMIN_ROLES:
        return
    held = Post.objects.select_for_update(of=("self",), no_key=True).filter(role__in=ADMIN_ROLES).order_by("pk")
    others = [p for p in held.select_related("user") if p.role == post.role and p.pk != post.pk]
    if not any(p.stands() and p.user.is_active for p in others):
        raise RuleBroken(
            "post.last_admin",
            _("这是最后一位“%(role)s”，免职后将无人履职。请先另任一位。") % {"role": post.get_role_display()},
            details={"role": post.role},
        )


def close(post: Post, *, by: User | None) -> Post:
    """End a post because its holder leaves; part of the deactivation, which has checked who asks."""
    return _end(lock(post), by, timezone.localdate())


def _end(post: Post, by: User | None, day: date) -> Post:
    old = post.state
    if post.started_on > timezone.localdate() >= day:
        day = post.started_on  # a post that never began ends where it would have begun
    _refuse_days(post.started_on, day)
    post.ended_on = day
    deed(post, POST, "end", by, old=old, ended_on=day.isoformat(), user=post.user_id, role=post.role)
    if not post.stands():
        Session.objects.filter(post=post).update(post=None)
        Session.objects.filter(delegation__principal_post=post).update(delegation=None)
    return post


@transaction.atomic
def set_portfolio(post: Post, *, by: User | None, portfolio: Iterable[Department]) -> Post:
    """Say which units a leader oversees (分管单位); what lies below them is meant too."""
    post = lock(post)
    POST.check(post, "set_portfolio", by)
    before = sorted(post.portfolio.values_list("name", flat=True))
    _oversee(post, portfolio)
    after = sorted(post.portfolio.values_list("name", flat=True))
    return deed(post, POST, "set_portfolio", by, before=before, after=after)


def _oversee(post: Post, portfolio: Iterable[Department]) -> None:
    units = list(portfolio)
    ended = [unit.name for unit in units if not unit.is_current()]
    if ended:
        raise RuleBroken("post.department_ended", _("“%(name)s”已撤销，不能分管。") % {"name": "、".join(ended)})
    post.portfolio.set(units)


def follow(unit: Department, heir: Department | None, *, by: User | None) -> None:
    """End the posts of a unit that ends; with an heir each holder serves on there, and keys and loans go along.

    Part of a reorganisation, which has locked the tree and checked who asks.
    """
    for post in Post.objects.filter(department=unit).not_ended().order_by("pk").select_for_update(no_key=True):
        sessions = list(Session.objects.filter(post=post).values_list("pk", flat=True))
        until = post.ended_on
        _end(post, by, timezone.localdate())
        if heir is None:
            continue
        # Made after the end of the old one: nobody holds an administrator's post twice, not even for a moment.
        twin = _same_post(post, heir, until, by)
        Session.objects.filter(pk__in=sessions).update(post=twin)
        Delegation.objects.unfinished().filter(principal_post=post).update(principal_post=twin)
        Client.objects.filter(post=post, revoked_at=None).update(post=twin)
    for post in Post.objects.not_ended().filter(portfolio=unit):
        post.portfolio.remove(unit)
        if heir is not None:
            post.portfolio.add(heir)


def _same_post(post: Post, heir: Department, until: date | None, by: User | None) -> Post:
    """Return the holder's post of the same role in the heir, made if there is none."""
    held = Post.objects.not_ended().filter(user=post.user_id, department=heir, role=post.role).first()
    if held is not None:
        return held
    twin = Post(
        user=post.user,
        department=heir,
        role=post.role,
        title=post.title,
        rank=post.rank,
        started_on=max(timezone.localdate(), post.started_on),
        ended_on=until,
    )
    made(twin, POST, "follow", by, **_described(twin), from_post=post.pk)
    twin.portfolio.set(post.portfolio.all())
    return twin


# ---------------------------------------------------------------------------------------------------- what is refused


def _refuse_days(started_on: date, ended_on: date | None) -> None:
    if ended_on is not None and ended_on < started_on:
        raise RuleBroken(
            "post.days",
            _("免职日不能早于任职日 %(day)s。请核对日期。") % {"day": started_on.isoformat()},
            details={"started_on": started_on.isoformat()},
        )


def clashing(role: str, others: Iterable[str]) -> list[str]:
    """Return the roles among ``others`` that nobody may hold together with ``role`` (F55).

    An administrator's role stands alone: no other administrator's role beside it, no business role either.
    The same role may be held in two units only if it is a business role.
    """
    if role in ADMIN_ROLES:
        return sorted(set(others))
    return sorted(other for other in set(others) if other in ADMIN_ROLES)


def _refuse_mixed_roles(user: User, role: str, started_on: date, ended_on: date | None) -> None:
    held = set(Post.objects.filter(user=user).overlapping(started_on, ended_on).values_list("role", flat=True))
    lent = Delegation.objects.unfinished().filter(delegate=user).values_list("principal_post__role", flat=True)
    clash = clashing(role, held | set(lent))
    if clash:
        names = "、".join(str(Role(other).label) for other in clash)
        raise RuleBroken(
            "post.roles_apart",
            _("三类管理员与业务角色须分设：此人同期任有“%(held)s”，不能再任“%(role)s”。请先免去原岗位，或另选他人。")
            % {"held": names, "role": Role(role).label},
            details={"role": role, "held": clash},
        )


def _refuse_twice(user: User, department: Department, role: str, started_on: date, ended_on: date | None) -> None:
    same = Post.objects.filter(user=user, department=department, role=role).overlapping(started_on, ended_on)
    if same.exists():
        raise Conflict("post.held", _("此人同期已任该岗位，无需重复任命。"), details={"post": same[0].pk})
