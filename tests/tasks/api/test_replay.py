"""The same POST again, at once or later, is one deed and one answer (F42)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from tasks import verbs
from tasks.models import Report, Task
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.factories.deeds import text_file
from tests.tasks.api.caller import Caller, fresh_key
from workflow import jobs
from workflow.models import Event as Deed
from workflow.models import Replay
from workflow.refusal import RuleBroken

CLIENTS, ROUNDS = 8, 6


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(who):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()

    first = caller.post("tasks", task.pk, "report", done="完成", key=key)
    events = Deed.objects.count()
    again = caller.post("tasks", task.pk, "report", done="完成", key=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first["ETag"]) == (again.content, again["ETag"])
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert (Report.objects.count(), Deed.objects.count()) == (1, events)


def test_without_a_key_the_same_request_is_two_deeds(who):
    task, caller = make.active(who), Caller(who.handler)

    for _time in range(2):
        assert caller.post("tasks", task.pk, "report", done="完成").status_code == 201

    assert Report.objects.count() == 2


def test_a_step_that_was_taken_is_answered_as_before_though_the_version_is_old(who):
    task, caller, key = make.draft(who), Caller(who.supervisor), fresh_key()

    first = caller.post("tasks", task.pk, "assign", version=task.version, key=key)
    again = caller.post("tasks", task.pk, "assign", version=task.version, key=key)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content


@pytest.mark.parametrize(
    "other",
    [
        {"done": "另一件"},
        {"done": "完成", "percent": 50},
        {"done": "完成", "version": 1},
        {"done": "完成", "elsewhere": True},
    ],
)
def test_another_request_under_the_same_key_is_refused(who, other):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()
    another = make.active(who)
    caller.post("tasks", task.pk, "report", done="完成", key=key)

    target = another if other.pop("elsewhere", False) else task
    answer = caller.post("tasks", target.pk, "report", key=key, **other)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.reused")
    assert Report.objects.count() == 1


def test_the_order_of_names_does_not_matter(who):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()

    first = caller.post("tasks", task.pk, "report", raw={"done": "完成", "effect": "好"}, key=key)
    again = caller.post("tasks", task.pk, "report", raw={"effect": "好", "done": "完成"}, key=key)

    assert again.content == first.content


def test_another_file_is_another_request(who):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()

    def send(content):
        said = {"file": text_file("验收单.txt", content), "evidence_on": "2026-01-05"}
        return caller.post("evidence", task=task.pk, files=True, key=key, **said)

    first, again, other = send("已完成".encode()), send("已完成".encode()), send("未完成".encode())

    assert (first.status_code, again.content, other.status_code) == (201, first.content, 422)
    assert task.evidence.count() == 1


def test_a_refusal_is_not_kept_for_nothing_happened(who):
    task, caller, key = make.draft(who, responsible=""), Caller(who.supervisor), fresh_key()

    refused = caller.post("tasks", task.pk, "assign", version=task.version, key=key)
    rows = Replay.objects.count()
    Task.objects.filter(pk=task.pk).update(responsible="水务局长")
    done = caller.post("tasks", task.pk, "assign", version=task.version, key=key)

    assert (refused.status_code, rows, done.status_code) == (422, 0, 200)


def test_what_is_malformed_leaves_no_key_behind(who):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()

    assert caller.post("tasks", task.pk, "report", percent="x", key=key).status_code == 400
    assert caller.post("tasks", 999_999, "report", done="完成", key=key).status_code == 404
    assert caller.post("tasks", task.pk, "report", done="完成", key=key).status_code == 201


def test_a_key_is_its_caller_s_own(who):
    task, key = make.active(who), fresh_key()

    lead = Caller(who.handler).post("tasks", task.pk, "report", done="完成", key=key)
    helper = Caller(who.helper).post("tasks", task.pk, "report", done="完成", key=key)

    assert (lead.status_code, helper.status_code) == (201, 201)
    assert lead.json()["department"]["id"] != helper.json()["department"]["id"]


def test_a_key_is_the_post_s_own(who):
    task, key = make.active(who), fresh_key()
    Caller(who.handler).post("tasks", task.pk, "report", done="完成", key=key)
    org.post(who.handler, who.finance, "handler")
    elsewhere = Caller(who.handler)
    session = elsewhere.client.session
    session["acting_post"] = who.handler.posts.get(department=who.finance).pk
    session.save()

    answer = elsewhere.post("tasks", task.pk, "report", done="完成", key=key)

    assert answer.json()["department"]["id"] == who.finance.pk


@pytest.mark.parametrize("key", ["", "x" * 129, "键", "a\x00b", "a\tb"])
def test_a_key_that_is_none_is_refused(who, key):
    task = make.active(who)

    answer = Caller(who.handler).post("tasks", task.pk, "report", done="完成", key=key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency.key")
    assert not Report.objects.exists()


def test_a_constraint_that_the_deed_breaks_is_not_taken_for_the_key_s(who, monkeypatch):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()
    caller.client.raise_request_exception = True

    def broken(*args, **kwargs):
        Report.objects.create(task=task, department=who.water, author=who.handler, percent=101)

    monkeypatch.setitem(verbs.TASK.verb("report").__dict__, "operation", broken)

    with pytest.raises(IntegrityError):
        caller.post("tasks", task.pk, "report", done="完成", key=key)
    assert not Replay.objects.exists()


def test_answers_are_forgotten_after_a_day(who):
    task, caller, key = make.active(who), Caller(who.handler), fresh_key()
    caller.post("tasks", task.pk, "report", done="完成", key=key)
    caller.post("tasks", task.pk, "report", done="再报", key=fresh_key())
    Replay.objects.filter(key=key).update(at=timezone.now() - timedelta(hours=25))

    assert (jobs.forget_replays(), jobs.forget_replays()) == (1, 0)
    assert Replay.objects.count() == 1


# ------------------------------------------------------------------------------------------------ at once


def at_once(*asks):
    """Ask in threads that start together; return the answers."""
    gate = Barrier(len(asks))

    def run(ask):
        try:
            gate.wait(timeout=20)
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(run, asks))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_one_key_are_one_deed_and_one_answer():
    who = make.cast()
    task, callers = make.active(who), [Caller(who.handler) for _n in range(CLIENTS)]

    for round_ in range(ROUNDS):
        key, before = fresh_key(), Deed.objects.count()

        answers = at_once(
            *(lambda c=c, key=key, n=round_: c.post("reports", task=task.pk, done=f"第{n}次", key=key) for c in callers)
        )

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sum("Idempotency-Replayed" in answer for answer in answers) == CLIENTS - 1
        assert (Report.objects.count(), Deed.objects.count()) == (round_ + 1, before + 2)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_over_one_version_have_one_winner():
    who = make.cast()
    callers = [Caller(who.handler) for _n in range(CLIENTS)]

    for _round in range(ROUNDS):
        task = make.assigned(who)
        share = make.share(task, who.water)

        answers = at_once(
            *(lambda c=c, s=share: c.post("assignments", s.pk, "sign", version=s.version) for c in callers)
        )

        codes = sorted(answer.status_code for answer in answers)
        assert codes[0] == 200
        assert set(codes[1:]) <= {409, 412}
        assert Deed.objects.filter(kind="assignment.sign", subject_id=share.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_one_that_was_refused_acts_himself(monkeypatch):
    who = make.cast()
    task, callers, key = make.active(who), [Caller(who.handler), Caller(who.handler)], fresh_key()
    verb, begun, calls = verbs.TASK.verb("report"), Event(), []
    real = verb.operation

    def refuses_once(*args, **kwargs):
        calls.append(None)
        if len(calls) == 1:
            begun.set()
            Event().wait(0.4)  # the other one comes to the door meanwhile
            raise RuleBroken("report.not_now", "此刻不行。")
        return real(*args, **kwargs)

    monkeypatch.setitem(verb.__dict__, "operation", refuses_once)

    def second():
        begun.wait(10)
        return callers[1].post("tasks", task.pk, "report", done="完成", key=key)

    first, other = at_once(lambda: callers[0].post("tasks", task.pk, "report", done="完成", key=key), second)

    assert (first.status_code, other.status_code) == (422, 201)
    assert (Report.objects.count(), Replay.objects.count(), len(calls)) == (1, 1, 2)
