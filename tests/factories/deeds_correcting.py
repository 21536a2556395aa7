"""Every verb of findings, rectifications, conclusions and reviews, as a deed that both doors are tried with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from supervision.models import Finding, Inspection
from tests.factories import supervision_correcting as make
from tests.factories.deeds import REASON, Deed, Fields, saying, text_file
from tests.factories.supervision_inspecting import fresh, today
from tests.factories.tasks import Cast


def finding_words(who: Cast, thing: Any) -> Fields:
    """Return a problem as both doors take it."""
    inspection = getattr(thing, "inspection", thing)
    said = make.words(inspection)
    proofs = [proof.pk for proof in said["proofs"]]
    return said | {"department": said["department"].pk, "task": said["task"].pk, "proofs": proofs}


def overdue_answer(who: Cast) -> Any:
    """Return a finding whose unit let its days go by."""
    finding = make.issued(who)
    Finding.objects.filter(pk=finding.pk).update(answer_until=timezone.localdate() - timedelta(days=1))
    return fresh(finding)


def rechecked(who: Cast) -> Any:
    """Return a settled finding to which a re-check looks."""
    finding = make.settled(who)
    make.recheck(who, finding)
    return fresh(finding)


def recheck_words(who: Cast, thing: Any) -> Fields:
    """Return what the re-check of the finding found."""
    return {"recheck": thing.rechecks.get().pk, "opinion": "现场查看"}


def days_words(who: Cast, thing: Any) -> Fields:
    """Return when a re-check is to be."""
    return {"starts_on": today().isoformat(), "ends_on": today().isoformat(), "basis_text": "领导要求回头看"}


def order_words(who: Cast, thing: Any) -> Fields:
    """Return what is to be put right."""
    return {"requirement": "泵站通电", "verifier": who.colleague.pk, "limit_value": 10, "limit_unit": "workdays"}


def longer_words(who: Cast, thing: Any) -> Fields:
    """Return why and until when more time is asked for."""
    until = thing.due_on + timedelta(days=30)
    return {"reason": "到货延迟", "progress": "已架设", "until": until.isoformat()}


def reported(who: Cast) -> Any:
    """Return an inspection that is reported and has an accepted finding."""
    inspection = make.inspected(who)
    make.accepted(who, inspection)
    return make.reported(inspection)


def party_received(who: Cast) -> Any:
    """Return a party-side conclusion that its unit has received."""
    inspection = make.inspected(who)
    Inspection.objects.filter(pk=inspection.pk).update(party=True)
    return make.received(who, fresh(inspection))


def conclusion_words(who: Cast, thing: Any) -> Fields:
    """Return the words of a conclusion about the water bureau."""
    return {"department": who.water.pk, "process": "依据与过程", "appraisal": "总体评价"}


TEXT = saying(process="依据与过程", appraisal="总体评价")

DEEDS = (
    Deed("inspections", "find", make.inspected, "supervisor", "", finding_words),
    Deed("inspections", "draft", reported, "supervisor", "", conclusion_words),
    Deed("findings", "issue", make.draft, "supervisor", "issued"),
    Deed("findings", "accept", make.issued, "unit_head", "accepted", saying(comment="属实")),
    Deed("findings", "object", make.issued, "unit_head", "disputed", REASON),
    Deed("findings", "take_as_accepted", overdue_answer, "supervisor", "accepted"),
    Deed("findings", "uphold", make.disputed, "colleague", "accepted", REASON),
    Deed("findings", "drop", make.disputed, "colleague", "dropped", REASON),
    Deed("findings", "order", make.accepted, "supervisor", "", order_words),
    Deed("findings", "recheck", make.settled, "supervisor", "", days_words),
    Deed("findings", "confirm", rechecked, "supervisor", "settled", recheck_words),
    Deed("findings", "relapse", rechecked, "supervisor", "issued", recheck_words),
    Deed("findings", "edit", make.draft, "supervisor", "draft", finding_words),
    Deed("findings", "discard", make.draft, "supervisor", "dropped"),
    Deed("findings", "waive", make.accepted, "leader", "undone", REASON),
    Deed("rectifications", "plan", make.ordered, "handler", "correcting", saying(measures="专线", responsible="处长")),
    Deed("rectifications", "claim", make.planned, "unit_head", "claimed", saying(done="已通电")),
    Deed("rectifications", "verify", make.claimed, "colleague", "done", saying(result="done", opinion="属实")),
    Deed(
        "rectifications", "prove", make.planned, "handler", "",
        lambda who, thing: {"file": text_file(), "evidence_on": today().isoformat()}, files=True,
    ),
    Deed("rectifications", "ask_longer", make.planned, "unit_head", "correcting", longer_words),
    Deed("rectifications", "withdraw_longer", make.asking, "unit_head", "correcting"),
    Deed("rectifications", "grant_longer", make.asking, "colleague", "correcting", saying(comment="同意")),
    Deed("rectifications", "refuse_longer", make.asking, "colleague", "correcting", saying(comment="不充分")),
    Deed(
        "rectifications", "reassign", make.claimed, "supervisor", "claimed",
        lambda who, thing: {"verifier": who.supervisor.pk, "reason": "调离岗位"},
    ),
    Deed("conclusions", "submit", make.concluding, "supervisor", "pending"),
    Deed("conclusions", "approve", make.submitted, "leader", "issued", saying(comment="同意")),
    Deed("conclusions", "send_back", make.submitted, "leader", "draft", REASON),
    Deed("conclusions", "receive", make.concluded, "handler", "received", saying(received_on=today().isoformat())),
    Deed("conclusions", "ask_review", make.received, "unit_head", "", REASON),
    Deed("conclusions", "explain", party_received, "unit_head", "received", saying(explanation="系检修")),
    Deed("conclusions", "edit", make.concluding, "supervisor", "draft", TEXT),
    Deed("conclusions", "discard", make.concluding, "supervisor", "discarded"),
    Deed("reviews", "assign", make.asked, "supervisor", "assigned", lambda who, thing: {"handler": who.helper.pk}),
    Deed("reviews", "propose", make.assigned, "helper", "proposed", saying(decision="upheld", grounds="经核属实")),
    Deed("reviews", "approve", make.proposed, "leader", "decided", saying(comment="同意")),
    Deed("reviews", "send_back", make.proposed, "leader", "assigned", REASON),
    Deed("reviews", "withdraw", make.asked, "unit_head", "withdrawn", REASON),
)  # fmt: skip

MOMENTS = {
    "findings": (make.issued, make.draft, make.settled),
    "rectifications": (make.ordered, make.planned),
    "conclusions": (make.concluded, make.concluding),
    "reviews": (make.decided, make.asked),
}
