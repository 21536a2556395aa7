"""分管单位: a leader is awaited first for the units in his portfolio, and nobody's unit waits for nobody."""

import pytest
from django.urls import reverse

from notifications.audiences import recipients
from organization.states import Rank, Role
from tasks.awaiting import awaiting, turns_of
from tasks.models import Task
from tasks.operations import closures, extensions, readings, suspensions
from tests.factories import organization
from tests.factories import tasks as make
from workflow.models import Event


@pytest.fixture
def water(who):
    """Return a deputy in charge of the water bureau and what lies below it."""
    return organization.person(Role.LEADER, who.government, "分管水务", rank=Rank.DEPUTY, portfolio=[who.water])


@pytest.fixture
def housing(who):
    """Return a deputy in charge of housing."""
    return organization.person(Role.LEADER, who.government, "分管住建", rank=Rank.DEPUTY, portfolio=[who.housing])


def led_by_finance(who):
    return make.assigned(who, lead=who.finance, co_units=[], matter="财政牵头")


def test_a_leader_is_awaited_for_his_units_and_the_chief_and_those_without_a_portfolio_for_all(who, water, housing):
    task = make.in_approval(who)

    for person in (water, who.chief, who.leader):
        assert [turn.key for turn in turns_of(task, person)] == ["close"]
        assert list(awaiting(person)) == [task]
    assert turns_of(task, housing) == []
    assert list(awaiting(housing)) == []


def test_what_a_leader_instructed_awaits_him_whoever_does_it(who, water, housing):
    of = make.directive(who, source="instruction", instruction="请抓紧", instructed_by=housing.post)

    task = make.in_approval(who, of=of)
    assert list(awaiting(housing)) == [task]
    assert list(awaiting(water)) == []  # nobody closes it before he has read it

    readings.read(task, by=housing)
    assert list(awaiting(housing)) == list(awaiting(water)) == [task]


def test_a_unit_in_no_deputys_portfolio_awaits_every_deputy(who, housing):
    organization.person(Role.LEADER, who.government, "秘书长", rank=Rank.SECRETARY, portfolio=[who.water])

    task = make.in_approval(who)

    assert list(awaiting(housing)) == [task]


def test_another_leader_may_still_step_in_and_sees_what_he_decides(who, water, housing):
    task = make.in_approval(who)

    assert task in Task.objects.visible_to(housing)
    assert closures.close(task, by=housing, conclusion="同意").state == "closed"


def test_extensions_and_suspensions_await_the_leader_in_charge(who, water, housing):
    task, other = make.active(who), make.active(who)
    asked = extensions.ask(task, by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30))
    extensions.accept(extensions.sign_off(asked, by=who.unit_head), by=who.supervisor)
    words = {"cause": "等批复", "waiting_on": "省厅", "proof": "函", "review_on": make.in_workdays(9)}
    suspensions.ask(other, by=who.handler, **words)

    assert list(awaiting(water, "extension_grant")) == [task]
    assert list(awaiting(water, "suspension_grant")) == [other]
    assert list(awaiting(housing)) == []
    for kind in ("extension.accept", "suspension.ask"):
        told = {user.name for user in recipients(Event.objects.get(kind=kind))}
        assert "分管水务" in told
        assert "分管住建" not in told


def test_the_twins_agree_on_every_task_and_every_leader(who, water, housing):
    secretary = organization.person(Role.LEADER, who.government, "秘书长", rank=Rank.SECRETARY, portfolio=[who.water])
    below = organization.person(Role.LEADER, who.government, "分管河道", rank=Rank.DEPUTY, portfolio=[who.river])
    of = make.directive(who, source="instruction", instruction="请抓紧", instructed_by=below.post)
    make.in_approval(who)
    make.in_approval(who, of=of)
    make.draft(who, lead=None, co_units=[])
    led_by_finance(who)

    for person in (water, housing, secretary, below, who.leader, who.chief):
        found = {task.pk for task in awaiting(person)}
        assert found == {task.pk for task in Task.objects.all() if turns_of(task, person)}, person.name


def test_the_desk_shows_the_leaders_own_and_each_number_opens_its_rows(who, water, housing, client):
    late = make.make_late(make.active(who))
    led_by_finance(who)
    for person, count in ((water, 1), (housing, 0), (who.leader, 2), (who.chief, 2)):
        client.force_login(person)
        stats = {str(one["label"]): one for one in client.get(reverse("desk")).context["stats"]}
        assert stats["在办任务"]["value"] == count, person.name
        rows = client.get(stats["在办任务"]["url"]).context["tasks"]
        assert len(rows) == count
    client.force_login(water)
    stats = {str(one["label"]): one for one in client.get(reverse("desk")).context["stats"]}
    assert [row.pk for row in client.get(stats["逾期"]["url"]).context["tasks"]] == [late.pk]
    assert client.get("/tasks/?open=1").context["count"] == 2
