"""The page of a yearly plan: each item leads to what came of it and to the draft of what is to come (R8)."""

import pytest
from django.test import Client

from organization.models import User
from supervision.models import Inspection
from tests.factories import supervision_inspecting as make
from tests.tasks.api.caller import Caller


def at(person):
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    client.get("/")
    return client


def words_of_item(item):
    return {"title": item.topic, "topic": item.topic, "kind": item.kind, "plan_item": item}


def test_an_item_of_the_plan_leads_to_the_draft_of_its_inspection(who):
    plan = make.plan(who, topic="城市内涝治理", kind="comprehensive")
    item = plan.items.get()
    officer = at(who.supervisor)

    page = officer.get(plan.get_absolute_url()).content.decode()
    form = officer.get(f"/inspections/new/?plan_item={item.pk}").context["form"]

    assert f'href="/inspections/new/?plan_item={item.pk}"' in page
    assert {name: form.initial[name] for name in words_of_item(item)} == words_of_item(item)
    assert "拟制督查" not in at(who.leader).get(plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize("key", ["999999", "x", "", "99999999999999999999"])
def test_a_draft_begins_empty_where_the_address_names_no_item(who, key):
    form = at(who.supervisor).get(f"/inspections/new/?plan_item={key}").context["form"]

    assert set(form.initial) == {"starts_on"}


def test_the_item_of_a_plan_that_is_not_approved_begins_no_draft(who):
    plan = make.plan(who, approved=False)
    officer = at(who.supervisor)

    form = officer.get(f"/inspections/new/?plan_item={plan.items.get().pk}").context["form"]

    assert "plan_item" not in form.initial
    assert "拟制督查" not in officer.get(plan.get_absolute_url()).content.decode()


def test_the_number_at_an_item_leads_to_exactly_its_inspections(who):
    plan = make.plan(who)
    item = plan.items.get()
    made = make.draft(who, plan_item=item)
    make.draft(who)
    client = at(who.colleague)

    page = client.get(plan.get_absolute_url())

    assert [row.n_inspections for row in page.context["items"]] == [1]
    assert f'href="/inspections/?plan_item={item.pk}"' in page.content.decode()
    assert list(client.get(f"/inspections/?plan_item={item.pk}").context["inspections"]) == [made]


def test_the_number_beside_the_plan_leads_to_exactly_what_is_inspected_without_it(who):
    """C9: of the plan's office and year, past the draft; neither what is planned nor what nobody may know of."""
    plan = make.plan(who, year=make.today().year)
    make.pending(who, plan_item=plan.items.get(), unplanned_reason="")
    beside = make.pending(who, overlap_reason="不同点位")
    make.pending(who, overlap_reason="不同点位", covert=True)
    make.draft(who)
    client, rest = at(who.supervisor), Caller(User.objects.get(pk=who.supervisor.pk))

    page = client.get(plan.get_absolute_url())

    address = page.context["beside_url"]
    assert (page.context["beside"], list(client.get(address).context["inspections"])) == (1, [beside])
    found = rest.get("inspections", beside=plan.pk).json()["results"]
    assert [row["id"] for row in found] == [beside.pk]


def test_who_may_not_see_a_plan_finds_nothing_by_it(who):
    plan = make.plan(who)
    made = make.approved(who)

    assert list(at(who.unit_head).get("/inspections/").context["inspections"]) == [made]
    assert list(at(who.unit_head).get(f"/inspections/?beside={plan.pk}").context["inspections"]) == []
    assert Inspection.objects.beside(plan).count() == 1
