"""Versioned: a row whose state follows from its days and marks, and whose changes are counted."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models


class Versioned(models.Model):
    """The counterpart of ``workflow.models.Stateful`` for nouns whose state is derived, never stored.

    A post stands because of its days, a delegation takes effect by the clock: a stored state would be wrong
    at midnight. Steps are checked by the same tables, versions travel alike.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    STATES: ClassVar[type[models.TextChoices]]
    expected_version: int | None = None

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """Where the row stands now."""
        raise NotImplementedError

    def get_state_display(self) -> str:
        """Return the state in words for people."""
        return str(self.STATES(self.state).label)

    def expecting(self, version: int | None) -> Self:
        """Remember which version the caller saw; the operation refuses if it has changed since (F26)."""
        self.expected_version = version
        return self

    @property
    def stream(self) -> str:
        """The chain into which events about this row are written."""
        return f"{self._meta.model_name}:{self.pk}"
