"""Questions asked of the organisation; each begins a sentence that chains."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils import timezone

from organization.states import COMMITTEE_KINDS, Role, UserKind

if TYPE_CHECKING:
    from organization.models import Department, Post, User

ACCOUNT_KEEPERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def path_range(path: str) -> tuple[str, str]:
    """Return the half-open range of paths that lie at or below ``path``.

    Paths hold digits only, which every collation orders alike, so an ordinary index serves the range on
    SQLite and PostgreSQL; LIKE would not under a linguistic collation.
    """
    return path, str(int(path) + 1).zfill(len(path))


def within(path: str, field: str = "path") -> Q:
    """Return the condition that ``field`` (a path, maybe over joins) lies at or below ``path``.

    An empty path holds nothing: a user without a unit sees no unit's matters.
    """
    if not path:
        return Q(pk__in=())
    low, high = path_range(path)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def known(user: Any) -> bool:
    """Tell whether somebody with an account in use is asking."""
    return bool(user is not None and user.is_authenticated and user.is_active)


def reach(client: User) -> str:
    """Return the path of what another system may see: its unit, or all that its supervision office supervises."""
    home = client.department
    if home is None:
        return ""
    return home.jurisdiction_path if home.is_office else home.path


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Questions about units."""

    def current(self, on: date | None = None) -> Self:
        """Keep the units that exist on the day ``on`` (today if none)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def within(self, department: Department) -> Self:
        """Keep the unit and all that lies below it."""
        return self.filter(within(department.path))

    def above(self, department: Department) -> Self:
        """Keep the units that hold the unit, root first; the unit itself is left out."""
        return self.filter(path__in=department.ancestor_paths()).order_by("path")

    def governed_by(self, office: Department) -> Self:
        """Keep the units that the supervision office ``office`` supervises: its committee's whole subtree."""
        return self.filter(within(office.jurisdiction_path))

    def offices(self) -> Self:
        """Keep the supervision offices (督查机构)."""
        return self.filter(is_office=True)

    def committees(self) -> Self:
        """Keep governments and party committees."""
        return self.filter(kind__in=COMMITTEE_KINDS)

    def in_charge_of(self, post: Post) -> Self:
        """Keep the units in a leader's portfolio (分管单位) and what lies below them, in one statement."""
        held = post.portfolio.filter(path=Substr(OuterRef("path"), 1, Length("path")))
        return self.filter(Exists(held))

    def under(self, parent: Department | None) -> Self:
        """Keep the direct children of ``parent``; the roots if it is None."""
        return self.filter(parent=parent)

    def named(self, text: str) -> Self:
        """Keep the units whose full or short name is ``text``."""
        return self.filter(Q(name=text) | Q(short=text))

    def visible_to(self, user: Any) -> Self:
        """Keep what the asker may see: the whole directory for people, the own subtree for another system."""
        if not known(user):
            return self.none()
        if user.kind == UserKind.CLIENT:
            return self.filter(within(reach(user)))
        return self

    def for_list(self) -> Self:
        """Fetch what a row of a list shows."""
        return self.select_related("parent", "successor")


class DepartmentNameQuerySet(models.QuerySet["Any"]):
    """Questions about the names a unit has had."""

    def visible_to(self, user: Any) -> Self:
        """Keep the names of visible units."""
        if not known(user):
            return self.none()
        if user.kind == UserKind.CLIENT:
            return self.filter(within(reach(user), "department__path"))
        return self


class UserQuerySet(models.QuerySet["User"]):
    """Questions about accounts."""

    def active(self) -> Self:
        """Keep the accounts in use."""
        return self.filter(is_active=True)

    def people(self) -> Self:
        """Keep people; leave other systems out."""
        return self.filter(kind=UserKind.PERSON)

    def serving(self, role: str | None = None, *, department: Department | None = None, on: date | None = None) -> Self:
        """Keep those who hold a standing post, in a role and a unit if these are named."""
        from_posts = self._posts().standing(on)
        if role:
            from_posts = from_posts.filter(role=role)
        if department is not None:
            from_posts = from_posts.filter(department=department)
        return self.filter(pk__in=from_posts.values("user"))

    def _posts(self) -> PostQuerySet:
        related: Any = self.model._meta.get_field("posts").related_model
        return related.objects.all()

    def visible_to(self, user: Any) -> Self:
        """Keep what the asker may see.

        The keepers of accounts see all; everybody else the directory of people in service; another system
        the people who serve inside its subtree.
        """
        if not known(user):
            return self.none()
        if user.role in ACCOUNT_KEEPERS:
            return self
        listed = self.active().people()
        if user.kind == UserKind.CLIENT:
            posts = self._posts().standing().filter(within(reach(user), "department__path"))
            return listed.filter(pk__in=posts.values("user"))
        return listed

    def for_list(self) -> Self:
        """Fetch what a row of the directory shows: the standing posts with their units, in one more query."""
        posts = self._posts().standing().select_related("department")
        return self.prefetch_related(models.Prefetch("posts", posts, to_attr="listed_posts"))


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about who serves where."""

    def standing(self, on: date | None = None) -> Self:
        """Keep the posts held on the day ``on`` (today if none)."""
        day = on or timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)

    def not_ended(self, on: date | None = None) -> Self:
        """Keep the posts held on ``on`` or to be held later."""
        day = on or timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def of_people(self) -> Self:
        """Leave out the posts of other systems."""
        return self.filter(user__kind=UserKind.PERSON)

    def overlapping(self, start: date, end: date | None) -> Self:
        """Keep the posts held on some day of [start, end); ``end`` None means for good."""
        found = self.filter(Q(ended_on=None) | Q(ended_on__gt=start))
        return found if end is None else found.filter(started_on__lt=end)

    def open_to(self, user: User) -> Self:
        """Keep the posts in which ``user`` may act now: the own standing ones and those lent by delegation."""
        related: Any = self.model._meta.get_field("delegations").related_model
        lent = related.objects.effective().filter(delegate=user).values("principal_post")
        return self.standing().filter(Q(user=user) | Q(pk__in=lent)).select_related("department", "user")

    def visible_to(self, user: Any) -> Self:
        """Keep what the asker may see: posts of visible people."""
        if not known(user):
            return self.none()
        if user.role in ACCOUNT_KEEPERS:
            return self
        listed = self.filter(user__is_active=True, user__kind=UserKind.PERSON)
        if user.kind == UserKind.CLIENT:
            return listed.filter(within(reach(user), "department__path"))
        return listed

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("user", "department")


class DelegationQuerySet(models.QuerySet["Any"]):
    """Questions about who acts for whom."""

    def effective(self, at: datetime | None = None) -> Self:
        """Keep the delegations that may be used at the moment ``at``: starts_at ≤ at < ends_at (F53)."""
        moment = at or timezone.now()
        return self.filter(revoked_at=None, starts_at__lte=moment, ends_at__gt=moment)

    def unfinished(self, at: datetime | None = None) -> Self:
        """Keep the delegations that may be used now or later."""
        return self.filter(revoked_at=None, ends_at__gt=at or timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Keep the asker's own, given or taken; the security administrator sees all."""
        if not known(user):
            return self.none()
        if user.role == Role.SECURITY_ADMIN:
            return self
        return self.filter(Q(principal_post__user=user) | Q(delegate=user))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("principal_post__user", "principal_post__department", "delegate")


class CalendarQuerySet(models.QuerySet["Any"]):
    """Questions about calendar days and years."""

    def for_list(self) -> Self:
        """Fetch what a row shows; there is nothing to join."""
        return self

    def of_regions(self, regions: tuple[str, ...]) -> Self:
        """Keep the rows of the regions, widest first, so that a later row overrides an earlier one."""
        return self.filter(region__in=regions).order_by(Length("region"))

    def visible_to(self, user: Any) -> Self:
        """Keep all for anybody signed in; the calendar holds no secrets."""
        return self if known(user) else self.none()


class SessionQuerySet(models.QuerySet["Any"]):
    """Questions about who is signed in."""

    def with_principal(self, today: Any = None, now: Any = None) -> Self:
        """Fetch the session's person, post and delegation with it, so that authentication costs one query.

        ``has_choice`` says whether there is another post to switch to, so that the menu need not ask. ``today`` and
        ``now`` may be slots of a prepared question.
        """
        related: Any = self.model
        posts = related._meta.get_field("post").related_model.objects
        delegations = related._meta.get_field("delegation").related_model.objects
        own = posts.standing(today).filter(user=OuterRef("user")).exclude(pk=OuterRef("post"))
        lent = delegations.effective(now).filter(delegate=OuterRef("user"))
        return self.annotate(has_choice=Exists(own) | Exists(lent)).select_related(
            "user",
            "post__department",
            "delegation__principal_post__department",
            "delegation__principal_post__user",
        )

    def visible_to(self, user: Any) -> Self:
        """Keep the asker's own."""
        return self.filter(user=user) if known(user) else self.none()


class ClientQuerySet(models.QuerySet["Any"]):
    """Questions about the keys of other systems."""

    def usable(self, at: datetime | None = None) -> Self:
        """Keep the keys that open the door at the moment ``at``."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Keep all for the security administrator, nothing for anybody else."""
        return self if known(user) and user.role == Role.SECURITY_ADMIN else self.none()

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("user", "post__department")


def moved(field: str, old: str, new: str) -> Concat:
    """Return the expression that replaces the leading ``old`` of the path ``field`` by ``new``."""
    return Concat(Value(new), Substr(field, len(old) + 1))
