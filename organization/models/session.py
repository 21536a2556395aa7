"""Session: a signed-in browser, with the person and post it acts as."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models.delegation import Delegation
from organization.models.post import Post
from organization.querysets import SessionQuerySet


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    """Django's session manager with our questions."""


class Session(AbstractBaseSession):
    """A browser's session. The keys lie in columns, so that one query tells who is asking, and a leaver's are found."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    delegation = models.ForeignKey(Delegation, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    has_choice: bool | None = None
    """Annotated by ``with_principal``: whether the person has another post to switch to."""

    objects: ClassVar[Any] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("会话")  # type: ignore[assignment]
        verbose_name_plural = _("会话")  # type: ignore[assignment]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the store that reads and writes these rows."""
        from organization.sessions import SessionStore  # noqa: PLC0415  (the store names this model: a ring by design of Django)

        return SessionStore
