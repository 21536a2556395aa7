"""回头看: an inspection of its own, linked to the finding; what came back is told again (R34, C7)."""

from datetime import timedelta

from supervision.operations import findings, rechecks
from tasks.operations import closures
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import told
from workflow.refusal import RuleBroken, WrongState


def test_a_recheck_is_an_inspection_of_its_own_linked_to_the_finding(who):
    finding = correcting.settled(who)
    inspection = rechecks.arrange(
        finding, by=who.supervisor, starts_on=inspecting.today(), ends_on=inspecting.today(), basis_text="领导要求"
    )

    assert (inspection.recheck_of, inspection.kind, inspection.state) == (finding, "daily", "draft")
    assert [target.department for target in inspection.targets.all()] == [who.water]
    assert [link.task for link in inspection.links.all()] == [finding.task]


def test_only_what_is_settled_is_rechecked(who):
    finding = correcting.accepted(who)
    with refused("finding.recheck.wrong_state", finding, kind=WrongState):
        rechecks.arrange(
            finding, by=who.supervisor, starts_on=inspecting.today(), ends_on=inspecting.today(), basis_text="要求"
        )


def test_what_stayed_away_is_recorded(who):
    finding = correcting.settled(who)
    recheck = correcting.recheck(who, finding)

    finding = rechecks.confirm(make.fresh(finding), by=who.supervisor, recheck=recheck, opinion="运行正常")

    assert (finding.state, finding.relapses) == ("settled", 0)
    assert finding.rechecked_at is not None


def test_another_inspection_is_no_recheck(who):
    finding, other = correcting.settled(who), correcting.settled(who)
    recheck = correcting.recheck(who, other)
    not_begun = rechecks.arrange(
        make.fresh(finding), by=who.supervisor, starts_on=inspecting.today(), ends_on=inspecting.today(),
        basis_text="领导要求",
    )  # fmt: skip

    for wrong in (recheck, not_begun):
        with refused("finding.other_recheck", make.fresh(finding), kind=RuleBroken):
            rechecks.relapse(make.fresh(finding), by=who.supervisor, recheck=wrong, opinion="又停电")


def test_a_relapse_reopens_the_finding_and_holds_its_task_again(who):
    finding = correcting.settled(who)
    recheck = correcting.recheck(who, finding)

    finding = rechecks.relapse(make.fresh(finding), by=who.supervisor, recheck=recheck, opinion="水泵再次停机")

    assert (finding.state, finding.relapses, finding.number) == ("issued", 1, 1)
    assert finding.settled_at is None
    assert finding.relapsed_at is not None
    assert finding.task.holds.standing().count() == 1
    assert finding.answered_at is None
    assert findings.accept(finding, by=who.unit_head).state == "accepted"


def test_what_a_recheck_finds_at_the_same_unit_names_what_it_repeats(who):
    finding = correcting.settled(who)
    recheck = correcting.proven(correcting.recheck(who, finding))

    again = correcting.draft(who, recheck)

    assert again.recurrence_of == finding
    assert list(finding.recurrences.all()) == [again]


def test_a_closed_task_is_taken_up_again_by_who_issued_it(who):
    task = make.in_approval(who)
    finding = correcting.settled(who, correcting.inspected(who, tasks=[task]))
    task = closures.close(make.fresh(task), by=who.leader, conclusion="同意")
    recheck = correcting.recheck(who, finding)
    day = inspecting.today() + timedelta(days=30)

    rechecks.relapse(
        make.fresh(finding), by=who.supervisor, recheck=recheck, opinion="水泵再次停机", task_due_on=day
    )  # fmt: skip

    task = make.fresh(task)
    assert (task.state, task.due_on) == ("active", day)
    assert task.holds.standing().count() == 1
    assert told("task.reopen")[0]["reason"].startswith("督查问题反弹")
