"""Tasks as the pages fetch them: what a row shows, what the task's own page shows, in as few statements as may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tasks.models import (
    Blocker,
    Closure,
    Draft,
    Evidence,
    Extension,
    Milestone,
    Office,
    Reading,
    Report,
    Suspension,
    Task,
)
from tasks.querysets import units
from tasks.states import BlockerState, Outcome

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a draft without a due day stands in a list by due day: last."""


def listed(user: Any) -> QuerySet[Any]:
    """Return the tasks that the user may see, as rows of a list.

    ``sort_at`` is the due moment, never empty; ``blocked_on`` the day since which another unit is waited for.
    """
    due = Coalesce("due_at", Value(NEVER, output_field=DateTimeField()))
    rows = with_scheme(Task.objects.visible_to(user).for_list().with_known(user))
    standing = Blocker.objects.filter(task=OuterRef("pk"), state=BlockerState.CONFIRMED)
    return rows.annotate(sort_at=due, blocked_on=Subquery(standing.values("confirmed_on")[:1]))


def with_scheme(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add ``scheme``: how the issuing office lets its lights look (R23); None where it did not choose."""
    return rows.annotate(scheme=Subquery(Office.objects.filter(department=OuterRef("organiser")).values("lights")[:1]))


def for_page(user: Any) -> QuerySet[Any]:
    """Return the tasks that the user may see, as their own page shows them: two statements.

    ``whole`` tells whether he sees every unit's part; ``n_<tab>`` count what he sees behind each tab.
    """
    rows = with_scheme(Task.objects.visible_to(user).for_page().with_known(user).with_followers(user))
    checked = Closure.objects.filter(
        task=OuterRef("pk"), verified_at__isnull=False, outcome__in=(Outcome.PENDING, Outcome.APPROVED)
    )
    return rows.annotate(
        verified_at=Subquery(checked.order_by("-pk").values("verified_at")[:1]),
        whole=Exists(Task.objects.whole_to(user).filter(pk=OuterRef("pk"))),
        parent_seen=Exists(Task.objects.visible_to(user).filter(pk=OuterRef("parent"))),
        is_read=Exists(Reading.objects.filter(task=OuterRef("pk"), closure__outcome=Outcome.PENDING)),
        **_drafted(user),
        n_milestones=_number(Milestone),
        n_reached=_number(Milestone, Q(done_on__isnull=False)),
        n_children=_below(user),
        **_counts(user),
    )


def _drafted(user: Any) -> dict[str, Any]:
    """Say of which draft of which breakdown the task was made, and at which clause, to who may see the paper."""
    draft = Draft.objects.visible_to(user).filter(task=OuterRef("pk")).order_by()
    return {
        "draft_key": Subquery(draft.values("pk")[:1]),
        "breakdown_key": Subquery(draft.values("breakdown")[:1]),
        "clause_number": Subquery(draft.values("clause__number")[:1]),
    }


PARTS: Final = {
    "reports": Report,
    "evidence": Evidence,
    "extensions": Extension,
    "suspensions": Suspension,
    "blockers": Blocker,
    "closures": Closure,
}


def _counts(user: Any) -> dict[str, Any]:
    """Count each part twice, all of it and the own unit's, which costs less than asking each time who sees what."""
    found: dict[str, Any] = {}
    for name, model in PARTS.items():
        own = units(user, "department")
        if model is Blocker:
            own |= units(user, "waiting_on") & Q(state__in=(BlockerState.CONFIRMED, BlockerState.RESOLVED))
        found[f"all_{name}"] = _number(model)
        found[f"own_{name}"] = _number(model, own)
    return found


def number_of(task: Any, name: str) -> int:
    """Return how many parts of this name the reader of the page sees."""
    return int(getattr(task, f"all_{name}" if task.whole else f"own_{name}"))


def _number(model: Any, narrower: Q | None = None) -> Any:
    rows = model._base_manager.filter(narrower or Q(), task=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("task").annotate(n=Count("pk")).values("n")), 0)


def _below(user: Any) -> Any:
    rows = Task.objects.visible_to(user).filter(parent=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("parent").annotate(n=Count("pk")).values("n")), 0)


def linked(task: Any, user: Any) -> list[tuple[str, Any]]:
    """Return the tasks before and after this one that the user sees: which way, and the task; one statement if any."""
    if not task.follows_id and not task.n_followers:
        return []
    found = Task.objects.visible_to(user).filter(Q(pk=task.follows_id) | Q(follows=task)).order_by("pk")
    return [("before" if one.pk == task.follows_id else "after", one) for one in found]


def shares_of(task: Any) -> list[Any]:
    """Return the shares that stand or stood, released ones last; from what the page has fetched."""
    return sorted(task.assignments.all(), key=lambda share: (share.state == "released", share.position, share.pk))
