"""四不两直: of a covert visit nobody outside learns anything until it is disclosed (R11, F57)."""

import json
import re

import pytest
from django.test import Client

from notifications.audiences import recipients
from organization.models import User
from supervision import models
from supervision.operations import inspections, overlaps, plans
from tasks.models import Directive, Task
from tasks.querysets import events_visible_to
from tests.factories import organization
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.organization.refusing import refused
from tests.tasks.api.caller import Caller
from workflow.models import Counter, Event
from workflow.refusal import Forbidden, RuleBroken

CANARY = "夜间突击暗访"
SECRET = {"title": f"{CANARY}督查", "topic": CANARY, "covert": True}
KNOWING = {"supervisor", "leader", "chief", "inspector"}


@pytest.fixture
def task(who):
    return of_tasks.active(who)


@pytest.fixture
def visit(who, task):
    """A covert visit to the water bureau, under way, with a sheet and a file."""
    made = make.running(who, tasks=[task], **SECRET)
    sheet = make.sheet(made, who.inspector, task=task, fact=CANARY)
    make.worksheets.prove(make.fresh(made), by=who.inspector, file=of_tasks.upload(f"{CANARY}.txt"), worksheet=sheet)
    return make.fresh(made)


def outsiders(who):
    names = set(who.everyone()) - KNOWING
    return {name: User.objects.get(pk=person.pk) for name, person in who.everyone().items() if name in names}


def test_only_its_registrar_its_leaders_and_its_members_see_it(who, visit):
    for name, person in who.everyone().items():
        seen = models.Inspection.objects.visible_to(User.objects.get(pk=person.pk)).filter(pk=visit.pk).exists()
        assert seen is (name in KNOWING), name
    secretary = organization.person("leader", who.government, rank=3)
    other = organization.person("inspector", who.office)
    for person in (secretary, other):
        assert not models.Inspection.objects.visible_to(person).exists()


def test_no_part_of_it_is_seen_by_anybody_else(who, visit):
    parts = (
        models.InspectionObject, models.InspectionTask, models.Scheme, models.Member, models.Worksheet, models.Proof,
    )  # fmt: skip
    for name, person in outsiders(who).items():
        for model in parts:
            assert not model.objects.visible_to(person).exists(), (name, model)


def test_its_record_is_sealed_even_from_the_audit_administrator(who, visit, task):
    told = Event.objects.filter(stream=visit.stream)
    assert told.filter(kind="reader.grant").exists()
    for name, person in outsiders(who).items():
        seen = events_visible_to(person, Task.objects, Directive.objects)
        assert not seen.filter(pk__in=told.values("pk")).exists(), name
        assert CANARY not in json.dumps(list(seen.values()), default=str, ensure_ascii=False), name

    auditor = User.objects.get(pk=who.auditor.pk)
    assert Caller(auditor).get("events", stream=visit.stream).json()["results"] == []
    inspections.disclose(visit, by=who.supervisor)
    assert Caller(auditor).get("events", stream=visit.stream).json()["results"] != []


ADDRESSES = (
    "/", "/inspections/", "/inspections/?q=暗访", "/inspections/?covert=1", "/plans/", "/tasks/", "/tasks/?q=暗访",
    "/directives/", "/overdue/", "/api/v1/inspections/", "/api/v1/inspections/?covert=1", "/api/v1/members/",
    "/api/v1/worksheets/", "/api/v1/proofs/", "/api/v1/schemes/", "/api/v1/plans/", "/api/v1/events/",
    "/api/v1/tasks/", "/api/v1/me/",
)  # fmt: skip


def test_no_list_no_search_and_no_count_says_a_word_of_it(who, visit, task):
    """The canary: every list, as HTML and as JSON, for everybody outside, before and after, is the same."""
    for name, person in outsiders(who).items():
        client = Client()
        client.force_login(person)
        for address in (*ADDRESSES, f"/tasks/{task.pk}/", f"/tasks/{task.pk}/?tab=history"):
            told = client.get(address).content.decode()
            assert CANARY not in told, (name, address)
            if address.startswith("/api/v1/inspections"):
                assert json.loads(told)["results"] == [], (name, address)


def test_its_addresses_answer_as_those_of_nothing(who, visit):
    nothing = visit.pk + 1000
    for person in outsiders(who).values():
        client = Client()
        client.force_login(person)
        for address in ("/inspections/{}/", "/inspections/{}/approve/", "/api/v1/inspections/{}/"):
            hidden, absent = client.get(address.format(visit.pk)), client.get(address.format(nothing))
            assert (hidden.status_code, absent.status_code) == (404, 404)
            assert bare(hidden) == bare(absent)
        told = [Caller(person).post("inspections", key, "disclose", version=1) for key in (visit.pk, nothing)]
        assert [answer.status_code for answer in told] == [404, 404]
        assert bare(told[0]) == bare(told[1])


def bare(answer):
    """Return what an answer says without tokens, the number of the request and the key that was asked for."""
    text = answer.content.decode()
    return re.sub(r'content="[^"]*"|value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|\d+', "", text)


def test_it_takes_no_number_and_leaves_no_gap(who):
    first = make.approved(who, objects=[who.finance])
    covert = make.running(who, **SECRET)
    second = make.approved(who, objects=[who.housing])
    assert (covert.number, covert.code) == (None, None)
    assert [i.number.split("〕")[1] for i in (first, second)] == ["1号", "2号"]
    assert {c.series: c.value for c in Counter.objects.filter(series__contains="查")} == {"督查": 2}

    disclosed = inspections.disclose(covert, by=who.leader if covert.approval_rank == 2 else who.chief, note="已查实")

    assert disclosed.number == f"督暗〔{make.today().year}〕1号"
    assert disclosed.code
    assert make.approved(who, objects=[who.river], overlap_reason="x").number.endswith("〕3号")


def test_it_never_counts_as_an_overlap_or_in_a_plan(who, visit):
    plan = make.plan(who)
    other = make.manned(who)

    assert overlaps.of(other) == []
    assert inspections.submit(other, by=who.colleague).state == "pending"
    assert plans.unplanned(plan) == 1


def test_nobody_is_told_of_it(who, visit):
    for event in Event.objects.filter(stream=visit.stream):
        if event.kind.startswith("reader."):
            continue
        told = {user.name for user in recipients(event)}
        assert told <= {"督查员", "市长", "副市长", "督查组员", "组员乙"}, event.kind


def test_a_colleague_of_the_same_office_may_do_nothing_to_it(who, visit):
    for deed in (inspections.disclose, inspections.start):
        with refused(f"inspection.{deed.__name__}.forbidden", visit, kind=Forbidden):
            deed(visit, by=who.colleague)


def test_once_disclosed_it_is_an_inspection_like_any_other(who, visit):
    with refused("inspection.conclude.wrong_state", visit):
        inspections.conclude(visit, by=who.supervisor)
    made = inspections.report(visit, by=who.inspector, report="属实")
    with refused("inspection.sealed", made, kind=RuleBroken):
        inspections.conclude(made, by=who.supervisor)
    assert not models.Inspection.objects.visible_to(who.unit_head).exists()

    made = inspections.disclose(made, by=who.supervisor)

    assert models.Inspection.objects.visible_to(who.unit_head).exists()
    assert models.Inspection.objects.visible_to(who.colleague).exists()
    assert made.targets.get().notified_at
    with refused("inspection.disclose.forbidden", made, kind=Forbidden):
        inspections.disclose(made, by=who.supervisor)
    assert inspections.conclude(make.fresh(made), by=who.colleague).state == "concluded"


def test_an_ordinary_inspection_is_not_disclosed(who):
    made = make.running(who)

    with refused("inspection.disclose.forbidden", made, kind=Forbidden):
        inspections.disclose(made, by=who.supervisor)


def test_a_withdrawn_visit_stays_unknown(who, visit):
    gone = inspections.withdraw(visit, by=who.chief, reason="风声走漏")

    assert (gone.number, gone.code) == (None, None)
    for name, person in outsiders(who).items():
        assert not models.Inspection.objects.visible_to(person).exists(), name


def test_readers_of_a_covert_visit_show_nowhere_at_the_task(who, visit, task, client):
    client.force_login(User.objects.get(pk=who.unit_head.pk))
    before = client.get(f"/api/v1/tasks/{task.pk}/").json()

    assert "督查" not in json.dumps(before["steps"], ensure_ascii=False)
    assert {event["kind"] for event in Caller(who.unit_head).get("events", task=task.pk).json()["results"]}.isdisjoint(
        {"reader.grant", "reader.withdraw", "inspection.link"}
    )
