"""Every number is a link to exactly the rows it counts, for everybody who sees it (C9)."""

import json
import re
from itertools import product

import pytest

from tasks.models import Task
from tests.factories import tasks as make
from tests.tasks.pages.reading import numbers, rows_behind, rows_shown

PEOPLE = ("supervisor", "chief", "leader", "handler", "unit_head", "helper", "below", "stranger_head", "inspector")


def charts(html):
    """Yield (address, number) of every bar and slice."""
    for script in re.findall(r'<script id="[^"]+" type="application/json">(.*?)</script>', html, re.S):
        for series in json.loads(script)["series"]:
            yield from ((item["url"], item["value"]) for item in series["data"])


def pages(who, beasts):
    return (
        "/", "/tasks/", "/tasks/?open=&light=overdue", "/tasks/?q=延期&state=active", "/directives/", "/overdue/",
        f"/overdue/?scope={who.water.pk}", f"/departments/{who.water.pk}/tasks/",
        beasts["blocker_confirmed"].directive.get_absolute_url(),
    )  # fmt: skip


@pytest.mark.once
@pytest.mark.slow
def test_every_number_leads_to_exactly_its_rows(who, beasts, client):
    make.make_late(beasts["blocker_confirmed"], 12)
    make.make_late(beasts["claimed"], 40)
    make.make_late(make.assigned(who, co_units=[], lead=who.finance, matter="财政逾期"), 1)
    seen, wrong = set(), []

    for person in PEOPLE:
        client.force_login(who.everyone()[person])
        behind = {}
        for address in pages(who, beasts):
            answer = client.get(address)
            assert answer.status_code in (200, 404), (person, address)
            html = answer.content.decode()
            for url, number in [*numbers(html, address), *charts(html)]:
                if url not in behind:
                    behind[url] = rows_behind(who.everyone()[person], url)
                seen.add(url)
                if behind[url] != number:
                    wrong.append((person, address, url, number, behind[url]))

    assert wrong == []
    assert len(seen) > 60
    assert any("answerable" in url for url in seen)
    assert any("turn=" in url for url in seen)


@pytest.mark.once
@pytest.mark.slow
def test_a_list_shows_exactly_the_rows_that_its_filters_find(who, beasts, client):
    told = ("open=1", "open=&light=overdue", "turn=any", "q=延期 granted", "state=active&overdue=0")
    for person, filters in product(("supervisor", "helper"), told):
        client.force_login(who.everyone()[person])
        url = f"/tasks/?{filters}"
        assert rows_shown(client, url) == rows_shown(client, f"{url}&page_size=7") == client.get(url).context["count"]
        assert rows_shown(client, url) == rows_behind(who.everyone()[person], url)


def test_lateness_counts_under_the_unit_that_is_waited_for(who, client):
    from tasks.operations import blockers

    task = make.make_late(make.active(who), 5)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="请移交管线图")
    client.force_login(who.supervisor)
    assert [row["name"] for row in client.get("/overdue/").context["units"]] == ["市水务局"]

    blockers.confirm(blocker, by=who.supervisor)

    board = client.get("/overdue/").context
    assert [(row["name"], row["late"], row["waited"]) for row in board["units"]] == [("市住建局", 1, 1)]
    assert [(node.name, node.late) for node in board["tree"]] == [("青澜市人民政府", 1), ("市住建局", 1)]
    assert list(client.get(board["units"][0]["waited_url"]).context["tasks"]) == [task]
    scoped = client.get(f"/overdue/?scope={who.housing.pk}").context
    assert (scoped["late"], scoped["scope"].name) == (1, "市住建局")


@pytest.mark.parametrize(("days", "label"), [(1, "1–3 天"), (3, "1–3 天"), (4, "4–10 天"), (31, "30 天以上")])
def test_how_late_is_told_in_days(who, client, days, label):
    task = make.make_late(make.active(who), days)
    client.force_login(who.supervisor)

    rows = client.get("/overdue/").context["by_days"]["rows"]

    assert [row[0] for row in rows if row[1]["text"] == "1"] == [label]
    address = next(row[1]["url"] for row in rows if row[1]["text"] == "1")
    assert list(client.get(address).context["tasks"]) == [task]
    assert Task.objects.count() == 1
