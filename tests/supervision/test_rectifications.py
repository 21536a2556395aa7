"""整改: a requirement with a limit and a verifier, and what its check comes to (R38, 条例 Art. 18, 25)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organization.states import Role
from supervision.models import Correction, Rectification
from supervision.operations import rectifications
from tests.factories import organization
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from workflow.refusal import Forbidden, RuleBroken, WrongState


def test_an_item_has_a_requirement_a_limit_and_a_verifier(who):
    with at("2026-03-09 10:00"):
        finding = correcting.accepted(who)
        by_workdays = correcting.ordered(who, finding=finding)
        by_days = correcting.ordered(who, finding=make.fresh(finding), limit_value=26, limit_unit="days")
        by_day = correcting.ordered(who, finding=make.fresh(finding), limit_value=None, due_on=date(2026, 4, 30))

    # Day 26 is the Saturday of Qingming: a limit in calendar days rolls to the next working day.
    assert [item.due_on for item in (by_workdays, by_days, by_day)] == [
        date(2026, 3, 23), date(2026, 4, 7), date(2026, 4, 30),
    ]  # fmt: skip
    assert make.fresh(finding).state == "rectifying"
    assert (by_day.limit_unit, by_workdays.limit_unit) == ("fixed", "workdays")


def test_without_a_limit_or_with_one_that_is_over_nothing_is_ordered(who):
    finding = correcting.accepted(who)
    with refused("rectification.no_limit", finding, kind=RuleBroken):
        correcting.ordered(who, finding=finding, limit_value=None)
    with refused("rectification.due_past", finding, kind=RuleBroken):
        correcting.ordered(who, finding=finding, limit_value=None, due_on=inspecting.today())


def test_the_verifier_does_not_serve_in_the_unit_nor_below_it_and_is_known_to_the_inspection(who):
    crew = inspecting.team(who)
    finding = correcting.accepted(who, correcting.inspected(who, crew=crew))
    for person in (who.unit_head, who.below):
        with refused("rectification.verifier_own", finding, kind=RuleBroken):
            correcting.ordered(who, finding=finding, verifier=person)
    with refused("rectification.verifier_outside", finding, kind=RuleBroken):
        correcting.ordered(who, finding=finding, verifier=who.helper)

    assert correcting.ordered(who, finding=finding, verifier=crew.member).verifier == crew.member


def test_the_unit_files_measures_and_its_head_claims(who):
    item = correcting.ordered(who)
    with refused("rectification.claim.wrong_state", item, kind=WrongState):
        rectifications.claim(item, by=who.unit_head, done="已通电")
    with refused("rectification.plan.forbidden", item, kind=Forbidden):
        rectifications.plan(item, by=who.helper, measures="架设专线", responsible="处长")
    item = rectifications.plan(item, by=who.handler, measures="架设专线", responsible="处长")
    with refused("rectification.claim.forbidden", item, kind=Forbidden):
        rectifications.claim(item, by=who.handler, done="已通电")

    item = rectifications.claim(item, by=who.unit_head, done="已通电")

    assert (item.state, item.claims.get().done) == ("claimed", "已通电")


def test_r31_a_claim_demands_no_evidence_and_takes_none_of_another_task(who):
    from tasks.operations import evidence

    item = correcting.planned(who)
    foreign = evidence.add(make.active(who), by=who.handler, file=make.upload(), evidence_on=inspecting.today())

    with refused("rectification.other_evidence", item, kind=RuleBroken):
        rectifications.claim(item, by=who.unit_head, done="已通电", evidence=[foreign])


@pytest.mark.parametrize(
    ("result", "state", "of_finding"),
    [("done", "done", "settled"), ("part", "correcting", "rectifying"), ("not", "correcting", "rectifying"),
     ("false", "ordered", "rectifying")],
)  # fmt: skip
def test_r38_a_check_comes_to_one_of_four_results(who, result, state, of_finding):
    item = correcting.verified(who, result=result)

    assert (item.state, item.result, make.fresh(item.finding).state) == (state, result, of_finding)
    claim = item.claims.get()
    assert (claim.result, claim.verified_by, claim.opinion) == (result, who.colleague, "现场核查")
    assert Correction.objects.count() == (result == "false")


def test_r38_what_is_not_done_needs_a_new_limit(who):
    item = correcting.claimed(who)
    for result in ("part", "not", "false"):
        with refused("rectification.no_limit", item, item.finding, kind=RuleBroken):
            rectifications.verify(item, by=who.colleague, result=result, opinion="未通电")

    with at("2026-03-09 10:00"):
        item = rectifications.verify(item, by=who.colleague, result="part", opinion="未通电", limit_value=5)

    assert item.due_on == date(2026, 3, 16)
    assert item.original_due_on != item.due_on


def test_r38_a_false_claim_is_ordered_to_be_corrected(who):
    item = correcting.verified(who, result="false")

    order = Correction.objects.get()
    assert (order.department, order.fact, order.requirement) == (who.water, "现场核查", item.requirement)
    assert order.due_on == item.due_on
    assert told("correction.order")[0]["claim"] == order.claim_id
    assert list(Correction.objects.visible_to(who.unit_head)) == [order]
    assert not Correction.objects.visible_to(who.helper_head).exists()


def test_only_the_verifier_or_who_acts_for_him_verifies(who):
    item = correcting.claimed(who)
    for person in (who.supervisor, who.leader, who.unit_head):
        with refused("rectification.verify.forbidden", item, kind=Forbidden):
            rectifications.verify(item, by=person, result="done", opinion="属实")

    deputy = lend(who.colleague, who.helper)
    assert list(Rectification.objects.visible_to(deputy)) == [item]
    assert rectifications.verify(item, by=deputy, result="done", opinion="属实").state == "done"


def test_the_office_names_another_verifier_with_the_reason(who):
    item = correcting.claimed(who)

    item = rectifications.reassign(item, by=who.colleague, verifier=who.supervisor, reason="调离岗位")

    assert item.verifier == who.supervisor
    with refused("rectification.verifier_own", item, kind=RuleBroken):
        rectifications.reassign(item, by=who.colleague, verifier=who.handler, reason="调离岗位")


def test_a_finding_is_settled_with_its_last_item(who):
    finding = correcting.accepted(who)
    one = correcting.ordered(who, finding=finding)
    other = correcting.ordered(who, finding=make.fresh(finding), requirement="建立台账复核制度")
    for item, state in ((one, "rectifying"), (other, "settled")):
        item = rectifications.plan(item, by=who.handler, measures="架设专线", responsible="处长")
        item = rectifications.claim(item, by=who.unit_head, done="已完成")
        rectifications.verify(item, by=who.colleague, result="done", opinion="属实")
        assert make.fresh(finding).state == state

    assert make.fresh(finding).settled_at is not None


def test_lateness_is_counted_in_working_days_up_to_the_claim(who):
    with at("2026-03-09 10:00"):
        item = correcting.planned(who, limit_value=5)
        late = correcting.planned(who, limit_value=5)
    on_time, after = date(2026, 3, 16), date(2026, 3, 19)
    assert not item.is_overdue(on_time)
    assert (item.is_overdue(after), item.workdays_late(after)) == (True, 3)
    with at("2026-03-16 17:00"):
        item = rectifications.claim(item, by=who.unit_head, done="已通电")
    with at("2026-03-17 09:00"):
        late = rectifications.claim(late, by=who.unit_head, done="已通电")

    assert (item.is_overdue(after), item.workdays_late(after)) == (False, 0)
    assert (late.is_overdue(after), late.workdays_late(after)) == (True, 1)
    assert list(Rectification.objects.overdue(after)) == [late]


def test_a_unit_sees_its_own_items_and_a_verifier_what_he_verifies(who):
    outsider = organization.person(Role.SUPERVISOR, organization.office("县政府督查室"), "县督查员")
    item = correcting.ordered(who)

    assert list(Rectification.objects.visible_to(who.unit_head)) == [item]
    assert list(Rectification.objects.visible_to(who.handler)) == [item]
    for person in (outsider, who.helper_head, who.stranger, who.auditor, who.discipline, who.system_admin):
        assert not Rectification.objects.visible_to(person).exists(), person


def test_the_rows_hold_together_whatever_is_written_to_them(who):
    item = correcting.planned(who)
    for broken in ({"state": "done"}, {"result": "done"}, {"measures": ""}, {"state": "claimed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rectification.objects.filter(pk=item.pk).update(**broken)
