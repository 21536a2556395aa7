"""Every verb of 监督问责, as a deed that both doors are tried with."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from supervision.operations import accountability as proposals
from supervision.operations import cases, clues, commendations, statements
from tests.factories import supervision_answering as ready
from tests.factories import tasks as make
from tests.factories.deeds import REASON, Deed, Fields, saying, text_file
from tests.factories.tasks import Cast


def keys(said: dict[str, Any]) -> Fields:
    """Return words as a door takes them: rows by their keys, days as text."""
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if hasattr(value, "pk"):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value


def by_file(who: Cast, thing: Any) -> Fields:
    """Return a file with a note."""
    return {"file": text_file(), "note": "现场"}


def late(who: Cast) -> Any:
    """Return a request whose day has passed."""
    statement = ready.asked(who)
    type(statement).objects.filter(pk=statement.pk).update(due_on=make.in_workdays(-1))
    return make.fresh(statement)


def declined_words(who: Cast, thing: Any) -> Fields:
    """Return what is recorded of silence."""
    return {"text": "逾期未回复", "file": text_file("送达回证.txt")}


def record_words(who: Cast, thing: Any) -> Fields:
    """Return what is recorded of words on paper."""
    return {"text": "属实", "stated_on": timezone.localdate().isoformat(), "file": text_file("说明.txt")}


def contacts(who: Cast, thing: Any) -> Fields:
    """Return to whom a paper goes."""
    return {"contacts": [who.discipline.pk]}


def successor(who: Cast, thing: Any) -> Fields:
    """Return who sees to a clue from now on."""
    return {"successor": who.colleague.pk, "reason": "轮岗"}


DEEDS = (
    Deed("accountability", "edit", ready.proposal, "supervisor", "draft", lambda who, t: keys(ready.words(who))),
    Deed("accountability", "prove", ready.proposal, "supervisor", "", by_file, files=True),
    Deed("accountability", "ask_statement", ready.proposal, "supervisor"),
    Deed("accountability", "assess", ready.proposal, "supervisor", "draft",
         lambda who, t: {"grounds": json.dumps(ready.grounds()), "opinion": "无"}, files=True),
    Deed("accountability", "submit", ready.complete, "supervisor", "pending"),
    Deed("accountability", "approve", ready.pending, "chief", "approved", saying(comment="同意")),
    Deed("accountability", "send_back", ready.pending, "chief", "returned", REASON),
    Deed("accountability", "transfer", ready.approved, "supervisor", "transferred", contacts),
    Deed("accountability", "answer", ready.transferred, "discipline", "answered",
         saying(adoption="adopted", reply="采纳")),
    Deed("accountability", "withdraw", ready.approved, "supervisor", "withdrawn", REASON),
    Deed("statements", "state", ready.asked, "unit_head", "stated", saying(text="属实"), files=True),
    Deed("statements", "record", ready.asked, "supervisor", "stated", record_words, files=True),
    Deed("statements", "decline", late, "supervisor", "declined", declined_words, files=True),
    Deed("statements", "withdraw", ready.asked, "supervisor", "withdrawn", REASON),
    Deed("clues", "edit", ready.clue, "supervisor", "draft", lambda who, t: keys(ready.clue_words(who))),
    Deed("clues", "prove", ready.clue, "supervisor", "", by_file, files=True),
    Deed("clues", "unmask", ready.transferred_clue, "discipline", "", REASON),
    Deed("clues", "entrust", ready.clue, "supervisor", "draft", successor),
    Deed("clues", "submit", ready.clue, "supervisor", "pending", lambda who, t: {"approver": who.chief.pk}),
    Deed("clues", "approve", ready.pending_clue, "chief", "approved", saying(comment="同意")),
    Deed("clues", "send_back", ready.pending_clue, "chief", "returned", REASON),
    Deed("clues", "transfer", ready.approved_clue, "supervisor", "transferred", contacts),
    Deed("clues", "answer", ready.transferred_clue, "discipline", "answered", saying(outcome="accepted", reply="已收")),
    Deed("clues", "withdraw", ready.clue, "supervisor", "withdrawn", REASON),
    Deed("commendations", "edit", ready.praise, "supervisor", "draft", lambda who, t: keys(ready.praise_words(who))),
    Deed("commendations", "prove", ready.praise, "supervisor", "", by_file, files=True),
    Deed("commendations", "submit", ready.praise, "supervisor", "pending"),
    Deed("commendations", "approve", ready.pending_praise, "chief", "approved", saying(comment="同意")),
    Deed("commendations", "send_back", ready.pending_praise, "chief", "returned", REASON),
    Deed("commendations", "publish", ready.approved_praise, "supervisor", "published"),
    Deed("commendations", "withdraw", ready.published_praise, "supervisor", "withdrawn", REASON),
    Deed("cases", "edit", ready.case, "supervisor", "draft",
         lambda who, t: keys(ready.case_words(who, anonymised=False) | {"names": ""}) , files=True),
    Deed("cases", "prove", ready.case, "supervisor", "", by_file, files=True),
    Deed("cases", "submit", ready.case, "supervisor", "pending"),
    Deed("cases", "approve", ready.pending_case, "chief", "published", saying(comment="同意")),
    Deed("cases", "send_back", ready.pending_case, "chief", "returned", REASON),
    Deed("cases", "review", ready.published_case, "chief", "published",
         lambda who, t: {"review_on": ready.in_a_year().isoformat(), "comment": "仍有借鉴意义"}),
    Deed("cases", "expire", ready.published_case, "supervisor", "expired", REASON),
    Deed("cases", "withdraw", ready.published_case, "supervisor", "withdrawn", REASON),
)  # fmt: skip


def taken_back(stage: Any, operation: Any) -> Any:
    """Return a maker of papers that were taken back."""
    return lambda who: operation(stage(who), by=who.supervisor, reason="有误")


MOMENTS = {
    "accountability": (taken_back(ready.pending, proposals.withdraw), ready.answered),
    "statements": (lambda who: ready.heard(who).statement, taken_back(ready.asked, statements.withdraw)),
    "clues": (taken_back(ready.pending_clue, clues.withdraw), ready.answered_clue),
    "commendations": (taken_back(ready.pending_praise, commendations.withdraw),),
    "cases": (taken_back(ready.pending_case, cases.withdraw),),
}
