"""Event: one deed, written once, never changed. Audit trail, timeline and outbox in one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about the record. Who may see what is asked by the rooms that own the subjects."""

    def of(self, stream: str) -> EventQuerySet:
        """Return the events of one chain in the order in which they happened."""
        return self.filter(stream=stream).order_by("seq")

    def about(self, subject: models.Model) -> EventQuerySet:
        """Return the events about one row."""
        return self.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).order_by("pk")


class Event(models.Model):
    """A deed in the chain of its stream: who did what to which thing, when, on whose behalf.

    Append-only: triggers on both databases refuse every change but the first setting of ``dispatched_at``.
    Names are static copies and the subject is label and id, so that history never follows a later change.
    Source: R45, reliability.md 4.2.
    """

    stream = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200, blank=True)
    old_state = models.CharField(max_length=16, blank=True)
    new_state = models.CharField(max_length=16, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理人")
    )
    actor_name = models.CharField(max_length=64, blank=True)
    post_label = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=128, blank=True)
    behalf_id = models.BigIntegerField(null=True)
    behalf_name = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    key = models.CharField(max_length=128, null=True, unique=True)  # noqa: DJ001 - null means "no key", unique ignores it
    request_id = models.CharField(max_length=64, blank=True)
    alg = models.CharField(max_length=8, default="sha256")
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    dispatched_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("留痕")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="event_once_a_stream_and_seq", fields=["stream", "seq"])]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="event_by_subject"),
            models.Index(fields=["id"], name="event_undispatched", condition=Q(dispatched_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}"


class Head(models.Model):
    """The end of a chain: the last number and hash. Locked last in every operation."""

    stream = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
