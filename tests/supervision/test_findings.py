"""督查问题: told to the unit with its proof, accepted or disputed, decided by people not involved (R36, C7)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from supervision.models import Finding
from supervision.operations import findings, rectifications
from supervision.states.correcting import FindingState
from tasks.operations import closures
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from workflow.refusal import Forbidden, RuleBroken


def test_a_finding_is_a_draft_of_the_team_until_it_is_issued(who):
    finding = correcting.draft(who)
    assert (finding.state, finding.number) == ("draft", None)
    assert finding.department_name == "市水务局"
    assert not Finding.objects.visible_to(who.unit_head).exists()
    assert list(Finding.objects.visible_to(who.supervisor)) == [finding]

    with at("2026-03-09 10:00"):
        finding = findings.issue(correcting.draft(who), by=who.supervisor)

    assert (finding.state, finding.number, finding.answer_until) == ("issued", 1, date(2026, 3, 16))
    assert list(Finding.objects.visible_to(who.unit_head)) == [finding]
    assert not Finding.objects.visible_to(who.stranger_head).exists()


def test_the_head_of_the_team_issues_it_and_a_member_does_not(who):
    crew = inspecting.team(who)
    finding = correcting.draft(who, correcting.inspected(who, crew=crew))

    with refused("finding.issue.forbidden", finding, kind=Forbidden):
        findings.issue(finding, by=crew.member)

    assert findings.issue(finding, by=crew.head).state == "issued"


def test_r36_a_finding_without_a_proof_is_not_issued(who):
    inspection = correcting.inspected(who)
    finding = correcting.draft(who, inspection, proofs=())

    with refused("finding.no_evidence", finding, kind=RuleBroken):
        findings.issue(finding, by=who.supervisor)

    correcting_words = correcting.words(inspection)
    findings.edit(make.fresh(finding), by=who.supervisor, **correcting_words)
    assert findings.issue(make.fresh(finding), by=who.supervisor).state == "issued"


def test_evidence_of_a_linked_task_proves_as_well_and_no_other_tasks_does(who):
    from tasks.operations import evidence

    task, other = make.active(who), make.active(who)
    day = inspecting.today()
    own, foreign = (evidence.add(t, by=who.handler, file=make.upload(), evidence_on=day) for t in (task, other))
    inspection = correcting.inspected(who, tasks=[task])
    with refused("finding.other_evidence", inspection, kind=RuleBroken):
        correcting.draft(who, inspection, proofs=(), evidence=[foreign])
    with refused("finding.other_task", inspection, kind=RuleBroken):
        correcting.draft(who, inspection, task=other)

    finding = correcting.draft(who, inspection, proofs=(), evidence=[own])

    assert findings.issue(finding, by=who.supervisor).state == "issued"


def test_only_what_is_inspected_has_findings_and_only_its_own_proofs(who):
    inspection, elsewhere = correcting.inspected(who), correcting.inspected(who, objects=[who.water], topic="供水安全")
    with refused("finding.not_object", inspection, kind=RuleBroken):
        correcting.draft(who, inspection, department=who.finance)
    with refused("finding.other_proof", inspection, kind=RuleBroken):
        correcting.draft(who, inspection, proofs=list(elsewhere.proofs.all()))


def test_r11_what_a_covert_visit_finds_is_told_to_nobody_before_its_disclosure(who):
    from supervision.operations import inspections

    inspection = correcting.inspected(who, covert=True)
    finding = correcting.draft(who, inspection)
    with refused("finding.covert", finding, finding.task, kind=RuleBroken):
        findings.issue(finding, by=who.supervisor)
    for person in (who.unit_head, who.handler, who.colleague, who.auditor, who.discipline, who.stranger_head):
        assert not Finding.objects.visible_to(person).exists(), person
    assert list(Finding.objects.visible_to(who.chief)) == [finding]

    inspections.disclose(make.fresh(inspection), by=who.supervisor)

    assert findings.issue(make.fresh(finding), by=who.supervisor).state == "issued"
    assert list(Finding.objects.visible_to(who.unit_head)) == [make.fresh(finding)]


def test_numbers_run_unit_by_unit_so_that_no_gap_tells_of_another_units_problems(who):
    inspection = correcting.inspected(who, objects=[who.water, who.finance])
    one = correcting.issued(who, inspection)
    other = correcting.issued(who, inspection, department=who.finance, task=None)
    two = correcting.issued(who, inspection)

    assert [finding.number for finding in (one, other, two)] == [1, 1, 2]
    assert set(Finding.objects.visible_to(who.unit_head)) == {one, two}
    assert list(Finding.objects.visible_to(who.helper_head)) == [other]


# ------------------------------------------------------------------------------------------------ the hold


def test_a_finding_holds_its_task_until_it_is_settled(who):
    task = make.in_approval(who)
    finding = correcting.issued(who, correcting.inspected(who, tasks=[task]))

    with refused("close.held", task, kind=RuleBroken):
        closures.close(make.fresh(task), by=who.leader, conclusion="同意")
    findings.accept(finding, by=who.unit_head)
    item = correcting.ordered(who, finding=make.fresh(finding))
    assert task.holds.standing().count() == 1
    item = rectifications.plan(item, by=who.handler, measures="架设专线", responsible="处长")
    item = rectifications.claim(item, by=who.unit_head, done="已通电")
    rectifications.verify(item, by=who.colleague, result="done", opinion="属实")

    assert not task.holds.standing().exists()
    assert closures.close(make.fresh(task), by=who.leader, conclusion="同意").state == "closed"


@pytest.mark.parametrize("stage", [correcting.dropped, correcting.waived])
def test_a_finding_that_falls_or_is_closed_undone_holds_nothing_any_more(who, stage):
    finding = stage(who)

    assert not finding.task.holds.standing().exists()
    assert finding.end_reason


# ------------------------------------------------------------------------------------------------ the answer


def test_the_units_head_answers_and_nobody_for_him(who):
    finding = correcting.issued(who)
    for person in (who.handler, who.helper_head, who.supervisor):
        with refused("finding.accept.forbidden", finding, kind=Forbidden):
            findings.accept(finding, by=person)

    finding = findings.accept(finding, by=who.unit_head, comment="属实，立即整改")

    assert (finding.state, finding.answered_by, finding.answer) == ("accepted", who.unit_head, "属实，立即整改")


def test_an_objection_is_heard_within_five_working_days_and_not_afterwards(who):
    with at("2026-03-09 10:00"):
        one, other = (correcting.issued(who) for _ in "12")
    with at("2026-03-16 23:00"):
        assert findings.object_(one, by=who.unit_head, reason="已通电").state == "disputed"
    with at("2026-03-17 08:00"), refused("finding.objection_late", other, kind=RuleBroken):
        findings.object_(other, by=who.unit_head, reason="已通电")


def test_silence_counts_as_acceptance_only_when_an_officer_says_so_after_the_last_day(who):
    with at("2026-03-09 10:00"):
        finding = correcting.issued(who)
    with at("2026-03-16 20:00"), refused("finding.answer_open", finding, kind=RuleBroken):
        findings.take_as_accepted(finding, by=who.supervisor)
    with at("2026-03-17 08:00"):
        finding = findings.take_as_accepted(finding, by=who.supervisor)

    assert (finding.state, finding.answered_by) == ("accepted", None)
    assert told("finding.take_as_accepted") == [{"comment": "", "silent": True}]


# ------------------------------------------------------------------------------------------------ the objection


def test_c7_an_objection_is_decided_by_people_who_took_no_part(who):
    crew = inspecting.team(who)
    finding = correcting.disputed(who, correcting.inspected(who, crew=crew))
    with refused("finding.involved", finding, kind=Forbidden):
        findings.uphold(finding, by=who.supervisor, reason="属实")  # registered the inspection, issued the finding
    with refused("finding.involved", finding, kind=Forbidden):
        findings.drop(finding, by=who.chief, reason="属实")  # approved the inspection
    with refused("finding.uphold.forbidden", finding, kind=Forbidden):
        findings.uphold(finding, by=crew.member, reason="属实")

    finding = findings.uphold(finding, by=correcting.judge(who), reason="运行记录系事后补填")

    assert (finding.state, finding.decision) == ("accepted", "运行记录系事后补填")


def test_c7_who_acts_for_a_person_involved_is_as_little_free(who):
    finding = correcting.disputed(who)

    with refused("finding.involved", finding, kind=Forbidden):
        findings.uphold(finding, by=lend(who.supervisor, who.colleague), reason="属实")

    assert findings.uphold(finding, by=who.colleague, reason="属实").state == "accepted"


def test_an_objection_that_is_right_takes_the_finding_away(who):
    finding = correcting.dropped(who)

    assert (finding.state, finding.standing) == ("dropped", "dropped")
    assert not finding.task.holds.standing().exists()
    assert list(Finding.objects.visible_to(who.unit_head)) == [finding]


def test_c7_what_is_disputed_or_unanswered_is_not_counted(who):
    inspection = correcting.inspected(who)
    stages = (
        correcting.draft, correcting.issued, correcting.disputed, correcting.dropped, correcting.accepted,
        correcting.settled, correcting.waived,
    )  # fmt: skip
    made = {stage.__name__: stage(who, inspection) for stage in stages}

    assert set(Finding.objects.agreed()) == {made["accepted"], made["settled"], made["waived"]}
    assert {name: finding.standing for name, finding in made.items()} == {
        "draft": "", "issued": "unanswered", "disputed": "disputed_open", "dropped": "dropped",
        "accepted": "agreed_open", "settled": "closed_done", "waived": "closed_not_done",
    }  # fmt: skip


def test_a_finding_is_closed_undone_by_a_leader_with_the_reason(who):
    finding = correcting.accepted(who)
    item = correcting.ordered(who, finding=finding)
    with refused("finding.waive.forbidden", finding, kind=Forbidden):
        findings.waive(make.fresh(finding), by=correcting.judge(who), reason="列入拆除计划")

    finding = findings.waive(make.fresh(finding), by=who.leader, reason="列入拆除计划")

    assert (finding.state, finding.end_reason, make.fresh(item).state) == ("undone", "列入拆除计划", "ended")
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(end_reason="")


def test_a_draft_may_be_thrown_away_and_its_unit_never_hears_of_it(who):
    finding = findings.discard(correcting.draft(who), by=who.supervisor)

    assert finding.state == FindingState.DROPPED
    assert not Finding.objects.visible_to(who.unit_head).exists()
