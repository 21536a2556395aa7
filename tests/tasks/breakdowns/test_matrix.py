"""Clause by task by unit, on the page, at the REST door and in Excel; and back from the task to its clause."""

from io import BytesIO

import pytest
import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.workdays import calendar
from tasks import breakdown_papers
from tasks.operations.breakdowns import clauses, covering, drafts, settling
from tasks.states import Part
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from tests.tasks.breakdowns import paper
from tests.tasks.breakdowns.test_exports import edited, issued


def cells(content):
    return python_calamine.CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()


def row_of(breakdown, words):
    return next(row for row in covering.matrix(breakdown).rows if words in row.words)


def statements(ask):
    calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    return len(asked), answer


def test_every_clause_has_a_row_and_every_unit_a_column(who):
    breakdown = paper.broken_down(who)

    matrix = covering.matrix(breakdown)

    assert [row.clause.number for row in matrix.rows] == [one.number for one in breakdown.clauses.order_by("number")]
    assert {*matrix.units} >= {who.water, who.finance, who.housing}
    [line] = row_of(breakdown, "病险水库").lines
    assert line.parts == {who.water.pk: Part.LEAD, who.finance.pk: Part.CO}


def test_a_merged_draft_covers_its_clause_by_the_one_that_took_it_in(who):
    breakdown = paper.broken_down(who)
    kept, taken = paper.draft_of(breakdown, "病险水库"), paper.draft_of(breakdown, "防汛资金")
    drafts.merge(kept, by=who.supervisor, others=[taken])
    drafts.accept(kept, by=who.supervisor)

    row = row_of(breakdown, "防汛资金")

    assert [line.draft.pk for line in row.lines] == [kept.pk]
    assert (row.clause.coverage, row.is_unsettled) == ("covered", False)


def test_a_disposed_clause_tells_how_and_why(who):
    breakdown = paper.broken_down(who)
    clause = paper.clause_of(breakdown, "易涝点")
    clauses.dispose(clause, by=who.supervisor, disposition="not_taken", reason="另案办理")

    row = row_of(breakdown, "易涝点")

    assert (breakdown_papers.came_to(row), breakdown_papers.disposed(row)) == ("已处置", "不立项：另案办理")
    assert row.lines == ()


def test_a_clause_that_a_leader_let_go_says_so(who):
    breakdown = settling.waive(paper.broken_down(who), by=who.leader, reason="先行下达")

    row = row_of(breakdown, "易涝点")

    assert (row.waived, breakdown_papers.came_to(row)) == (True, "待采纳（领导准予）")


def test_the_page_marks_what_nothing_stands_for_and_says_the_marks_in_words(who, client):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    drafts.accept(edited(draft, who, joint=[who.housing], co_units=[who.finance]), by=who.supervisor)
    client.force_login(who.supervisor)

    answer = client.get(reverse("breakdown-matrix", args=[breakdown.pk]))
    text = answer.content.decode()

    open_rows = [one for one in answer.context["rows"] if one["row"].is_unsettled]
    assert text.count("data-uncovered") == answer.context["open"] == len(open_rows) > 0
    for mark, word in (("●", "牵头"), ("◐", "共同牵头"), ("○", "配合")):
        assert (
            f'<span aria-hidden="true" title="{word}">{mark}</span><span class="visually-hidden">{word}</span>' in text
        )


def test_the_page_costs_the_same_for_a_long_paper(who, client):
    short = paper.broken_down(who)
    items = "\n".join(f"（{n}）开展第{n}批易涝点整治。（责任单位：市水务局；配合单位：市财政局）" for n in range(1, 40))
    long = paper.broken_down(who, text=f"{paper.TEXT}\n四、补充任务\n{items}\n")
    assert long.clauses.count() > short.clauses.count()
    client.force_login(who.supervisor)
    client.get("/")

    few, many = (
        statements(lambda one=one: client.get(reverse("breakdown-matrix", args=[one.pk])))[0] for one in (short, long)
    )

    assert few == many
    assert statements(lambda: covering.matrix(long))[0] <= 4
    assert statements(lambda: covering.lines(long))[0] <= 3


def test_the_workbook_has_a_line_for_each_task_of_a_clause(who):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    drafts.split(draft, by=who.supervisor, parts=[{"matter": "加固大坝"}, {"matter": "改造闸门"}])

    _title, head, *rows = cells(breakdown_papers.KINDS["matrix"].content(breakdown))

    told = [dict(zip(head, row, strict=True)) for row in rows]
    number = paper.clause_of(breakdown, "病险水库").number
    of_clause = [one for one in told if one["条款号"] == number]
    assert [(one["工作任务"], one["市水务局"], one["市财政局"]) for one in of_clause] == [
        ("加固大坝", "●", "○"),
        ("改造闸门", "●", "○"),
    ]


def test_rest_tells_the_same(who):
    breakdown, task = issued(who)

    shown = Caller(who.supervisor).get("breakdowns", breakdown.pk, "matrix").json()

    row = next(one for one in shown["rows"] if "病险水库" in one["text"])
    [line] = row["tasks"]
    assert (line["task"], line["number"], line["state"]) == (task.pk, task.number, "assigned")
    assert (line["lead"]["id"], [unit["id"] for unit in line["co_units"]]) == (who.water.pk, [who.finance.pk])
    assert {row["coverage"] for row in shown["rows"]} >= {"covered", "open"}
    assert len(shown["rows"]) == breakdown.clauses.count()


def test_a_key_for_breakdowns_alone_reads_what_was_drafted_not_what_the_task_became(who):
    breakdown, task = issued(who)
    type(task).objects.filter(pk=task.pk).update(matter="改过的事项")
    matters = {}
    for scopes in (("breakdowns:read",), ("breakdowns:read", "tasks:read")):
        caller = Caller(key=org.client(who.office, scopes, role="supervisor").key)
        rows = caller.get("breakdowns", breakdown.pk, "matrix").json()["rows"]
        matters[scopes] = next(row["tasks"][0]["matter"] for row in rows if row["tasks"])

    assert list(matters.values()) == [next(iter(covering.lines(breakdown, current=False))).matter, "改过的事项"]


# ------------------------------------------------------------------------------------------------ back from the task


def test_a_task_leads_back_to_its_clause(who):
    breakdown, task = issued(who)
    clause = paper.clause_of(breakdown, "病险水库")

    caller = Caller(who.supervisor)
    cost, answer = statements(lambda: caller.get("tasks", task.pk))

    assert answer.json()["source_clause"] == {
        "breakdown": breakdown.pk, "key": clause.key, "number": clause.number, "start": clause.start,
        "end": clause.end, "text": breakdown.text[clause.start : clause.end],
    }  # fmt: skip
    assert cost <= 4


@pytest.mark.parametrize("name", ["handler", "unit_head", "helper"])
def test_a_unit_is_not_told_of_the_office_s_paper(who, name):
    _breakdown, task = issued(who)

    answer = Caller(who.everyone()[name]).get("tasks", task.pk)

    assert (answer.status_code, answer.json()["source_clause"]) == (200, None)


def test_a_task_that_no_paper_brought_has_no_clause(who):
    task = make.assigned(who)

    assert Caller(who.supervisor).get("tasks", task.pk).json()["source_clause"] is None


def test_a_key_without_breakdowns_is_not_told_of_the_clause(who):
    _breakdown, task = issued(who)
    caller = Caller(key=org.client(who.office, ("tasks:read",), role="supervisor").key)

    assert caller.get("tasks", task.pk).json()["source_clause"] is None
