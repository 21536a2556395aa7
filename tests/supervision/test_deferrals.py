"""整改延期: asked by the unit while there is time, decided by the verifier, the first day kept (R24)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from organization import workdays
from supervision.models import Deferral
from supervision.operations import deferrals, findings, rectifications
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from tests.tasks.api.caller import Caller
from tests.workflow.chains import set_, unguarded
from workflow import audit
from workflow.refusal import Forbidden, RuleBroken, WrongState

LATER = {"reason": "变压器到货延迟", "progress": "专线已架设"}


def cost(client, person, address):
    client.force_login(person)
    client.get("/")
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


def in_days(n):
    return inspecting.today() + timedelta(days=n)


def test_the_head_of_the_unit_asks_and_the_verifier_grants_and_the_first_day_is_kept(who):
    item = correcting.planned(who)
    first = item.due_on
    item = deferrals.ask(item, by=who.unit_head, until=in_days(60), **LATER)
    assert (item.asked_until, item.due_on) == (in_days(60), first)

    item = deferrals.grant(item, by=who.colleague, comment="同意")

    assert (item.due_on, item.original_due_on, item.asked_until) == (in_days(60), first, None)
    assert (item.limit_value, item.limit_unit, item.state) == (None, "fixed", "correcting")
    deferral = item.deferrals.get()
    assert (deferral.outcome, deferral.granted_on, deferral.due_before) == ("granted", in_days(60), first)
    event = told("rectification.grant_longer")[0]
    assert (event["before"], event["until"]) == (first.isoformat(), in_days(60).isoformat())
    assert not item.is_overdue(in_days(59))
    assert list(audit.verify()) == []


def test_the_verifier_may_name_another_day_and_none_that_is_past_or_not_later(who):
    with at("2026-03-09 10:00"):
        item = correcting.planned(who, limit_value=5)
    with at("2026-03-16 10:00"):
        item = deferrals.ask(item, by=who.unit_head, until=date(2026, 3, 18), **LATER)
    with at("2026-03-20 10:00"):
        with refused("rectification.longer_past", item, kind=RuleBroken):
            deferrals.grant(item, by=who.colleague)
        with refused("rectification.longer_not_later", item, kind=RuleBroken):
            deferrals.grant(item, by=who.colleague, until=date(2026, 3, 16))
        item = deferrals.grant(item, by=who.colleague, until=date(2026, 3, 27))

    assert item.due_on == item.deferrals.get().granted_on == date(2026, 3, 27)


def test_more_time_is_asked_while_there_is_time_for_a_later_day_once_at_a_time(who):
    with at("2026-03-09 10:00"):
        item = correcting.planned(who, limit_value=5)
        with refused("rectification.longer_not_later", item, kind=RuleBroken):
            deferrals.ask(item, by=who.unit_head, until=item.due_on, **LATER)
    with at("2026-03-17 10:00"), refused("rectification.longer_late", item, kind=RuleBroken):
        deferrals.ask(item, by=who.unit_head, until=date(2026, 4, 1), **LATER)
    with at("2026-03-16 23:00"):
        item = deferrals.ask(item, by=who.unit_head, until=date(2026, 4, 1), **LATER)
        with refused("rectification.longer_pending", item, kind=RuleBroken):
            deferrals.ask(item, by=who.unit_head, until=date(2026, 4, 1), **LATER)


def test_an_item_is_given_more_time_once(who):
    item = deferrals.ask(correcting.planned(who), by=who.unit_head, until=in_days(60), **LATER)
    item = deferrals.grant(item, by=who.colleague)

    with refused("rectification.longer_used_up", item, kind=RuleBroken):
        deferrals.ask(item, by=who.unit_head, until=in_days(90), **LATER)


def test_a_refusal_says_why_and_leaves_the_day_and_a_withdrawal_too(who):
    item = correcting.planned(who)
    for end in (
        lambda item: deferrals.refuse(item, by=who.colleague, comment="理由不充分"),
        lambda item: deferrals.withdraw(item, by=who.unit_head),
    ):
        item = end(deferrals.ask(item, by=who.unit_head, until=in_days(60), **LATER))
        assert (item.due_on, item.asked_until) == (item.original_due_on, None)

    assert list(item.deferrals.values_list("outcome", "comment")) == [("withdrawn", ""), ("refused", "理由不充分")]
    assert list(audit.verify()) == []


def test_only_the_verifier_decides_and_only_while_something_is_asked(who):
    item = correcting.planned(who)
    for act in (deferrals.grant, deferrals.refuse):
        said = {"comment": "不同意"} if act is deferrals.refuse else {}
        verb = "grant_longer" if act is deferrals.grant else "refuse_longer"
        with refused(f"rectification.{verb}.forbidden", item, kind=Forbidden):
            act(item, by=who.colleague, **said)
    item = deferrals.ask(item, by=who.unit_head, until=in_days(60), **LATER)
    for person in (who.supervisor, who.leader, who.unit_head, who.handler):
        with refused("rectification.grant_longer.forbidden", item, kind=Forbidden):
            deferrals.grant(item, by=person)
    with refused("rectification.withdraw_longer.forbidden", item, kind=Forbidden):
        deferrals.withdraw(item, by=who.colleague)


def test_who_asked_does_not_decide_even_in_a_borrowed_post(who):
    item = deferrals.ask(correcting.planned(who), by=who.unit_head, until=in_days(60), **LATER)
    borrowed = lend(who.colleague, who.unit_head)

    with refused("rectification.grant_longer.own", item, kind=Forbidden):
        deferrals.grant(item, by=borrowed)
    with refused("rectification.refuse_longer.own", item, kind=Forbidden):
        deferrals.refuse(item, by=borrowed, comment="不同意")


def test_an_item_is_not_claimed_while_a_request_waits_and_asks_nothing_once_it_is(who):
    item = deferrals.ask(correcting.planned(who), by=who.unit_head, until=in_days(60), **LATER)
    with refused("rectification.longer_waits", item, kind=RuleBroken):
        rectifications.claim(item, by=who.unit_head, done="已通电")
    item = rectifications.claim(deferrals.withdraw(item, by=who.unit_head), by=who.unit_head, done="已通电")

    with refused("rectification.ask_longer.wrong_state", item, kind=WrongState):
        deferrals.ask(item, by=who.unit_head, until=in_days(60), **LATER)


def test_the_end_of_a_finding_ends_what_was_asked(who):
    item = deferrals.ask(correcting.planned(who), by=who.unit_head, until=in_days(60), **LATER)

    findings.waive(make.fresh(item.finding), by=who.leader, reason="泵站列入拆除计划")

    assert (make.fresh(item).state, make.fresh(item).asked_until) == ("ended", None)


@pytest.mark.parametrize("column", ["reason", "requested_on", "outcome", "granted_on", "comment", "ended_at"])
def test_r45_what_was_asked_and_answered_is_written_once(who, column):
    item = deferrals.ask(correcting.planned(who), by=who.unit_head, until=in_days(60), **LATER)
    deferral = deferrals.grant(item, by=who.colleague, comment="同意").deferrals.get()
    values = {"outcome": "refused", "ended_at": deferral.asked_at, "requested_on": in_days(1), "granted_on": in_days(1)}
    changed = {column: values.get(column, "改")}

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Deferral.objects.filter(pk=deferral.pk).update(**changed)
    with unguarded() as cursor:
        changed |= {"granted_on": None} if column == "outcome" else {}
        set_(cursor, "supervision_deferral", deferral.pk, **changed)

    assert [finding.words for finding in audit.verify()] == [f"deferral {deferral.pk} was edited"]


def test_both_doors_tell_who_asked_why_and_what_was_answered(who, client):
    item = correcting.planned(who)
    unit, officer = Caller(who.unit_head), Caller(who.colleague)
    answer = unit.post("rectifications", item.pk, "ask_longer", version=item.version, until=in_days(60).isoformat(),
                       **LATER)  # fmt: skip
    assert (answer.status_code, answer.data["asked_until"]) == (200, in_days(60).isoformat())
    assert {"grant_longer", "refuse_longer"} <= set(officer.get("rectifications", item.pk).data["steps"])
    assert "withdraw_longer" in answer.data["steps"]
    client.force_login(who.colleague)
    assert "变压器到货延迟" in client.get(item.get_absolute_url()).content.decode()
    form = client.get(f"/rectifications/{item.pk}/grant_longer/").context["form"]
    assert form["until"].value() == in_days(60)

    client.post(f"/rectifications/{item.pk}/grant_longer/", {"until": in_days(50).isoformat(), "comment": "同意"})

    told_ = unit.get("rectifications", item.pk).data["deferrals"]
    assert [(row["outcome"], row["granted_on"], row["comment"]) for row in told_] == [
        ("granted", in_days(50).isoformat(), "同意")
    ]
    assert Caller(who.helper_head).get("rectifications", item.pk).status_code == 404


def test_the_page_of_an_item_costs_the_same_for_one_request_and_for_many(who, client):
    item = correcting.planned(who)
    one = cost(client, who.colleague, item.get_absolute_url())
    for _ in range(3):
        item = deferrals.ask(item, by=who.unit_head, until=in_days(60), **LATER)
        item = deferrals.refuse(item, by=who.colleague, comment="理由不充分")

    assert cost(client, who.colleague, item.get_absolute_url()) == one <= 4
