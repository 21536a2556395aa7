"""What leaves a breakdown: the task list in Excel and Word. Whoever does not see the breakdown finds nothing."""

from io import BytesIO

import pytest
import python_calamine
from django.urls import reverse
from docx import Document
from docx.enum.section import WD_ORIENT

from documents import sheets
from tasks import breakdown_papers
from tasks.models import Task
from tasks.operations.breakdowns import covering, drafts, settling
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from tests.tasks.breakdowns import paper

FILES = ("breakdown-list_xlsx", "breakdown-table_docx", "breakdown-matrix_xlsx")
REST = ("list", "table", "matrix/xlsx")


def cells(content):
    return python_calamine.CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()


def content_of(breakdown, what="list"):
    return breakdown_papers.KINDS[what].content(breakdown)


def edited(draft, who, **fields):
    said = draft.proposed
    fields = {"matter": said["matter"], "standard": said["standard"], "clause": said["clause"], "lead": who.water,
              "responsible": "局长", "due_on": make.in_workdays(20)} | fields  # fmt: skip
    return drafts.edit(draft, by=who.supervisor, **fields)


def issued(who):
    """Return a breakdown of which one task was issued, and the task."""
    breakdown = paper.broken_down(who)
    draft = edited(paper.draft_of(breakdown, "病险水库"), who, standard="完成12座", co_units=[who.finance])
    drafts.accept(draft, by=who.supervisor)
    for other in breakdown.drafts.exclude(pk=draft.pk):
        drafts.drop(other, by=who.supervisor)
    settling.waive(breakdown, by=who.leader, reason="先行下达")
    breakdown = settling.issue(breakdown, by=who.supervisor)
    [outcome] = settling.outcomes(breakdown)
    return breakdown, outcome.task


def test_the_list_holds_the_drafts_in_the_order_of_the_paper(who):
    breakdown = paper.broken_down(who)

    [title], head, *rows = [[cell for cell in row if cell != ""] if n == 0 else row
                            for n, row in enumerate(cells(content_of(breakdown)))]  # fmt: skip

    assert title == "青澜市人民政府关于2027年防汛重点工作的实施方案任务分解表"
    assert head == [column.label for column in breakdown_papers.COLUMNS]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [int(one["序号"]) for one in told] == list(range(1, len(told) + 1))
    assert [one["工作任务"] for one in told] == [str(draft) for draft in breakdown.drafts.in_order()]
    first = next(one for one in told if "病险水库" in one["原文条款"])
    assert (first["牵头单位"], first["配合单位"]) == ("市水务局", "市财政局")
    assert (first["完成时限"], first["状态（编号）"]) == ("2027-05-31", "待采纳")
    assert int(first["条款号"]) == paper.clause_of(breakdown, "病险水库").number


def test_the_import_reads_the_list_again_without_a_loss(who):
    breakdown = paper.broken_down(who)
    draft = edited(
        paper.draft_of(breakdown, "病险水库"), who, standard="完成12座", joint=[who.housing], co_units=[who.finance],
        cycle="monthly", leader="副市长",
    )  # fmt: skip

    upload = sheets.accept(BytesIO(content_of(breakdown)), "分解表.xlsx")
    read = sheets.read(upload.stream, upload.name)

    assert len(read.rows) == breakdown.drafts.count()
    row = next(one for one in read.rows if one.matter == draft.proposed["matter"])
    assert (row.lead_names, row.co_names) == (["市水务局", "市住建局"], ["市财政局"])
    assert (row.standard, row.person, row.leader, row.cycle) == ("完成12座", "局长", "副市长", "monthly")
    assert row.deadline.date == make.in_workdays(20)
    assert row.serial == str([one.pk for one in breakdown.drafts.in_order()].index(draft.pk) + 1)
    assert row.is_good, row.problems


def test_dropped_and_merged_drafts_are_not_in_the_list(who):
    breakdown = paper.broken_down(who)
    kept, taken = paper.draft_of(breakdown, "病险水库"), paper.draft_of(breakdown, "防汛资金")
    drafts.merge(kept, by=who.supervisor, others=[taken])
    gone = paper.draft_of(breakdown, "易涝点")
    drafts.drop(gone, by=who.supervisor)

    listed = [line.draft.pk for line in covering.lines(breakdown)]

    assert kept.pk in listed
    assert not {taken.pk, gone.pk} & {*listed}


def test_an_issued_draft_is_listed_as_its_task_stands_now(who):
    breakdown, task = issued(who)
    Task.objects.filter(pk=task.pk).update(standard="完成10座")

    [line] = covering.lines(breakdown)
    [drafted] = covering.lines(breakdown, current=False)

    assert (line.number, line.state, line.standard) == (task.number, "待签收", "完成10座")
    assert (line.lead, line.co_units) == (who.water, (who.finance,))
    assert drafted.standard == "完成12座"
    assert f"待签收（{task.number}）" in cells(content_of(breakdown))[2]


@pytest.mark.parametrize("what", breakdown_papers.KINDS)
def test_a_list_exported_twice_without_change_is_the_same_byte_for_byte(who, what, time_machine):
    breakdown = paper.broken_down(who)
    time_machine.move_to("2026-12-01T09:00:00+08:00")
    first = content_of(breakdown, what)
    time_machine.move_to("2026-12-02T10:00:03+08:00")

    assert content_of(type(breakdown).objects.get(pk=breakdown.pk), what) == first


def test_no_cell_becomes_a_formula(who):
    breakdown = paper.broken_down(who)
    edited(paper.draft_of(breakdown, "病险水库"), who, matter="=HYPERLINK(1)")

    assert any("'=HYPERLINK(1)" in row for row in cells(content_of(breakdown)))


def test_the_word_table_lies_across_and_repeats_its_head(who):
    breakdown = paper.broken_down(who)

    document = Document(BytesIO(content_of(breakdown, "table")))

    [section], [table] = document.sections, document.tables
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert document.paragraphs[0].text == "青澜市人民政府关于2027年防汛重点工作的实施方案任务分解表"
    assert [cell.text for cell in table.rows[0].cells] == [column.label for column in breakdown_papers.COLUMNS]
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True] + [False] * (
        len(table.rows) - 1
    )
    assert not table._tbl.xpath(".//w:gridSpan | .//w:vMerge")
    assert {*table._tbl.xpath(".//w:rFonts/@w:eastAsia")} == {"黑体", "仿宋_GB2312"}
    assert len(table.rows) == breakdown.drafts.count() + 1


def test_what_word_cannot_hold_is_left_out(who):
    breakdown = paper.broken_down(who)
    draft = paper.draft_of(breakdown, "病险水库")
    draft.proposed = draft.proposed | {"matter": "甲\x0b乙\ufffe丙"}
    draft.save(update_fields=["proposed"])

    table = Document(BytesIO(content_of(breakdown, "table"))).tables[0]

    assert "甲乙丙" in [row.cells[1].text for row in table.rows]


@pytest.mark.parametrize("name", FILES)
def test_the_page_hands_it_out_as_an_attachment(who, client, name):
    breakdown = paper.broken_down(who)
    client.force_login(who.supervisor)

    answer = client.get(reverse(name, args=[breakdown.pk]))

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "防汛" not in answer["Content-Disposition"]


@pytest.mark.parametrize("tail", REST)
def test_rest_hands_out_the_same_bytes(who, client, tail):
    breakdown = paper.broken_down(who)
    client.force_login(who.supervisor)
    name = FILES[REST.index(tail)]

    answer = Caller(who.supervisor).get("breakdowns", breakdown.pk, tail)

    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer.content == client.get(reverse(name, args=[breakdown.pk])).content


@pytest.mark.parametrize("name", ["handler", "unit_head", "inspector", "auditor", "system_admin"])
def test_nobody_else_finds_any_of_it(who, client, name):
    breakdown, _task = issued(who)
    person = who.everyone()[name]
    client.force_login(person)

    pages = [client.get(reverse(one, args=[breakdown.pk])).status_code for one in (*FILES, "breakdown-matrix")]
    rest = [Caller(person).get("breakdowns", breakdown.pk, tail).status_code for tail in (*REST, "matrix", "similar")]

    assert {*pages, *rest} == {404}


def test_a_leader_of_the_government_reads_all_of_it(who, client):
    breakdown = paper.broken_down(who)
    client.force_login(who.leader)

    assert {client.get(reverse(one, args=[breakdown.pk])).status_code for one in (*FILES, "breakdown-matrix")} == {200}
