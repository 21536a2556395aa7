"""Names of states and kinds: 监督问责: accountability, clue, commendation, case."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountabilityState(models.TextChoices):
    """Where a proposal of accountability (问责建议书) stands; after the hand-over only that it was, or was answered."""

    DRAFT = "draft", _("拟稿")
    PENDING = "pending", _("待行政首长批准")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("已批准待移交")
    TRANSFERRED = "transferred", _("已移送")
    ANSWERED = "answered", _("已反馈")
    WITHDRAWN = "withdrawn", _("已撤回")


class StatementState(models.TextChoices):
    """Where the request for the object's own words (说明申辩) stands."""

    ASKED = "asked", _("待说明")
    STATED = "stated", _("已说明")
    DECLINED = "declined", _("未作说明")
    WITHDRAWN = "withdrawn", _("已撤回")


class ClueState(models.TextChoices):
    """Where a clue (线索移送) stands."""

    DRAFT = "draft", _("拟稿")
    PENDING = "pending", _("待行政首长批准")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("已批准待移送")
    TRANSFERRED = "transferred", _("已移送")
    ANSWERED = "answered", _("已反馈")
    WITHDRAWN = "withdrawn", _("已撤回")


IN_HAND: Final = (ClueState.DRAFT, ClueState.RETURNED, ClueState.PENDING, ClueState.APPROVED)
"""A clue that is not yet handed over: somebody of the office has to see to it."""


class CommendationState(models.TextChoices):
    """Where a proposal of praise (表扬激励) stands."""

    DRAFT = "draft", _("拟稿")
    PENDING = "pending", _("待行政首长批准")
    RETURNED = "returned", _("退回修改")
    APPROVED = "approved", _("已批准")
    PUBLISHED = "published", _("已公布")
    WITHDRAWN = "withdrawn", _("已撤回")


class CaseState(models.TextChoices):
    """Where a model case (典型) stands."""

    DRAFT = "draft", _("拟稿")
    PENDING = "pending", _("待审批")
    RETURNED = "returned", _("退回修改")
    PUBLISHED = "published", _("已发布")
    EXPIRED = "expired", _("已到期下架")
    WITHDRAWN = "withdrawn", _("已撤下")


HANDED_OVER: Final = (AccountabilityState.TRANSFERRED, AccountabilityState.ANSWERED)
"""Out of the office's hands: the content is sealed to named persons (R39). The names are those of a clue too."""
PROPOSED: Final = (AccountabilityState.APPROVED, *HANDED_OVER)
"""Approved by the head and not taken back: the step of the ladder is taken (R27)."""
AT_THE_DESK: Final = (AccountabilityState.DRAFT, AccountabilityState.RETURNED)
"""Still being written."""


class Subject(models.TextChoices):
    """Whom a paper is about: an organisation, or a leading cadre of one."""

    ORGANISATION = "organisation", _("单位")
    CADRE = "cadre", _("领导干部")


class Direction(models.TextChoices):
    """What the office may suggest; whether and how is decided by the competent organ alone (domain.md 4, R39, R40)."""

    ORG_EXAMINATION = "org_examination", _("检查（单位）")
    ORG_BULLETIN = "org_bulletin", _("通报（单位）")
    ORG_REORGANISATION = "org_reorganisation", _("改组（单位）")
    CADRE_BULLETIN = "cadre_bulletin", _("通报（干部）")
    CADRE_ADMONITION = "cadre_admonition", _("诫勉（干部）")
    CADRE_ADJUSTMENT = "cadre_adjustment", _("组织调整或者组织处理（干部）")
    CADRE_DISCIPLINE = "cadre_discipline", _("纪律处分（干部）")


DIRECTIONS: Final = {
    Subject.ORGANISATION: tuple(d for d in Direction if d.value.startswith("org_")),
    Subject.CADRE: tuple(d for d in Direction if d.value.startswith("cadre_")),
}
"""The two lists: what is named for an organisation is not named for a person."""


class Ground(models.TextChoices):
    """Grounds of tolerance (容错): each is answered with yes or no and why (问责条例 2019, articles 17 and 18; R40)."""

    PIONEERING = "pioneering", _("推进改革中因缺乏经验、先行先试出现失误（第十七条）")
    EXPLORATORY = "exploratory", _("尚无明确限制的探索性试验中出现失误（第十七条）")
    UNINTENTIONAL = "unintentional", _("为推动发展出现无意过失（第十七条）")
    OBJECTED = "objected", _("集体决策中明确反对或者保留意见（第十七条）")
    UNFORESEEABLE = "unforeseeable", _("已尽职尽责，因不可抗力或难以预见造成损失（第十七条）")
    RECOVERED = "recovered", _("及时补救，有效挽回损失或消除不良影响（第十八条）")
    COOPERATED = "cooperated", _("积极配合调查、主动承担责任（第十八条）")


class Holds(models.TextChoices):
    """Whether a ground holds."""

    YES = "yes", _("成立")
    NO = "no", _("不成立")


class Adoption(models.TextChoices):
    """What the competent organ answers to a proposal, in writing (信访工作条例 Art. 40 as the pattern)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("不采纳")


class ClueKind(models.TextChoices):
    """What a clue is of, which settles to whom it goes (条例 Art. 23)."""

    DUTY_VIOLATION = "duty_violation", _("涉嫌职务违法，移送监察机关")
    DUTY_CRIME = "duty_crime", _("涉嫌职务犯罪，移送监察机关")
    OTHER_CRIME = "other_crime", _("涉嫌其他犯罪，移送司法机关")


class ClueReply(models.TextChoices):
    """What the organ that received a clue answers; what it finds is its own affair."""

    ACCEPTED = "accepted", _("已受理")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    PASSED_ON = "passed_on", _("已转有权机关")


class SealPart(models.TextChoices):
    """As what a person is named on a sealed paper."""

    DRAFTER = "drafter", _("拟稿人")
    APPROVER = "approver", _("批准人")
    CONTACT = "contact", _("接收人")


class Praise(models.TextChoices):
    """What a commendation proposes (条例 Art. 21)."""

    COMMENDATION = "commendation", _("通报表扬")
    INCENTIVE = "incentive", _("激励")
    EXEMPTION = "exemption", _("一定期限内免督查")


class CaseKind(models.TextChoices):
    """Whether a case is to be followed or to warn."""

    POSITIVE = "positive", _("正面典型")
    NEGATIVE = "negative", _("反面典型")
