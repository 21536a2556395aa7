"""监督问责 at every state: proposals, statements, clues, praise, cases."""

from typing import Any

from django.utils import timezone

from supervision.lifecycles import answering as lifecycles
from supervision.models import Accountability, Case, Clue, Commendation, Exhibit, Informant, Seal, Statement
from supervision.operations import accountability as proposals
from supervision.operations import cases, clues, commendations, statements
from supervision.states.answering import AccountabilityState
from supervision.verbs import answering as verbs
from tests.architecture import theme as themes
from tests.architecture.theme import Theme, always
from tests.architecture.violations import again, change, first
from tests.factories import deeds_answering as deeds
from tests.factories import supervision_answering as ready
from tests.factories.tasks import Cast, fresh

BACK = {"reason": "有误"}


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun."""
    return {
        "accountability": all_proposals(who),
        "statement": all_statements(who),
        "clue": all_clues(who),
        "commendation": all_praise(who),
        "case": all_cases(who),
    }


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it."""
    return type(thing).objects.filter(pk=thing.pk).for_list().get()


def all_proposals(who: Cast) -> list[Any]:
    returned = proposals.send_back(ready.pending(who), by=who.chief, **BACK)
    gone = proposals.withdraw(ready.approved(who), by=who.supervisor, **BACK)
    about = ready.proposal(who, **ready.about_a_cadre(who, who.colleague))
    stages = (ready.complete, ready.pending, ready.approved, ready.transferred, ready.answered)
    return [ready.proposal(who), about, returned, gone, *(one(who) for one in stages)]


def all_statements(who: Cast) -> list[Any]:
    of_cadre = ready.asked(who, **ready.about_a_cadre(who, who.helper))
    gone = statements.withdraw(ready.asked(who), by=who.supervisor, **BACK)
    return [ready.asked(who), of_cadre, ready.heard(who).statement, ready.transferred(who).statement,
            ready.silent(who), gone, deeds.late(who)]  # fmt: skip


def all_clues(who: Cast) -> list[Any]:
    returned = clues.send_back(ready.pending_clue(who), by=who.chief, **BACK)
    gone = clues.withdraw(ready.approved_clue(who), by=who.supervisor, **BACK)
    stages = (ready.clue, ready.pending_clue, ready.approved_clue, ready.transferred_clue, ready.answered_clue)
    return [*(one(who) for one in stages), ready.abandoned_clue(who), returned, gone]


def all_praise(who: Cast) -> list[Any]:
    returned = commendations.send_back(ready.pending_praise(who), by=who.chief, **BACK)
    gone = commendations.withdraw(ready.approved_praise(who), by=who.supervisor, **BACK)
    exempt = ready.praise(who, form="exemption", exempt_until=ready.in_a_year())
    stages = (ready.praise, ready.pending_praise, ready.approved_praise, ready.published_praise)
    return [*(one(who) for one in stages), returned, gone, exempt]


def all_cases(who: Cast) -> list[Any]:
    returned = cases.send_back(ready.pending_case(who), by=who.chief, **BACK)
    gone = cases.withdraw(ready.published_case(who), by=who.supervisor, **BACK)
    over = cases.expire(ready.published_case(who), by=who.supervisor, **BACK)
    named = ready.pending_case(who, anonymised=False)
    due = ready.published_case(who)
    Case.objects.filter(pk=due.pk).update(review_on=timezone.localdate())
    stages = (ready.case, ready.pending_case, ready.published_case)
    return [*(one(who) for one in stages), returned, gone, over, named, fresh(due)]


def a_file(who: Cast, thing: Any) -> dict[str, Any]:
    return {"file": themes.PROOFS[0]()}


def back(who: Cast, thing: Any) -> dict[str, Any]:
    return dict(BACK)


SAID = {
    "accountability.edit": lambda who, thing: ready.words(who),
    "accountability.prove": a_file,
    "accountability.assess": lambda who, thing: {"grounds": ready.grounds(), "opinion": "无"},
    "accountability.send_back": back,
    "accountability.transfer": lambda who, thing: {"contacts": [who.discipline]},
    "accountability.answer": lambda who, thing: {"adoption": "adopted", "reply": "采纳"},
    "accountability.withdraw": back,
    "statement.state": lambda who, thing: {"text": "属实"},
    "statement.record": lambda who, thing: {"text": "属实", "stated_on": timezone.localdate()} | a_file(who, thing),
    "statement.decline": lambda who, thing: {"text": "未回复"} | a_file(who, thing),
    "statement.withdraw": back,
    "clue.edit": lambda who, thing: ready.clue_words(who),
    "clue.prove": a_file,
    "clue.unmask": lambda who, thing: {"reason": "核实"},
    "clue.submit": lambda who, thing: {"approver": who.chief},
    "clue.entrust": lambda who, thing: {"successor": who.colleague, "reason": "轮岗"},
    "clue.send_back": back,
    "clue.transfer": lambda who, thing: {"contacts": [who.discipline]},
    "clue.answer": lambda who, thing: {"outcome": "accepted", "reply": "已受理"},
    "clue.withdraw": back,
    "commendation.edit": lambda who, thing: ready.praise_words(who),
    "commendation.prove": a_file,
    "commendation.send_back": back,
    "commendation.withdraw": back,
    "case.edit": lambda who, thing: ready.case_words(who),
    "case.prove": a_file,
    "case.send_back": back,
    "case.review": lambda who, thing: {"review_on": ready.in_a_year()},
    "case.expire": back,
    "case.withdraw": back,
}

OFFICE = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
HEAD = {"chief"}
DRAFTER = {"supervisor"}

MAY: dict[str, set[str]] = {
    **dict.fromkeys((f"accountability.{verb}" for verb in ("edit", "prove", "assess", "submit", "transfer")), OFFICE),
    "accountability.ask_statement": OFFICE, "accountability.withdraw": OFFICE,
    "accountability.approve": HEAD, "accountability.send_back": HEAD, "accountability.answer": {"discipline"},
    "statement.state": {"unit_head", "helper"}, "statement.record": OFFICE, "statement.decline": OFFICE,
    "statement.withdraw": OFFICE,
    # A clue is its drafter's alone: his colleague of the same office knows nothing of it.
    **dict.fromkeys((f"clue.{verb}" for verb in ("edit", "prove", "submit", "transfer", "withdraw")), DRAFTER),
    "clue.approve": HEAD, "clue.send_back": HEAD, "clue.answer": {"discipline"},
    "clue.unmask": {"supervisor", "discipline"}, "clue.entrust": DRAFTER | HEAD,
    **dict.fromkeys((f"commendation.{verb}" for verb in ("edit", "prove", "submit", "publish", "withdraw")), OFFICE),
    "commendation.approve": HEAD, "commendation.send_back": HEAD,
    **dict.fromkeys((f"case.{verb}" for verb in ("edit", "prove", "submit", "expire", "withdraw")), OFFICE),
    **dict.fromkeys(("case.approve", "case.send_back", "case.review"), LEADERS),
}  # fmt: skip

RULES = {
    "accountability.submit": {
        "accountability.no_statement", "accountability.no_tolerance", "accountability.no_evidence",
    },
    "statement.decline": {"statement.too_early"},
}  # fmt: skip

NOW = timezone.now()
HANDED = {"state__in": [AccountabilityState.TRANSFERRED]}
RANDOM = {"state": "flying"}


def number_of(model: Any) -> Any:
    """Return how to give a row without a number one that another row bears."""
    return change(model, {"number": None}, number=lambda row: first(model, number__isnull=False).number)


def one_paper_more(house: Any) -> None:
    """Let a file belong to two papers; by insertion, since no file can be changed."""
    row = first(Exhibit, accountability__isnull=False)
    columns = {f.attname: getattr(row, f.attname) for f in Exhibit._meta.concrete_fields if not f.primary_key}
    Exhibit.objects.bulk_create([Exhibit(**columns | {"case_id": first(Case).pk})])


VIOLATIONS = {
    "accountability_state_is_known": change(Accountability, **RANDOM),
    "accountability_subject_is_known": change(Accountability, subject="flying"),
    "accountability_cadre_is_named": change(Accountability, {"subject": "cadre"}, person_name=""),
    "accountability_assessed_at_and_by_together": change(Accountability, {"state": "pending"}, assessed_by=None),
    "accountability_approved_at_and_by_together": change(Accountability, {"state": "approved"}, approved_by=None),
    "accountability_transferred_at_and_by_together": change(Accountability, HANDED, transferred_by=None),
    "accountability_answered_at_and_by_together": change(Accountability, {"state": "answered"}, answered_by=None),
    "accountability_handed_over_is_complete": change(Accountability, HANDED, statement=None),
    "accountability_answered_iff_adoption": change(Accountability, {"state": "answered"}, adoption=""),
    "Accountability.number": number_of(Accountability),
    "statement_state_is_known": change(Statement, **RANDOM),
    "statement_one_open_a_proposal": again(Statement, {"state": "asked"}),
    "statement_ended_at_and_by_together": change(Statement, {"state": "stated"}, ended_by=None),
    "statement_stated_has_words": change(Statement, {"state": "stated"}, text=""),
    "seal_is_on_one_paper": change(Seal, {"clue": None}, clue=lambda row: first(Clue).pk),
    "seal_part_is_known": change(Seal, part="flying"),
    "seal_once_a_proposal": again(Seal, {"clue": None}),
    "seal_once_a_clue": again(Seal, {"accountability": None}),
    "clue_state_is_known": change(Clue, **RANDOM),
    "clue_kind_is_known": change(Clue, kind="flying"),
    "clue_approved_at_and_by_together": change(Clue, {"state": "approved"}, approved_by=None),
    "clue_transferred_at_and_by_together": change(Clue, {"state": "transferred"}, transferred_by=None),
    "clue_answered_at_and_by_together": change(Clue, {"state": "answered"}, answered_by=None),
    "clue_handed_over_is_complete": change(Clue, {"state": "transferred"}, number=None),
    "clue_answered_iff_outcome": change(Clue, {"state": "answered"}, outcome=""),
    "Clue.number": number_of(Clue),
    "Informant.clue": again(Informant),
    "commendation_state_is_known": change(Commendation, **RANDOM),
    "commendation_form_is_known": change(Commendation, form="flying"),
    "commendation_exemption_has_an_end": change(Commendation, {"form": "exemption"}, exempt_until=None),
    "commendation_approved_at_and_by_together": change(Commendation, {"state": "approved"}, approved_by=None),
    "commendation_published_at_and_by_together": change(Commendation, {"state": "published"}, published_by=None),
    "commendation_approved_has_number": change(Commendation, {"state": "approved"}, number=None),
    "Commendation.number": number_of(Commendation),
    "case_state_is_known": change(Case, **RANDOM),
    "case_kind_is_known": change(Case, kind="flying"),
    "case_approved_at_and_by_together": change(Case, {"state": "published"}, approved_by=None),
    "case_reviewed_at_and_by_together": change(Case, {"state": "published"}, reviewed_at=NOW, reviewed_by=None),
    "case_published_is_approved": change(Case, {"state": "published"}, approved_at=None, approved_by=None),
    "exhibit_belongs_to_one_paper": one_paper_more,
}


def past_its_day(statement: Any, user: Any) -> bool:
    return bool(statement.due_on < timezone.localdate())


def to_be_reviewed(case: Any, user: Any) -> bool:
    return bool(case.review_is_due)


TURNS = {
    "accountability": dict.fromkeys(("submit", "approve", "transfer", "answer"), always),
    "statement": {"state": always, "decline": past_its_day},
    "clue": dict.fromkeys(("submit", "approve", "transfer", "answer"), always),
    "commendation": dict.fromkeys(("submit", "approve", "publish"), always),
    "case": {"submit": always, "approve": always, "review": to_be_reviewed, "expire": to_be_reviewed},
}

THEME = Theme(
    name="answering",
    nouns=verbs.NOUNS,
    lifecycles=lifecycles.ALL,
    lone=(verbs.REGISTER_ACCOUNTABILITY, verbs.REGISTER_CLUE, verbs.REGISTER_COMMENDATION, verbs.REGISTER_CASE),
    stage=stage,
    whole=whole,
    said=SAID,
    may=MAY,
    outside=frozenset({"auditor", "system_admin", "security_admin"}),
    rules=RULES,
    kinds=30,
    rest=("accountability", "statements", "clues", "commendations", "cases", "exhibits"),
    deeds=deeds.DEEDS,
    moments=deeds.MOMENTS,
    violations=VIOLATIONS,
    turns=TURNS,
)
