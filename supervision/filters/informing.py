"""What lists may be narrowed by: 情况通报: notice, bulletin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision import models
from supervision.filters.waiting import Waiting
from supervision.states.informing import BulletinState, MentionState, NoticeKind, NoticeState, ReceiptState
from tasks.filters import Day, Key, YesNo, any_of, search


class NoticeFilter(Waiting):
    """Notices: by words, kind, state, task, unit, and what is not answered in time."""

    q = search(_("编号、事项或单位"))
    kind = any_of(NoticeKind, _("文种"))
    state = any_of(NoticeState, _("状态"))
    task = Key("task", label=_("任务"))
    department = Key("department", label=_("主送单位"))
    within = Key("department", method="of_unit", label=_("主送单位及其下级"))
    overdue = YesNo(method="of_overdue", label=_("逾期未答复"))

    class Meta:
        model = models.Notice
        fields: list[str] = []

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what should have been answered before today, or what should not."""
        late = models.Notice.objects.unanswered().values("pk")
        return rows.filter(pk__in=late) if value == "1" else rows.exclude(pk__in=late)


class BulletinFilter(Waiting):
    """Bulletins: by words, state, office and period."""

    q = search(_("标题或编号"))
    state = any_of(BulletinState, _("状态"))
    organiser = Key("organiser", label=_("督查机构"))
    last_from = Day("last_on", "gte", label=_("统计期止于此日以后"))
    last_to = Day("last_on", "lte", label=_("统计期止于此日以前"))

    class Meta:
        model = models.Bulletin
        fields: list[str] = []


class MentionFilter(Waiting):
    """Mentions: by bulletin, unit, task and state."""

    state = any_of(MentionState, _("状态"))
    bulletin = Key("bulletin", label=_("通报"))
    department = Key("department", label=_("单位"))
    task = Key("task", label=_("任务"))
    negative = YesNo(method="of_negative", label=_("批评"))

    class Meta:
        model = models.Mention
        fields: list[str] = []

    def of_negative(self, rows: Any, name: str, value: str) -> Any:
        """Keep what blames, or what praises."""
        return rows.filter(negative=value == "1")


class ReceiptFilter(Waiting):
    """Copies: by bulletin, unit and state."""

    state = any_of(ReceiptState, _("状态"))
    bulletin = Key("bulletin", label=_("通报"))
    department = Key("department", label=_("单位"))

    class Meta:
        model = models.Receipt
        fields: list[str] = []
