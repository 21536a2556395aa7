"""Defaults an office may change: limits by source and urgency, the light's scheme, the six checks.

All figures are from domain.md 3.2, 3.6, 3.9 and 6; those marked there as ours are proposals, not law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from organization.workdays import Limit, Unit
from tasks.states import Light, Source, Urgency
from workflow.lifecycle import Text


@dataclass(frozen=True)
class SourceRule:
    """What a source brings by custom: its limit if the source names none, who may approve closing, the basis."""

    limit: Limit
    approval_rank: int
    basis: Text


WORKDAYS, DAYS, HOURS = Unit.WORKDAYS, Unit.DAYS, Unit.HOURS

SOURCES: Final[dict[str, SourceRule]] = {
    Source.SUPERIOR: SourceRule(Limit(30, DAYS), 2, _("上级文件未写明时限的，三十日")),
    Source.INSTRUCTION: SourceRule(Limit(15, DAYS), 2, _("一般批示件十五日，疑难三十日")),
    Source.MINUTES: SourceRule(Limit(20, DAYS), 3, _("会议议定事项二十日")),
    Source.WORK_REPORT: SourceRule(Limit(30, DAYS), 3, _("按报告写明的时限，未写明的三十日")),
    Source.PROJECT: SourceRule(Limit(30, DAYS), 3, _("按月调度")),
    Source.LIVELIHOOD: SourceRule(Limit(30, DAYS), 3, _("按月调度")),
    Source.DOCUMENT: SourceRule(Limit(30, DAYS), 3, _("文件未写明时限的，三十日")),
    Source.CONGRESS: SourceRule(Limit(90, DAYS), 3, _("代表法：三个月，疑难六个月")),
    Source.CPPCC: SourceRule(Limit(90, DAYS), 3, _("提案三个月")),
    Source.PETITION: SourceRule(Limit(60, DAYS), 3, _("信访工作条例：六十日")),
    Source.HOTLINE: SourceRule(Limit(3, WORKDAYS), 4, _("咨询求助三个工作日，投诉建议十三个工作日")),
    Source.ONLINE: SourceRule(Limit(5, WORKDAYS), 4, _("咨询五个工作日，投诉七个工作日")),
    Source.LEAD: SourceRule(Limit(15, WORKDAYS), 3, _("线索核查")),
    Source.RECTIFICATION: SourceRule(Limit(30, DAYS), 2, _("按反馈意见写明的时限")),
    Source.OTHER: SourceRule(Limit(30, DAYS), 3, _("未写明时限的，三十日")),
}


HARD_LIMIT: Final = Limit(30, DAYS)
"""What a hard matter of an instruction gets where no day is named (疑难三十日; domain.md 3.2)."""


@dataclass(frozen=True)
class UrgencyRule:
    """What an urgency mark brings: sign-in, objection, the limit if the source is silent, how early to ask for more."""

    sign_in: Limit
    decline: Limit
    limit: Limit | None
    extension_ahead_workdays: int


URGENCIES: Final[dict[str, UrgencyRule]] = {
    Urgency.CRITICAL: UrgencyRule(Limit(2, HOURS), Limit(4, HOURS), Limit(3, WORKDAYS), 0),
    Urgency.URGENT: UrgencyRule(Limit(4, HOURS), Limit(1, WORKDAYS), Limit(5, WORKDAYS), 1),
    # Ordinary: the source's own limit.
    Urgency.ORDINARY: UrgencyRule(Limit(1, WORKDAYS), Limit(3, WORKDAYS), None, 2),
}
YELLOW_SHARE_PERCENT: Final = 20
YELLOW_LEAST, YELLOW_MOST = 1, 5
EXTENSIONS_ALLOWED: Final = 1
CHIEF_EXTENSIONS_ALLOWED: Final = 2
REVIEW_LIMIT_WORKDAYS: Final = 3

CHECKS: Final = {
    "facts": _("事实清楚"),
    "solved": _("问题解决"),
    "done": _("任务落实"),
    "conclusion": _("结论准确"),
    "lawful": _("措施合法"),
    "format": _("格式规范"),
}
"""The six checks of a closure (R33, domain.md 3.6)."""

SCHEME: Final[dict[str, dict[str, str]]] = {
    Light.DRAFT: {"tone": "grey", "icon": "pencil"},
    Light.ON_TRACK: {"tone": "green", "icon": "circle-check"},
    Light.REVIEW: {"tone": "purple", "icon": "eye-check"},
    Light.SUSPENDED: {"tone": "grey", "icon": "player-pause"},
    Light.BLOCKED: {"tone": "amber", "icon": "hourglass"},
    Light.UNSIGNED: {"tone": "amber", "icon": "mail"},
    Light.NEAR_DUE: {"tone": "amber", "icon": "clock-exclamation"},
    Light.OVERDUE: {"tone": "red", "icon": "alert-triangle"},
    Light.CLOSED: {"tone": "blue", "icon": "checks"},
    Light.CLOSED_LATE: {"tone": "blue", "icon": "history"},
    Light.TERMINATED: {"tone": "grey", "icon": "ban"},
}
"""Colour and icon of each light; an office may choose its own (R23: local meanings conflict)."""

TONES: Final = {
    "green": _("绿"), "blue": _("蓝"), "amber": _("黄"), "red": _("红"), "purple": _("紫"), "grey": _("灰"),
}  # fmt: skip
ICONS: Final = {
    "pencil": _("铅笔"), "circle-check": _("圆圈对勾"), "eye-check": _("眼睛对勾"), "player-pause": _("暂停"),
    "hourglass": _("沙漏"), "mail": _("信封"), "clock-exclamation": _("时钟叹号"), "alert-triangle": _("三角叹号"),
    "checks": _("双对勾"), "history": _("回转时钟"), "ban": _("禁止"), "flag": _("旗"), "star": _("星"),
    "bell": _("铃"), "thumb-up": _("拇指"), "alert-octagon": _("八角叹号"), "alarm": _("闹钟"),
}  # fmt: skip
"""The colours and icons that an office may choose from."""
