"""What the querysets of the room share: what of the rows waits for somebody."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from organization.querysets import known
from supervision.turns.who import NOBODY


class Awaited(models.QuerySet[Any]):
    """Rows of which some wait for somebody; ``turn_of(rows, user)`` is the condition, of ``supervision.turns``."""

    turn_of: ClassVar[Any]

    def awaiting(self, user: Any) -> Self:
        """Keep what waits for the user among what he sees: his is a step that others wait for (我的待办)."""
        if not known(user) or user.department is None:
            return self.none()
        turn = self.turn_of(self, user)
        return self.none() if turn is NOBODY else self.visible_to(user).filter(turn)  # type: ignore[attr-defined, no-any-return]
