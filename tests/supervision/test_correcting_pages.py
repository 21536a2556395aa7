"""The pages and REST lists of findings, items, conclusions and reviews: what they show to whom, what they cost."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization import workdays
from supervision.models import Conclusion, Finding, Inspection, Rectification, Review
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.once

LISTS = ("/findings/", "/rectifications/", "/conclusions/", "/reviews/")
REST = ("findings", "rectifications", "conclusions", "reviews")
EVERYBODY = ("supervisor", "leader", "unit_head", "handler", "inspector")


@pytest.fixture
def made(who):
    """Return one of each noun, far on its way."""
    inspection = correcting.inspected(who)
    item = correcting.verified(who, inspection, "part")
    conclusion = correcting.received(who, inspection)
    review = correcting.proposed(who, conclusion)
    return item.finding, item, conclusion, review


def cost(client, address):
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked)


def twin(row, **changed):
    copied = copy.copy(row)
    copied._state = type(row._state)()
    copied.pk, copied._prefetched_objects_cache = None, {}
    for name, value in changed.items():
        setattr(copied, name, value)
    copied.save(force_insert=True)
    return copied


def multiply(finding, item, conclusion, review, times=49):
    for n in range(times):
        another = twin(finding, number=n + 2)
        another.proofs.set(finding.proofs.all())
        twin(item, finding=another, number=None)
        inspection = twin(conclusion.inspection, number=f"督〔2026〕9{n:02}号", code=f"CODE{n:04}")
        twin(review, number=None, conclusion=twin(conclusion, inspection=inspection, number=f"结{n}"))


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_list_costs_three_queries_for_one_row_and_for_fifty(who, made, client, person):
    user = who.everyone()[person]
    client.force_login(user)
    client.get("/")
    caller = Caller(user)

    def costs():
        asked = {address: cost(client, address) for address in LISTS}
        return asked | {noun: cost(caller.client, f"/api/v1/{noun}/") for noun in REST}

    one = costs()
    multiply(*made)
    fifty = costs()

    assert fifty == one
    assert {address: n for address, n in one.items() if n > 3} == {}
    assert Finding.objects.visible_to(user).count() == 50


@pytest.mark.parametrize("person", [*EVERYBODY, "helper"])
def test_a_page_costs_four_queries_on_every_tab(who, made, client, person):
    client.force_login(who.everyone()[person])
    finding = made[0].get_absolute_url()
    inspection = made[0].inspection.get_absolute_url()
    addresses = [thing.get_absolute_url() for thing in made] + [f"{finding}?tab={tab}" for tab in ("proofs", "history")]
    addresses += [f"{inspection}?tab={tab}" for tab in ("findings", "conclusions")] if person != "helper" else []

    dear = {}
    for address in addresses:
        # Once a minute the session notes that it was seen: what costs more is asked again.
        if cost(client, address) > 4 and (asked := cost(client, address)) > 4:
            dear[address] = asked

    assert dear == {}


@pytest.mark.parametrize("stage", [correcting.draft, correcting.issued, correcting.disputed, correcting.settled])
def test_who_does_not_see_a_finding_meets_nothing(who, client, stage):
    finding = stage(who)
    for person in ("stranger", "helper_head", "auditor", "discipline", "system_admin"):
        client.force_login(who.everyone()[person])
        assert client.get(finding.get_absolute_url()).status_code == 404
        assert Caller(who.everyone()[person]).get("findings", finding.pk).status_code == 404
        assert finding.fact[:12] not in client.get("/findings/").content.decode()
        assert Caller(who.everyone()[person]).get("findings").json()["results"] == []


def test_a_unit_reads_proofs_by_number_and_never_the_names_of_files_or_of_who_found_it(who, made, client):
    finding = made[0]
    name = finding.proofs.get().name
    for person, sees in ((who.supervisor, True), (who.unit_head, False)):
        client.force_login(person)
        pages = [client.get(f"{finding.get_absolute_url()}{tab}").content.decode() for tab in ("", "?tab=proofs")]
        pages += [client.get(made[2].get_absolute_url()).content.decode()]
        shown = Caller(person).get("findings", finding.pk).json()
        assert any(name in page for page in pages) is sees
        assert (shown["proofs"][0]["name"] == name) is sees
        assert shown["proofs"][0]["sha256"] == finding.proofs.get().sha256
        history = client.get(f"{finding.get_absolute_url()}?tab=history").content.decode()
        assert ("登记问题" in history) is sees
        assert "下达问题" in history


def test_an_opinion_that_is_not_decided_is_hidden_from_the_unit(who, made, client):
    review = made[3]
    for person, sees in ((who.helper, True), (who.leader, True), (who.unit_head, False)):
        client.force_login(person)
        page = client.get(review.get_absolute_url()).content.decode()
        shown = Caller(person).get("reviews", review.pk).json()
        events = Caller(person).get("events", kind="review.propose").json()["results"]
        assert (review.grounds in page) is sees
        assert (shown["decision"], shown["grounds"]) == (("upheld", review.grounds) if sees else ("", ""))
        assert bool(events) is (person is who.leader)


def test_a_unit_is_not_told_of_a_task_that_it_does_not_see(who, client):
    task = make.active(who, lead=who.finance, co_units=[who.water])
    inspection = correcting.inspected(who, tasks=[task])
    finding = correcting.issued(who, inspection)
    task.assignments.filter(department=who.water).update(state="released")

    client.force_login(who.unit_head)
    assert task.matter not in client.get(finding.get_absolute_url()).content.decode()
    assert Caller(who.unit_head).get("findings", finding.pk).json()["task"] is None
    assert Caller(who.supervisor).get("findings", finding.pk).json()["task"]["matter"] == task.matter


def test_a_page_says_whose_turn_it_is_and_offers_it(who, client):
    finding = correcting.issued(who)
    client.force_login(who.unit_head)

    page = client.get(finding.get_absolute_url()).content.decode()

    assert "提出异议" in page
    assert "认可问题" in page
    client.force_login(who.handler)
    assert f"/findings/{finding.pk}/accept/" not in client.get(finding.get_absolute_url()).content.decode()


def test_a_refused_form_keeps_what_was_typed(who, client):
    finding = correcting.draft(who, correcting.inspected(who), proofs=())
    item = correcting.claimed(who)
    client.force_login(who.colleague)

    refused = client.post(f"/rectifications/{item.pk}/verify/", {"result": "false", "opinion": "泵房断电，记录系补填"})
    no_proof = client.post(f"/findings/{finding.pk}/issue/")

    assert (refused.status_code, no_proof.status_code) == (422, 422)
    assert "泵房断电，记录系补填" in refused.content.decode()
    assert "问题没有证据" in no_proof.content.decode()


def test_the_unit_finds_its_rights_on_the_conclusion(who, made, client):
    client.force_login(who.unit_head)

    page = client.get(made[2].get_absolute_url()).content.decode()

    assert "自收到之日起 30 日内向青澜市人民政府申请复核" in page
    assert made[2].review_until.isoformat() in page


def test_filters_keep_what_they_name(who):
    inspection = correcting.inspected(who)
    disputed, settled = correcting.disputed(who, inspection), correcting.settled(who, inspection)
    late = correcting.planned(who, inspection)
    Rectification.objects.filter(pk=late.pk).update(due_on="2020-01-02")
    asks = Caller(who.supervisor)

    def found(noun, **query):
        return [row["id"] for row in asks.get(noun, **query).json()["results"]]

    assert found("findings", standing="disputed_open") == [disputed.pk]
    assert found("findings", standing="closed_done") == [settled.pk]
    assert found("findings", overdue="1") == [late.finding_id]
    assert settled.pk not in found("findings", open="1")
    assert found("rectifications", overdue="1") == [late.pk]
    assert late.pk not in found("rectifications", overdue="0")
    claimed = correcting.claimed(who, inspection)
    assert [row["id"] for row in Caller(who.colleague).get("rectifications", verifying="1").json()["results"]] == [
        claimed.pk
    ]


def test_a_covert_visits_findings_show_nowhere_before_its_disclosure(who, client):
    inspection = correcting.inspected(who, covert=True)
    finding = correcting.draft(who, inspection)
    assert Inspection.objects.get(pk=inspection.pk).is_sealed
    for person in ("unit_head", "handler", "colleague", "auditor", "stranger"):
        asks = Caller(who.everyone()[person])
        assert asks.get("findings", finding.pk).status_code == 404
        assert asks.get("findings").json()["results"] == []
        events = asks.get("events", subject_type="finding").json()["results"]
        assert events == []
        client.force_login(who.everyone()[person])
        assert "泵站未通电" not in client.get("/findings/").content.decode()


def test_counts_of_lists_are_those_of_what_is_seen(who):
    inspection = correcting.inspected(who, objects=[who.water, who.finance])
    correcting.issued(who, inspection)
    correcting.issued(who, inspection, department=who.finance, task=None)

    for person, number in ((who.supervisor, 2), (who.unit_head, 1), (who.helper_head, 1), (who.stranger_head, 0)):
        assert len(Caller(person).get("findings").json()["results"]) == number
    assert Conclusion.objects.count() == Review.objects.count() == 0
    assert inspecting.head_of(inspection)
