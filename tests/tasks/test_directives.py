"""督查事项: registered with its source, approved by another, numbered, taken back without open tasks (R12, R15)."""

from datetime import date

import pytest

from organization.states import Rank, Role
from tasks.models import Directive
from tasks.operations import directives, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, in_post, lend, told
from workflow import numbers
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken, Stale, WrongState


def test_a_directive_keeps_its_source_its_papers_number_and_its_day(who):
    made = directives.register(
        by=who.supervisor, title="城市内涝治理", source="minutes", document_no="青政纪〔2026〕5号", issuer="市政府",
        issued_on=date(2026, 3, 2), urgency="urgent",
    )  # fmt: skip

    kept = Directive.objects.get(pk=made.pk)
    assert (kept.state, kept.organiser, kept.registered_by) == ("draft", who.office, who.supervisor)
    assert (kept.source, kept.document_no, kept.issuer) == ("minutes", "青政纪〔2026〕5号", "市政府")
    assert (kept.issued_on, kept.urgency, kept.number) == (date(2026, 3, 2), "urgent", None)


def test_nobody_but_a_supervision_officer_registers(who):
    for name, person in who.everyone().items():
        if name in ("supervisor", "colleague"):
            continue
        with pytest.raises(Forbidden):
            directives.register(by=person, title="某事")

    assert Directive.objects.count() == Event.objects.count() == 0


def test_what_is_only_to_be_read_never_becomes_a_task(who):
    reading = make.directive(who, approved=False, handling="information")

    with refused("directive.information_only", reading, kind=RuleBroken):
        tasks.draft(reading, by=who.supervisor, matter="某事")
    with refused("directive.information_only", reading, kind=RuleBroken):
        directives.submit(reading, by=who.supervisor)


def test_an_instruction_names_the_leader_who_gave_it(who):
    with pytest.raises(RuleBroken) as refusal:
        directives.register(by=who.supervisor, title="某事", source="instruction", instruction="请抓紧")

    assert refusal.value.code == "directive.instructor_missing"
    assert Directive.objects.count() == 0


def test_a_directive_without_any_basis_is_not_submitted(who):
    for basis in ({"document_no": " "}, {"basis": ""}):
        made = directives.register(by=who.supervisor, title="某事", **basis)
        with refused("directive.basis_missing", made, kind=RuleBroken):
            directives.submit(made, by=who.supervisor)

    for basis in ({"document_no": "青政发〔2026〕3号"}, {"basis": "市长办公会"}, {"instruction": "请抓紧"}):
        made = directives.register(by=who.supervisor, title="某事", **basis)
        assert directives.submit(made, by=who.supervisor).state == "pending"


def test_approval_gives_the_number_of_the_year(who):
    with at("2026-03-09 10:00"):
        first, second = make.directive(who), make.directive(who)
    with at("2027-01-04 10:00"):
        third = make.directive(who)

    assert [d.number for d in (first, second, third)] == ["督立〔2026〕1号", "督立〔2026〕2号", "督立〔2027〕1号"]
    assert (first.approved_by, first.state) == (who.leader, "approved")
    assert numbers.gaps({"督立": [1, 2]}, 2026) == {"督立": []}


def test_nobody_approves_what_went_through_his_own_hands(who):
    """Neither who registered it, nor who corrected or submitted it, in any post, nor who lent him his."""
    organization.post(who.colleague, who.government, Role.LEADER, rank=Rank.DEPUTY)
    leader = in_post(who.colleague, Role.LEADER)
    officer = in_post(who.colleague, Role.SUPERVISOR)
    helper = organization.person(Role.SUPERVISOR, who.office)

    by_himself = directives.submit(directives.register(by=officer, title="某事", basis="例会"), by=who.supervisor)
    submitted = make.directive(who, approved=False)
    submitted = directives.submit(submitted, by=officer)
    corrected = make.directive(who, approved=False)
    corrected = directives.edit(corrected, by=officer, title="某事", source="document", basis="例会")
    corrected = directives.submit(corrected, by=who.supervisor)
    by_loan = directives.register(by=lend(who.colleague, helper, Role.SUPERVISOR), title="某事", basis="例会")
    by_loan = directives.submit(by_loan, by=who.supervisor)
    for directive in (by_himself, submitted, corrected, by_loan):
        with refused("directive.approve.own", directive, kind=Forbidden):
            directives.approve(directive, by=leader)
    with refused("directive.approve.own", by_himself, kind=Forbidden):
        directives.approve(by_himself, by=lend(who.leader, who.colleague))

    assert directives.approve(by_himself, by=who.leader).state == "approved"


def test_a_leader_of_another_government_does_not_approve(who):
    elsewhere = organization.person(Role.LEADER, organization.government(), rank=Rank.CHIEF)
    directive = directives.submit(make.directive(who, approved=False), by=who.supervisor)

    with refused("directive.approve.forbidden", directive, kind=Forbidden):
        directives.approve(directive, by=elsewhere)


def test_what_is_sent_back_is_corrected_and_submitted_again(who):
    directive = directives.submit(make.directive(who, approved=False), by=who.supervisor)
    with refused("directive.edit.wrong_state", directive, kind=WrongState):
        directives.edit(directive, by=who.supervisor, title="新题", source="document")

    directive = directives.send_back(directive, by=who.leader, reason="请写明依据")
    directive = directives.edit(directive, by=who.supervisor, title="新题", source="document", basis="例会")

    assert (directive.state, directive.title) == ("draft", "新题")
    assert told("directive.edit") == [{"changed": ["title", "document_no", "basis"]}]
    assert directives.approve(directives.submit(directive, by=who.supervisor), by=who.leader).number is not None


def test_two_officers_do_not_overwrite_one_another(who):
    """Both opened version 1; the second one's correction is refused and told what stands now (F26)."""
    mine, theirs = (Directive.objects.get(pk=make.directive(who, approved=False).pk) for _ in range(2))
    theirs = Directive.objects.get(pk=mine.pk)
    directives.edit(mine.expecting(1), by=who.supervisor, title="我的", source="document")

    with refused("version.stale", mine, kind=Stale) as refusal:
        directives.edit(theirs.expecting(1), by=who.colleague, title="他的", source="document")

    assert refusal.value.details == {"expected": 1, "current": 2, "state": "draft"}


def test_a_directive_with_an_open_task_is_not_taken_back(who):
    task = make.assigned(who)

    with refused("directive.tasks_open", task.directive, task, kind=RuleBroken) as refusal:
        directives.withdraw(task.directive, by=who.supervisor, reason="不再需要")

    assert refusal.value.details == {"open_tasks": 1}


def test_a_directive_taken_back_takes_its_drafts_along(who):
    directive = make.directive(who)
    draft, ended = make.draft(who, of=directive), make.draft(who, of=directive)
    tasks.drop(ended, by=who.supervisor, reason="重复")

    directive = directives.withdraw(directive, by=who.supervisor, reason="不再需要")

    assert (directive.state, directive.withdrawn_reason) == ("withdrawn", "不再需要")
    assert [make.fresh(t).state for t in (draft, ended)] == ["terminated", "terminated"]
    assert make.fresh(ended).end_reason == "重复"


def test_a_file_that_came_with_the_source_is_kept_with_its_digest(who):
    directive = make.directive(who, approved=False)

    attachment = directives.attach(directive, by=who.supervisor, file=make.upload("来文.txt", b"original"))

    with attachment.file.open("rb") as stream:
        assert stream.read() == b"original"
    assert (attachment.name, attachment.size, attachment.uploaded_by) == ("来文.txt", 8, who.supervisor)
    assert told("directive.attach") == [
        {"name": "来文.txt", "sha256": attachment.sha256, "attachment": attachment.pk}
    ]  # fmt: skip
