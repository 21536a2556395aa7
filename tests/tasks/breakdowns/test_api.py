"""The REST door of the breakdown: document, clauses, drafts, issue, with what the page knows."""

import io

import docx
import pytest

from tasks.models import Breakdown, Task
from tests.factories import breakdowns as papers
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from tests.tasks.breakdowns.paper import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_paper_is_handed_in_as_text_and_shown_with_its_coverage(cast):
    directive, caller = make.directive(cast), Caller(cast.supervisor)
    answer = caller.post("directives", directive.pk, "document", text=TEXT)

    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["text"] == TEXT
    assert said["coverage"] == {"covered": 0, "proposed": 4, "disposed": 0, "open": 2, "frame": 3}
    shown = caller.get("directives", directive.pk, "document").json()
    assert shown == said


def test_a_rehearsal_keeps_nothing(cast):
    directive = make.directive(cast)
    answer = Caller(cast.supervisor).post("directives", directive.pk, "document", text=TEXT, dry_run=True)

    assert answer.status_code == 200
    assert next(one["proposed"]["matter"] for one in answer.json()["drafts"]) == "完成12座病险水库除险加固"
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in answer.json()["clauses"])
    assert not Breakdown.objects.exists()


def test_a_word_file_is_handed_in(cast):
    stream, paper = io.BytesIO(), docx.Document()
    for line in TEXT.splitlines():
        paper.add_paragraph(line)
    paper.save(stream)
    stream.seek(0)
    stream.name = "防汛方案.docx"
    directive = make.directive(cast)
    answer = Caller(cast.supervisor).post("directives", directive.pk, "document", files=True, file=stream)

    assert answer.status_code == 201, answer.content
    assert answer.json()["name"] == "防汛方案.docx"


def test_the_clauses_are_listed_with_their_words_and_what_they_came_to(cast):
    made = papers.breakdown(cast)
    rows = Caller(cast.supervisor).get("directives", made.directive_id, "clauses").json()["results"]

    assert [one["text"] for one in rows] == [made.text[one["start"] : one["end"]] for one in rows]
    assert [one["coverage"] for one in rows] == ["frame", "proposed", "proposed", "open"]


def test_the_drafts_are_listed_with_their_units_and_what_is_missing(cast):
    made = papers.breakdown(cast)
    first, second = Caller(cast.supervisor).get("directives", made.directive_id, "drafts").json()["results"]

    assert (first["lead"]["id"], [one["id"] for one in first["co_units"]]) == (cast.water.pk, [cast.finance.pk])
    assert first["missing"] == ["responsible"]
    assert second["problem"] is None


def test_clauses_are_disposed_of_and_drafts_added_by_the_directives_address(cast):
    made, caller = papers.breakdown(cast), Caller(cast.supervisor)
    loose = papers.clause_of(made, "常通气")
    said = papers.DISPOSED | {"clauses": [loose.pk]}
    assert caller.post("directives", made.directive_id, "clauses", **said).status_code == 428
    answer = caller.post("directives", made.directive_id, "clauses", version=made.version, **said)
    assert answer.status_code == 200
    assert answer.json()["coverage"]["disposed"] == 1

    clause = papers.draft_of(made, "水库").clause
    answer = caller.post("directives", made.directive_id, "drafts", clause=clause.pk, matter="编制方案")
    assert answer.status_code == 201
    assert answer.json()["matter"] == "编制方案"


def test_the_issue_is_refused_with_the_open_clauses_then_rehearsed_then_done(cast):
    caller, made = Caller(cast.supervisor), papers.breakdown(cast)
    answer = caller.post("directives", made.directive_id, "issue")
    assert answer.status_code == 409
    assert answer.json()["code"] == "breakdown.clauses_open"
    assert answer.json()["details"]["clauses"] == [one.key for one in made.clauses.unsettled()]

    done = papers.settled(cast)
    told = caller.post("directives", done.directive_id, "issue", dry_run=True).json()
    assert (told["dry_run"], told["done"], Task.objects.count()) == (True, 2, 0)
    told = caller.post("directives", done.directive_id, "issue").json()
    assert (told["dry_run"], told["done"], told["refused"]) == (False, 2, 0)
    assert [one["number"] is not None for one in told["results"]] == [True, True]
    assert Task.objects.filter(state="assigned").count() == 2


def test_where_nothing_was_broken_down_there_is_nothing(cast):
    directive = make.directive(cast)
    answer = Caller(cast.supervisor).get("directives", directive.pk, "document")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_unit_that_sees_the_directive_does_not_see_its_paper(cast):
    made = papers.issued(cast)
    caller = Caller(cast.handler)
    assert caller.get("directives", made.directive_id).status_code == 200
    assert caller.get("directives", made.directive_id, "document").status_code == 404
    assert caller.get("breakdowns").json()["results"] == []
