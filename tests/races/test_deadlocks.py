"""A true deadlock on PostgreSQL: who is broken off is done again, and nobody sees it (F29)."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from tasks.models import Directive, Task
from tasks.operations import issuing
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller, fresh_key
from workflow import retrying
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PATIENCE_SECONDS = 20
AHEAD_SECONDS = 0.5


@contextmanager
def crossed(task):
    """Hold the task; once somebody waits for it who holds its directive, ask for that.

    After a second of waiting the database looks for a circle and breaks off who looked: the one who waited first.
    """
    holds, failed = threading.Event(), []

    def other():
        try:
            with transaction.atomic():
                Task.objects.select_for_update().get(pk=task.pk)
                holds.set()
                until_somebody_waits()
                time.sleep(AHEAD_SECONDS)
                Directive.objects.select_for_update().get(pk=task.directive_id)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert holds.wait(PATIENCE_SECONDS)
    yield
    thread.join()
    assert failed == []


def until_somebody_waits():
    until = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)


def by_page(who, task):
    client = Client()
    client.force_login(who.supervisor)
    return client.post(f"/tasks/{task.pk}/assign/", {"version": task.version}).status_code


def by_rest(who, task):
    return Caller(who.supervisor).post("tasks", task.pk, "assign", version=task.version).status_code


def by_rest_with_a_key(who, task):
    return Caller(who.supervisor).post("tasks", task.pk, "assign", version=task.version, key=fresh_key()).status_code


def with_many(who, task):
    [outcome] = issuing.assign(task.directive, by=who.supervisor)
    return 200 if outcome.done else outcome.code


@pytest.mark.parametrize("door", [by_page, by_rest, by_rest_with_a_key, with_many])
def test_a_deadlock_is_done_again_and_never_shown(door, monkeypatch):
    who, told = make.cast(), []
    task = make.draft(who)
    monkeypatch.setattr(retrying.log, "warning", lambda event, **more: told.append((event, more["retry"])))

    with crossed(task):
        answer = door(who, task)

    assert answer in (200, 302)
    assert told == [("transaction_retried", 1)]
    assert (make.fresh(task).state, make.fresh(task).version) == ("assigned", task.version + 1)
    assert Event.objects.filter(kind="task.assign").count() == 1


def test_without_retrying_the_same_deadlock_is_seen(monkeypatch):
    who = make.cast()
    task = make.draft(who)
    monkeypatch.setattr(retrying, "BROKEN_OFF", ())

    with crossed(task):
        answer = by_rest(who, task)

    assert answer == 503
    assert make.fresh(task).state == "draft"
