"""监督问责 under a crowd: one approval, one hand-over, one answer; numbers without gaps or doubles (R15)."""

import pytest

from supervision.models import Accountability, Seal
from supervision.operations import accountability as proposals
from supervision.operations import clues, statements
from tests.factories import organization
from tests.factories import supervision_answering as ready
from tests.factories import tasks as make
from tests.races.crowd import CLIENTS, FEW, ROUNDS, all_win, by_turns, one_wins, prepared, serial
from workflow import audit
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def serials():
    numbers = Accountability.objects.exclude(number=None).values_list("number", flat=True)
    return sorted(map(serial, numbers))


def test_a_proposal_is_approved_or_sent_back_once(who, crowd):
    second = organization.person("leader", who.government, "代市长", rank=1)
    waiting = prepared(ready.pending, who, times=ROUNDS)

    rounds = [
        by_turns(
            lambda one=one: proposals.approve(one, by=who.chief),
            lambda one=one: proposals.approve(one, by=second),
            lambda one=one: proposals.send_back(one, by=who.chief, reason="补充依据"),
        )
        for one in waiting
    ]

    one_wins(crowd.rush(rounds), "accountability.approve.wrong_state", "accountability.send_back.wrong_state")
    approved = [one for one in map(make.fresh, waiting) if one.state == "approved"]
    assert serials() == list(range(1, len(approved) + 1))
    assert Seal.objects.count() == len(approved)
    assert list(audit.verify()) == []


def test_fifty_approvals_at_once_leave_no_gap_and_no_double(who, crowd):
    waiting = prepared(ready.pending, who, times=CLIENTS)

    all_win(crowd.rush([[lambda one=one: proposals.approve(one, by=who.chief) for one in waiting]]))

    assert serials() == list(range(1, CLIENTS + 1))


def test_a_proposal_is_handed_over_or_taken_back_once(who, crowd):
    waiting = prepared(ready.approved, who)

    rounds = [
        by_turns(
            lambda one=one: proposals.transfer(one, by=who.supervisor, contacts=[who.discipline]),
            lambda one=one: proposals.withdraw(one, by=who.colleague, reason="事实有误"),
        )
        for one in waiting
    ]

    one_wins(
        crowd.rush(rounds), "accountability.transfer.wrong_state", "accountability.withdraw.wrong_state",
        "accountability.transfer.forbidden", "accountability.withdraw.forbidden",
    )  # fmt: skip
    for one in map(make.fresh, waiting):
        parts = set(one.seals.values_list("part", flat=True))
        assert parts == ({"approver", "contact", "drafter"} if one.state == "transferred" else {"approver"})
    assert list(audit.verify()) == []


def test_the_object_speaks_or_the_request_is_taken_back_and_the_answer_comes_once(who, crowd):
    asked = prepared(ready.asked, who)
    rounds = [
        by_turns(
            lambda one=one: statements.state(one, by=who.unit_head, text="属实"),
            lambda one=one: statements.withdraw(one, by=who.supervisor, reason="有误"),
        )
        for one in asked
    ]
    one_wins(crowd.rush(rounds), "statement.state.wrong_state", "statement.withdraw.wrong_state")

    sent = prepared(ready.transferred_clue, who)
    rounds = [[lambda one=one: clues.answer(one, by=who.discipline, outcome="accepted")] * CLIENTS for one in sent]
    one_wins(crowd.rush(rounds), "clue.answer.wrong_state")
    assert Event.objects.filter(kind="clue.answer").count() == FEW
    assert list(audit.verify()) == []
