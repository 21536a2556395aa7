"""A paper taken apart: breakdowns, clauses and drafts at every state, what is said, and who may."""

from __future__ import annotations

from typing import Any

from tasks import lifecycles, verbs
from tasks.models import Breakdown, Clause, Draft
from tasks.operations.breakdowns import drafts
from tests.architecture.theme import Theme
from tests.architecture.violations import again, change, first
from tests.factories import breakdowns as make
from tests.factories.tasks import Cast, fresh
from tests.tasks.breakdowns.paper import clause_of, draft_of

NOUNS = (verbs.BREAKDOWN, verbs.CLAUSE, verbs.DRAFT)
ISSUER, LEADERS = {"supervisor", "colleague"}, {"leader", "chief"}
RANDOM = {"state": "flying"}


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state."""
    issued = make.issued(who)
    merged = make.breakdown(who)
    whole, part = draft_of(merged, "水库"), draft_of(merged, "易涝点")
    drafts.merge(whole, by=who.supervisor, others=[part])
    given_up = drafts.drop(make.draft(who), by=who.supervisor)
    return {
        "breakdown": [make.breakdown(who), make.undoable(who), issued, make.dropped(who)],
        "clause": [make.clause(who), make.disposed(who), clause_of(make.breakdown(who), "重点工作方案")],
        "draft": [make.draft(who), make.accepted(who), fresh(part), given_up, draft_of(issued, "水库")],
    }


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it."""
    return type(thing).objects.filter(pk=thing.pk).for_list().get()


def one_clause(who: Cast, thing: Any) -> Any:
    return clause_of(thing, "常通气")


SAID = {
    "breakdown.fill": lambda who, thing: {"responsible": True},
    "breakdown.dispose": lambda who, thing: make.DISPOSED | {"clauses": [one_clause(who, thing)]},
    "breakdown.add": lambda who, thing: {"clause": one_clause(who, thing)},
    "breakdown.waive": lambda who, thing: {"reason": "先行下达"},
    "clause.dispose": lambda who, thing: dict(make.DISPOSED),
    "draft.edit": lambda who, thing: {"matter": "完成加固", "lead": who.water},
    "draft.choose": lambda who, thing: {"unit": who.river},
    "draft.merge": lambda who, thing: {"others": list(thing.breakdown.drafts.exclude(pk=thing.pk))},
    "draft.split": lambda who, thing: {"parts": [{"matter": "甲"}, {"matter": "乙"}]},
}

MAY = {f"{noun.name}.{verb.name}": ISSUER for noun in NOUNS for verb in noun.verbs} | {"breakdown.waive": LEADERS}

RULES = {
    "breakdown.accept": {"breakdown.nothing_to_accept"},
    "breakdown.undo": {"undo.nothing"},
    "breakdown.issue": {"breakdown.clauses_open"},
    "breakdown.drop": {"breakdown.has_tasks"},
}

VIOLATIONS = {
    "breakdown_state_is_known": change(Breakdown, **RANDOM),
    "breakdown_one_stands_a_directive": again(Breakdown, {"state": "open"}),
    "breakdown_waived_by_at_and_why": change(Breakdown, waived_reason="因为"),
    "clause_number_once_a_breakdown": again(Clause, key="c000"),
    "clause_key_once_a_breakdown": again(Clause, number=999),
    "clause_state_is_known": change(Clause, {"state": "open"}, **RANDOM),
    "clause_ends_after_its_start": change(Clause, end=lambda row: row.start),
    "clause_disposed_iff_said_how": change(Clause, {"state": "disposed"}, reason=""),
    "draft_state_is_known": change(Draft, {"state": "proposed"}, **RANDOM),
    "draft_merged_iff_into_another": change(Draft, {"state": "merged"}, merged_into=None),
    "draft_issued_iff_it_is_a_task": change(Draft, {"state": "issued"}, task=None),
    "Draft.task": change(
        Draft, {"state": "proposed"}, state="issued", task=lambda row: first(Draft, state="issued").task_id
    ),
}

MOMENTS = {
    "breakdowns": (make.issued, make.breakdown, make.dropped),
    "clauses": (make.clause, make.disposed),
    "drafts": (make.accepted, lambda who: drafts.drop(make.draft(who), by=who.supervisor), make.draft),
}

THEME = Theme(
    name="breaking",
    nouns=NOUNS,
    lifecycles=(lifecycles.BREAKDOWN, lifecycles.CLAUSE, lifecycles.DRAFT),
    stage=stage,
    whole=whole,
    said=SAID,
    may=MAY,
    outside=frozenset(
        {"handler", "unit_head", "helper", "helper_head", "below", "stranger", "stranger_head", "inspector",
         "discipline", "auditor", "system_admin", "security_admin"}
    ),
    rules=RULES,
    taken_by_others={f"draft.{verb}": taker for verb, taker in lifecycles.TAKEN_WITH_DRAFTS.items()},
    kinds=8,
    rest=("breakdowns", "clauses", "drafts"),
    deeds=make.DEEDS,
    moments=MOMENTS,
    violations=VIOLATIONS,
)  # fmt: skip
