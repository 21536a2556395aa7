"""User: an account, of a person or of another system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.versioned import Versioned
from organization.querysets import UserQuerySet
from organization.states import UserKind, UserState

if TYPE_CHECKING:
    from organization.models.delegation import Delegation
    from organization.models.department import Department
    from organization.models.post import Post


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts; there is no superuser, powers come from posts only (F55)."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Create an account in use. Operations create them unused; this is for set-up and tests."""
        fields.setdefault("is_active", True)
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Versioned, AbstractBaseUser):
    """An account. What it may do follows from the post it acts in, never from the account.

    Deactivated, never deleted: history points here (F50).
    """

    username = models.CharField(_("用户名"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(_("姓名"), max_length=64)
    employee_no = models.CharField(_("工号"), max_length=32, null=True, blank=True, unique=True)
    kind = models.CharField(_("类别"), max_length=8, choices=UserKind, default=UserKind.PERSON)
    is_active = models.BooleanField(_("在用"), default=False)
    must_change_password = models.BooleanField(_("须改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    deactivated_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)

    STATES = UserState

    objects: ClassVar[UserManager] = UserManager()

    has_choice: bool | None = None
    """Whether there is another post to switch to; None while nobody has looked."""

    one_time_password: str | None = None
    """Set by the operation that made it, to be shown once; never stored in clear."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    # Django's admin and some libraries ask these; nobody has powers outside a post.
    is_staff = False
    is_superuser = False

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="user_kind_is_known", condition=Q(kind__in=UserKind.values)),
            models.CheckConstraint(
                name="user_left_is_not_active", condition=Q(is_active=False) | Q(deactivated_at=None)
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("person-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store; a blank staff number is none, so that it may repeat."""
        self.employee_no = self.employee_no or None
        super().save(*args, **kwargs)

    @property
    def state(self) -> str:
        """Where the account stands; derived."""
        if self.is_active:
            return UserState.ACTIVE
        return UserState.LEFT if self.deactivated_at else UserState.INACTIVE

    # ------------------------------------------------------------------ the post acted in

    def act_in(self, post: Post | None, delegation: Delegation | None = None) -> User:
        """Take up the post in which this user acts from now on, by ``delegation`` if the post is another's.

        The door calls it with what the session or key says; operations.sessions decides what may be chosen.
        A post that has ended, or a delegation that has lapsed, falls back to the user's own first post.
        """
        self._acting_post, self._delegation = post, delegation
        return self

    @property
    def post(self) -> Post | None:
        """The post acted in now; the first standing one unless the door chose another."""
        acting: Post | None = self.__dict__.get("_acting_post")
        if acting is not None and self._may_act_in(acting):
            return acting
        if "_own_post" not in self.__dict__:
            self._own_post = self._first_post()
        own: Post | None = self._own_post
        return own

    def standing_posts(self) -> list[Post]:
        """Return the posts in which this user may act now, own and lent; no query where there is but one."""
        post = self.post
        if post is not None and self.has_choice is False:
            return [post]
        return list(self.posts.model.objects.open_to(self))

    def _may_act_in(self, post: Post) -> bool:
        """Tell whether the post is this user's own and standing, or lent by a delegation effective now (F53)."""
        if not post.stands():
            return False
        if post.user_id == self.pk:
            return True
        delegation: Delegation | None = self.__dict__.get("_delegation")
        return (
            delegation is not None
            and delegation.delegate_id == self.pk
            and delegation.principal_post_id == post.pk
            and delegation.is_effective()
        )

    def _first_post(self) -> Post | None:
        if self.pk is None:
            return None
        return self.posts.standing().select_related("department").order_by("started_on", "pk").first()

    @property
    def role(self) -> str:
        """The role acted in now; empty without a post."""
        post = self.post
        return post.role if post else ""

    @property
    def department(self) -> Department | None:
        """The unit acted for now."""
        post = self.post
        return post.department if post else None

    @property
    def behalf(self) -> User | None:
        """The principal, while this user acts by delegation; else None."""
        post = self.post
        return post.user if post is not None and post.user_id != self.pk else None

    @property
    def delegation(self) -> Delegation | None:
        """The delegation in use, if any."""
        return self.__dict__.get("_delegation") if self.behalf else None

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Reload, and ask again which post is one's own."""
        self.__dict__.pop("_own_post", None)
        super().refresh_from_db(*args, **kwargs)

    # ------------------------------------------------------------------ what libraries ask

    def get_full_name(self) -> str:
        """Return the name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name."""
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Refuse: Django's permissions are not used here."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Refuse: Django's permissions are not used here."""
        return False
