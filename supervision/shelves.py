"""What this room puts on the desk and on the overdue board: what waits, and what is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision import models
from supervision.models import Notice, Rectification
from tasks import elsewhere
from tasks.elsewhere import Shelf, Way

WAITING: Final = (
    ("notices", _("催办督办"), "bell-ringing", models.Notice, "notice-list"),
    ("mentions", _("通报征求意见"), "message-report", models.Mention, "mention-list"),
    ("bulletins", _("通报"), "speakerphone", models.Bulletin, "bulletin-list"),
    ("inspections", _("督查"), "report-search", models.Inspection, "inspection-list"),
    ("plans", _("年度督查计划"), "calendar-event", models.Plan, "plan-list"),
    ("findings", _("问题"), "file-search", models.Finding, "finding-list"),
    ("rectifications", _("整改"), "tool", models.Rectification, "rectification-list"),
    ("conclusions", _("督查结论"), "file-text", models.Conclusion, "conclusion-list"),
    ("reviews", _("复核"), "scale", models.Review, "review-list"),
    ("statements", _("对象说明"), "message-2", models.Statement, "statement-list"),
    ("accountability", _("问责建议"), "gavel", models.Accountability, "accountability-list"),
    ("clues", _("线索移送"), "send", models.Clue, "clue-list"),
    ("commendations", _("表扬激励"), "award", models.Commendation, "commendation-list"),
    ("cases", _("典型案例"), "bookmark", models.Case, "case-list"),
)
"""What may wait: key, words, icon, the noun, and the list on which all of it stands.

Schemes and members wait with their inspection, copies of a bulletin with the bulletin.
"""


def _waits(model: Any) -> Callable[[Any], QuerySet[Any]]:
    return lambda user: model.objects.awaiting(user)


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


for key, label, icon, model, where in WAITING:
    elsewhere.register_waiting(Shelf(key, label, icon, _waits(model), _where(where, awaiting=1)))
elsewhere.register_late(
    Shelf("rectifications", _("整改逾期"), "tool", _late_rectifications, _where("rectification-list", overdue=1))
)
elsewhere.register_late(
    Shelf("notices", _("催办督办逾期未答复"), "bell-ringing", _late_notices, _where("notice-list", overdue=1))
)
elsewhere.register_way(Way("directive-dossier", _("闭环卷宗"), "folder"))
