"""Races over inspections: one approval, one number, one head, one disclosure; nothing is half done."""

import pytest
from django.db import transaction

from supervision.operations import inspections, members, plans
from tests.factories import supervision_inspecting as make
from tests.races.crowd import CLIENTS, FEW, ROUNDS, Crowd, serial
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def won(told):
    return sum(1 for refusal in told if refusal is None)


def codes(told):
    return {refusal.code for refusal in told if refusal is not None}


def ready(who, crew, stage, n, **said):
    with transaction.atomic():
        return [stage(who, crew, overlap_reason="不同点位", **said) for _ in range(n)]


def warm(*people):
    for person in people:
        assert person.post


def test_an_inspection_is_approved_once_and_numbered_once(who, crowd: Crowd):
    crew = make.team(who)
    for made in ready(who, crew, make.pending, ROUNDS):
        acts = [lambda made=made: inspections.approve(make.fresh(made), by=who.chief)] * (CLIENTS - 10)
        acts += [lambda made=made: inspections.send_back(make.fresh(made), by=who.chief, reason="补充")] * 10
        told = crowd.race(acts)
        assert won(told) == 1
        assert codes(told) <= {"inspection.approve.wrong_state", "inspection.send_back.wrong_state"}
        done = make.fresh(made)
        assert (done.state, bool(done.number), bool(done.code)) in {
            ("approved", True, True), ("draft", False, False),
        }  # fmt: skip


def test_many_approved_at_once_bear_numbers_without_gap_or_double(who, crowd: Crowd):
    crew = make.team(who)
    waiting = ready(who, crew, make.pending, CLIENTS)

    told = crowd.race([lambda made=made: inspections.approve(made, by=who.chief) for made in waiting])

    assert won(told) == CLIENTS
    fresh = [make.fresh(made) for made in waiting]
    assert sorted(serial(made.number) for made in fresh) == list(range(1, CLIENTS + 1))
    assert len({made.code for made in fresh}) == CLIENTS


def test_a_covert_visit_is_disclosed_once(who, crowd: Crowd):
    crew = make.team(who)
    for place, made in enumerate(ready(who, crew, make.running, FEW, covert=True), start=1):
        told = crowd.race([lambda made=made: inspections.disclose(make.fresh(made), by=who.supervisor)] * CLIENTS)
        assert won(told) == 1
        assert codes(told) == {"inspection.disclose.forbidden"}
        assert serial(make.fresh(made).number) == place


def test_a_team_gets_one_head(who, crowd: Crowd):
    people = [make.team(who).expert for _ in range(CLIENTS)]
    for _ in range(FEW):
        made = make.draft(who)
        told = crowd.race([lambda p=p, made=made: make.join(who, made, p, "head") for p in people])
        assert won(told) == 1
        assert codes(told) == {"member.second_head"}
        assert made.members.count() == 1


def test_a_member_declares_or_is_let_go_and_never_both(who, crowd: Crowd):
    crew = make.team(who)
    warm(crew.head, crew.member)
    for made in ready(who, crew, make.running, FEW):
        member = made.members.get(role="member")
        half = CLIENTS // 2
        acts = [lambda m=member: members.declare(make.fresh(m), by=crew.member, ground="亲属")] * half
        acts += [lambda m=member: members.leave(make.fresh(m), by=who.supervisor, reason="换人")] * half
        told = crowd.race(acts)
        # Who has declared may still be let go; who has left declares nothing.
        assert won(told) in (1, 2)
        assert codes(told) <= {
            "member.declare.wrong_state", "member.declare.forbidden", "member.leave.wrong_state",
        }  # fmt: skip
        assert Event.objects.filter(kind="member.leave", subject_id=member.pk).count() <= 1


def test_an_office_gets_one_plan_a_year(who, crowd: Crowd):
    for year in range(2030, 2030 + FEW):
        told = crowd.race([lambda year=year: plans.draft(by=who.supervisor, year=year)] * CLIENTS)
        assert won(told) == 1
        assert codes(told) == {"plan.exists"}
