"""From drafts to tasks: many accepted or completed at once, open clauses let go by a leader, the whole issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, Post, User
from organization.states import Role
from tasks.lifecycles import BREAKDOWN, DRAFT
from tasks.models import Assignment, Breakdown, Clause, Directive, Draft, Task
from tasks.operations import batches, drafting, issuing, proposals, shares, tasks
from tasks.operations.breakdowns import drafts as lines
from tasks.operations.breakdowns.revising import Work
from tasks.states import DirectiveState, DraftState, Unit
from workflow.record import advance, carry, lock, record
from workflow.refusal import Conflict, Refusal, RuleBroken

SHOWN: Final = 8
"""Numbers that a sentence names before it says 等."""


# ------------------------------------------------------------------------------------------------ many at once


@transaction.atomic
def accept_many(breakdown: Breakdown, *, by: User, drafts: Sequence[Draft] = ()) -> Breakdown:
    """Accept the named drafts, or all, as far as nothing speaks against each (批量采纳); the others stay proposed.

    Refused: RuleBroken("breakdown.nothing_to_accept") where none can be accepted.
    """
    breakdown = lock(breakdown, "directive", "organiser")
    BREAKDOWN.check(breakdown, "accept", by)
    rows = [row for row in _live(breakdown, drafts) if row.state == DraftState.PROPOSED and not lines.obstacle(row)]
    if not rows:
        raise RuleBroken(
            "breakdown.nothing_to_accept",
            _("没有可以直接采纳的条目。还没有牵头单位或单位名称待定的，请先逐条定下单位。"),
        )
    work, step = Work(breakdown, by, "accept"), DRAFT.rows("accept")[0]
    for row in rows:
        advance(work.keep(row), step, by, draft=row.pk)
    record("breakdown.accept", breakdown, by, detail={"drafts": len(rows)})
    return work.finish()


@transaction.atomic
def fill(
    breakdown: Breakdown,
    *,
    by: User,
    responsible: bool = False,
    standard: bool = False,
    default_limit: bool = False,
    drafts: Sequence[Draft] = (),
) -> Breakdown:
    """Complete what the paper leaves open, in the named drafts or all (批量补全); what stands is never overwritten.

    ``responsible``: the head of the lead, where exactly one stands in the directory; ``standard``: the words of the
    clause; ``default_limit``: the source's own limit for what has no day.
    Refused: RuleBroken("breakdown.nothing_to_fill").
    """
    breakdown = lock(breakdown, "directive", "organiser")
    BREAKDOWN.check(breakdown, "fill", by)
    rows = _live(breakdown, drafts)
    heads = _heads({row.proposed["lead"] for row in rows if row.proposed["lead"]}) if responsible else {}
    work, step = Work(breakdown, by, "fill"), DRAFT.rows("edit")[0]
    for row in rows:
        new = _filled(row.proposed, heads, standard=standard, default_limit=default_limit)
        changed = sorted(name for name, value in new.items() if row.proposed.get(name) != value)
        if changed:
            work.keep(row)
            row.proposed = row.proposed | new
            advance(row, step, by, draft=row.pk, changed=changed, because="breakdown.fill")
    if not work.before:
        raise RuleBroken(
            "breakdown.nothing_to_fill", _("没有可以补全的内容：所选各项都已填写，或目录里没有唯一的负责人。")
        )
    record("breakdown.fill", breakdown, by, detail={"drafts": len(work.before)})
    return work.finish()


def _filled(proposed: dict[str, Any], heads: dict[int, str], *, standard: bool, default_limit: bool) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if not proposed["responsible"] and heads.get(proposed["lead"]):
        new["responsible"] = heads[proposed["lead"]]
    if standard and not proposed["standard"]:
        new["standard"] = proposed["clause"][:2000]
    if default_limit and not proposed["due_on"] and not proposed["limit_value"]:
        new["default_limit"] = True
    return new


def _heads(units: set[int]) -> dict[int, str]:
    """Return the head of each unit that has exactly one."""
    found: dict[int, list[str]] = {}
    posts = Post.objects.standing().filter(department__in=units, role=Role.UNIT_HEAD).order_by("pk")
    for unit, name in posts.values_list("department", "user__name"):
        found.setdefault(unit, []).append(name)
    return {unit: names[0] for unit, names in found.items() if len(names) == 1}


def _live(breakdown: Breakdown, chosen: Sequence[Draft]) -> list[Draft]:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("breakdown__organiser", "clause")
    rows = rows.filter(breakdown=breakdown, state__in=lines.LIVE)
    if chosen:
        rows = rows.filter(pk__in=[draft.pk for draft in chosen])
    return list(rows.in_order())


# ------------------------------------------------------------------------------------------------ what bars the issue


def unsettled(breakdown: Breakdown) -> list[Clause]:
    """Return the clauses that neither an accepted task covers, nor anybody disposed of, nor a leader let go."""
    waived = set(breakdown.waived)
    return [clause for clause in breakdown.clauses.unsettled() if clause.key not in waived]


@transaction.atomic
@screened
def waive(breakdown: Breakdown, *, by: User, reason: str) -> Breakdown:
    """Let the tasks be issued although clauses are open (准予未落实条款下达): these, named, and no later ones.

    Refused: Forbidden to all but a leader of the office's government; RuleBroken("breakdown.nothing_open").
    """
    breakdown = lock(breakdown, "directive", "organiser")
    step = BREAKDOWN.check(breakdown, "waive", by)
    rows = list(breakdown.clauses.unsettled())
    if not rows:
        raise RuleBroken("breakdown.nothing_open", _("所有条款都已落实或处置，不需要准予。"))
    breakdown.waived = [clause.key for clause in rows]
    breakdown.waived_by, breakdown.waived_at, breakdown.waived_reason = by, timezone.now(), reason
    return advance(breakdown, step, by, clauses=[clause.number for clause in rows], reason=reason)


def _refuse_unsettled(breakdown: Breakdown) -> None:
    """Refuse with Conflict("breakdown.clauses_open") or ("breakdown.drafts_open"), each with the ids (C1 T2)."""
    open_clauses = unsettled(breakdown)
    if open_clauses:
        raise Conflict(
            "breakdown.clauses_open",
            _("还有 %(count)d 条没有落实（第 %(which)s 条），不能下达。请采纳或处置；确需先下达的，请领导准予。")
            % {"count": len(open_clauses), "which": _listed([clause.number for clause in open_clauses])},
            details={"clauses": [clause.key for clause in open_clauses]},
        )
    waived = set(breakdown.waived)
    waiting = breakdown.drafts.filter(state=DraftState.PROPOSED).select_related("clause").in_order()
    undecided = [draft for draft in waiting if draft.clause.key not in waived]
    if undecided:
        raise Conflict(
            "breakdown.drafts_open",
            _("还有 %(count)d 个条目没有采纳或舍弃（来自第 %(which)s 条），请先逐条核对。")
            % {"count": len(undecided), "which": _listed([draft.clause.number for draft in undecided])},
            details={"drafts": [draft.pk for draft in undecided]},
        )


def _listed(numbers: list[int]) -> str:
    shown = "、".join(str(number) for number in dict.fromkeys(numbers[:SHOWN]))
    return shown + (_("等") if len(numbers) > SHOWN else "")


# ------------------------------------------------------------------------------------------------ issuing


def rehearse(breakdown: Breakdown, *, by: User) -> list[issuing.Outcome]:
    """Say who would get what by when (试运行), and of each draft what would be refused. Changes nothing.

    Refused as ``issue``, but for what single drafts lack.
    """
    BREAKDOWN.check(breakdown, "issue", by)
    _refuse_unsettled(breakdown)
    with transaction.atomic():
        made = [task for _draft, task in _make(lock(breakdown, "directive__organiser", "organiser"), by)]
        found: list[issuing.Outcome] = []
        for first in range(0, len(made), issuing.MOST):
            found += issuing.rehearse(breakdown.directive, by=by, chosen=made[first : first + issuing.MOST])
        transaction.set_rollback(True)
    return found


@transaction.atomic
def issue(breakdown: Breakdown, *, by: User) -> Breakdown:
    """Make tasks of the accepted drafts and assign them to their units in one go (下达): all of them or none.

    Refused: Forbidden to all but the directive's office; Conflict("breakdown.clauses_open") with the clauses' ids
    (C1 T2), ("breakdown.drafts_open"); RuleBroken("directive.not_approved"); ("breakdown.nothing_accepted");
    ("breakdown.incomplete") while anything of R14 is missing in one of them; ("matter.exists", R13); and what
    ``tasks.assign`` refuses, of whichever task.
    """
    _hold_units(breakdown)
    directive = lock(Directive(pk=breakdown.directive_id), "organiser")
    breakdown = lock(breakdown, "directive__organiser", "organiser")
    step = BREAKDOWN.check(breakdown, "issue", by)
    _refuse_unsettled(breakdown)
    if directive.state != DirectiveState.APPROVED:
        raise RuleBroken("directive.not_approved", _("来源事项还没有批准立项，不能下达。请先提请领导审批立项。"))
    made = _make(breakdown, by)
    issued = DRAFT.rows("issue")[0]
    for draft, task in made:
        draft.task = tasks.assign(task, by=by)
        advance(draft, issued, by, draft=draft.pk, task=task.pk)
    breakdown.revisions.filter(undone_at=None).update(undone_at=timezone.now())
    return advance(breakdown, step, by, tasks=len(made), waived=len(breakdown.waived))


def _hold_units(breakdown: Breakdown) -> None:
    """Lock every unit that will get something, in one order and before any row of ours: two issues never cross."""
    rows = breakdown.drafts.filter(state=DraftState.ACCEPTED)
    keys = {key for row in rows for key in row.units}
    shares.hold(list(Department.objects.filter(pk__in=keys)))


def outcomes(breakdown: Breakdown) -> list[issuing.Outcome]:
    """Return what was issued of a breakdown, in the order of the paper, by three statements."""
    rows = breakdown.drafts.filter(state=DraftState.ISSUED).select_related("task").in_order()
    rows = rows.prefetch_related(Prefetch("task__assignments", Assignment.objects.select_related("department")))
    return [
        issuing.Outcome(task, True, list(task.assignments.all()), due_on=task.due_on, sign_by=task.sign_by)
        for task in (row.task for row in rows)
    ]


def _make(breakdown: Breakdown, by: User) -> list[tuple[Draft, Task]]:
    """Draft the tasks of the accepted drafts. Refused: as ``issue`` says of drafts."""
    rows = [row for row in _live(breakdown, ()) if row.state == DraftState.ACCEPTED]
    if not rows:
        raise RuleBroken("breakdown.nothing_accepted", _("还没有采纳任何条目，没有可以下达的任务。"))
    _refuse_incomplete(rows)
    _refuse_again(breakdown, rows)
    units = Department.objects.in_bulk({key for row in rows for key in row.units})
    arguments = [proposals.arguments(row.proposed, units) for row in rows]
    found = drafting.draft_all(breakdown.directive, by=by, rows=arguments)
    made: list[Task] = []
    for one in found:
        if isinstance(one, Refusal):
            raise one
        made.append(one)
    return list(zip(rows, made, strict=True))


def missing(proposed: dict[str, Any]) -> list[str]:
    """Return which of 事项、标准、责任单位、责任人、时限 a draft still lacks (R14)."""
    limited = proposed["limit_value"] and proposed["limit_unit"] != Unit.FIXED
    named = {
        "matter": proposed["matter"].strip(),
        "standard": proposed["standard"].strip(),
        "lead": proposed["lead"],
        "responsible": proposed["responsible"].strip(),
        "due": proposed["due_on"] or limited or proposed["default_limit"],
    }
    return [name for name in tasks.REQUIRED if not named[name]]


def _refuse_incomplete(rows: list[Draft]) -> None:
    lacking = {row.pk: lacks for row in rows if (lacks := missing(row.proposed))}
    if lacking:
        what = [name for name in tasks.REQUIRED if any(name in lacks for lacks in lacking.values())]
        raise RuleBroken(
            "breakdown.incomplete",
            _("有 %(count)d 个条目还缺%(what)s，不能下达。可以用“批量补全”，或逐条补齐。")
            % {"count": len(lacking), "what": "、".join(str(tasks.REQUIRED[name]) for name in what)},
            details={"drafts": lacking},
        )


def _refuse_again(breakdown: Breakdown, rows: list[Draft]) -> None:
    """Refuse with RuleBroken("matter.exists") a matter that the directive has already, or twice here (R13)."""
    standing = batches.matters_of(breakdown.directive)
    again = []
    for row in rows:
        key = proposals.key_of(row.proposed["matter"])
        if key in standing:
            again.append(row)
        standing[key] = ""
    if again:
        raise RuleBroken(
            "matter.exists",
            _("有 %(count)d 个条目（来自第 %(which)s 条）与已有任务或另一条目相同。请写清区别，或合并、舍弃。")
            % {"count": len(again), "which": _listed([row.clause.number for row in again])},
            details={"drafts": [row.pk for row in again]},
        )


# ------------------------------------------------------------------------------------------------ the whole


@transaction.atomic
def resume(breakdown: Breakdown, *, by: User) -> Breakdown:
    """Go on with a breakdown that was issued (继续分解), for what was left over."""
    breakdown = lock(breakdown, "directive", "organiser")
    step = BREAKDOWN.check(breakdown, "resume", by)
    return advance(breakdown, step, by)


@transaction.atomic
@screened
def drop(breakdown: Breakdown, *, by: User, reason: str = "") -> Breakdown:
    """Give a breakdown up (放弃分解): its drafts are dropped; the paper and what was done stay in the record.

    Refused: RuleBroken("breakdown.has_tasks") once tasks were issued of it.
    """
    breakdown = lock(breakdown, "directive", "organiser")
    step = BREAKDOWN.check(breakdown, "drop", by)
    if breakdown.drafts.filter(state=DraftState.ISSUED).exists():
        raise RuleBroken("breakdown.has_tasks", _("已有任务从这份文件下达，不能放弃。确需终止的，请逐项终止任务。"))
    carry(breakdown.drafts.exclude(state=DraftState.DROPPED), DraftState.DROPPED, merged_into=None)
    return advance(breakdown, step, by, reason=reason)
