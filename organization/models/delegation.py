"""Delegation: somebody acts in another's post for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.post import Post
from organization.models.versioned import Versioned
from organization.querysets import DelegationQuerySet
from organization.states import DelegationState


class Delegation(Versioned):
    """Leave to act in ``principal_post`` from ``starts_at`` until before ``ends_at``; both names are recorded (F53)."""

    principal_post = models.ForeignKey(
        Post, verbose_name=_("委托岗位"), on_delete=models.PROTECT, related_name="delegations"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("受托人"), on_delete=models.PROTECT, related_name="delegations_held"
    )
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    reason = models.CharField(_("事由"), max_length=200)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("办理人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    STATES = DelegationState

    objects: ClassVar[Any] = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托")
        verbose_name_plural = _("委托")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="delegation_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="delegation_revoked_at_and_by_together",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("delegation-list")

    def __str__(self) -> str:
        return f"{self.principal_post_id} → {self.delegate_id}"

    def is_effective(self, at: datetime | None = None) -> bool:
        """Tell whether the delegation may be used at the moment ``at`` (now if none)."""
        moment = at or timezone.now()
        return self.revoked_at is None and self.starts_at <= moment < self.ends_at

    @property
    def state(self) -> str:
        """Where the delegation stands; derived."""
        if self.revoked_at:
            return DelegationState.REVOKED
        if self.is_effective():
            return DelegationState.EFFECTIVE
        return DelegationState.COMING if self.starts_at > timezone.now() else DelegationState.ENDED
