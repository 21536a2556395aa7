"""Every refusal has one shape, a stable code, and a sentence that says what to do."""

import pytest

from tasks.models import Report, Task
from tests.factories import tasks as make
from tests.factories.deeds import task_fields
from tests.tasks.api.caller import Caller
from workflow.models import Event

pytestmark = pytest.mark.once

SHAPE = {"code", "message", "details", "request_id"}


def refused(answer):
    assert answer["Content-Type"] == "application/json"
    assert answer.json().keys() == SHAPE
    return answer.status_code, answer.json()["code"]


def test_a_misspelt_field_is_refused_and_not_lost(who):
    task = make.active(who)

    answer = Caller(who.handler).post("tasks", task.pk, "report", done="完成", percnt=50)

    assert refused(answer) == (400, "input.invalid")
    assert list(answer.json()["details"]) == ["percnt"]
    assert not Report.objects.exists()


def test_every_wrong_field_is_named_in_chinese(who):
    task = make.active(who)

    answer = Caller(who.handler).post("tasks", task.pk, "extend", reason="", until="明天")

    assert refused(answer) == (400, "input.invalid")
    assert answer.json()["details"] == {
        "reason": ["该字段是必填项。"],
        "progress": ["该字段是必填项。"],
        "until": ["输入一个有效的日期。"],
    }


def test_a_rule_is_refused_with_its_code(who):
    task = make.draft(who, responsible="")

    answer = Caller(who.supervisor).post("tasks", task.pk, "assign", version=task.version)

    assert refused(answer) == (422, "task.incomplete")
    assert answer.json()["details"] == {"missing": ["responsible"]}
    assert make.fresh(task).state == "draft"


def test_a_wrong_moment_tells_the_state(who):
    task = make.active(who)

    answer = Caller(who.supervisor).post("tasks", task.pk, "assign", version=task.version)

    assert refused(answer) == (409, "task.assign.wrong_state")
    assert answer.json()["details"] == {"verb": "assign", "state": "active", "allowed_from": ["draft"]}


@pytest.mark.parametrize("seen", ["abc", "", "-1", "1.5", "٣", "9" * 5000, '"', "*", "0x1"])
def test_a_version_that_is_none_of_ours_is_refused(who, seen):
    task = make.draft(who)

    answer = Caller(who.supervisor).post("tasks", task.pk, "assign", version=seen)

    assert refused(answer) == (400, "version.malformed")


@pytest.mark.parametrize("spelling", ['"{}"', 'W/"{}"', "{}", ' "{}" '])
def test_a_version_may_be_spelt_as_an_entity_tag(who, spelling):
    task = make.draft(who)
    client = Caller(who.supervisor).client

    answer = client.post(f"/api/v1/tasks/{task.pk}/assign/", headers={"If-Match": spelling.format(task.version)})

    assert answer.status_code == 200


def test_an_address_that_is_none_answers_in_the_same_shape(who):
    client = Caller(who.supervisor).client

    for address in (
        "/api/v1/nonsense/",
        "/api/v1/tasks/abc/",
        "/api/v1/tasks/1/nonsense/",
        f"/api/v1/tasks/{'9' * 40}/",
    ):
        assert refused(client.get(address)) == (404, "not_found")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_is_changed_but_by_verbs(who, method):
    task = make.draft(who)

    answer = getattr(Caller(who.supervisor).client, method)(f"/api/v1/tasks/{task.pk}/", {"state": "closed"})

    assert refused(answer) == (405, "method.not_allowed")
    assert make.fresh(task).state == "draft"


def test_a_page_size_beyond_the_cap_is_refused(who):
    caller = Caller(who.supervisor)

    for size in ("0", "201", "-1", "x", "9" * 5000, "٥"):
        assert refused(caller.get("tasks", page_size=size)) == (400, "page.size")
    assert caller.get("tasks", page_size=200).status_code == 200


def test_an_unknown_order_or_cursor_is_refused(who):
    caller = Caller(who.supervisor)

    assert refused(caller.get("tasks", ordering="password")) == (400, "page.ordering")
    for cursor in ("x", "e30", "%%%", "A" * 5000, "W251bGwsWyItcGsiXSxbbnVsbF1d"):
        assert refused(caller.get("tasks", cursor=cursor)) == (400, "page.cursor")


def test_a_marked_text_is_refused_and_nothing_of_it_is_kept(who):
    directive = make.directive(who)
    events = Event.objects.count()

    answer = Caller(who.supervisor).post(
        "directives", directive.pk, "draft", **task_fields(who, directive) | {"matter": "机密★一年 整治"}
    )

    assert refused(answer) == (422, "secrecy.marked")
    assert (Task.objects.count(), Event.objects.count()) == (0, events)


def test_the_request_id_is_the_one_in_the_record(who):
    task = make.draft(who)
    client = Caller(who.supervisor).client

    answer = client.post(f"/api/v1/tasks/{task.pk}/assign/", headers={"X-Request-ID": "abc-123", "If-Match": "99"})
    done = client.post(
        f"/api/v1/tasks/{task.pk}/assign/", headers={"X-Request-ID": "abc-124", "If-Match": f'"{task.version}"'}
    )

    assert done.status_code == 200
    assert answer.json()["request_id"]
    assert Event.objects.get(kind="task.assign").request_id
