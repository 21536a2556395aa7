"""What the tables of audiences are made of: who is meant, and silence with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from organization.models import Delegation, Department, Post, User
from organization.states import Role
from supervision import models as of_supervision
from tasks import models
from workflow.models import Event

Audience = Callable[[Event], Q]


@dataclass(frozen=True)
class Silent:
    """Nobody is told, and why that is right."""

    why: str


OWN_DESK = Silent("交办前的准备工作，只在本机构内部进行")
WITH_ANOTHER = Silent("同一件事由另一条留痕告知，不重复打扰")
HOUSEKEEPING = Silent("系统维护，在审计中可查，不打扰业务人员")
OWN_ACCOUNT = Silent("本人操作自己的账号，本人已经知道")
NOT_TOLD = Silent("由上层房间决定是否告知，暗访不得惊动被督查单位（R11）")

NOUNS: dict[str, Any] = {
    model._meta.model_name or "": model
    for model in (
        models.Directive, models.Task, models.Assignment, models.Report, models.Evidence, models.Extension,
        models.Suspension, models.Blocker, models.Reading, models.Batch,
        models.Breakdown, models.Clause, models.Draft, Post, Delegation, User,
        *(getattr(of_supervision, name) for name in of_supervision.__all__),
    )
}  # fmt: skip


def subject(event: Event) -> Any:
    """Return the row that the event is about."""
    return NOUNS[event.subject_type].objects.get(pk=event.subject_id)


def serving(unit: Department | None, *roles: str) -> Q:
    """Return who serves in the unit in one of the roles today."""
    posts = Post.objects.standing().filter(department=unit, role__in=roles)
    return Q(pk__in=posts.values("user"))


def leading(organiser: Department, rank: int) -> Q:
    """Return the leaders of the office's government up to a rank; of another unit, its head."""
    if not organiser.is_office:
        return serving(organiser, Role.UNIT_HEAD)
    return governing(organiser, rank)


def governing(organiser: Department, rank: int) -> Q:
    """Return the leaders, up to a rank, of the government or committee that the unit works for."""
    posts = Post.objects.standing().filter(role=Role.LEADER, rank__lte=rank)
    return Q(pk__in=posts.filter(department__path=organiser.jurisdiction_path).values("user"))
