"""Questions that chain: 情况通报: notice, bulletin.

Who sees what: the office its own, the leaders of its government too; a unit what was sent to it, a named unit the
passage that names it from the moment it is asked. A unit's head also sees what lies under his unit.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from organization.querysets import known
from organization.states import Role
from supervision.querysets.awaited import Awaited
from supervision.states.informing import (
    OUT,
    SHOWN,
    UNANSWERED,
    BulletinState,
    MentionState,
    ReceiptState,
)
from supervision.turns import informing as turns
from tasks.querysets import units

UNITS = (Role.UNIT_HEAD, Role.HANDLER)
PAPERS = (Role.SUPERVISOR, Role.LEADER)
"""Roles that make papers: of the office, and of the government it works for."""


class OwnPapers(Awaited):
    """Papers with an ``organiser``, who works on them with the leaders of its government."""

    def inside_to(self, user: Any) -> Self:
        """Keep the papers on which the user works: the office's own, a leader's government's."""
        if not _works(user) or user.role not in PAPERS:
            return self.none()
        return self.filter(units(user, "organiser"))


def _works(user: Any) -> bool:
    return known(user) and user.department is not None


class NoticeQuerySet(OwnPapers):
    """Questions about notices."""

    turn_of = staticmethod(turns.of_notice)

    def visible_to(self, user: Any) -> Self:
        """Keep the office's own, a leader's government's, and what was sent to the user's unit."""
        if not _works(user):
            return self.none()
        if user.role in PAPERS:
            return self.filter(units(user, "organiser") | (units(user, "department") & _sent()))
        if user.role in UNITS:
            return self.filter(units(user, "department"), _sent())
        return self.none()

    def unanswered(self, on: date | None = None) -> Self:
        """Keep what the unit should have answered before the day ``on`` (today if none) and has not."""
        return self.filter(state__in=UNANSWERED, answer_due_on__lt=on or timezone.localdate())

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in number, matter or unit."""
        return self.filter(
            Q(number__icontains=text)
            | Q(task__matter__icontains=text)
            | Q(task__number__icontains=text)
            | Q(department__name__icontains=text)
            | Q(department__short__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("task", "department", "organiser", "drafted_by", "approved_by", "answered_by")


def _sent() -> Q:
    """What has been sent: what is withdrawn afterwards stays with the unit, with the reason."""
    return Q(state__in=OUT) | Q(state="withdrawn", issued_at__isnull=False)


class BulletinQuerySet(OwnPapers):
    """Questions about bulletins."""

    turn_of = staticmethod(turns.of_bulletin)

    def visible_to(self, user: Any) -> Self:
        """Keep the office's own, a leader's government's, and what was issued to the user's unit."""
        if not _works(user):
            return self.none()
        if user.role in PAPERS:
            return self.filter(units(user, "organiser") | self._addressed(user))
        if user.role in UNITS:
            return self.filter(self._addressed(user))
        return self.none()

    def _addressed(self, user: Any) -> Q:
        receipts = self.model._meta.get_field("receipts").related_model._base_manager
        sent = receipts.filter(units(user, "department"), state__in=(ReceiptState.SENT, ReceiptState.RECEIVED))
        return Q(pk__in=sent.values("bulletin"))

    def issued_before(self, bulletin: Any) -> Self:
        """Keep the office's issued ones before this, the last first."""
        older = self.filter(organiser=bulletin.organiser_id, state=BulletinState.ISSUED)
        return older.exclude(pk=bulletin.pk).order_by("-approved_at", "-pk")

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in title or number."""
        return self.filter(Q(title__icontains=text) | Q(number__icontains=text))

    def for_list(self) -> Self:
        """Fetch what a row and every actor need; the figures stay behind."""
        return self.select_related("organiser", "drafted_by", "approved_by").defer("snapshot")


class MentionQuerySet(Awaited):
    """Questions about the naming of units."""

    turn_of = staticmethod(turns.of_mention)

    def visible_to(self, user: Any) -> Self:
        """Keep the office's own, a leader's government's, and what the user's unit was asked about."""
        if not _works(user):
            return self.none()
        asked = units(user, "department") & Q(state__in=SHOWN)
        if user.role in PAPERS:
            return self.filter(units(user, "bulletin__organiser") | asked)
        return self.filter(asked) if user.role in UNITS else self.none()

    def with_sight(self, user: Any) -> Self:
        """Add ``task_seen``: a unit may be named for a task of which it sees nothing."""
        tasks = self.model._meta.get_field("task").related_model._default_manager.visible_to(user)
        return self.annotate(task_seen=Exists(tasks.filter(pk=OuterRef("task"))))

    def blaming(self) -> Self:
        """Keep what names a unit negatively and stands."""
        return self.filter(negative=True).exclude(state=MentionState.DROPPED)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related(
            "bulletin__organiser", "department", "task", "answered_by", "decided_by"
        ).defer("bulletin__snapshot")  # fmt: skip


class ReceiptQuerySet(Awaited):
    """Questions about addressees' copies."""

    turn_of = staticmethod(turns.of_receipt)

    def visible_to(self, user: Any) -> Self:
        """Keep those of the office's own bulletins, a leader's government's, and those of the user's unit once sent."""
        if not _works(user):
            return self.none()
        sent = units(user, "department") & Q(state__in=(ReceiptState.SENT, ReceiptState.RECEIVED))
        if user.role in PAPERS:
            return self.filter(units(user, "bulletin__organiser") | sent)
        return self.filter(sent) if user.role in UNITS else self.none()

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("bulletin__organiser", "department", "received_by").defer("bulletin__snapshot")
