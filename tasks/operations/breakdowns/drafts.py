"""Drafts of a breakdown, one at a time: accepted, corrected, merged, split, dropped by officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from organization.models import Department, User
from organization.operations import departments
from tasks.lifecycles import BREAKDOWN, DRAFT
from tasks.models import Breakdown, Clause, Draft
from tasks.operations import shares
from tasks.operations.breakdowns import proposing
from tasks.operations.breakdowns.revising import Work, held, refuse_closed
from tasks.operations.proposals import LONGEST_CLAUSE, LONGEST_MATTER
from tasks.states import ClauseState, DraftState, Unit
from workflow.lifecycle import Step
from workflow.record import advance, lock, record
from workflow.refusal import Conflict, NotVisible, Refusal, RuleBroken

LIVE: Final = (DraftState.PROPOSED, DraftState.ACCEPTED)
MOST_PARTS: Final = 20


def begin(draft: Draft, verb: str, by: User) -> tuple[Draft, Step, Work]:
    """Lock the breakdown and the draft, and open the deed. Refused: as the table and ``refuse_closed`` say."""
    breakdown = held(Breakdown(pk=draft.breakdown_id))
    draft = lock(draft, "breakdown__organiser", "clause")
    step = DRAFT.check(draft, verb, by)
    refuse_closed(breakdown)
    work = Work(breakdown, by, verb)
    work.keep(draft)
    return draft, step, work


def obstacle(draft: Draft) -> Refusal | None:
    """Return what keeps a draft from being accepted: no lead, or a name of which nobody said whom it means."""
    unclear = [named["text"] for named in proposing.unclear(draft.proposed)]
    if unclear:
        told = _("还没有定下“%(names)s”是哪个单位。请选定单位，或选择“不列入”。") % {"names": "、".join(unclear)}
        return RuleBroken("draft.unit_open", told, details={"names": unclear})
    if draft.proposed["lead"] is None:
        return RuleBroken("draft.lead_missing", _("还没有牵头单位，交办后无人负责。请先选定牵头单位。"))
    return None


@transaction.atomic
def accept(draft: Draft, *, by: User) -> Draft:
    """Take a draft as it stands (采纳): from now on a person answers for it, and it covers its clause.

    Refused: RuleBroken("draft.lead_missing"); ("draft.unit_open") while a name of the paper is unclear.
    """
    draft, step, work = begin(draft, "accept", by)
    refusal = obstacle(draft)
    if refusal:
        raise refusal
    draft = advance(draft, step, by, draft=draft.pk)
    work.finish()
    return draft


@transaction.atomic
@screened
def edit(
    draft: Draft,
    *,
    by: User,
    matter: str,
    standard: str = "",
    measures: str = "",
    clause: str = "",
    lead: Department | None = None,
    joint: Sequence[Department] = (),
    co_units: Sequence[Department] = (),
    groups: str = "",
    responsible: str = "",
    leader: str = "",
    urgency: str = "",
    cycle: str = "",
    due_on: date | None = None,
    limit_value: int | None = None,
    limit_unit: str = Unit.FIXED,
    default_limit: bool = False,
    milestones: Sequence[dict[str, Any]] = (),
) -> Draft:
    """Rewrite a draft as a whole (修改); what the officer says stands for the paper.

    Refused: RuleBroken("assignment.unit_twice"); ("assignment.joint_without_lead"); ("secrecy.marked").
    """
    draft, step, work = begin(draft, "edit", by)
    refuse_marked(matter, short=True)
    shares.parts(lead=lead, joint=joint, co_units=co_units)
    given = {
        "matter": matter, "standard": standard, "measures": measures, "clause": clause, "groups": groups,
        "responsible": responsible, "leader": leader, "urgency": urgency, "cycle": cycle,
        "lead": lead.pk if lead else None, "joint": [unit.pk for unit in joint],
        "co_units": [unit.pk for unit in co_units], "due_on": due_on.isoformat() if due_on else None,
        "limit_value": limit_value, "limit_unit": limit_unit,
        "default_limit": default_limit and due_on is None and not limit_value,
        "milestones": [{"title": stage["title"], "due_on": _iso(stage.get("due_on"))} for stage in milestones],
    }  # fmt: skip
    changed = sorted(name for name, value in given.items() if draft.proposed.get(name) != value)
    draft.proposed = draft.proposed | given
    draft = advance(draft, step, by, draft=draft.pk, changed=changed)
    work.finish()
    return draft


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
@screened
def choose(draft: Draft, *, by: User, text: str = "", unit: Department | None = None, remember: bool = False) -> Draft:
    """Say whom a name of the paper means (选定单位), or that it is left out (no ``unit``); without a name, who leads.

    ``remember``: the name becomes an alias of the unit, and every draft of the breakdown that still asks for
    the same name gets the unit too.
    Refused: RuleBroken("draft.name_unknown") for a name that is not unclear; ("draft.unit_missing") for neither name
    nor unit; ("assignment.unit_twice"); ("task.unit_gone"); what ``departments.add_alias`` refuses.
    """
    if unit is not None:
        [unit] = shares.stand([unit])
    draft, step, work = begin(draft, "choose", by)
    if not text:
        return _lead(draft, step, work, unit)
    if text not in {named["text"] for named in proposing.unclear(draft.proposed)}:
        raise RuleBroken("draft.name_unknown", _("这一条里没有待定的名称“%(text)s”。请刷新页面查看。") % {"text": text})
    if unit is not None and remember:
        departments.add_alias(unit, by=by, alias=text)
        others = Draft.objects.select_for_update(of=("self",)).filter(breakdown=work.breakdown, state__in=LIVE)
        for other in others.select_related("breakdown__organiser").exclude(pk=draft.pk).order_by("pk"):
            if text in {named["text"] for named in proposing.unclear(other.proposed)}:
                _settle(work.keep(other), text, unit)
                advance(other, step, by, draft=other.pk, name=text, unit=unit.pk, because="alias")
    _settle(draft, text, unit)
    draft = advance(draft, step, by, draft=draft.pk, name=text, unit=unit.pk if unit else None, remember=remember)
    work.finish()
    return draft


def _lead(draft: Draft, step: Step, work: Work, unit: Department | None) -> Draft:
    """Let a unit lead in place of who did, as when the one that the directory's duties suggest is taken."""
    if unit is None:
        raise RuleBroken("draft.unit_missing", _("请选定一个牵头单位。"))
    helpers = Department.objects.in_bulk([*draft.proposed["joint"], *draft.proposed["co_units"]])
    shares.refuse_twice([unit, *helpers.values()])
    draft.proposed = draft.proposed | {"lead": unit.pk}
    draft = advance(draft, step, work.by, draft=draft.pk, name="", unit=unit.pk, remember=False)
    work.finish()
    return draft


def _settle(draft: Draft, text: str, unit: Department | None) -> None:
    proposed = draft.proposed
    roles = [named["role"] for named in proposing.unclear(proposed) if named["text"] == text]
    said = {"left": True} if unit is None else {"unit": unit.pk}
    mentions = [
        named | said if named["text"] == text and named["unit"] is None else named for named in proposed["mentions"]
    ]
    proposed = proposed | {"mentions": mentions}
    for role in roles:
        proposed = proposed if unit is None else proposing.with_unit(proposed, role, unit.pk)
    draft.proposed = proposed


@transaction.atomic
@screened
def merge(draft: Draft, *, by: User, others: Sequence[Draft], matter: str = "") -> Draft:
    """Take other drafts in (合并): one task stands for their clauses, their units help, their words are kept.

    ``matter`` names the whole; as it was where nothing is said. Refused: RuleBroken("merge.nothing_named");
    Conflict("merge.not_live") for a draft that is dropped, merged or a task already.
    """
    draft, step, work = begin(draft, "merge", by)
    keys = [other.pk for other in others if other.pk != draft.pk]
    rows = Draft.objects.select_for_update(of=("self",)).select_related("breakdown__organiser", "clause")
    taken = list(rows.filter(pk__in=keys, breakdown=work.breakdown).in_order())
    if not taken:
        raise RuleBroken("merge.nothing_named", _("请至少再选一条，与这一条合并。"))
    ended = [other.clause.number for other in taken if other.state not in LIVE]
    if ended:
        raise Conflict(
            "merge.not_live",
            _("来自第 %(numbers)s 条的条目已舍弃、已并入或已下达，不能合并。请刷新页面查看。")
            % {"numbers": "、".join(map(str, ended))},
            details={"clauses": ended},
        )
    for other in taken:
        draft.proposed = _joined(draft.proposed, other.proposed)
        _take_in(work, draft, other)
    if matter:
        refuse_marked(matter, short=True)
        draft.proposed = draft.proposed | {"matter": matter}
    draft = advance(draft, step, by, draft=draft.pk, taken_in=[other.pk for other in taken])
    work.finish()
    return draft


def _take_in(work: Work, draft: Draft, other: Draft) -> None:
    """Let a draft lead to the one that took it in, and with it what it had taken in before."""
    inner = Draft.objects.select_for_update(of=("self",)).select_related("breakdown__organiser")
    join = DRAFT.rows("join")[0]
    for row in [other, *inner.filter(merged_into=other).order_by("pk")]:
        work.keep(row)
        row.merged_into = draft
        advance(row, join, work.by, draft=row.pk, into=draft.pk)


def _joined(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    texts = {
        name: "\n".join(dict.fromkeys(text for text in (whole[name], part[name]) if text))
        for name in ("standard", "measures", "clause")
    }
    texts["clause"] = texts["clause"][:LONGEST_CLAUSE]
    texts["standard"] = texts["standard"][: proposing.LONGEST_STANDARD]
    texts["measures"] = texts["measures"][: proposing.LONGEST_STANDARD]
    joined = whole | texts
    joined["mentions"] = [*whole["mentions"], *(one for one in part["mentions"] if one not in whole["mentions"])]
    joined["expansions"] = [*whole["expansions"], *part["expansions"]]
    joined["groups"] = "、".join(dict.fromkeys(one for one in (whole["groups"], part["groups"]) if one))[:64]
    for name in ("responsible", "leader", "urgency", "cycle", "due_on", "deadline"):
        joined[name] = whole[name] or part[name]
    joined["milestones"] = [*whole["milestones"], *part["milestones"]]
    if joined["lead"] is None and part["lead"] is not None:
        joined = proposing.with_unit(joined, "lead", part["lead"])
    for unit in [*([part["lead"]] if part["lead"] else []), *part["joint"], *part["co_units"]]:
        joined = proposing.with_unit(joined, "co", unit)
    return joined


@transaction.atomic
@screened
def split(draft: Draft, *, by: User, parts: Sequence[dict[str, Any]]) -> Draft:
    """Make several tasks of one (拆分), each with its matter; the rest is the same in all until it is corrected.

    Returns the first, which keeps its place; the others are proposed anew. ``parts``: at least two, at most 20.
    Refused: RuleBroken("split.too_few") or ("split.too_many").
    """
    draft, step, work = begin(draft, "split", by)
    matters = [part["matter"] for part in parts]
    if len(matters) < 2:
        raise RuleBroken("split.too_few", _("拆分至少要写两项，每行一项。"))
    if len(matters) > MOST_PARTS:
        raise RuleBroken("split.too_many", _("一次最多拆成 %(most)d 项。") % {"most": MOST_PARTS})
    refuse_marked(*matters, short=True)
    base = draft.proposed
    draft.proposed = base | {"matter": matters[0]}
    made = Draft.objects.bulk_create(
        Draft(breakdown=work.breakdown, clause=draft.clause, position=draft.position, proposed=base | {"matter": one})
        for one in matters[1:]
    )
    for row in made:
        work.made(row)
    draft = advance(draft, step, by, draft=draft.pk, made=[row.pk for row in made])
    work.finish()
    return draft


@transaction.atomic
@screened
def drop(draft: Draft, *, by: User, reason: str = "") -> Draft:
    """Give a draft up (舍弃); what it had taken in stands again, and its clause is open if nothing else covers it."""
    draft, step, work = begin(draft, "drop", by)
    release = DRAFT.rows("release")[0]
    inner = Draft.objects.select_for_update(of=("self",)).select_related("breakdown__organiser")
    for row in inner.filter(merged_into=draft).order_by("pk"):
        work.keep(row)
        row.merged_into = None
        advance(row, release, by, draft=row.pk, because="draft.drop")
    draft = advance(draft, step, by, draft=draft.pk, reason=reason)
    work.finish()
    return draft


@transaction.atomic
def reconsider(draft: Draft, *, by: User) -> Draft:
    """Look at an accepted or dropped draft once more (重新核对).

    Refused: Conflict("clause.disposed") while its clause is disposed of.
    """
    draft, step, work = begin(draft, "reconsider", by)
    refuse_disposed(draft.clause)
    draft = advance(draft, step, by, draft=draft.pk)
    work.finish()
    return draft


def refuse_disposed(clause: Clause) -> None:
    """Refuse with Conflict("clause.disposed") to make a task of what was disposed of."""
    if clause.state == ClauseState.DISPOSED:
        raise Conflict(
            "clause.disposed",
            _("第 %(numbers)s 条已按“%(how)s”处置。要立为任务的，请先取消处置。")
            % {"numbers": clause.number, "how": clause.get_disposition_display()},
            details={"clauses": [clause.number]},
        )


@transaction.atomic
@screened
def add(breakdown: Breakdown, *, by: User, clause: Clause, matter: str = "") -> Draft:
    """Draft a task of a clause by hand (补拟一条): its words, and nothing else that nobody said.

    Refused: Conflict("clause.disposed"); NotVisible for a clause of another paper.
    """
    breakdown = lock(breakdown, "directive", "organiser")
    BREAKDOWN.check(breakdown, "add", by)
    found = breakdown.clauses.filter(pk=clause.pk).first()
    if found is None:
        raise NotVisible("not_found", _("这份文件里没有这一条。"))
    refuse_disposed(found)
    refuse_marked(matter, short=True)
    words = breakdown.text[found.start : found.end].strip()
    proposed = proposing.BLANK | {
        "matter": (matter or " ".join(words.split()))[:LONGEST_MATTER], "clause": words[:LONGEST_CLAUSE],
    }  # fmt: skip
    draft = Draft(breakdown=breakdown, clause=found, proposed=proposed, state=DraftState.PROPOSED)
    draft.save(force_insert=True)
    work = Work(breakdown, by, "add")
    work.made(draft)
    work.finish()
    record("draft.create", draft, by, detail={"draft": draft.pk, "clause": found.number}, new=draft.state)
    return draft
