"""整改 at every state: findings, items of rectification, conclusions, reviews."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from supervision.lifecycles import correcting as lifecycles
from supervision.models import (
    Claim,
    Conclusion,
    Correction,
    Deferral,
    Finding,
    Inspection,
    Member,
    Rectification,
    Review,
)
from supervision.operations import conclusions, deferrals, findings, inspections, partakers, reviews
from supervision.verbs import correcting as verbs
from tests.architecture import theme as themes
from tests.architecture.theme import Theme, always
from tests.architecture.violations import again, change, first
from tests.factories import deeds_correcting as deeds
from tests.factories import supervision_correcting as make
from tests.factories import supervision_inspecting as inspecting
from tests.factories.tasks import Cast
from workflow.persons import identities


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun; one team, one task, several inspections."""
    of = make.inspected(who)
    return {
        "finding": all_findings(who, of),
        "rectification": all_items(who, of),
        "conclusion": all_conclusions(who),
        "review": all_reviews(who),
    }


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it."""
    return type(thing).objects.filter(pk=thing.pk).for_list().get()


def people(who: Cast) -> dict[str, Any]:
    """Add a member of the team who is not its head, and a leader of the secretary's rank."""
    return {
        "member": Member.objects.filter(role="member", state="standing").order_by("pk").first().user,
        "secretary": make.judge(who),
    }


def all_findings(who: Cast, of: Inspection) -> list[Any]:
    stages = (make.draft, make.issued, make.disputed, make.accepted, make.settled, make.waived, make.dropped)
    made = [one(who, of) for one in stages]
    make.recheck(who, made[4])
    covert = make.draft(who, make.inspected(who, covert=True))
    return [*made, make.ordered(who, of).finding, covert]


def all_items(who: Cast, of: Inspection) -> list[Any]:
    ended = make.ordered(who, of)
    findings.waive(inspecting.fresh(ended.finding), by=who.leader, reason="列入拆除计划")
    made = [make.ordered(who, of), make.planned(who, of), make.claimed(who, of), make.verified(who, of), ended]
    given = deferrals.grant(make.asking(who, of), by=who.colleague, comment="同意")
    return [*made, make.verified(who, of, "false"), make.asking(who, of), given]


def all_conclusions(who: Cast) -> list[Any]:
    stages = (make.concluding, make.submitted, make.concluded, make.received)
    party = deeds.party_received(who)
    decided = [make.decided(who, decision=word).conclusion for word in ("changed", "annulled")]
    return [
        *(one(who) for one in stages),
        party,
        *decided,
        conclusions.discard(make.concluding(who), by=who.supervisor),
    ]


def all_reviews(who: Cast) -> list[Any]:
    withdrawn = reviews.withdraw(make.asked(who), by=who.unit_head)
    return [make.asked(who), make.assigned(who), make.proposed(who), make.decided(who), withdrawn]


def finding_words(who: Cast, thing: Any) -> dict[str, Any]:
    return make.words(thing.inspection)


def recheck_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"recheck": Inspection.objects.get(recheck_of__isnull=False), "opinion": "现场查看"}


def days_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"starts_on": inspecting.today(), "ends_on": inspecting.today(), "basis_text": "领导要求回头看"}


def reasoned(who: Cast, thing: Any) -> dict[str, Any]:
    return {"reason": "情况有变"}


SAID = {
    "finding.object": reasoned, "finding.uphold": reasoned, "finding.drop": reasoned, "finding.waive": reasoned,
    "finding.edit": finding_words, "finding.confirm": recheck_words, "finding.relapse": recheck_words,
    "finding.recheck": days_words,
    "finding.order": lambda who, thing: {"requirement": "通电", "verifier": who.colleague, "limit_value": 10},
    "rectification.plan": lambda who, thing: {"measures": "专线", "responsible": "处长"},
    "rectification.claim": lambda who, thing: {"done": "已通电"},
    "rectification.prove": lambda who, thing: {"file": themes.PROOFS[0](), "evidence_on": inspecting.today()},
    "rectification.ask_longer": lambda who, thing: {
        "reason": "到货延迟", "progress": "已架设", "until": thing.due_on + timedelta(days=30),
    },
    "rectification.refuse_longer": lambda who, thing: {"comment": "理由不充分"},
    "rectification.verify": lambda who, thing: {"result": "done", "opinion": "属实"},
    "rectification.reassign": lambda who, thing: {"verifier": who.supervisor, "reason": "调离"},
    "conclusion.edit": lambda who, thing: {"process": "过程", "appraisal": "评价"},
    "conclusion.send_back": reasoned, "conclusion.ask_review": reasoned,
    "conclusion.receive": lambda who, thing: {"received_on": inspecting.today()},
    "conclusion.explain": lambda who, thing: {"explanation": "系检修"},
    "review.assign": lambda who, thing: {"handler": who.helper},
    "review.propose": lambda who, thing: {"decision": "upheld", "grounds": "经核属实"},
    "review.send_back": reasoned,
}  # fmt: skip

OFFICE = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
TEAM = {"inspector", "member"}
WATER = {"handler", "unit_head"}
HEAD = {"unit_head"}

MAY: dict[str, set[str]] = {
    "finding.edit": OFFICE | TEAM, "finding.discard": OFFICE | TEAM, "finding.issue": OFFICE | {"inspector"},
    "finding.accept": HEAD, "finding.object": HEAD, "finding.take_as_accepted": OFFICE,
    "finding.uphold": OFFICE | LEADERS | {"secretary"}, "finding.drop": OFFICE | LEADERS | {"secretary"},
    "finding.order": OFFICE | {"inspector"}, "finding.recheck": OFFICE, "finding.confirm": OFFICE,
    "finding.relapse": OFFICE, "finding.waive": LEADERS,
    "rectification.plan": WATER, "rectification.claim": HEAD, "rectification.verify": {"colleague"},
    "rectification.reassign": OFFICE, "rectification.prove": WATER, "rectification.ask_longer": HEAD,
    "rectification.withdraw_longer": HEAD, "rectification.grant_longer": {"colleague"},
    "rectification.refuse_longer": {"colleague"},
    "conclusion.edit": OFFICE, "conclusion.discard": OFFICE, "conclusion.submit": OFFICE,
    "conclusion.approve": LEADERS, "conclusion.send_back": LEADERS, "conclusion.receive": WATER,
    "conclusion.ask_review": HEAD, "conclusion.explain": HEAD,
    "review.assign": OFFICE, "review.propose": {"helper"}, "review.approve": LEADERS, "review.send_back": LEADERS,
    "review.withdraw": HEAD,
}  # fmt: skip

RULES = {
    "finding.issue": {"finding.covert"},
    "finding.take_as_accepted": {"finding.answer_open"},
    "finding.uphold": {"finding.involved"},
    "finding.drop": {"finding.involved"},
    "finding.confirm": {"finding.other_recheck"},
    "finding.relapse": {"finding.other_recheck"},
    "rectification.claim": {"rectification.longer_waits"},
    "rectification.ask_longer": {"rectification.longer_pending", "rectification.longer_used_up"},
    "conclusion.ask_review": {"review.asked"},
    "review.approve": {"review.took_part"},
    "review.send_back": {"review.took_part"},
}

NOW = timezone.now()
TOGETHER = {"answered_at": NOW, "answered_by": None}

VIOLATIONS = {
    "finding_state_is_known": change(Finding, {"state": "issued"}, state="flying"),
    "finding_severity_is_known": change(Finding, severity="flying"),
    "finding_has_cause": change(Finding, cause=""),
    "finding_number_once_a_unit": change(Finding, {"number": 2}, number=1),
    "finding_issued_at_and_by_together": change(Finding, {"state": "issued"}, issued_by=None),
    "finding_told_is_issued": change(Finding, {"state": "draft"}, state="accepted"),
    "finding_answered_at_and_by_together": change(Finding, {"state": "issued"}, **TOGETHER),
    "finding_decided_at_and_by_together": change(Finding, {"state": "issued"}, decided_at=NOW),
    "finding_settled_iff_settled_at": change(Finding, {"state": "settled"}, settled_at=None),
    "finding_undone_has_reason": change(Finding, {"state": "undone"}, end_reason=""),
    "rectification_state_is_known": change(Rectification, {"state": "ordered", "result": ""}, state="flying"),
    "rectification_result_is_known": change(Rectification, {"state": "ordered"}, result="flying"),
    "rectification_done_iff_found_done": change(Rectification, {"state": "done"}, result=""),
    "rectification_planned_has_measures": change(Rectification, {"state": "correcting"}, measures=""),
    "rectification_claimed_has_its_day": change(Rectification, {"state": "claimed"}, claimed_on=None),
    "rectification_asks_while_it_is_at_work": change(Rectification, {"state": "claimed"}, asked_until=date(2030, 1, 1)),
    "claim_result_is_known": change(
        Claim, {"result": ""}, result="flying", verified_at=NOW, verified_by=lambda row: row.claimed_by
    ),
    "claim_verified_at_and_by_together": change(Claim, {"result": ""}, result="done"),
    "deferral_outcome_is_known": change(
        Deferral, {"outcome": ""}, outcome="flying", ended_at=NOW, ended_by=lambda row: row.asked_by
    ),
    "deferral_one_waits_a_rectification": again(Deferral, {"outcome": ""}),
    "deferral_ended_at_and_by_together": change(Deferral, {"outcome": ""}, outcome="refused"),
    "deferral_granted_names_the_day": change(
        Deferral, {"outcome": ""}, outcome="granted", ended_at=NOW, ended_by=lambda row: row.asked_by
    ),
    "claim_one_waits_a_rectification": again(Claim, {"result": ""}),
    "Correction.claim": again(Correction),
    "conclusion_state_is_known": change(Conclusion, {"state": "draft"}, state="flying"),
    "conclusion_once_a_unit": again(Conclusion, {"state": "draft"}),
    "conclusion_told_has_number_and_approval": change(Conclusion, {"state": "issued"}, number=None),
    "conclusion_received_on_and_by_together": change(Conclusion, {"state": "issued"}, received_on=date(2026, 1, 1)),
    "conclusion_explained_at_and_by_together": change(Conclusion, explained_at=NOW),
    "Conclusion.number": change(
        Conclusion, {"state": "issued"}, number=lambda row: first(Conclusion, state="received").number
    ),
    "Rectification.number": change(
        Rectification,
        number=lambda row: Rectification.objects.exclude(pk=row.pk).exclude(number=None).first().number,
    ),
    "Review.number": change(Review, {"state": "asked"}, number=lambda row: first(Review, state="decided").number),
    "review_state_is_known": change(Review, {"state": "asked"}, state="flying"),
    "review_decision_is_known": change(Review, {"state": "asked"}, decision="flying"),
    "review_once_a_conclusion": again(Review, {"state": "asked"}),
    "review_decided_iff_decided_at_and_by": change(Review, {"state": "decided"}, decided_by=None),
    "review_proposed_has_decision": change(Review, {"state": "proposed"}, decision=""),
    "review_handled_has_handler": change(Review, {"state": "assigned"}, handler=None),
}


def silent(finding: Any, user: Any) -> bool:
    return bool(finding.answer_until < inspecting.today())


def free_to_judge(finding: Any, user: Any) -> bool:
    return not identities(user) & partakers.of_finding(finding)


def free_to_decide(review: Any, user: Any) -> bool:
    return not identities(user) & partakers.of_conclusion(review.conclusion)


def looked_at_again(finding: Any, user: Any) -> bool:
    done = [i for i in Inspection.objects.visible_to(user).filter(recheck_of=finding) if i.reported_at is not None]
    return any(finding.rechecked_at is None or i.started_at > finding.rechecked_at for i in done)


def in_state(state: str) -> Any:
    return lambda thing, user: thing.state == state


TURNS = {
    "finding": {
        "issue": always, "accept": always, "take_as_accepted": silent, "uphold": free_to_judge, "drop": free_to_judge,
        "order": in_state("accepted"), "confirm": looked_at_again, "relapse": looked_at_again,
    },
    "rectification": {"plan": in_state("ordered"), "claim": always, "verify": always, "grant_longer": always},
    "conclusion": {"submit": always, "approve": always, "receive": always},
    "review": {"assign": in_state("asked"), "propose": always, "approve": free_to_decide},
}  # fmt: skip


def ripen(house: Any) -> None:
    """Let a unit keep silent, a re-check be reported, an inspection be concluded while its problem is put right."""
    silent_on = Finding.objects.filter(state="issued").order_by("pk").first()
    Finding.objects.filter(pk=silent_on.pk).update(answer_until=inspecting.today() - timedelta(days=1))
    make.reported(Inspection.objects.get(recheck_of__isnull=False))
    told = Conclusion.objects.filter(state="received").order_by("pk").first()
    inspections.conclude(told.inspection, by=house.who.supervisor)


THEME = Theme(
    name="correcting",
    nouns=verbs.NOUNS,
    lifecycles=lifecycles.ALL,
    stage=stage,
    whole=whole,
    people=people,
    said=SAID,
    may=MAY,
    outside=frozenset(
        {"stranger", "stranger_head", "helper_head", "below", "discipline", "auditor", "system_admin", "security_admin"}
    ),
    rules=RULES,
    taken_by_others=lifecycles.TAKEN_BY_OTHERS,
    kinds=30,
    rest=("findings", "rectifications", "vouchers", "conclusions", "reviews"),
    deeds=deeds.DEEDS,
    moments=deeds.MOMENTS,
    violations=VIOLATIONS,
    turns=TURNS,
    ripen=ripen,
)
