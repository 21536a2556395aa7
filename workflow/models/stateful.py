"""Stateful: what has a lifecycle. Only ``workflow.record.advance`` writes its state."""

from __future__ import annotations

from typing import Self

from django.db import models

from workflow.moments import moment


class Stateful(models.Model):
    """A row with a state from a Lifecycle and a version that counts its changes.

    The version travels through ETag/If-Match and the hidden field of a form, so that nobody overwrites what he has
    not seen (F26).
    """

    state = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=moment, editable=False)

    expected_version: int | None = None

    class Meta:
        abstract = True

    def expecting(self, version: int | None) -> Self:
        """Remember which version the caller saw; ``workflow.record.lock`` refuses if it has changed since."""
        self.expected_version = version
        return self

    @property
    def stream(self) -> str:
        """The chain into which events about this row are written; a part names its root's."""
        return f"{self._meta.model_name}:{self.pk}"
