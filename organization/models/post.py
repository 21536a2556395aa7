"""Post: who serves where, in which role, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.department import Department
from organization.models.versioned import Versioned
from organization.querysets import PostQuerySet
from organization.states import ADMIN_ROLES, PostState, Rank, Role


class Post(Versioned):
    """A person's service in a unit and role. Rights come from here and end with it.

    ``started_on`` is the first day, ``ended_on`` the first day no longer served.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="posts"
    )
    department = models.ForeignKey(Department, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    title = models.CharField(_("职务"), max_length=64, blank=True, default="")
    rank = models.PositiveSmallIntegerField(_("层次"), choices=Rank, default=Rank.OTHER)
    started_on = models.DateField(_("任职日"), default=timezone.localdate)
    ended_on = models.DateField(_("免职日"), null=True, blank=True)
    portfolio = models.ManyToManyField(Department, verbose_name=_("分管单位"), blank=True, related_name="overseen_by")

    STATES = PostState

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering = ["rank", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(name="post_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(name="post_rank_is_known", condition=Q(rank__in=Rank.values)),
            models.CheckConstraint(
                name="post_ends_after_start", condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on"))
            ),
            models.UniqueConstraint(
                name="post_is_held_once",
                fields=["user", "department", "role"],
                condition=Q(ended_on=None),
            ),
            models.UniqueConstraint(
                name="post_one_admin_role_a_person",
                fields=["user"],
                condition=Q(ended_on=None, role__in=ADMIN_ROLES),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("person-detail", args=[self.user_id])

    def __str__(self) -> str:
        return f"{self.department} {self.title or self.get_role_display()}"

    def stands(self, on: date | None = None) -> bool:
        """Tell whether the post is held on the day ``on`` (today if none)."""
        day = on or timezone.localdate()
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    @property
    def state(self) -> str:
        """Whether the post is held today; derived."""
        if self.stands():
            return PostState.STANDING
        return PostState.COMING if self.started_on > timezone.localdate() else PostState.ENDED

    @property
    def is_admin(self) -> bool:
        """Whether the role is one of the three administrators'."""
        return self.role in ADMIN_ROLES
