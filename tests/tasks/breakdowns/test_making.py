"""A paper comes in: every clause stands once, every draft says what the paper says, nothing is a task yet."""

import io
import itertools

import docx
import pytest

from documents import safety
from tasks.models import Breakdown, Task
from tasks.operations import directives
from tasks.operations.breakdowns import making, settling
from tests.factories import tasks as make
from tests.tasks.breakdowns.paper import TEXT, approved, clause_of, document, draft_of
from workflow import audit
from workflow.models import Event
from workflow.refusal import Conflict, Forbidden, RuleBroken

pytestmark = pytest.mark.django_db


def test_every_clause_slices_the_text_and_together_with_the_headings_they_are_all_of_it(breakdown):
    clauses = list(breakdown.clauses.all())

    assert [clause.number for clause in clauses] == list(range(1, len(clauses) + 1))
    assert all(before.end <= after.start for before, after in itertools.pairwise(clauses))
    left, place = "", 0
    for clause in clauses:
        left += breakdown.text[place : clause.start]
        place = clause.end
    assert "水库" not in left
    assert "总体要求" in left


def test_a_draft_says_what_the_paper_says_and_nothing_else(breakdown, cast):
    said = draft_of(breakdown, "水库").proposed

    assert said["lead"] == cast.water.pk
    assert said["co_units"] == [cast.finance.pk]
    assert said["due_on"] == "2027-05-31"
    assert said["deadline"] == "2027年5月底前"
    assert said["responsible"] == ""
    assert said["default_limit"] is False


def test_a_unit_that_the_directory_does_not_know_is_left_to_a_person(breakdown):
    said = draft_of(breakdown, "防汛应急预案").proposed

    assert said["lead"] is None
    assert next((one["role"], one["text"], one["unit"]) for one in said["mentions"]) == ("lead", "市防办", None)


def test_nothing_becomes_a_task_and_the_record_tells_of_it_without_the_papers_name(breakdown):
    assert not Task.objects.exists()
    assert breakdown.drafts.filter(state="proposed").count() == 4
    told = Event.objects.get(kind="directive.break_down")
    assert told.detail == {"breakdown": breakdown.pk, "sha256": breakdown.sha256}
    assert Event.objects.get(kind="breakdown.create").detail["drafts"] == 4


def test_the_same_text_gives_the_same_keys(breakdown, cast):
    again = making.pasted(approved(cast), by=cast.supervisor, text=TEXT)

    assert [c.key for c in again.apart.clauses] == [c.key for c in breakdown.clauses.all()]


def test_title_number_day_and_signature_need_no_decision(breakdown):
    frames = [breakdown.text[c.start : c.end] for c in breakdown.clauses.filter(state="frame")]

    assert frames == ["青澜市人民政府关于2027年防汛重点工作的实施方案", "青政发〔2026〕8号", "2026年11月20日"]


def test_a_word_file_is_read_and_kept_as_it_came(cast):
    directive, stream = approved(cast), io.BytesIO()
    paper = docx.Document()
    for line in TEXT.splitlines():
        paper.add_paragraph(line)
    paper.save(stream)
    content = stream.getvalue()
    stream.seek(0)

    made = making.break_down(
        directive, by=cast.supervisor,
        file=making.accept(directive, by=cast.supervisor, stream=stream, name="防汛方案.docx"),
    )  # fmt: skip

    assert made.name == "防汛方案.docx"
    assert made.content_type == safety.TYPES["docx"][1]
    assert made.drafts.count() == 4
    with made.file.open() as kept:
        assert kept.read() == content


def test_working_days_are_counted_by_the_offices_calendar(cast):
    text = TEXT.replace("2027年3月底前拨付到位", "自印发之日起10个工作日内拨付到位")
    made = making.break_down((of := approved(cast)), by=cast.supervisor, text=document(of, cast, text))

    assert draft_of(made, "防汛资金").proposed["due_on"] == "2026-12-04"


def test_one_paper_of_a_directive_stands_until_it_is_given_up(breakdown, cast):
    directive = breakdown.directive
    with pytest.raises(Conflict) as refused:
        making.break_down(directive, by=cast.supervisor, text=document(directive, cast))

    assert refused.value.code == "breakdown.exists"
    assert refused.value.details == {"breakdown": breakdown.pk}
    assert Breakdown.objects.count() == 1
    settling.drop(breakdown, by=cast.supervisor)
    assert making.break_down(directive, by=cast.supervisor, text=document(directive, cast)).pk != breakdown.pk


def test_neither_no_paper_nor_two_are_taken(cast):
    directive = approved(cast)
    one = document(directive, cast)
    for given in ({}, {"file": one, "text": one}):
        with pytest.raises(RuleBroken) as refused:
            making.break_down(directive, by=cast.supervisor, **given)
        assert refused.value.code == "breakdown.one_paper"
    assert not Breakdown.objects.exists()
    assert not Event.objects.filter(kind="directive.break_down").exists()


def test_who_may_not_break_it_down_has_nothing_looked_through(cast, monkeypatch):
    directive = approved(cast)
    monkeypatch.setattr(making.uploads, "accept", lambda *_: pytest.fail("looked through"))
    for person in (cast.leader, cast.handler, cast.stranger):
        with pytest.raises(Forbidden) as refused:
            making.accept(directive, by=person, stream=io.BytesIO(b"x"), name="a.txt")
        assert refused.value.code == "directive.break_down.forbidden"


def test_what_is_only_to_be_read_is_not_broken_down(cast):
    directive = make.directive(cast, approved=False, handling="information")
    with pytest.raises(RuleBroken) as refused:
        making.pasted(directive, by=cast.supervisor, text=TEXT)
    assert refused.value.code == "directive.information_only"


def test_a_marked_paper_is_refused_and_recorded_without_a_word_of_it(cast):
    directive = approved(cast)
    with pytest.raises(RuleBroken) as refused:
        making.pasted(directive, by=cast.supervisor, text="机密★1年\n" + TEXT)

    assert refused.value.code == "secrecy.marked"
    assert Event.objects.filter(kind="directive.refuse_marked").count() == 1
    assert not Breakdown.objects.exists()


def test_a_book_is_refused_with_what_to_do(cast, monkeypatch):
    monkeypatch.setattr(making, "LONGEST", 100)
    with pytest.raises(RuleBroken) as refused:
        making.pasted(approved(cast), by=cast.supervisor, text=TEXT)
    assert refused.value.code == "paper.too_long"


def test_the_office_of_a_withdrawn_directive_breaks_nothing_down(cast):
    directive = directives.withdraw(make.directive(cast, approved=False), by=cast.supervisor, reason="重复")
    with pytest.raises(Exception) as refused:
        making.pasted(directive, by=cast.supervisor, text=TEXT)
    assert refused.value.code == "directive.break_down.wrong_state"


def test_a_suggestion_by_duty_is_never_the_lead(cast):
    cast.finance.duties = ["防汛资金"]
    cast.finance.save()
    text = TEXT.replace("（责任单位：市财政局）", "")
    made = making.break_down((of := approved(cast)), by=cast.supervisor, text=document(of, cast, text))
    found = [d.proposed for d in made.drafts.all() if d.proposed["suggested"]]

    assert all(one["lead"] is None and one["suggested"] == [cast.finance.pk] for one in found)
    assert clause_of(made, "防汛资金").state == "open"


def test_a_paper_or_its_file_changed_behind_the_house_is_found_and_named(breakdown):
    assert [one for one in audit.verify() if one.stream == breakdown.stream] == []

    Breakdown.objects.filter(pk=breakdown.pk).update(text=TEXT.replace("12座", "2座"))
    with open(breakdown.file.path, "ab") as file:
        file.write(b"x")

    found = {(one.kind, one.stream) for one in audit.verify()}
    assert found == {(audit.ROW, breakdown.stream), (audit.FILE, breakdown.stream)}


def test_a_breakdown_whose_state_no_deed_led_to_is_found(breakdown):
    Breakdown.objects.filter(pk=breakdown.pk).update(state="issued")

    assert [one.kind for one in audit.verify() if one.stream == breakdown.stream] == [audit.ROW]
