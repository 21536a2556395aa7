"""The session engine: one row, one query, and it tells who is asking.

Idle and absolute limits (reliability.md §7.3; here 30 minutes and 12 hours) live in the row's ``expire_date``.
The row is written when the session's data changes and at most once a minute for being seen, so a page costs no
write; the idle limit is therefore exact to a minute, on the strict side.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from organization.models.delegation import Delegation
from organization.models.post import Post
from organization.models.session import Session
from organization.models.user import User
from workflow import prepared

POST_KEY = "acting_post"
DELEGATION_KEY = "acting_delegation"
SEEN_EVERY = timedelta(seconds=60)

ALIVE = prepared.Prepared(
    lambda: Session.objects.with_principal(prepared.day("today"), prepared.moment("now")).filter(
        session_key=prepared.text("key"), expire_date__gt=prepared.moment("now")
    )
)
"""The live session of a key with its principal: every request asks it."""


class SessionStore(DatabaseStore):
    """Django's store over our rows; reading it also brings the person, post and delegation."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table of sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = ALIVE.rows(key=self.session_key, now=timezone.now(), today=timezone.localdate())
        self.row = found[0] if found else None
        if self.row is None:
            self._session_key = None
        return self.row

    def create(self) -> None:
        """Begin a new row; the absolute limit counts from here."""
        self.row = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row as it is to be stored, with the keys of who is asking beside the data."""
        now = timezone.now()
        user = data.get(SESSION_KEY)
        row = Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            user_id=user,
            post_id=data.get(POST_KEY) or (first_post(int(user)) if user else None),
            delegation_id=data.get(DELEGATION_KEY),
            started_at=self.row.started_at if self.row else now,
            seen_at=now,
        )
        row.expire_date = expiry(row.started_at, now)
        return row

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Return the seconds for which the browser keeps the cookie: to the absolute limit.

        The idle limit is kept by the row, else an active person would lose the cookie at its first age.
        """
        started = self.row.started_at if self.row else timezone.now()
        rest = started + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS) - timezone.now()
        return max(0, int(rest.total_seconds()))

    def principal(self) -> User | None:
        """Return the person (or None) this session acts as, set to the post chosen."""
        key = self.get(SESSION_KEY)
        row = self.row
        if key is None or row is None or row.user is None or str(row.user_id) != str(key):
            return None
        post = row.delegation.principal_post if row.delegation else row.post
        row.user.has_choice = row.has_choice if post else None
        return row.user.act_in(post, row.delegation)

    def seen(self) -> None:
        """Note that the person is at work; at most once a minute, never beyond the absolute limit."""
        row, now = self.row, timezone.now()
        if row is None or now - row.seen_at < SEEN_EVERY:
            return
        row.seen_at, row.expire_date = now, expiry(row.started_at, now)
        Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at, expire_date=row.expire_date)


def expiry(started_at: datetime, seen_at: datetime) -> datetime:
    """Return the moment at which a session dies: the idle or the absolute limit, whichever is first."""
    idle = seen_at + timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    absolute = started_at + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
    return min(idle, absolute)


def first_post(user_id: int) -> int | None:
    """Return the key of the post in which the person starts: the longest-held standing one."""
    key: int | None = (
        Post.objects.standing().filter(user=user_id).order_by("started_on", "pk").values_list("pk", flat=True).first()
    )
    return key


def principal_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who sends the request; nobody when the session is dead, the account unused or the password changed.

    Costs the one query that reads the session, none without a cookie.
    """
    session = request.session
    user = session.principal() if isinstance(session, SessionStore) else None
    if user is None or not user.is_active or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return AnonymousUser()
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        session.flush()
        return AnonymousUser()
    return user


def choose(session: SessionStore, post: Post, delegation: Delegation | None = None) -> None:
    """Store the post in which the session acts from now on; operations.identities has checked it."""
    session[POST_KEY] = None if delegation else post.pk
    session[DELEGATION_KEY] = delegation.pk if delegation else None
    session.save()
