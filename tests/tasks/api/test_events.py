"""What happened is told to who sees the matter; the audit administrator reads who, what and when, never the matter."""

from tasks.operations import reports
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from workflow.models import Event

CANARY = "金丝雀暗号七七"


def test_events_tell_who_did_what(who):
    task = make.assigned(who)

    shown = Caller(who.supervisor).get("events", task=task.pk, ordering="id").json()["results"]

    assert [row["kind"] for row in shown] == ["task.draft", "task.assign"]
    assert (shown[1]["actor_name"], shown[1]["unit_name"], shown[1]["old_state"], shown[1]["new_state"]) == (
        "督查员",
        "市政府督查室",
        "draft",
        "assigned",
    )
    assert shown[1]["prev"] == shown[0]["hash"]


def test_a_stranger_reads_nothing(who):
    make.active(who)

    assert Caller(who.stranger).get("events").json()["results"] == []


def test_a_helper_does_not_read_what_the_lead_reported(who):
    task = make.active(who)
    reports.file(task, by=who.handler, done=CANARY, percent=50)

    kinds = {row["kind"] for row in Caller(who.helper).get("events", task=task.pk).json()["results"]}
    own = {row["kind"] for row in Caller(who.handler).get("events", task=task.pk).json()["results"]}

    assert "report.file" in own
    assert "report.file" not in kinds
    assert kinds


def test_the_auditor_reads_every_deed_without_its_content(who):
    task = make.active(who, matter=CANARY)
    reports.file(task, by=who.handler, done=CANARY)
    caller = Caller(who.auditor)

    answer = caller.get("events", page_size=200)
    one = caller.get("events", answer.json()["results"][0]["id"])

    assert len(answer.json()["results"]) == Event.objects.count()
    assert CANARY not in answer.content.decode() + one.content.decode()
    assert {(row["subject_label"], str(row["detail"])) for row in answer.json()["results"]} == {("", "{}")}
    assert {row["actor_name"] for row in answer.json()["results"]} >= {"督查员", "水务经办"}


def test_the_keepers_of_accounts_read_no_deeds(who):
    make.active(who)

    assert Caller(who.system_admin).get("events").json()["results"] == []
    assert Caller(who.security_admin).get("events").json()["results"] == []


def test_events_are_only_read(who):
    make.active(who)
    client = Caller(who.supervisor).client
    key = Event.objects.first().pk

    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/v1/events/{key}/", {}, format="json").status_code == 405


def test_another_system_follows_the_record_page_by_page(who):
    make.active(who)
    caller, seen, cursor = Caller(who.supervisor), [], None
    while cursor or not seen:
        page = caller.get("events", ordering="id", page_size=3, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["results"]]
        cursor = page["next"]

    assert seen == sorted(seen)
    assert len(seen) == len(set(seen)) == Event.objects.exclude(subject_type="user").count()
