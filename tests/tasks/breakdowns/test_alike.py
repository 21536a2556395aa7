"""Tasks that say nearly the same are shown before drafts are issued, and bar nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tasks.operations.breakdowns import alike, drafts, settling
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from tests.tasks.breakdowns import paper
from tests.tasks.breakdowns.test_exports import edited


def near(one, other, **more):
    return alike.score(alike.words(one, **more), alike.words(other, **more))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("完成12座病险水库除险加固", "完成12座病险水库的除险加固工作"),
        ("完成 12 座病险水库，除险加固。", "完成12座病险水库除险加固"),
        ("开展城区易涝点排查整治", "组织开展城区易涝点排查和整治"),
        ("修订防汛应急预案", "完成全市汛前准备工作，修订防汛应急预案，组织2次演练"),
    ],
)
def test_the_same_matter_in_other_words_is_alike(one, other):
    assert near(one, other) >= alike.ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("完成12座病险水库除险加固", "完成城区易涝点排查整治"),
        ("修订防汛应急预案", "修订政务服务事项清单"),
        ("推进老旧小区改造项目建设", "推进工业园区污水处理设施建设"),
        ("", "修订防汛应急预案"),
    ],
)
def test_another_matter_with_the_same_verb_is_not(one, other):
    assert near(one, other) < alike.ENOUGH


def test_the_same_lead_raises_and_other_numbers_lower():
    one, other = "改造第3批老旧小区", "改造第4批老旧小区"
    plain = alike.score(alike.words("改造老旧小区"), alike.words("改造老小区"))

    assert near(one, other) < near(one, "改造第3批老小区")
    assert alike.score(alike.words("改造老旧小区", lead=1), alike.words("改造老小区", lead=1)) == min(100, plain + 5)


def test_an_open_task_of_the_office_under_another_source_is_shown(who):
    task = make.assigned(who, matter="完成12座病险水库的除险加固工作")
    breakdown = paper.broken_down(who)
    draft = edited(paper.draft_of(breakdown, "病险水库"), who, matter="完成12座病险水库除险加固")

    found = alike.of(breakdown, by=who.supervisor)

    [other] = found[draft.pk]
    assert (other.task, other.number, other.draft) == (task.pk, task.number, None)
    assert other.score >= alike.ENOUGH


def test_a_task_that_the_officer_does_not_see_is_not(who):
    make.assigned(who, matter="完成12座病险水库的除险加固工作")
    breakdown = paper.broken_down(who)
    edited(paper.draft_of(breakdown, "病险水库"), who, matter="完成12座病险水库除险加固")
    other_office = org.office("东城区政府督查室", org.government("东城区人民政府"))
    stranger = org.person("supervisor", other_office)

    assert [one for near in alike.of(breakdown, by=stranger).values() for one in near if one.task] == []


def test_another_draft_of_the_paper_is_shown_to_both(who):
    breakdown = paper.broken_down(who)
    one = edited(paper.draft_of(breakdown, "病险水库"), who, matter="开展城区易涝点的排查整治")
    two = edited(paper.draft_of(breakdown, "易涝点"), who, matter="开展城区易涝点排查整治")

    found = alike.of(breakdown, by=who.supervisor)

    assert [[other.draft for other in found[row.pk]] for row in (one, two)] == [[two.pk], [one.pk]]


def test_at_most_three_are_shown_the_nearest_first(who):
    source = make.directive(who)
    for n in range(5):
        make.assigned(who, of=source, matter=f"修订防汛应急预案并组织演练{'的' * n}")
    breakdown = paper.broken_down(who)
    draft = edited(paper.draft_of(breakdown, "应急预案"), who, matter="修订防汛应急预案并组织演练")

    scores = [one.score for one in alike.of(breakdown, by=who.supervisor)[draft.pk]]

    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_dropped_drafts_and_closed_tasks_of_other_sources_are_not_compared(who):
    make.closed(who, matter="完成12座病险水库的除险加固工作")
    breakdown = paper.broken_down(who)
    draft = edited(paper.draft_of(breakdown, "病险水库"), who, matter="完成12座病险水库除险加固")
    twin = edited(paper.draft_of(breakdown, "易涝点"), who, matter="完成12座病险水库除险加固吧")
    drafts.drop(twin, by=who.supervisor)

    found = alike.of(breakdown, by=who.supervisor)

    assert draft.pk not in found
    assert twin.pk not in found


def test_it_costs_two_statements(who):
    breakdown = paper.broken_down(who)
    make.assigned(who)

    with CaptureQueriesContext(connection) as asked:
        alike.of(breakdown, by=who.supervisor)

    assert len(asked) == 2


def test_the_page_of_issuing_shows_it_and_issues_all_the_same(who, client):
    task = make.assigned(who, matter="完成12座病险水库的除险加固工作")
    breakdown = paper.broken_down(who)
    kept = edited(paper.draft_of(breakdown, "病险水库"), who, matter="完成12座病险水库除险加固", standard="完成12座")
    drafts.accept(kept, by=who.supervisor)
    for other in breakdown.drafts.exclude(pk=kept.pk):
        drafts.drop(other, by=who.supervisor)
    settling.waive(breakdown, by=who.leader, reason="先行下达")
    client.force_login(who.supervisor)
    address = reverse("breakdown-issue", args=[breakdown.pk])

    shown = client.get(address).content.decode()
    answer = client.post(address)

    assert "疑似重复" in shown
    assert reverse("task-detail", args=[task.pk]) in shown
    assert [one.done for one in answer.context["outcomes"]] == [True]


def test_rest_tells_it(who):
    task = make.assigned(who, matter="完成12座病险水库的除险加固工作")
    breakdown = paper.broken_down(who)
    draft = edited(paper.draft_of(breakdown, "病险水库"), who, matter="完成12座病险水库除险加固")

    told = Caller(who.supervisor).get("breakdowns", breakdown.pk, "similar").json()
    key = Caller(key=org.client(who.office, ("breakdowns:read",), role="supervisor").key)
    by_key = key.get("breakdowns", breakdown.pk, "similar").json()

    [row] = [one for one in told["results"] if one["draft"] == draft.pk]
    assert [(one["task"], one["number"]) for one in row["similar"]] == [(task.pk, task.number)]
    assert told["left_out"] == []
    assert [one for row in by_key["results"] for one in row["similar"] if one["task"]] == []
    assert by_key["left_out"] == ["tasks:read"]
