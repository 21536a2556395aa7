"""Clauses: said to be passed on, in hand already or not taken up, each with the reason (传达 / 已在办 / 不立项)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from tasks.lifecycles import BREAKDOWN, CLAUSE, DRAFT
from tasks.models import Breakdown, Clause, Draft, Task
from tasks.operations.breakdowns.revising import Work, held, refuse_closed
from tasks.states import COVERING, ClauseState, Disposition, DraftState
from workflow.lifecycle import Step
from workflow.record import advance, lock, record
from workflow.refusal import Conflict, RuleBroken


@transaction.atomic
@screened
def dispose(clause: Clause, *, by: User, disposition: str, reason: str, ongoing: Task | None = None) -> Clause:
    """Say what becomes of a clause of which no task is made (处置); drafts of it that nobody accepted are dropped.

    Refused: Conflict("clause.covered") while an accepted draft covers it; RuleBroken("clause.ongoing_missing") for
    已在办 without the task that does it.
    """
    breakdown = held(Breakdown(pk=clause.breakdown_id))
    clause = lock(clause, "breakdown__organiser")
    step = CLAUSE.check(clause, "dispose", by)
    refuse_closed(breakdown)
    _refuse_covered(breakdown, [clause])
    work = Work(breakdown, by, "dispose")
    clause = _dispose(work, clause, step, disposition, reason, ongoing)
    work.finish()
    return clause


@transaction.atomic
@screened
def dispose_many(
    breakdown: Breakdown,
    *,
    by: User,
    clauses: Sequence[Clause],
    disposition: str,
    reason: str,
    ongoing: Task | None = None,
) -> Breakdown:
    """Dispose of many clauses in one way and for one reason (批量处置条款): all of them or none.

    Refused: as ``dispose``; Conflict("clause.disposed") where somebody disposed of one already; RuleBroken
    ("clause.none_named").
    """
    breakdown = lock(breakdown, "directive", "organiser")
    BREAKDOWN.check(breakdown, "dispose", by)
    keys = [clause.pk for clause in clauses]
    rows = list(breakdown.clauses.select_for_update(of=("self",)).filter(pk__in=keys).order_by("number"))
    if not rows:
        raise RuleBroken("clause.none_named", _("请至少选择一条要处置的条款。"))
    taken = [clause.number for clause in rows if clause.state != ClauseState.OPEN]
    if taken:
        raise Conflict(
            "clause.disposed",
            _("第 %(numbers)s 条已经处置过或无需处置，没有改动。要改处置方式的，请先取消原来的处置。")
            % {"numbers": "、".join(map(str, taken))},
            details={"clauses": taken},
        )
    _refuse_covered(breakdown, rows)
    work, step = Work(breakdown, by, "dispose"), CLAUSE.rows("dispose")[0]
    for clause in rows:
        clause.breakdown = breakdown
        _dispose(work, clause, step, disposition, reason, ongoing)
    work.finish()
    record("breakdown.dispose", breakdown, by, detail={"clauses": len(rows), "disposition": disposition})
    return breakdown


def _dispose(work: Work, clause: Clause, step: Step, how: str, reason: str, ongoing: Task | None) -> Clause:
    if how == Disposition.ONGOING and ongoing is None:
        raise RuleBroken("clause.ongoing_missing", _("“已在办”要指明是哪项任务在办，请选择这项任务。"))
    work.keep(clause)
    clause.disposition, clause.reason = how, reason
    clause.ongoing = ongoing if how == Disposition.ONGOING else None
    clause.disposed_by, clause.disposed_at = work.by, timezone.now()
    drop = DRAFT.rows("drop")[0]
    for draft in Draft.objects.select_for_update().filter(clause=clause, state=DraftState.PROPOSED).order_by("pk"):
        draft.breakdown = clause.breakdown
        advance(work.keep(draft), drop, work.by, draft=draft.pk, because="clause.dispose")
    return advance(clause, step, work.by, clause=clause.pk, number=clause.number, disposition=how, reason=reason)


def _refuse_covered(breakdown: Breakdown, clauses: Sequence[Clause]) -> None:
    """Refuse with Conflict("clause.covered") clauses that a task comes of, or a draft that took theirs in."""
    accepted = Q(state__in=COVERING) | Q(state=DraftState.MERGED, merged_into__state__in=(*COVERING, "proposed"))
    numbers = (
        Draft.objects.filter(accepted, clause__in=clauses)
        .order_by("clause__number")
        .values_list("clause__number", flat=True)
        .distinct()
    )
    covered = list(numbers)
    if covered:
        raise Conflict(
            "clause.covered",
            _("第 %(numbers)s 条已有采纳的任务，不能再处置。确实不立项的，请先舍弃这些任务。")
            % {"numbers": "、".join(map(str, covered))},
            details={"clauses": covered},
        )


@transaction.atomic
def restore(clause: Clause, *, by: User) -> Clause:
    """Take a disposition back (取消处置): the clause is open again."""
    breakdown = held(Breakdown(pk=clause.breakdown_id))
    clause = lock(clause, "breakdown__organiser")
    step = CLAUSE.check(clause, "restore", by)
    refuse_closed(breakdown)
    work = Work(breakdown, by, "restore")
    work.keep(clause)
    clause.disposition, clause.reason, clause.ongoing = Disposition.NONE, "", None
    clause.disposed_by = clause.disposed_at = None
    clause = advance(clause, step, by, clause=clause.pk, number=clause.number)
    work.finish()
    return clause
