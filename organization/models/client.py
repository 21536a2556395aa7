"""Client: the key of another office system."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.department import Department
from organization.models.post import Post
from organization.models.versioned import Versioned
from organization.querysets import ClientQuerySet
from organization.states import ClientState


class Client(Versioned):
    """A key of another system: hashed, expiring, revocable, limited to scopes and to the unit of its post.

    A system is an account of kind ``client`` with a post, so that history names it like a person. Rotation
    makes a new row for the same account.
    """

    name = models.CharField(_("名称"), max_length=64)
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    hashed_key = models.CharField(max_length=150, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="keys")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="keys")
    scopes = models.JSONField(_("权限范围"), default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)

    key: str | None = None
    """Set by the operation that made it, to be shown once; only its hash is stored."""

    STATES = ClientState

    objects: ClassVar[Any] = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("系统接入")
        verbose_name_plural = _("系统接入")
        ordering = ["name", "pk"]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("client-list")

    def __str__(self) -> str:
        return self.name

    @property
    def department(self) -> Department:
        """The unit that registered the system; it sees no more than that unit's subtree."""
        return self.post.department

    def is_usable(self, at: datetime | None = None) -> bool:
        """Tell whether the key opens the door at the moment ``at`` (now if none)."""
        return self.revoked_at is None and self.expires_at > (at or timezone.now())

    @property
    def state(self) -> str:
        """Where the key stands; derived."""
        if self.revoked_at:
            return ClientState.REVOKED
        return ClientState.USABLE if self.is_usable() else ClientState.EXPIRED

    def allows(self, scope: str) -> bool:
        """Tell whether the key holds the scope, e.g. ``tasks:read``."""
        return scope in self.scopes
