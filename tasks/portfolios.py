"""分管单位: which leader is awaited for a task, and which tasks he sees first (domain.md R28, reliability.md 5.2).

A leader below the chief who has a portfolio is awaited for the units in it with all below them, for what came of his
own instructions, and for units that no deputy has in his portfolio. Who may decide is not narrowed: any leader of
sufficient rank may step in, and sees what he may decide. See docs/decisions/0008-portfolios.md.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr

from organization.models import Department, Post
from organization.states import Rank, Role

EVERYTHING: Final = Q()


def narrows(user: Any) -> bool:
    """Tell whether a portfolio, if there is one, narrows what this person is awaited for."""
    return bool(user.role == Role.LEADER and user.post and user.post.rank > Rank.CHIEF)


def charged(user: Any) -> Q:
    """Return the condition that a task is the leader's own: of his units or his instruction; all where he has none."""
    if not narrows(user):
        return EVERYTHING
    post = user.post
    none = ~Exists(Post.portfolio.through.objects.filter(post=post))
    return Q(none) | Q(lead__in=Department.objects.in_charge_of(post)) | Q(directive__instructed_by=post)


def awaited(user: Any) -> Q:
    """Return the condition that a task that the leader may decide on waits for him; twin of ``awaits``."""
    if not narrows(user):
        return EVERYTHING
    held = Post.portfolio.through.objects.filter(
        post__in=_deputies(user.department), department__path=Substr(OuterRef("path"), 1, Length("department__path"))
    )
    return charged(user) | ~Q(lead__in=Department.objects.filter(Exists(held)))


def awaits(task: Any, user: Any) -> bool:
    """Tell whether a task that the leader may decide on waits for him; asks row by row."""
    return not narrows(user) or is_for(user.post, task, list(_deputies(user.department).prefetch_related("portfolio")))


def is_for(post: Any, task: Any, deputies: list[Any]) -> bool:
    """Tell whether a task waits for the leader in this post; ``deputies`` are the posts that may hold its lead."""
    own = list(post.portfolio.all())
    if post.rank <= Rank.CHIEF or not own or task.lead is None or task.directive.instructed_by_id == post.pk:
        return True
    in_hand = [unit for deputy in deputies for unit in deputy.portfolio.all()]
    return _holds(own, task.lead) or not _holds(in_hand, task.lead)


def _holds(units: list[Any], lead: Any) -> bool:
    return any(lead.is_within(unit) for unit in units)


def _deputies(committee: Any) -> Any:
    """Return the posts of a committee's leaders who decide alone: whoever they hold, somebody answers for."""
    return Post.objects.standing().filter(role=Role.LEADER, rank__lte=Rank.DEPUTY, department=committee)
