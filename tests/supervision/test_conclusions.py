"""督查结论: in the government's name, every finding with its proof, the receipt, the right told (R36, R20)."""

from datetime import date, timedelta

import pytest

from organization.states import Side
from supervision.models import Conclusion
from supervision.operations import conclusions, findings, inspections
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at
from workflow.refusal import Forbidden, RuleBroken, WrongState


def test_r36_a_conclusion_is_issued_in_the_name_of_the_government(who):
    conclusion = correcting.concluded(who)

    assert conclusion.government == "青澜市人民政府"
    assert conclusion.number == f"督结〔{inspecting.today().year}〕1号"
    assert (conclusion.approved_by, conclusion.state) == (who.chief, "issued")


def test_r36_every_finding_of_the_unit_stands_in_it_with_its_proof(who):
    inspection = correcting.inspected(who, objects=[who.water, who.finance])
    finding = correcting.accepted(who, inspection)
    correcting.issued(who, inspection, department=who.finance, task=None)
    correcting.dropped(who, inspection)

    conclusion = correcting.submitted(who, inspection)

    assert [row["id"] for row in conclusion.snapshot] == [finding.pk]
    assert conclusion.snapshot[0]["evidence"] == [{"number": 1, "sha256": finding.proofs.get().sha256}]


def test_r36_a_finding_without_a_proof_is_named_and_the_conclusion_refused(who):
    conclusion = correcting.concluding(who)
    finding = conclusion.inspection.findings.get()
    finding.proofs.clear()

    with refused("conclusion.no_evidence", conclusion, kind=RuleBroken) as refusal:
        conclusions.submit(conclusion, by=who.supervisor)

    assert refusal.value.details == {"findings": [finding.pk]}
    assert finding.fact[:20] in refusal.value.message


@pytest.mark.parametrize("stage", [correcting.draft, correcting.issued, correcting.disputed])
def test_nothing_is_concluded_while_a_finding_is_undecided(who, stage):
    inspection = correcting.inspected(who)
    correcting.accepted(who, inspection)
    open_ = stage(who, inspection)
    conclusion = correcting.concluding(who, inspection)

    with refused("conclusion.open_findings", conclusion, kind=RuleBroken) as refusal:
        conclusions.submit(conclusion, by=who.supervisor)

    assert refusal.value.details == {"findings": [open_.pk]}


def test_what_changed_after_it_was_submitted_is_not_approved(who):
    conclusion = correcting.submitted(who)
    correcting.accepted(who, make.fresh(conclusion.inspection))

    with refused("conclusion.findings_changed", conclusion, kind=RuleBroken):
        conclusions.approve(conclusion, by=who.leader)

    conclusion = conclusions.send_back(conclusion, by=who.leader, reason="请补充新问题")
    conclusion = conclusions.submit(conclusion, by=who.supervisor)
    assert len(conclusions.approve(conclusion, by=who.leader).snapshot) == 2


def test_the_paper_does_not_follow_a_later_change(who):
    conclusion = correcting.received(who)
    before = conclusion.snapshot
    finding = conclusion.inspection.findings.get()
    item = correcting.ordered(who, finding=finding)
    assert item.finding.state == "rectifying"

    assert make.fresh(conclusion).snapshot == before


def test_only_a_leader_of_deputy_rank_approves(who):
    conclusion = correcting.submitted(who)
    for person in (correcting.judge(who), who.supervisor, who.unit_head):
        with refused("conclusion.approve.forbidden", conclusion, kind=Forbidden):
            conclusions.approve(conclusion, by=person)


def test_a_unit_has_one_conclusion_and_only_a_unit_that_was_inspected(who):
    conclusion = correcting.concluding(who)
    words = {"process": "依据", "appraisal": "评价"}
    with refused("conclusion.exists", conclusion, kind=RuleBroken):
        conclusions.draft(make.fresh(conclusion.inspection), by=who.supervisor, department=who.water, **words)
    with refused("finding.not_object", conclusion, kind=RuleBroken):
        conclusions.draft(make.fresh(conclusion.inspection), by=who.supervisor, department=who.finance, **words)

    conclusions.discard(conclusion, by=who.supervisor)

    again = conclusions.draft(make.fresh(conclusion.inspection), by=who.supervisor, department=who.water, **words)
    assert again.state == "draft"


def test_a_unit_reads_its_own_conclusion_from_its_issue_and_never_anothers(who):
    conclusion = correcting.submitted(who)
    assert not Conclusion.objects.visible_to(who.unit_head).exists()
    assert list(Conclusion.objects.visible_to(who.supervisor)) == [conclusion]

    conclusion = conclusions.approve(conclusion, by=who.leader)

    assert list(Conclusion.objects.visible_to(who.unit_head)) == [conclusion]
    for person in (who.helper_head, who.stranger, who.auditor, who.discipline, who.security_admin):
        assert not Conclusion.objects.visible_to(person).exists(), person


@pytest.mark.parametrize(
    ("received", "until"),
    [("2026-01-20", date(2026, 2, 24)), ("2026-04-02", date(2026, 5, 6)), ("2026-09-01", date(2026, 10, 8)),
     ("2026-09-11", date(2026, 10, 12)), ("2026-03-09", date(2026, 4, 8))],
)  # fmt: skip
def test_r20_the_right_of_review_ends_on_day_30_rolled_to_a_working_day(who, received, until):
    with at(f"{received} 10:00"):
        conclusion = correcting.received(who)

    assert conclusion.review_until == until


def test_the_receipt_lies_between_the_issue_and_today(who):
    conclusion = correcting.concluded(who)
    for day in (inspecting.today() - timedelta(days=1), inspecting.today() + timedelta(days=1)):
        with refused("conclusion.received_day", conclusion, kind=RuleBroken):
            conclusions.receive(conclusion, by=who.handler, received_on=day)
    with refused("conclusion.receive.forbidden", conclusion, kind=Forbidden):
        conclusions.receive(conclusion, by=who.supervisor, received_on=inspecting.today())


def test_a_party_side_conclusion_has_no_review_but_an_explanation(who):
    type(who.office).objects.filter(pk=who.office.pk).update(side=Side.PARTY)
    who.supervisor.refresh_from_db()
    conclusion = correcting.received(who)
    assert (conclusion.inspection.party, conclusion.review_until) == (True, None)
    from supervision.operations import reviews

    with refused("conclusion.ask_review.forbidden", conclusion, kind=Forbidden):
        reviews.ask(conclusion, by=who.unit_head, reason="不服")

    conclusion = conclusions.explain(conclusion, by=who.unit_head, explanation="停电系检修")

    assert (conclusion.explanation, conclusion.explained_by) == ("停电系检修", who.unit_head)


def test_a_government_side_conclusion_has_a_review_and_no_explanation(who):
    conclusion = correcting.received(who)

    with refused("conclusion.explain.forbidden", conclusion, kind=Forbidden):
        conclusions.explain(conclusion, by=who.unit_head, explanation="停电系检修")


def test_an_inspection_is_concluded_only_when_every_unit_with_findings_has_its_conclusion(who):
    inspection = correcting.inspected(who)
    correcting.accepted(who, inspection)
    conclusion = correcting.submitted(who, inspection)
    with refused("inspection.not_concluded", conclusion, kind=RuleBroken):
        inspections.conclude(make.fresh(inspection), by=who.supervisor)

    conclusions.approve(conclusion, by=who.leader)

    assert inspections.conclude(make.fresh(inspection), by=who.supervisor).state == "concluded"


def test_a_conclusion_is_drafted_after_the_report(who):
    inspection = correcting.inspected(who)
    finding = correcting.accepted(who, inspection)

    with refused("inspection.draft.wrong_state", finding, kind=WrongState):
        conclusions.draft(
            make.fresh(inspection), by=who.supervisor, department=who.water, process="依据", appraisal="评"
        )
    assert findings.has_proof(finding)
