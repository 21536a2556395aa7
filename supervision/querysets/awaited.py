"""What the querysets of the room share: what of the rows waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from organization.querysets import known


class Awaited(models.QuerySet[Any]):
    """Rows of which some wait for somebody; ``turn_of`` is the condition, of ``supervision.turns``."""

    turn_of: ClassVar[Callable[[models.QuerySet[Any], Any], Q]]

    def awaiting(self, user: Any) -> Self:
        """Keep what waits for the user among what he sees: his is a step that others wait for (我的待办)."""
        if not known(user) or user.department is None:
            return self.none()
        return self.visible_to(user).filter(type(self).turn_of(self, user))  # type: ignore[attr-defined, no-any-return]
