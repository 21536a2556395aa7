"""What waits for the asker: the same question of every noun of the room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.filters import Filters, YesNo


class Waiting(Filters):
    """What may wait for the asker."""

    awaiting = YesNo(method="of_awaiting", label=_("待我办理"))

    def of_awaiting(self, rows: Any, name: str, value: str) -> Any:
        """Keep what waits for the asker, or what does not."""
        own = rows.model._default_manager.awaiting(self.user).values("pk")
        return rows.filter(pk__in=own) if value == "1" else rows.exclude(pk__in=own)
