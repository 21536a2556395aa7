"""The workbench: what it shows, what it asks of the database, and what a deed gives back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.operations.breakdowns import clauses, drafts, settling
from tasks.pages import workbench
from tests.tasks.breakdowns import paper

pytestmark = pytest.mark.django_db


def long_paper(clauses):
    head, tail = paper.TEXT.split("（一）", 1)
    more = "\n".join(
        f"（{n}）完成第{n}号泵站改造，2027年6月底前完工。（责任单位：市水务局；配合单位：市财政局）"
        for n in range(1, clauses)
    )
    return f"{head}{more}\n（一）{tail}"


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked), answer


def at_bench(client, breakdown, address, **fields):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{breakdown.get_absolute_url()}?draft=1"}
    return client.post(address, fields, headers=headers)


def test_every_clause_is_painted_in_colour_icon_and_word_and_every_draft_has_its_card(who, client):
    breakdown = paper.broken_down(who)
    client.force_login(who.supervisor)

    html = client.get(breakdown.get_absolute_url()).content.decode()

    for clause in breakdown.clauses.with_coverage():
        assert f'id="c{clause.number}"' in html
        assert f"cl-{clause.coverage}" in html
    assert html.count('class="cl-word"') == breakdown.clauses.count()
    assert [f'id="d{draft.pk}"' in html for draft in breakdown.drafts.all()] == [True] * 4
    assert "“市防办”名称待定" in html
    assert "hx-swap-oob" not in html


def test_every_count_leads_to_exactly_what_it_counts(who, client):
    breakdown = paper.broken_down(who)
    client.force_login(who.supervisor)
    counts = client.get(breakdown.get_absolute_url()).context["counts"]

    found = {one["url"]: len(client.get(one["url"]).context["groups"]) for one in counts}

    assert found == {one["url"]: one["count"] for one in counts}


def test_the_workbench_costs_the_same_for_five_and_for_many_clauses(who, client):
    few, many = paper.broken_down(who), paper.broken_down(who, long_paper(120))
    client.force_login(who.supervisor)

    short, _ = cost(client, few.get_absolute_url())
    long, _ = cost(client, many.get_absolute_url())

    assert many.clauses.count() > 120
    assert short == long <= 8


def test_a_deed_at_the_bench_gives_back_only_what_it_touched(who, client):
    breakdown = paper.broken_down(who)
    draft, other = paper.draft_of(breakdown, "病险水库"), paper.draft_of(breakdown, "易涝点")
    client.force_login(who.supervisor)

    answer = at_bench(client, breakdown, f"/drafts/{draft.pk}/accept/", version=draft.version)

    html = answer.content.decode()
    assert (answer.status_code, answer["HX-Reswap"]) == (200, "none")
    assert f'id="d{draft.pk}"' in html
    assert f'id="d{other.pk}"' not in html
    assert re.search(r'id="c4"[^>]*hx-swap-oob', html)
    assert 'id="bench-bar" hx-swap-oob="true"' in html
    assert "已采纳。" in html
    assert not html.lstrip().lower().startswith("<!doctype")


def test_an_undo_gives_back_what_it_restored(who, client):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    client.force_login(who.supervisor)
    at_bench(client, breakdown, f"/drafts/{draft.pk}/drop/", version=draft.version)
    breakdown.refresh_from_db()

    html = at_bench(client, breakdown, f"/breakdowns/{breakdown.pk}/undo/", version=breakdown.version).content.decode()

    assert f'class="draft draft-proposed" id="d{draft.pk}"' in html


def test_what_a_fragment_shows_is_asked_in_ten_statements(who):
    breakdown = paper.broken_down(who, long_paper(60))
    settling.accept_many(breakdown, by=who.supervisor)
    with CaptureQueriesContext(connection) as asked:
        list(workbench.changed(breakdown, who.supervisor, "accept")["groups"])

    assert len(asked) <= 10


def test_without_javascript_a_deed_leads_back_to_its_card(who, client):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    client.force_login(who.supervisor)

    answer = client.post(f"/drafts/{draft.pk}/accept/", {"version": draft.version})

    assert answer.headers["Location"] == f"{breakdown.get_absolute_url()}?draft={draft.pk}#d{draft.pk}"


def test_an_old_version_is_refused_with_what_stands_now(who, client):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    client.force_login(who.supervisor)
    client.post(f"/drafts/{draft.pk}/accept/", {"version": draft.version})

    answer = at_bench(client, breakdown, f"/drafts/{draft.pk}/drop/", version=draft.version)

    html = answer.content.decode()
    assert answer.status_code == 412
    assert "两个版本对照" in html
    assert draft.proposed["matter"] in html
    draft.refresh_from_db()
    assert draft.state == "accepted"


def test_the_marked_drafts_stand_in_the_form_of_the_merging(who, client):
    breakdown = paper.broken_down(who)
    one, two = list(breakdown.drafts.all())[:2]
    client.force_login(who.supervisor)

    html = client.get(f"/drafts/{one.pk}/merge/?others={two.pk}").content.decode()

    assert f'<option value="{two.pk}" selected>' in html


def test_the_task_leads_back_to_its_marked_sentence_for_those_who_see_the_paper(who, client):
    breakdown = _issued(who)
    draft = breakdown.drafts.filter(state="issued").first()
    address = draft.task.get_absolute_url()
    back = f"{breakdown.get_absolute_url()}?draft={draft.pk}#c{draft.clause.number}"

    client.force_login(who.supervisor)
    assert back in client.get(address).content.decode()
    assert "条已有着落" in client.get(breakdown.directive.get_absolute_url()).content.decode()
    client.force_login(who.handler)
    answer = client.get(address)
    assert (answer.status_code, "/breakdowns/" in answer.content.decode()) == (200, False)


def _issued(who):
    breakdown, by = paper.broken_down(who), who.supervisor
    settling.accept_many(breakdown, by=by)
    drafts.drop(paper.draft_of(breakdown, "应急预案"), by=by)
    rest = list(breakdown.clauses.unsettled())
    clauses.dispose_many(breakdown, by=by, clauses=rest, disposition="transmit", reason="传达学习")
    settling.fill(breakdown, by=by, responsible=True, standard=True, default_limit=True)
    for draft in breakdown.drafts.filter(state="accepted"):
        draft.proposed["responsible"] = draft.proposed["responsible"] or "张三"
        draft.save()
    settling.issue(breakdown, by=by)
    breakdown.refresh_from_db()
    return breakdown
