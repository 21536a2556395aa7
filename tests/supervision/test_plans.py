"""年度督查计划: one a year and office, approved by a leader, its growth shown and never hidden (R8)."""

import pytest

from organization.states import Rank, Role
from supervision.models import Plan, PlanItem
from supervision.operations import inspections, plans
from tests.factories import organization
from tests.factories import supervision_inspecting as make
from tests.organization.refusing import refused
from tests.tasks.acts import lend, told
from workflow.refusal import Conflict, Forbidden, RuleBroken

ITEM = {"topic": "营商环境", "targets": "市直部门", "month_from": 3, "month_to": 5}


def test_a_plan_goes_from_the_office_to_a_leader_and_may_come_back(who):
    plan = make.plan(who, approved=False)
    plan = plans.submit(plan, by=who.supervisor)
    plan = plans.send_back(plan, by=who.leader, reason="压减两项")
    plan = plans.drop_item(plan, by=who.colleague, item=plan.items.get())
    plans.add_item(plan, by=who.colleague, **ITEM)
    plan = plans.approve(plans.submit(make.fresh(plan), by=who.colleague), by=who.leader, comment="同意")

    assert (plan.state, plan.approved_by, [item.topic for item in plan.items.all()]) == (
        "approved", who.leader, ["营商环境"],
    )  # fmt: skip
    assert told("plan.approve") == [{"comment": "同意", "count": 1, "base_count": 5}]


def test_an_office_has_one_plan_a_year(who):
    plan = make.plan(who)

    with refused("plan.exists", plan, kind=Conflict):
        plans.draft(by=who.colleague, year=plan.year)

    assert plans.draft(by=who.colleague, year=plan.year + 1).year == plan.year + 1


def test_only_an_officer_plans_and_only_a_leader_of_deputy_rank_approves(who):
    for person in (who.leader, who.unit_head, who.handler, who.inspector, who.auditor):
        with refused("plan.draft.forbidden", kind=Forbidden):
            plans.draft(by=person, year=2027)
    plan = plans.submit(make.plan(who, approved=False), by=who.supervisor)
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    for person in (who.supervisor, who.colleague, secretary, who.unit_head):
        with refused("plan.approve.forbidden", plan, kind=Forbidden):
            plans.approve(plan, by=person)
    with refused("plan.approve.own", plan, kind=Forbidden):
        plans.approve(plan, by=lend(who.leader, who.supervisor))


def test_what_is_planned_is_whole(who):
    plan = make.plan(who, approved=False)
    with refused("plan.months", plan, kind=RuleBroken):
        plans.add_item(plan, by=who.supervisor, **ITEM | {"month_from": 6})
    with refused("plan.twice", plan, kind=RuleBroken):
        plans.add_item(plan, by=who.supervisor, **ITEM | {"topic": "城市内涝治理"})
    other = make.plan(who, approved=False, year=plan.year + 1)
    with refused("plan.other_item", plan, kind=RuleBroken):
        plans.drop_item(plan, by=who.supervisor, item=other.items.get())
    plan = plans.drop_item(plan, by=who.supervisor, item=plan.items.get())
    with refused("plan.empty", plan, kind=RuleBroken):
        plans.submit(plan, by=who.supervisor)


def test_more_than_the_year_before_is_a_warning_and_no_refusal(who):
    """R8: the count stands beside the base; what is inspected beside the plan counts too, a covert visit does not."""
    plan = plans.draft(by=who.supervisor, year=make.today().year, base_count=1)
    plans.add_item(plan, by=who.supervisor, **ITEM)
    assert plans.warnings(plan) == []
    make.pending(who, covert=True)
    assert plans.warnings(plan) == []
    make.pending(who)

    (warning,) = plans.warnings(plan)

    assert "2项" in warning
    assert "计划外1项" in warning
    assert plans.approve(plans.submit(make.fresh(plan), by=who.supervisor), by=who.leader).state == "approved"


def test_the_base_is_the_plan_of_the_year_before_where_it_is_kept_here(who):
    make.plan(who, year=2026)

    assert plans.draft(by=who.supervisor, year=2027, base_count=9).base_count == 1
    assert plans.draft(by=who.supervisor, year=2030, base_count=9).base_count == 9


def test_an_inspection_is_planned_or_reported_by_itself(who):
    """R8: 一事一报 for what no plan holds; the plan must be approved, of this year and of this government."""
    made = make.manned(who, unplanned_reason="")
    with refused("inspection.unplanned", made, kind=RuleBroken):
        inspections.submit(made, by=who.supervisor)
    draft = make.plan(who, approved=False, year=make.today().year)
    for item in (draft.items.get(), make.plan(who, year=make.today().year + 1).items.get()):
        made = inspections.edit(make.fresh(made), by=who.supervisor, **make.words(who, plan_item=item))
        with refused("inspection.plan_item", made, kind=RuleBroken):
            inspections.submit(made, by=who.supervisor)
    plans.approve(plans.submit(make.fresh(draft), by=who.supervisor), by=who.leader)
    item = PlanItem.objects.get(plan=draft)
    made = inspections.edit(make.fresh(made), by=who.supervisor, **make.words(who, plan_item=item))

    assert inspections.submit(made, by=who.supervisor).state == "pending"


def test_plans_are_read_by_the_own_governments_officers_and_leaders_alone(who):
    plan = make.plan(who)
    far = organization.person(Role.SUPERVISOR, organization.office())
    seers = {name for name, user in who.everyone().items() if Plan.objects.visible_to(user).filter(pk=plan.pk)}

    assert seers == {"supervisor", "colleague", "chief", "leader"}
    assert not Plan.objects.visible_to(far)


@pytest.mark.parametrize("person", ["supervisor", "leader"])
def test_the_pages_of_plans_show_what_exceeds_the_base(who, client, person):
    plan = plans.draft(by=who.supervisor, year=2026, base_count=0)
    plans.add_item(plan, by=who.supervisor, **ITEM)
    plans.submit(make.fresh(plan), by=who.supervisor)
    client.force_login(getattr(who, person))

    page = client.get(plan.get_absolute_url()).content.decode()

    assert "营商环境" in page
    assert "比上年度的 0 项多 1 项" in page
    if person == "leader":
        assert "只减不增" in client.get(f"/plans/{plan.pk}/approve/").content.decode()
