"""Names of states and kinds; a leaf that models, querysets and templates may import."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DirectiveState(models.TextChoices):
    """Where a directive (督查事项) stands."""

    DRAFT = "draft", _("登记中")
    PENDING = "pending", _("待立项审批")
    APPROVED = "approved", _("已立项")
    WITHDRAWN = "withdrawn", _("已撤销")


class TaskState(models.TextChoices):
    """Where a task (督查任务) stands. Each open state is somebody's turn."""

    DRAFT = "draft", _("拟办")
    ASSIGNED = "assigned", _("待签收")
    DECLINED = "declined", _("退办待处理")
    ACTIVE = "active", _("办理中")
    CLAIMED = "claimed", _("待单位签批")
    REVIEW = "review", _("待核验")
    APPROVAL = "approval", _("待批准销号")
    SUSPENDED = "suspended", _("已挂起")
    CLOSED = "closed", _("已销号")
    TERMINATED = "terminated", _("已终止")


T = TaskState
OPEN = (T.ASSIGNED, T.DECLINED, T.ACTIVE, T.CLAIMED, T.REVIEW, T.APPROVAL, T.SUSPENDED)
"""Issued and not yet ended."""
RUNNING = (T.ASSIGNED, T.DECLINED, T.ACTIVE, T.CLAIMED)
"""Open, and the unit's clock runs."""
CHECKING = (T.REVIEW, T.APPROVAL)
"""Handed in; the supervision office's turn."""
ENDED = (T.CLOSED, T.TERMINATED)


class Part(models.TextChoices):
    """What a unit is to a task: one lead answers for the whole, others lead jointly or help (R13)."""

    LEAD = "lead", _("牵头")
    JOINT = "joint", _("共同牵头")
    CO = "co", _("配合")


class AssignmentState(models.TextChoices):
    """Where a unit's share stands."""

    PLANNED = "planned", _("拟交办")
    ISSUED = "issued", _("待签收")
    SIGNED = "signed", _("已签收")
    DECLINED = "declined", _("已退办")
    DONE = "done", _("已完成配合")
    EXCUSED = "excused", _("免予配合")
    RELEASED = "released", _("已解除")
    ENDED = "ended", _("已随任务终止")


HELD = (
    AssignmentState.ISSUED,
    AssignmentState.SIGNED,
    AssignmentState.DECLINED,
    AssignmentState.DONE,
    AssignmentState.EXCUSED,
    AssignmentState.ENDED,
)
"""Shares through which a unit sees the task."""


class ReportState(models.TextChoices):
    """Where a progress report (进展反馈) stands."""

    SUBMITTED = "submitted", _("待审阅")
    ACCEPTED = "accepted", _("已采纳")
    RETURNED = "returned", _("已退回")


class ExtensionState(models.TextChoices):
    """Where an extension (延期) stands: unit head signs, supervision office checks, leader decides (R24)."""

    REQUESTED = "requested", _("待单位签批")
    SIGNED = "signed", _("待督查审核")
    CHECKED = "checked", _("待领导批准")
    GRANTED = "granted", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


EXTENSION_PENDING = (ExtensionState.REQUESTED, ExtensionState.SIGNED, ExtensionState.CHECKED)


class SuspensionState(models.TextChoices):
    """Where a suspension (挂起) stands (R25)."""

    REQUESTED = "requested", _("待批准")
    GRANTED = "granted", _("挂起中")
    ENDED = "ended", _("已恢复")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class BlockerState(models.TextChoices):
    """Where a blocker (协调事项) stands."""

    RAISED = "raised", _("待确认")
    CONFIRMED = "confirmed", _("协调中")
    RESOLVED = "resolved", _("已解决")
    REFUSED = "refused", _("未确认")
    WITHDRAWN = "withdrawn", _("已撤回")


class Outcome(models.TextChoices):
    """How a claim of completion (办结申报) ended."""

    PENDING = "", _("办理中")
    APPROVED = "approved", _("已销号")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class Handling(models.TextChoices):
    """Whether a source asks for action; what is only to be read cannot become a task (R12)."""

    ACTION = "action", _("需办理并反馈")
    INFORMATION = "information", _("阅知")


class Source(models.TextChoices):
    """Where directives come from (立项来源, domain.md 6)."""

    SUPERIOR = "superior", _("上级督办件")
    INSTRUCTION = "instruction", _("领导批示")
    MINUTES = "minutes", _("会议议定事项")
    WORK_REPORT = "work_report", _("政府工作报告")
    PROJECT = "project", _("重点项目")
    LIVELIHOOD = "livelihood", _("民生实事")
    DOCUMENT = "document", _("文件部署")
    CONGRESS = "congress", _("人大建议")
    CPPCC = "cppcc", _("政协提案")
    PETITION = "petition", _("信访事项")
    HOTLINE = "hotline", _("政务热线")
    ONLINE = "online", _("网络留言")
    LEAD = "lead", _("互联网+督查线索")
    RECTIFICATION = "rectification", _("巡视审计督察整改")
    OTHER = "other", _("其他")


class Urgency(models.TextChoices):
    """Urgency marks as documents bear them; no mark is ordinary."""

    ORDINARY = "ordinary", _("普通")
    URGENT = "urgent", _("加急")
    CRITICAL = "critical", _("特急")


class Unit(models.TextChoices):
    """Units of a limit (R22)."""

    WORKDAYS = "workdays", _("工作日")
    DAYS = "days", _("日历日")
    HOURS = "hours", _("工作小时")
    FIXED = "fixed", _("固定日期")


class Cycle(models.TextChoices):
    """How often progress is reported."""

    NONE = "", _("按节点或仅办结时")
    DAILY = "daily", _("每日")
    WEEKLY = "weekly", _("每周")
    TEN_DAYS = "ten_days", _("每旬")
    FORTNIGHT = "fortnight", _("每半月")
    MONTHLY = "monthly", _("每月")
    TWO_MONTHS = "two_months", _("每两月")
    QUARTERLY = "quarterly", _("每季度")
    HALF_YEARLY = "half_yearly", _("每半年")
    YEARLY = "yearly", _("每年")


class Cause(models.TextChoices):
    """Why something does not move; a problem is told with its cause (R29)."""

    NONE = "", _("无")
    FUNDS = "funds", _("资金未落实")
    LAND = "land", _("用地或征拆")
    APPROVAL = "approval", _("审批未完成")
    COORDINATION = "coordination", _("等待其他单位")
    POLICY = "policy", _("政策依据不明")
    CAPACITY = "capacity", _("力量不足")
    EXTERNAL = "external", _("不可抗力或外部原因")
    UNREASONABLE = "unreasonable", _("要求不合实际")
    OTHER = "other", _("其他")


class Light(models.TextChoices):
    """What the clock and the state say together (R23). Colour, icon and word come from the office's scheme."""

    DRAFT = "draft", _("未交办")
    ON_TRACK = "on_track", _("正常")
    REVIEW = "review", _("待核验")
    SUSPENDED = "suspended", _("挂起")
    BLOCKED = "blocked", _("受阻")
    UNSIGNED = "unsigned", _("未签收")
    NEAR_DUE = "near_due", _("临期")
    OVERDUE = "overdue", _("逾期")
    CLOSED = "closed", _("按期销号")
    CLOSED_LATE = "closed_late", _("逾期销号")
    TERMINATED = "terminated", _("终止")


class OfficeState(models.TextChoices):
    """An office's settings have but one state."""

    CURRENT = "current", _("在用")


class BreakdownState(models.TextChoices):
    """Where the breakdown of a paper (任务分解) stands."""

    OPEN = "open", _("分解中")
    ISSUED = "issued", _("已下达")
    DROPPED = "dropped", _("已放弃")


class ClauseState(models.TextChoices):
    """Where a clause stands by itself; whether a task covers it is told by its drafts (``Coverage``)."""

    OPEN = "open", _("待落实")
    DISPOSED = "disposed", _("已处置")
    FRAME = "frame", _("无需处置")


class Disposition(models.TextChoices):
    """What becomes of a clause of which no task is made."""

    NONE = "", _("未处置")
    TRANSMIT = "transmit", _("传达")
    ONGOING = "ongoing", _("已在办")
    NOT_TAKEN = "not_taken", _("不立项")


class Coverage(models.TextChoices):
    """What a clause has come to (件件有着落); derived, never stored."""

    COVERED = "covered", _("已有任务")
    PROPOSED = "proposed", _("待采纳")
    DISPOSED = "disposed", _("已处置")
    OPEN = "open", _("未落实")
    FRAME = "frame", _("无需处置")


class DraftState(models.TextChoices):
    """Where a drafted task of a breakdown (分解条目) stands."""

    PROPOSED = "proposed", _("待采纳")
    ACCEPTED = "accepted", _("已采纳")
    MERGED = "merged", _("已并入")
    DROPPED = "dropped", _("已舍弃")
    ISSUED = "issued", _("已下达")


COVERING = (DraftState.ACCEPTED, DraftState.ISSUED)
"""Drafts that a person answers for: they cover their clause."""


class BatchState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("正在读取")
    READY = "ready", _("待确认")
    TAKING = "taking", _("正在导入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("未能读取")
    DROPPED = "dropped", _("已放弃")


class RowState(models.TextChoices):
    """What is to become of a line of an import; derived, never stored."""

    KEPT = "kept", _("待更正")
    GOOD = "good", _("可导入")
    TAKEN = "taken", _("已导入")
    SKIPPED = "skipped", _("不导入")
