"""People, units and posts for tests; every value that a test does not name is made up and unique."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from organization import holidays_cn, keys, workdays
from organization.models import CalendarDay, CalendarYear, Client, Delegation, Department, Post, User
from organization.states import Kind, Level, Rank, Role, Side

numbers = count(1)
PASSWORD = "Duban-2026!"
LONG_AGO = date(2020, 1, 1)
RANKS = {Role.LEADER: Rank.DEPUTY, Role.SUPERVISOR: Rank.OFFICE}


def department(name: str | None = None, parent: Department | None = None, **fields: Any) -> Department:
    """Return a unit; a 市级 government department unless told otherwise."""
    name = name or f"第{next(numbers)}局"
    fields.setdefault("short", name)
    fields.setdefault("valid_from", LONG_AGO)
    fields.setdefault("level", parent.level if parent else Level.CITY)
    return Department.objects.create(name=name, parent=parent, **fields)


def government(name: str | None = None, parent: Department | None = None, **fields: Any) -> Department:
    """Return a people's government, the root of a level."""
    return department(name or f"第{next(numbers)}市人民政府", parent, kind=Kind.GOVERNMENT, **fields)


def party_committee(name: str | None = None, parent: Department | None = None, **fields: Any) -> Department:
    """Return a party committee."""
    name = name or f"中共第{next(numbers)}市委员会"
    return department(name, parent, kind=Kind.PARTY_COMMITTEE, side=Side.PARTY, **fields)


def office(name: str | None = None, parent: Department | None = None, **fields: Any) -> Department:
    """Return a supervision office (督查室); under a government of its own if none is given."""
    parent = parent or government()
    return department(name or f"第{next(numbers)}督查室", parent, kind=Kind.INTERNAL, is_office=True, **fields)


def user(name: str | None = None, **fields: Any) -> User:
    """Return an account in use, without a post. The password is set only if given: hashing is slow by intent."""
    number = next(numbers)
    password = fields.pop("password", None)
    fields.setdefault("username", f"person{number}")
    return User.objects.create_user(password=password, name=name or f"张{number}", **fields)


def post(
    holder: User | None = None, department_: Department | None = None, role: str = Role.HANDLER, **fields: Any
) -> Post:
    """Return a post held since long ago."""
    portfolio = fields.pop("portfolio", ())
    fields.setdefault("started_on", LONG_AGO)
    fields.setdefault("rank", RANKS.get(Role(role), Rank.OTHER))
    held = Post.objects.create(user=holder or user(), department=department_ or department(), role=role, **fields)
    held.portfolio.set(portfolio)
    return held


def person(
    role: str = Role.HANDLER, department_: Department | None = None, name: str | None = None, **fields: Any
) -> User:
    """Return somebody who serves in a unit in a role; fields of the post go by ``title``, ``rank``, ``portfolio``."""
    of_post = {
        key: fields.pop(key) for key in ("title", "rank", "portfolio", "started_on", "ended_on") if key in fields
    }
    holder = user(name, **fields)
    post(holder, department_, role, **of_post)
    return holder


def delegation(
    principal_post: Post | None = None,
    delegate: User | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **fields: Any,
) -> Delegation:
    """Return leave to act for another: since an hour, for a week."""
    now = timezone.now()
    principal_post = principal_post or post(role=Role.LEADER)
    return Delegation.objects.create(
        principal_post=principal_post,
        delegate=delegate or person(),
        starts_at=starts_at or now - timedelta(hours=1),
        ends_at=ends_at or now + timedelta(days=7),
        **{"reason": "外出学习", "granted_by": principal_post.user} | fields,
    )


def client(
    department_: Department | None = None,
    scopes: tuple[str, ...] = ("departments:read",),
    role: str = Role.HANDLER,
    **fields: Any,
) -> Client:
    """Return another system's key; its secret stands in ``.key``."""
    number = next(numbers)
    account = user(f"系统{number}", username=f"client{number}", kind="client")
    key, made = keys.fresh()
    made_client = Client.objects.create(
        name=f"系统{number}",
        user=account,
        post=post(account, department_, role),
        scopes=list(scopes),
        **{"expires_at": timezone.now() + timedelta(days=30)} | made | fields,
    )
    made_client.key = key
    return made_client


def seed_calendar() -> None:
    """Put back what the migration brought, after a test that emptied every table; forgets what was kept."""
    for year in range(holidays_cn.FIRST, holidays_cn.LAST + 1):
        status = "published" if holidays_cn.is_published(year) else "provisional"
        CalendarYear.objects.get_or_create(year=year, region="", defaults={"status": status})
        rows = [CalendarDay(day=d, is_workday=w, name=n) for d, w, n in holidays_cn.named_days(year)]
        CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    workdays.forget()
