"""Races of 整改 (G5): one answer, one approval, one check; numbers without gaps or doubles."""

import pytest
from django.db import transaction

from supervision.models import Conclusion, Correction, Inspection
from supervision.operations import conclusions, findings, rectifications, reviews
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from tests.races.crowd import CLIENTS, FEW, ROUNDS, all_win, by_turns, one_wins, prepared, serial
from workflow import audit
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def submitted(who, times):
    """Return conclusions that wait for a leader: one made by operations, the others like it."""
    with transaction.atomic():
        first = correcting.submitted(who)
        return [first, *(_another(first, n) for n in range(times - 1))]


def test_accepting_and_objecting_at_once_does_one_of_both(who, crowd):
    waiting = prepared(correcting.issued, who)

    rounds = [
        by_turns(
            lambda finding=finding: findings.accept(finding, by=who.unit_head),
            lambda finding=finding: findings.object_(finding, by=who.unit_head, reason="不属实"),
        )
        for finding in waiting
    ]

    one_wins(crowd.rush(rounds), "finding.accept.wrong_state", "finding.object.wrong_state")
    assert {make.fresh(finding).state for finding in waiting} <= {"accepted", "disputed"}
    assert list(audit.verify()) == []


def test_a_claim_is_verified_once_and_corrected_once(who, crowd):
    waiting = prepared(correcting.claimed, who)
    false = {"result": "false", "opinion": "未通电", "limit_value": 5}

    rounds = [
        by_turns(
            lambda item=item: rectifications.verify(item, by=who.colleague, result="done", opinion="属实"),
            lambda item=item: rectifications.verify(item, by=who.colleague, **false),
        )
        for item in waiting
    ]

    one_wins(crowd.rush(rounds), "rectification.verify.wrong_state")
    exposed = [item for item in map(make.fresh, waiting) if item.result == "false"]
    assert Correction.objects.count() == len(exposed)
    for item in map(make.fresh, waiting):
        assert (make.fresh(item.finding).state == "settled") is (item.state == "done")
        assert item.finding.task.holds.standing().exists() is (item.state != "done")
    assert list(audit.verify()) == []


def test_a_conclusion_is_approved_once_and_numbered_without_gaps(who, crowd):
    waiting = submitted(who, ROUNDS)

    rounds = [
        by_turns(
            lambda paper=paper: conclusions.approve(paper, by=who.leader),
            lambda paper=paper: conclusions.approve(paper, by=who.chief),
            lambda paper=paper: conclusions.send_back(paper, by=who.leader, reason="请补充"),
        )
        for paper in waiting
    ]

    one_wins(crowd.rush(rounds), "conclusion.approve.wrong_state", "conclusion.send_back.wrong_state")
    numbers = Conclusion.objects.filter(number__isnull=False).values_list("number", flat=True)
    serials = sorted(map(serial, numbers))
    assert serials == list(range(1, len(serials) + 1))


def test_many_conclusions_approved_at_once_have_numbers_of_their_own(who, crowd):
    papers = submitted(who, ROUNDS * CLIENTS)

    lots = [papers[start : start + CLIENTS] for start in range(0, len(papers), CLIENTS)]
    rounds = [[lambda paper=paper: conclusions.approve(paper, by=who.leader) for paper in lot] for lot in lots]

    all_win(crowd.rush(rounds))
    numbers = Conclusion.objects.values_list("number", flat=True)
    assert sorted(map(serial, numbers)) == list(range(1, len(papers) + 1))


def _another(conclusion, n):
    """Return a conclusion of an inspection of its own, which found nothing."""
    inspection = Inspection.objects.get(pk=conclusion.inspection_id)
    inspection.pk, inspection._state.adding, inspection.number, inspection.code = None, True, f"x{n}", f"y{n}"
    inspection.save(force_insert=True)
    return Conclusion.objects.create(
        inspection=inspection, department=conclusion.department, department_name=conclusion.department_name,
        government=conclusion.government, process="过程", appraisal="评价", drafted_by=conclusion.drafted_by,
        state="pending",
    )  # fmt: skip


def test_a_unit_applies_for_review_once(who, crowd):
    waiting = prepared(correcting.received, who)

    rounds = [by_turns(lambda paper=paper: reviews.ask(paper, by=who.unit_head, reason="不属实")) for paper in waiting]

    one_wins(crowd.rush(rounds), "review.asked")
    assert Event.objects.filter(kind="review.ask").count() == FEW


def test_findings_issued_at_once_have_numbers_of_their_own(who, crowd):
    with transaction.atomic():
        inspection = correcting.inspected(who)
        drafts = [correcting.draft(who, make.fresh(inspection), task=None) for _ in range(CLIENTS)]

    rounds = [[lambda draft=draft: findings.issue(draft, by=who.supervisor) for draft in drafts]]

    all_win(crowd.rush(rounds))
    assert sorted(make.fresh(draft).number for draft in drafts) == list(range(1, CLIENTS + 1))
