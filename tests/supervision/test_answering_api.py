"""监督问责 at the REST door: the same papers, to the same people, by the same operations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organization import workdays
from supervision.models import Accountability, Case
from tasks.operations import evidence
from tests.factories import supervision_answering as ready
from tests.factories import tasks as make
from tests.factories.deeds import text_file
from tests.factories.deeds_answering import keys
from tests.tasks.api.caller import Caller, fresh_key
from workflow.models import Event, Replay

pytestmark = pytest.mark.once


def test_a_proposal_goes_its_whole_way_in_rest(who):
    officer, head, contact = Caller(who.supervisor), Caller(who.chief), Caller(who.discipline)
    made = officer.post("accountability", **keys(ready.words(who)))
    assert made.status_code == 201
    key, steps = made.json()["id"], made.json()["steps"]
    assert steps == ["ask_statement", "assess", "submit", "prove", "edit", "withdraw"]
    refused = officer.post("accountability", key, "submit", version=1)
    assert (refused.status_code, refused.json()["code"]) == (422, "accountability.no_statement")
    asked = officer.post("accountability", key, "ask_statement")
    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
    statement = asked.json()
    assert statement["facts"] == ready.FACTS
    told = Caller(who.unit_head).post(
        "statements", statement["id"], "state", version=1, files=True, text="属实", file=text_file("计划.txt")
    )
    assert (told.status_code, told.json()["attached"][0]["title"]) == (200, "计划.txt")
    version = officer.get("accountability", key).json()["version"]
    weighed = officer.post(
        "accountability", key, "assess", version=version, grounds=ready.grounds("recovered"), opinion="从轻"
    )
    assert [row["holds"] for row in weighed.json()["tolerance"]].count("yes") == 1
    assert officer.post("accountability", key, "prove", files=True, file=text_file()).status_code == 201
    version = officer.get("accountability", key).json()["version"]
    assert officer.post("accountability", key, "submit", version=version).json()["state"] == "pending"
    assert head.post("accountability", key, "approve", version=version + 1).json()["number"].startswith("督责〔")
    gone = officer.post("accountability", key, "transfer", version=version + 2, contacts=[who.discipline.pk])
    assert (gone.json()["state"], gone.json()["steps"]) == ("transferred", [])
    answer = contact.post("accountability", key, "answer", version=version + 3, adoption="adopted", reply="已采纳。")
    assert (answer.json()["state"], answer.json()["adoption"]) == ("answered", "adopted")
    assert Caller(who.colleague).get("accountability", key).status_code == 404


def test_a_colleague_who_hands_it_over_is_told_no_more_than_that_it_is_done(who):
    made = ready.approved(who)

    answer = Caller(who.colleague).post(
        "accountability", made.pk, "transfer", version=made.version, contacts=[who.discipline.pk]
    )

    assert (answer.status_code, answer.content) == (204, b"")


def test_the_content_of_a_clue_is_null_for_who_no_longer_reads_it(who):
    clue = ready.answered_clue(who)
    for person in (who.supervisor, who.chief):
        row = Caller(person).get("clues", clue.pk).json()
        assert (row["legible"], row["number"], row["state"]) == (False, clue.number, "answered")
        assert {row[name] for name in ("facts", "kind", "person_name", "source", "reply", "department_name")} == {None}
        assert row["attached"] == []
        assert Caller(person).get("clues", q="清淤").json()["results"] == []
    row = Caller(who.discipline).get("clues", clue.pk).json()
    assert (row["legible"], row["facts"], len(row["attached"])) == (True, clue.facts, 1)
    for name in ("department", "person", "kind"):
        assert Caller(who.supervisor).get("clues", **{name: 1}).status_code == 400


def test_who_told_it_is_answered_once_recorded_and_kept_nowhere(who):
    clue = ready.transferred_clue(who)
    caller, key = Caller(who.discipline), fresh_key()

    for _ in "12":
        answer = caller.post("clues", clue.pk, "unmask", version=make.fresh(clue).version, key=key, reason="核实")
        assert (answer.status_code, answer.json()["name"]) == (201, "赵敢言")

    assert Event.objects.filter(kind="clue.unmask").count() == 2
    assert not Replay.objects.filter(body__contains="赵敢言").exists()
    assert "赵敢言" not in str(caller.get("clues", clue.pk).json())
    assert caller.get("informants").status_code == 404


def test_others_read_a_case_without_names_by_rest_too(who):
    case = ready.published_case(who)
    row = Caller(who.stranger).get("cases", case.pk).json()

    assert (row["title"], row["names"], row["attached"]) == ("某局纸面销号", [], [])
    assert "水务" not in str(row)
    assert Caller(who.stranger).get("cases", q="水务").json()["results"] == []
    assert Caller(who.leader).get("cases", case.pk).json()["title"] == "市水务局纸面销号"


def test_linked_evidence_is_handed_out_through_the_paper(who):
    task = make.active(who)
    proof = evidence.add(task, by=who.handler, file=make.upload(), evidence_on=timezone.localdate())
    other = evidence.add(task, by=who.handler, file=make.upload(), evidence_on=timezone.localdate())
    made = ready.transferred(who, evidence=[proof])
    clue = ready.transferred_clue(who, evidence=[proof])

    assert Caller(who.discipline).get("evidence", proof.pk).status_code == 404
    answer = Caller(who.discipline).get("accountability", made.pk, "evidence", proof.pk)
    assert b"".join(answer.streaming_content) == "已完成".encode()
    assert Caller(who.discipline).get("accountability", made.pk, "evidence", other.pk).status_code == 404
    assert Caller(who.colleague).get("accountability", made.pk, "evidence", proof.pk).status_code == 404
    assert Caller(who.supervisor).get("clues", clue.pk, "evidence", proof.pk).status_code == 404
    kinds = [row["kind"] for row in Caller(who.discipline).get("accountability", made.pk).json()["attached"]]
    assert kinds == ["evidence", "exhibit"]


def test_tasks_and_evidence_of_others_cannot_be_linked(who):
    task = make.active(who)
    child = make.tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="某")
    said = keys(ready.words(who)) | {"tasks": [task.pk, child.pk]}

    answer = Caller(who.supervisor).post("accountability", **said)

    assert answer.status_code == 400
    assert "tasks" in answer.json()["details"]
    assert Accountability.objects.count() == 0


LISTS = ("accountability", "statements", "clues", "commendations", "cases", "exhibits")


@pytest.mark.parametrize("name", ["supervisor", "chief", "discipline"])
def test_a_list_costs_three_and_a_thing_four_queries_for_one_and_for_many(who, name):
    caller, found = Caller(who.everyone()[name]), {}
    for more in range(2):
        for _ in range(1 + 2 * more):
            proposal, clue = ready.answered(who), ready.answered_clue(who)
            praise, case = ready.published_praise(who), ready.published_case(who)
        workdays.calendar()
        things = {"accountability": proposal, "clues": clue, "commendations": praise, "cases": case}
        for noun in LISTS:
            for path in ((), (things[noun].pk,)) if noun in things else ((),):
                caller.get(noun, *path)
                with CaptureQueriesContext(connection) as asked:
                    assert caller.get(noun, *path).status_code == 200
                assert len(asked) <= (4 if path else 3), (noun, path, [q["sql"][:80] for q in asked])
                found.setdefault((noun, bool(path)), set()).add(len(asked))

    assert {key: costs for key, costs in found.items() if len(costs) > 1} == {}


def test_a_hidden_paper_answers_as_an_absent_one(who):
    sealed, clue, case = ready.transferred(who), ready.clue(who), ready.case(who)
    for noun, thing in (("accountability", sealed), ("clues", clue), ("cases", case)):
        hidden = Caller(who.stranger).get(noun, thing.pk)
        absent = Caller(who.stranger).get(noun, 999_999)
        assert hidden.status_code == absent.status_code == 404
        assert {k: v for k, v in hidden.json().items() if k != "request_id"} == {
            k: v for k, v in absent.json().items() if k != "request_id"
        }


def test_filters_narrow_and_never_widen(who):
    one, due = ready.proposal(who), ready.published_case(who)
    officer = Caller(who.supervisor)
    assert [r["id"] for r in officer.get("accountability", q="水务").json()["results"]] == [one.pk]
    assert officer.get("accountability", state="pending").json()["results"] == []
    assert officer.get("accountability", nonsense=1).status_code == 400
    Case.objects.filter(pk=due.pk).update(review_on=timezone.localdate())
    assert [r["id"] for r in officer.get("cases", review_due=1).json()["results"]] == [due.pk]
    assert Caller(who.stranger).get("cases", review_due=1).json()["results"] == []
    assert Caller(who.unit_head).get("accountability", q="水务").json()["results"] == []
    assert officer.get("statements", accountability=one.pk).json()["results"] == []
