"""Races at the workbench: a paper stands once, a draft gets one answer, what is issued is issued once."""

import pytest

from tasks.models import Breakdown, Task
from tasks.operations.breakdowns import clauses, drafts, making, settling
from tests.factories import breakdowns as make
from tests.factories.tasks import directive, fresh
from tests.races.crowd import CLIENTS, Crowd, by_turns, one_wins, prepared

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_paper_is_taken_apart_once(who, crowd: Crowd):
    rounds = []
    for one in prepared(directive, who):
        papers = [making.pasted(one, by=who.supervisor, text=make.TEXT) for _ in range(CLIENTS)]
        rounds.append(
            [lambda one=one, paper=paper: making.break_down(one, by=who.supervisor, text=paper) for paper in papers]
        )
    one_wins(crowd.rush(rounds), "breakdown.exists")

    assert Breakdown.objects.count() == len(rounds)


def test_a_draft_gets_one_answer(who, crowd: Crowd):
    rounds = [
        by_turns(
            lambda one=one: drafts.accept(fresh(one).expecting(1), by=who.supervisor),
            lambda one=one: drafts.drop(fresh(one).expecting(1), by=who.colleague),
        )
        for one in prepared(make.draft, who)
    ]
    one_wins(crowd.rush(rounds), "version.stale")


def test_a_clause_is_disposed_of_or_covered_and_never_both(who, crowd: Crowd):
    for one in prepared(make.draft, who):
        crowd.race(
            by_turns(
                lambda one=one: drafts.accept(fresh(one), by=who.supervisor),
                lambda one=one: clauses.dispose(one.clause, by=who.colleague, disposition="transmit", reason="传达"),
            )
        )
        assert (fresh(one).state, fresh(one.clause).state) in {("accepted", "open"), ("dropped", "disposed")}


def test_the_tasks_are_issued_once(who, crowd: Crowd):
    rounds = [[lambda one=one: settling.issue(one, by=who.supervisor)] * CLIENTS for one in prepared(make.settled, who)]
    one_wins(crowd.rush(rounds), "breakdown.issue.wrong_state")

    numbers = list(Task.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 2 * len(rounds)
