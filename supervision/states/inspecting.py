"""Names of states and kinds: 督促检查: plan, inspection, team, worksheet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """Where the yearly plan (年度督查计划) of an office stands (R8)."""

    DRAFT = "draft", _("编制中")
    PENDING = "pending", _("待审批")
    APPROVED = "approved", _("已批准")


class InspectionState(models.TextChoices):
    """Where an inspection (督查) stands."""

    DRAFT = "draft", _("拟制中")
    PENDING = "pending", _("待审批")
    APPROVED = "approved", _("已批准")
    RUNNING = "running", _("督查中")
    REPORTED = "reported", _("已报告")
    CONCLUDED = "concluded", _("已作结论")
    FINISHED = "finished", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤销")


S = InspectionState
UNDER_WAY = (S.APPROVED, S.RUNNING, S.REPORTED, S.CONCLUDED)
"""Approved and not ended: the members' time can run."""
COUNTED = (S.PENDING, *UNDER_WAY, S.FINISHED)
"""What counts as an inspection of its objects when another is planned (R9)."""


class SchemeState(models.TextChoices):
    """Where a version of the scheme (督查方案) stands; one is in force at a time (R5)."""

    PENDING = "pending", _("待审批")
    APPROVED = "approved", _("执行中")
    SUPERSEDED = "superseded", _("已被新版取代")
    RETURNED = "returned", _("未批准")


class MemberState(models.TextChoices):
    """Whether a member (督查组成员) may take part."""

    STANDING = "standing", _("在组")
    DECLARED = "declared", _("已申报回避")
    RECUSED = "recused", _("已回避")
    LEFT = "left", _("已退出")


class InspectionKind(models.TextChoices):
    """The five kinds of Art. 14 (R2)."""

    COMPREHENSIVE = "comprehensive", _("综合督查")
    SPECIAL = "special", _("专项督查")
    INCIDENT = "incident", _("事件调查")
    DAILY = "daily", _("日常督办")
    CLUE = "clue", _("线索核查")


class Method(models.TextChoices):
    """The eight methods of Art. 12 (R2)."""

    SELF_CHECK = "self_check", _("要求自查或者说明情况")
    HEARING_REPORT = "hearing_report", _("听取汇报")
    ON_SITE = "on_site", _("开展检查、访谈、暗访")
    MEETING = "meeting", _("组织座谈、听证、统计、评估")
    FILES = "files", _("调阅、复制相关资料")
    CHANNELS = "channels", _("通过信函、电话、媒体等收集线索")
    TALK = "talk", _("约谈负责人或者责任人")
    ONLINE = "online", _("运用“互联网+督查”")


class SubjectKind(models.TextChoices):
    """What an inspection is about: the four subjects of Art. 4."""

    CENTRAL = "central", _("党中央、国务院决策部署")
    DEPLOYMENT = "deployment", _("上级和本级政府部署")
    DUTY = "duty", _("法定职责履行")
    EFFICIENCY = "efficiency", _("所属部门和下级政府行政效能")


class Basis(models.TextChoices):
    """The two ways to open an inspection (Art. 11, R1)."""

    DECISION = "decision", _("政府决定或行政首长指示")
    PROPOSAL = "proposal", _("督查机构提出建议")


class MemberRole(models.TextChoices):
    """What somebody is in the team: one head answers for the whole (组长负责制, R6)."""

    HEAD = "head", _("组长")
    MEMBER = "member", _("成员")


class External(models.TextChoices):
    """Outside members who may be invited (Art. 8, R6)."""

    NONE = "", _("本系统人员")
    DEPUTY = "deputy", _("人大代表")
    CPPCC = "cppcc", _("政协委员")
    COUNSELLOR = "counsellor", _("政府参事")
    EXPERT = "expert", _("专家学者")


class Result(models.TextChoices):
    """What a check on the spot came to."""

    CONFORMS = "conforms", _("符合")
    FAILS = "fails", _("不符合")
    UNVERIFIED = "unverified", _("未能核实")
