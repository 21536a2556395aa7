"""What this room puts on the desk and on the overdue board: what waits, and what is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.models import Bulletin, Mention, Notice, Rectification
from tasks import elsewhere
from tasks.elsewhere import Shelf, Way


def _waits(model: Any) -> Callable[[Any], QuerySet[Any]]:
    return lambda user: model.objects.visible_to(user).awaiting(user)


def _late_notices(user: Any) -> QuerySet[Any]:
    """Notices that should have been answered before today, under the unit that owes the answer."""
    rows = Notice.objects.visible_to(user).unanswered()
    return rows.annotate(  # type: ignore[no-any-return]
        unit=F("department"), unit_name=F("department__short"), unit_path=F("department__path")
    )


def _late_rectifications(user: Any) -> QuerySet[Any]:
    """What should have been put right before today, under the unit that owes it."""
    rows = Rectification.objects.visible_to(user).overdue()
    return rows.annotate(  # type: ignore[no-any-return]
        unit=F("department"), unit_name=F("department__short"), unit_path=F("department__path")
    )


def _where(name: str, **fixed: Any) -> Callable[..., str]:
    def url(unit: int | None = None) -> str:
        query = QueryDict(mutable=True)
        for key, value in (fixed | ({"department": unit} if unit else {})).items():
            query[key] = str(value)
        return f"{reverse(name)}?{query.urlencode()}"

    return url


elsewhere.register_waiting(
    Shelf("notices", _("催办督办"), "bell-ringing", _waits(Notice), _where("notice-list", awaiting=1))
)
elsewhere.register_waiting(
    Shelf("mentions", _("通报征求意见"), "message-report", _waits(Mention), _where("mention-list", awaiting=1))
)
elsewhere.register_waiting(
    Shelf("bulletins", _("通报"), "speakerphone", _waits(Bulletin), _where("bulletin-list", awaiting=1))
)
elsewhere.register_late(
    Shelf("rectifications", _("整改逾期"), "tool", _late_rectifications, _where("rectification-list", overdue=1))
)
elsewhere.register_late(
    Shelf("notices", _("催办督办逾期未答复"), "bell-ringing", _late_notices, _where("notice-list", overdue=1))
)
elsewhere.register_way(Way("directive-dossier", _("闭环卷宗"), "folder"))
