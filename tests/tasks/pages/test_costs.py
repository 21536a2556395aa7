"""What a page asks of the database: the same for one row and for fifty."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization import workdays
from tasks.models import Overseer, Task
from tasks.operations import reports
from tasks.pages.tabs import TABS
from tests.factories import tasks as make

pytestmark = pytest.mark.once

LISTS = {"/tasks/": 3, "/tasks/?open=&q=整治&turn=any": 3, "/directives/": 3, "/blockers/": 3, "/": 5, "/overdue/": 4}
"""The desk and the board ask once more for what upper rooms add (tasks/elsewhere.py)."""


def multiply(task, times):
    """Put as many copies of a task beside it, with its shares and overseers."""
    for n in range(times):
        twin = copy.copy(task)
        twin.pk, twin._state.adding, twin.number, twin.path, twin._prefetched_objects_cache = (
            None,
            True,
            f"{n}号",
            "",
            {},
        )
        twin.save(force_insert=True)
        for share in task.assignments.all():
            share.pk, share.task = None, twin
            share.save(force_insert=True)
        Overseer.objects.create(task=twin, department=task.organiser)


def cost(client, address):
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked), answer


@pytest.mark.parametrize("person", ["supervisor", "leader", "handler", "unit_head"])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(who, client, person):
    task = make.active(who)
    addresses = {**LISTS, f"/departments/{who.water.pk}/tasks/": 4, f"/tasks/?within={who.water.pk}": 3}
    client.force_login(who.everyone()[person])
    client.get("/")
    one = {address: cost(client, address)[0] for address in addresses}

    multiply(task, 49)
    fifty = {address: cost(client, address)[0] for address in addresses}

    assert fifty == one
    assert {address: n for address, n in one.items() if n > addresses[address]} == {}
    assert len(client.get("/tasks/").context["tasks"]) == 50


@pytest.mark.slow
def test_a_task_costs_four_queries_on_every_tab(who, beasts, client):
    names = ("active", "reported", "report_again", "extension_checked", "suspension_granted", "blocker_confirmed",
             "returned", "closed", "above")  # fmt: skip

    dear = {}
    for person in ("supervisor", "leader", "handler", "helper"):
        client.force_login(who.everyone()[person])
        for name in names:
            for tab in TABS:
                address = f"{beasts[name].get_absolute_url()}?tab={tab.key}"
                # Once a minute the session notes that it was seen: what costs more is asked again.
                if cost(client, address)[0] > 4 and (asked := cost(client, address)[0]) > 4:
                    dear[person, name, tab.key] = asked

    assert dear == {}


def test_many_reports_cost_no_more_than_one(who, client):
    task = make.active(who)
    client.force_login(who.supervisor)
    client.get("/")
    address = f"{task.get_absolute_url()}?tab=reports"
    reports.file(task, by=who.handler, done="1")
    one, _answer = cost(client, address)

    for n in range(10):
        reports.file(make.fresh(task), by=who.handler, done=f"{n}", percent=n)

    many, answer = cost(client, address)
    assert (many, len(answer.context["reports"])) == (one, 11)


@pytest.mark.parametrize("tab", ["tasks", "files", "history"])
def test_a_directive_costs_four_queries(who, client, tab):
    task = make.active(who)
    client.force_login(who.supervisor)
    client.get("/")
    address = f"{task.directive.get_absolute_url()}?tab={tab}"
    one, _answer = cost(client, address)

    multiply(task, 49)

    fifty, _answer = cost(client, address)
    assert fifty == one <= 4
    assert Task.objects.count() == 50
