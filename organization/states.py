"""Names of roles, levels, kinds and states; a leaf that models, querysets and templates may import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post empowers its holder to do (product.md §0)."""

    SUPERVISOR = "supervisor", _("督查员")
    LEADER = "leader", _("领导")
    UNIT_HEAD = "unit_head", _("单位负责人")
    HANDLER = "handler", _("经办人")
    INSPECTOR = "inspector", _("督查组成员")
    DISCIPLINE = "discipline", _("纪检监察联络员")
    AUDITOR = "auditor", _("审计管理员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")


ADMIN_ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
"""The three separated administrators; none may hold another of them nor a business role (F55)."""

BUSINESS_ROLES = tuple(role for role in Role if role not in ADMIN_ROLES)


class Rank(models.IntegerChoices):
    """How high a post stands; the number orders, 1 is highest."""

    CHIEF = 1, _("主要领导")
    DEPUTY = 2, _("分管领导")
    SECRETARY = 3, _("秘书长、办公室主任")
    OFFICE = 4, _("督查机构")
    OTHER = 5, _("其他")


class UserKind(models.TextChoices):
    """A person signs in; a client is another system that holds a key."""

    PERSON = "person", _("人员")
    CLIENT = "client", _("系统")


class UserState(models.TextChoices):
    """Where an account stands; derived, never typed."""

    INACTIVE = "inactive", _("未启用")
    ACTIVE = "active", _("在用")
    LEFT = "left", _("已停用")


class Level(models.TextChoices):
    """The level of administration a unit belongs to."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class Side(models.TextChoices):
    """Which system a unit belongs to."""

    PARTY = "party", _("党委系统")
    GOVERNMENT = "government", _("政府系统")
    OTHER = "other", _("其他")


class Kind(models.TextChoices):
    """What sort of unit it is."""

    PARTY_COMMITTEE = "party_committee", _("党委")
    GOVERNMENT = "government", _("人民政府")
    PARTY = "party", _("党委部门")
    DEPARTMENT = "department", _("政府部门")
    ZONE = "zone", _("开发区管委会")
    ENTERPRISE = "enterprise", _("国有企业")
    INTERNAL = "internal", _("内设机构")
    OTHER = "other", _("其他单位")


COMMITTEE_KINDS = (Kind.GOVERNMENT, Kind.PARTY_COMMITTEE)
"""Kinds of unit that a supervision office works for."""


class DepartmentState(models.TextChoices):
    """Whether a unit still exists; derived from its validity."""

    CURRENT = "current", _("在用")
    ENDED = "ended", _("已撤销")


class PostState(models.TextChoices):
    """Whether a post is held; derived from its days."""

    COMING = "coming", _("待任")
    STANDING = "standing", _("在任")
    ENDED = "ended", _("已免")


class DelegationState(models.TextChoices):
    """Whether a delegation may be used now; derived from its interval."""

    COMING = "coming", _("未到期")
    EFFECTIVE = "effective", _("生效中")
    ENDED = "ended", _("已到期")
    REVOKED = "revoked", _("已收回")


class ClientState(models.TextChoices):
    """Whether a key opens the door."""

    USABLE = "usable", _("可用")
    EXPIRED = "expired", _("已过期")
    REVOKED = "revoked", _("已吊销")


class YearStatus(models.TextChoices):
    """Whether the State Council's notice for the year has been entered (R21)."""

    PUBLISHED = "published", _("已公布")
    PROVISIONAL = "provisional", _("暂定")
