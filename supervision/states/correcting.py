"""Names of what 整改 knows: findings, rectifications, conclusions, reviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """How grave a finding is."""

    ORDINARY = "ordinary", _("一般")
    SERIOUS = "serious", _("较重")
    GRAVE = "grave", _("严重")


class FindingState(models.TextChoices):
    """Where a finding stands."""

    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("待单位答复")
    DISPUTED = "disputed", _("有异议，待裁定")
    ACCEPTED = "accepted", _("已认可")
    RECTIFYING = "rectifying", _("整改中")
    SETTLED = "settled", _("已整改")
    UNDONE = "undone", _("未整改结案")
    DROPPED = "dropped", _("已撤销")


AGREED = (FindingState.ACCEPTED, FindingState.RECTIFYING, FindingState.SETTLED, FindingState.UNDONE)
"""States in which nobody disputes a finding any more: only these are counted and told to others (C7)."""

UNSETTLED = (FindingState.ISSUED, FindingState.DISPUTED, FindingState.ACCEPTED, FindingState.RECTIFYING)
"""States in which a finding is told to its unit and keeps its task from closing."""


class Standing(models.TextChoices):
    """How findings are told apart in figures (C7); derived from the state."""

    UNANSWERED = "unanswered", _("待答复")
    AGREED_OPEN = "agreed_open", _("认可在改")
    DISPUTED_OPEN = "disputed_open", _("有异议")
    CLOSED_DONE = "closed_done", _("已整改")
    CLOSED_NOT_DONE = "closed_not_done", _("未整改结案")
    DROPPED = "dropped", _("已撤销")


STANDING_OF = {
    FindingState.ISSUED: Standing.UNANSWERED,
    FindingState.ACCEPTED: Standing.AGREED_OPEN,
    FindingState.RECTIFYING: Standing.AGREED_OPEN,
    FindingState.DISPUTED: Standing.DISPUTED_OPEN,
    FindingState.SETTLED: Standing.CLOSED_DONE,
    FindingState.UNDONE: Standing.CLOSED_NOT_DONE,
    FindingState.DROPPED: Standing.DROPPED,
}
"""Every state but a draft's, which nobody outside has heard of."""


class RectificationState(models.TextChoices):
    """Where one item of rectification stands."""

    ORDERED = "ordered", _("待报措施")
    PLANNED = "correcting", _("整改中")
    CLAIMED = "claimed", _("待核验")
    DONE = "done", _("已完成")
    ENDED = "ended", _("已终止")


RECTIFYING = (RectificationState.ORDERED, RectificationState.PLANNED, RectificationState.CLAIMED)
"""States in which an item is to be done yet."""
AT_WORK = (RectificationState.ORDERED, RectificationState.PLANNED)
"""States in which the unit is at it: it may add files and ask for more time."""


class Result(models.TextChoices):
    """What the verifier found (R38)."""

    DONE = "done", _("已完成")
    PART = "part", _("部分完成")
    NOT = "not", _("未完成")
    FALSE = "false", _("虚假整改")


class DeferralOutcome(models.TextChoices):
    """What a request for more time came to (R24)."""

    GRANTED = "granted", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class ConclusionState(models.TextChoices):
    """Where a conclusion about one unit stands."""

    DRAFT = "draft", _("草稿")
    PENDING = "pending", _("待批准")
    ISSUED = "issued", _("已印发，待签收")
    RECEIVED = "received", _("已签收")
    CHANGED = "changed", _("经复核变更")
    ANNULLED = "annulled", _("经复核撤销")
    DISCARDED = "discarded", _("已作废")


IN_FORCE = (ConclusionState.ISSUED, ConclusionState.RECEIVED, ConclusionState.CHANGED)
"""States in which a conclusion holds."""

TOLD = (*IN_FORCE, ConclusionState.ANNULLED)
"""States in which the unit has been told."""


class ReviewState(models.TextChoices):
    """Where an application for review stands."""

    ASKED = "asked", _("待指定承办人")
    ASSIGNED = "assigned", _("复核中")
    PROPOSED = "proposed", _("待批准")
    DECIDED = "decided", _("已决定")
    WITHDRAWN = "withdrawn", _("已撤回")


REVIEWING = (ReviewState.ASKED, ReviewState.ASSIGNED, ReviewState.PROPOSED)
"""States in which a review is to be decided yet."""


class Decision(models.TextChoices):
    """What a review comes to (条例 Art. 17)."""

    UPHELD = "upheld", _("维持")
    CHANGED = "changed", _("变更")
    ANNULLED = "annulled", _("撤销")
