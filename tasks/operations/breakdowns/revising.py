"""Every deed at the workbench is kept with what stood before it, so that the last one can be undone."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from organization.models import User
from tasks.lifecycles import BREAKDOWN
from tasks.models import Breakdown, Clause, Draft, Revision
from tasks.states import BreakdownState, DraftState
from workflow.record import advance, lock, record
from workflow.refusal import NotVisible, RuleBroken, WrongState

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "draft": ("state", "proposed", "merged_into_id"),
    "clause": ("state", "disposition", "reason", "ongoing_id", "disposed_by_id", "disposed_at"),
}
MODELS: Final[dict[str, Any]] = {"draft": Draft, "clause": Clause}


def held(breakdown: Breakdown) -> Breakdown:
    """Lock the breakdown of which a part is to be changed: its root, before any part."""
    return lock(breakdown, "directive", "organiser")


def refuse_closed(breakdown: Breakdown) -> None:
    """Refuse with WrongState("breakdown.not_open") what was issued or given up."""
    if breakdown.state != BreakdownState.OPEN:
        raise WrongState(
            "breakdown.not_open",
            _("这份分解的状态是“%(state)s”，不能再改。已下达的，可以先选择“继续分解”。")
            % {"state": breakdown.get_state_display()},
            details={"state": breakdown.state},
        )


class Work:
    """One deed: remembers the rows as they stood, and in the end writes the revision and counts the breakdown."""

    def __init__(self, breakdown: Breakdown, by: User, verb: str) -> None:
        self.breakdown, self.by, self.verb = breakdown, by, verb
        self.before: list[tuple[Any, dict[str, Any] | None]] = []

    def keep(self, row: Any) -> Any:
        """Remember a row before it is changed; returns it."""
        fields = FIELDS[str(row._meta.model_name)]
        self.before.append((row, {name: _told(getattr(row, name)) for name in fields}))
        return row

    def made(self, row: Any) -> Any:
        """Remember that the deed made a row; returns it."""
        self.before.append((row, None))
        return row

    def finish(self) -> Breakdown:
        """Write the revision and count the breakdown's version; returns the breakdown."""
        rows = [{"noun": row._meta.model_name, "pk": row.pk, "before": before} for row, before in self.before]
        Revision.objects.create(breakdown=self.breakdown, verb=self.verb, by=self.by, rows=rows)
        self.breakdown.version += 1
        self.breakdown.save(update_fields=["version"])
        return self.breakdown


def _told(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def last(breakdown: Breakdown) -> Revision | None:
    """Return the deed that ``undo`` would undo; None where nothing is left."""
    return breakdown.revisions.filter(undone_at=None).select_related("by").first()


@transaction.atomic
def undo(breakdown: Breakdown, *, by: User) -> Breakdown:
    """Undo the last deed at the workbench (撤销上一步), whoever did it; what it made is dropped.

    Drafts and clauses change by such deeds alone, so that nothing was done since to what the last one touched.
    Refused: RuleBroken("undo.nothing").
    """
    breakdown = lock(breakdown, "directive", "organiser")
    step = BREAKDOWN.check(breakdown, "undo", by)
    revision = last(breakdown)
    if revision is None:
        raise RuleBroken("undo.nothing", _("没有可以撤销的步骤。"))
    for told in reversed(revision.rows):
        _restore(breakdown, told, by)
    revision.undone_at = timezone.now()
    revision.save(update_fields=["undone_at"])
    return advance(breakdown, step, by, revision=revision.pk, undone=revision.verb)


def _restore(breakdown: Breakdown, told: dict[str, Any], by: User) -> None:
    rows = MODELS[told["noun"]]._default_manager.select_for_update(of=("self",)).select_related("breakdown")
    row: Any = rows.filter(pk=told["pk"], breakdown=breakdown).first()
    if row is None:
        raise NotVisible("not_found", _("没有这条记录，或者您看不到它。"))
    old = row.state
    before = told["before"] or {"state": DraftState.DROPPED}
    for name, value in before.items():
        setattr(row, name, parse_datetime(value) if name == "disposed_at" and value else value)
    row.version += 1
    row.save(update_fields=[*before, "version"])
    detail = {told["noun"]: row.pk, "back_to": row.state}
    if told["noun"] == "draft":
        record("draft.undo", row, by, detail=detail, old=old, new=row.state)
    else:
        record("clause.undo", row, by, detail=detail, old=old, new=row.state)
