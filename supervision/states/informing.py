"""Names of states and kinds: 情况通报: notice, bulletin."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeState(models.TextChoices):
    """Where a notice (催办函, 督办单, 约谈) stands."""

    DRAFT = "draft", _("拟稿")
    PENDING = "pending", _("待批准签发")
    ISSUED = "issued", _("待签收")
    RECEIVED = "received", _("待答复")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤销")


N = NoticeState
OUT = (N.ISSUED, N.RECEIVED, N.ANSWERED)
"""Sent to the unit: it sees it, and it counts as a step of the ladder."""
UNANSWERED = (N.ISSUED, N.RECEIVED)
UNSENT = (N.DRAFT, N.PENDING)


class NoticeKind(models.TextChoices):
    """Which paper it is: the steps of the ladder that are papers to one unit about one task (R27)."""

    CHASE = "chase", _("催办函")
    ORDER = "order", _("督办单")
    TALK = "talk", _("约谈通知")


class Colour(models.TextChoices):
    """The three-colour preset of 督办单 (domain.md 3.3); the word always stands beside it."""

    NONE = "", _("不分色")
    BLUE = "blue", _("蓝单（提示）")
    ORANGE = "orange", _("橙单（警示）")
    RED = "red", _("红单（严重警示）")


class Ground(models.TextChoices):
    """What a step of the ladder rests on: days, repeats, quality; a first chase also on slowness (R27)."""

    OVERDUE = "overdue", _("逾期未办结")
    SLOW = "slow", _("进展迟缓")
    REPEAT = "repeat", _("多次催办未见效")
    QUALITY = "quality", _("办理质量不达标")


class BulletinState(models.TextChoices):
    """Where a bulletin (通报) stands."""

    DRAFT = "draft", _("拟稿")
    CONSULTING = "consulting", _("征求意见")
    PENDING = "pending", _("待批准签发")
    ISSUED = "issued", _("已印发")
    WITHDRAWN = "withdrawn", _("已撤回")


class MentionState(models.TextChoices):
    """Where the naming of a unit stands: drafted, shown to the unit, answered, decided (C10)."""

    DRAFT = "draft", _("拟稿")
    ASKED = "asked", _("征求意见")
    ANSWERED = "answered", _("已提出意见")
    ACCEPTED = "accepted", _("意见已采纳")
    REFUSED = "refused", _("意见未采纳")
    DROPPED = "dropped", _("不再点名")


NAMED = (
    MentionState.DRAFT,
    MentionState.ASKED,
    MentionState.ANSWERED,
    MentionState.ACCEPTED,
    MentionState.REFUSED,
)
"""Standing in the bulletin; as a tuple for conditions."""
SHOWN = (MentionState.ASKED, MentionState.ANSWERED, MentionState.ACCEPTED, MentionState.REFUSED)
"""Put before the unit: it sees what names it."""


class ReceiptState(models.TextChoices):
    """Where one addressee's copy of a bulletin stands."""

    PLANNED = "planned", _("待印发")
    SENT = "sent", _("待签收")
    RECEIVED = "received", _("已签收")
