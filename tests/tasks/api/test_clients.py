"""Other systems come with a key, within its scopes and within what its post may see and do; people with a session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import organization as org
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller, fresh_key
from workflow.models import Event


def system(department, *scopes, role="handler", **fields):
    return Caller(key=org.client(department, scopes, role=role, **fields).key)


def test_a_key_reads_what_its_scope_and_its_unit_allow(who):
    task = make.active(who)
    ours, foreign = system(who.water, "tasks:read"), system(who.housing, "tasks:read")

    assert [row["id"] for row in ours.get("tasks").json()["results"]] == [task.pk]
    assert foreign.get("tasks").json()["results"] == []
    assert foreign.get("tasks", task.pk).status_code == 404


@pytest.mark.parametrize("noun", ["directives", "assignments", "reports", "evidence", "events", "batches", "people"])
def test_a_key_without_the_scope_is_refused_by_name(who, noun):
    answer = system(who.water, "tasks:read").get(noun)

    assert (answer.status_code, answer.json()["code"]) == (403, "client.scope")
    assert answer.json()["details"] == {"scope": f"{noun}:read"}


def test_reading_is_not_writing(who):
    task = make.active(who)
    events = Event.objects.count()

    answer = system(who.water, "tasks:read").post("tasks", task.pk, "report", done="完成")

    assert (answer.status_code, answer.json()["details"]) == (403, {"scope": "tasks:write"})
    assert Event.objects.count() == events


def test_a_system_reports_for_its_unit_and_history_names_it(who):
    task = make.active(who)

    answer = system(who.water, "reports:write").post("reports", task=task.pk, done="完成 6 处", key=fresh_key())

    assert answer.status_code == 201
    event = Event.objects.get(kind="report.file")
    assert (event.unit_name, event.actor.kind) == ("市水务局", "client")


def test_a_system_may_do_no_more_than_its_post(who):
    task = make.claimed(who)

    answer = system(who.water, "tasks:write").post("tasks", task.pk, "sign_off", version=task.version)

    assert (answer.status_code, answer.json()["code"]) == (403, "task.sign_off.forbidden")


@pytest.mark.parametrize("key", ["", "nonsense", "abcdefgh.secret", "." * 200])
def test_a_false_key_is_refused_without_a_reason(who, key):
    answer = Caller(key=key or "x").get("tasks")

    assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")


def test_an_expired_or_revoked_key_is_refused(who):
    yesterday = timezone.now() - timedelta(days=1)
    for fields in ({"expires_at": yesterday}, {"revoked_at": yesterday}):
        answer = system(who.water, "tasks:read", **fields).get("tasks")
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")


def test_a_session_changes_nothing_without_its_token(who):
    task = make.draft(who)
    caller = Caller(who.supervisor, csrf=True)

    answer = caller.post("tasks", task.pk, "assign", version=task.version)

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf.failed")
    assert make.fresh(task).state == "draft"


def test_a_session_with_its_token_changes(who):
    task = make.draft(who)
    caller = Caller(who.supervisor, csrf=True)
    caller.client.cookies["csrftoken"] = token = "a" * 32
    caller.client.credentials(HTTP_X_CSRFTOKEN=token)

    assert caller.post("tasks", task.pk, "assign", version=task.version).status_code == 200


def test_a_key_needs_no_token(who):
    task = make.draft(who)
    key = org.client(who.office, ("tasks:write",), role="supervisor").key
    caller = Caller(key=key, csrf=True)

    assert caller.post("tasks", task.pk, "assign", version=task.version).status_code == 200


@pytest.mark.parametrize(
    ("stage", "verb", "role", "said", "code"),
    [
        ("claimed", "sign_off", "unit_head", {}, "sign_off.person"),
        ("in_review", "verify", "supervisor", {"checks": list(make.CHECKS), "opinion": "属实"}, "verify.person"),
        ("in_approval", "close", "leader", {"conclusion": "同意"}, "task.close.forbidden"),
    ],
)
def test_a_key_never_signs_verifies_or_closes_whatever_its_post(who, stage, verb, role, said, code):
    task = getattr(make, stage)(who)
    unit = {"unit_head": who.water, "supervisor": who.office, "leader": who.government}[role]

    key = system(unit, "tasks:write", role=role)
    answer = key.post("tasks", task.pk, verb, version=task.version, **said)

    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert make.fresh(task).state == task.state
    assert not Event.objects.filter(kind=f"task.{verb}", actor__kind="client").exists()
