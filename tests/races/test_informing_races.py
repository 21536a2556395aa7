"""Approving and numbering at once: one signature counts, no number is lost or doubled, each copy is received once."""

import pytest
from django.utils import timezone

from supervision.models import Bulletin, Notice
from supervision.operations import bulletins, mentions, notices, receipts
from tests.factories import supervision_informing as build
from tests.factories.tasks import fresh
from tests.races.crowd import CLIENTS, FEW, ROUNDS, by_turns, serial
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def won(told):
    return sum(refusal is None for refusal in told)


def serials(rows):
    return sorted(map(serial, rows.values_list("number", flat=True)))


def test_a_notice_is_signed_or_sent_back_once(who, crowd):
    for _ in range(ROUNDS):
        notice = build.pending_notice(who)
        told = crowd.race(
            by_turns(
                lambda notice=notice: notices.approve(notice, by=who.leader),
                lambda notice=notice: notices.approve(notice, by=who.chief),
                lambda notice=notice: notices.send_back(notice, by=who.chief, reason="补充"),
            )
        )
        assert won(told) == 1
        assert {refusal.code for refusal in told if refusal} <= {
            "notice.approve.wrong_state", "notice.send_back.wrong_state",
        }  # fmt: skip


def test_numbers_of_notices_have_no_gaps_and_no_doubles(who, crowd):
    drafts = [build.notice(who) for _ in range(CLIENTS)]

    told = crowd.race([lambda notice=notice: notices.issue(notice, by=who.supervisor) for notice in drafts])

    assert won(told) == CLIENTS
    assert serials(Notice.objects.filter(state="issued")) == list(range(1, CLIENTS + 1))


def test_one_draft_of_a_kind_is_made(who, crowd):
    for _ in range(FEW):
        task = build.late_task(who)
        told = crowd.race([lambda task=task: build.notice(who, task=task) for _ in range(CLIENTS)])
        assert won(told) == 1
        assert {refusal.code for refusal in told if refusal} == {"notice.open"}


def test_the_clock_drafts_once_however_often_it_runs_at_once(who, crowd):
    tasks = [build.late_task(who) for _ in range(FEW)]
    now = timezone.now()

    told = crowd.race([lambda: notices.draft_due(now)] * CLIENTS)

    assert won(told) == CLIENTS
    assert Notice.objects.count() == len(tasks) == Event.objects.filter(kind="notice.draft").count()


def test_a_bulletin_is_issued_or_withdrawn_once(who, crowd):
    for _ in range(ROUNDS):
        bulletin = build.pending_bulletin(who)
        told = crowd.race(
            by_turns(
                lambda bulletin=bulletin: bulletins.approve(bulletin, by=who.leader),
                lambda bulletin=bulletin: bulletins.approve(bulletin, by=who.chief),
                lambda bulletin=bulletin: bulletins.withdraw(bulletin, by=who.supervisor, reason="不发"),
            )
        )
        assert won(told) == 1
    issued = Bulletin.objects.filter(state="issued")
    assert serials(issued) == list(range(1, issued.count() + 1))


def test_an_answer_and_the_submission_do_not_cross(who, crowd):
    """Either the answer came first and must be decided, or the bulletin lies with the leader and none is taken."""
    for _ in range(FEW):
        mention = build.asked(who)
        Bulletin.objects.filter(pk=mention.bulletin_id).update(answer_until=timezone.now())
        bulletin = fresh(mention.bulletin)
        told = crowd.race(
            by_turns(
                lambda mention=mention: mentions.answer(mention, by=who.handler, answer="不实"),
                lambda bulletin=bulletin: bulletins.submit(bulletin, by=who.supervisor),
            )
        )
        assert won(told) == 1
        assert (fresh(mention).state, fresh(bulletin).state) in {("answered", "consulting"), ("asked", "pending")}


def test_a_copy_is_received_once(who, crowd):
    for _ in range(FEW):
        receipt = build.receipt(who)
        told = crowd.race([lambda receipt=receipt: receipts.receive(receipt, by=who.handler)] * CLIENTS)
        assert won(told) == 1
        assert {refusal.code for refusal in told if refusal} == {"receipt.receive.wrong_state"}
