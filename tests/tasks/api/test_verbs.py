"""What the verbs of a task tell at the REST door beyond the laws of all verbs (tests/architecture/test_deeds.py)."""

from tests.factories import tasks as make
from tests.tasks.api.caller import Caller


def test_a_return_without_a_reason_names_the_check_by_field_and_one_with_reasons_shows_them(who):
    task, officer = make.in_review(who), Caller(who.supervisor)
    facts, bare = {"check": "facts", "reason": "缺验收单"}, {"check": "format"}

    refused = officer.post("tasks", task.pk, "send_back", version=task.version, failed=[facts, bare])
    done = officer.post("tasks", task.pk, "send_back", version=task.version, failed=[facts])

    assert (refused.status_code, refused.data["code"]) == (422, "return.reason_missing")
    assert refused.data["details"]["failed"] == {"format": ["请写明“格式规范”未通过的原因。"]}
    assert (done.status_code, done.data["state"]) == (200, "active")
    assert officer.get("tasks", task.pk, "closures").data[0]["returned_for"] == {"facts": "缺验收单"}
