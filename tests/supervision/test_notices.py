"""催办函、督办单、约谈: on grounds, step by step, signed by who may, received and answered (R27, R28)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from organization.states import Rank, Role
from supervision import ladder
from supervision.models import Notice
from supervision.operations import accountability as proposals
from supervision.operations import bulletins, mentions, notices
from tasks.models import Task
from tasks.operations import blockers, extensions, suspensions
from tests.factories import organization
from tests.factories import supervision_answering as answering
from tests.factories import supervision_informing as build
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken


def test_an_officer_chases_and_the_unit_receives_and_answers(who):
    task = build.late_task(who)
    notice = build.notice(who, task=task)
    assert (notice.state, notice.number, notice.department) == ("draft", None, who.water)
    assert notice.workdays_late == ladder.workdays_late(task, timezone.localdate()) > 15

    notice = notices.issue(notice, by=who.colleague)
    assert notice.number == f"督催〔{timezone.localdate().year}〕1号"
    notice = notices.answer(notices.receive(notice, by=who.handler), by=who.handler, answer="月底前完成")

    assert (notice.state, notice.answered_by, notice.received_by) == ("answered", who.handler, who.handler)
    assert [e.kind for e in Event.objects.of(notice.stream)] == [
        "notice.draft", "notice.issue", "notice.receive", "notice.answer",
    ]  # fmt: skip
    assert told("notice.answer") == [{"late": False}]


@pytest.mark.parametrize(("kind", "word"), [("order", "督办"), ("talk", "督谈")])
def test_what_lies_above_a_chase_is_signed_by_a_leader_who_did_not_draft_it(who, kind, word):
    notice = build.notice(who, kind)
    with refused("notice.issue.forbidden", notice, kind=Forbidden):
        notices.issue(notice, by=who.supervisor)
    notice = notices.submit(notice, by=who.supervisor)
    for person in (who.supervisor, who.unit_head, who.stranger, who.handler):
        with refused("notice.approve.forbidden", notice, kind=Forbidden):
            notices.approve(notice, by=person)
    with refused("notice.approve.own", notice, kind=Forbidden):
        notices.approve(notice, by=lend(who.leader, who.supervisor))

    notice = notices.approve(notice, by=who.leader, comment="同意")

    assert (notice.state, notice.approved_by, notice.number[:2]) == ("issued", who.leader, word)


def test_a_secretary_signs_an_order_and_no_talk(who):
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    talk = build.pending_notice(who, "talk")

    with refused("notice.approve.forbidden", talk, kind=Forbidden):
        notices.approve(talk, by=secretary)
    assert notices.approve(build.pending_notice(who, "order"), by=secretary).state == "issued"


def test_a_chase_asks_no_leader(who):
    notice = build.notice(who)
    with refused("notice.submit.forbidden", notice, kind=Forbidden):
        notices.submit(notice, by=who.supervisor)


def test_only_the_office_that_issued_the_task_chases_it(who):
    task = build.late_task(who)
    elsewhere = organization.person(Role.SUPERVISOR, organization.office("县督查室"))
    for person in (elsewhere, who.leader, who.unit_head, who.handler, who.inspector):
        with refused("notice.draft.forbidden", task, kind=Forbidden):
            notices.draft(by=person, task=task, kind="chase", ground="overdue", text="请办理")


def test_the_head_answers_what_a_leader_signed(who):
    notice = build.received_notice(who, "order")
    with refused("notice.answer.forbidden", notice, kind=Forbidden):
        notices.answer(notice, by=who.handler, answer="已办")

    assert notices.answer(notice, by=who.unit_head, answer="已办").state == "answered"


# ------------------------------------------------------------------------------------------------ the ladder


def test_no_step_is_skipped_without_a_reason_that_the_leader_approves(who):
    task = build.late_task(who)
    with refused("notice.skips", task, kind=RuleBroken) as refusal:
        build.notice(who, "order", task=task, skip_reason=" ")
    assert refusal.value.details == {"missing": ["chase"]}
    with refused("notice.skips", task, kind=RuleBroken) as refusal:
        build.notice(who, "talk", task=task, skip_reason="")
    assert refusal.value.details == {"missing": ["chase", "order", "bulletin"]}

    skipping = build.issued_notice(who, "talk", task=task)

    assert told("notice.approve")[0]["skip_reason"] == skipping.skip_reason == build.SKIPS


def test_the_ladder_is_climbed_from_paper_to_paper(who):
    task = build.late_task(who)
    assert ladder.of(task).next.key == "chase"
    build.issued_notice(who, task=task)
    assert ladder.of(task).next.key == "order"
    build.issued_notice(who, "order", task=task, skip_reason="")
    assert ladder.of(task).next.key == "bulletin"
    named = mentions.name(build.bulletin(who), by=who.supervisor, department=who.water, text="逾期未完成", task=task)
    mentions.edit(named, by=who.supervisor, text="市水务局逾期未完成整治", negative=True)
    with at((timezone.localdate()).isoformat() + " 12:00"):
        bulletins.consult(named.bulletin, by=who.supervisor)
    mention = mentions.answer(make.fresh(named), by=who.handler, answer="情况属实")
    mentions.refuse(mention, by=who.supervisor, decision="维持")
    assert ladder.of(task).next.key == "bulletin"
    bulletins.approve(bulletins.submit(make.fresh(named.bulletin), by=who.supervisor), by=who.leader)
    assert ladder.of(task).next.key == "talk"
    talk = build.issued_notice(who, "talk", task=task, skip_reason="")

    standing = ladder.of(task, who.supervisor)
    assert (standing.next.key, standing.due) == ("propose", True)
    assert [taken.rung.key for taken in standing.rungs if not taken.done] == ["propose"]
    assert [(paper.noun, paper.pk, paper.number) for paper in standing.rungs[4].papers] == [
        ("notice", talk.pk, talk.number)
    ]


def test_a_proposal_of_accountability_is_the_last_step_to_who_sees_it_and_no_step_to_others(who):
    """R39: that a proposal was handed over is not betrayed to the unit by the record of the ladder."""
    task = build.late_task(who)
    answering.approved(who, tasks=[task])
    sealed = answering.transferred(who, tasks=[task], title="移送监察机关的建议")
    answering.pending(who, tasks=[task], title="尚未批准的建议")

    def taken(person):
        standing = ladder.of(task, person)
        return standing.rungs[-1].done, [paper.pk for paper in standing.rungs[-1].papers], standing.next

    assert taken(who.supervisor)[::2] == (True, None)
    assert sealed.pk in taken(who.supervisor)[1]
    assert taken(who.chief)[::2] == (True, None)
    other = ladder.of(task, who.colleague)
    assert [paper.pk != sealed.pk for paper in other.rungs[-1].papers] == [True]
    for person in (who.handler, who.unit_head, who.helper, None):
        assert (*taken(person)[:2], taken(person)[2].key) == (False, [], "chase")


def test_a_proposal_that_is_sealed_to_others_is_no_step_to_a_colleague(who):
    task = build.late_task(who)
    answering.transferred(who, tasks=[task])

    standing = ladder.of(task, who.colleague)

    assert (standing.rungs[-1].done, standing.next.key) == (False, "chase")
    assert ladder.of(task, who.supervisor).rungs[-1].done


def test_a_proposal_that_was_taken_back_is_no_step(who):
    task = build.late_task(who)
    proposals.withdraw(answering.approved(who, tasks=[task]), by=who.supervisor, reason="事实有误")

    assert not ladder.of(task, who.supervisor).rungs[-1].done


def test_a_withdrawn_paper_is_no_step(who):
    notice = build.withdrawn_notice(who)

    assert ladder.of(notice.task).next.key == "chase"


def test_the_ladder_names_trigger_drafter_approver_and_document_of_every_step():
    assert [str(rung.label) for rung in ladder.RUNGS] == ["提醒", "催办函", "督办单", "通报", "约谈", "问责建议"]
    for rung in ladder.RUNGS:
        assert all(map(str, (rung.drafter, rung.approver, rung.document)))
        assert len(rung.days) == 3
    for lower, higher in zip(ladder.RUNGS, ladder.RUNGS[1:], strict=False):
        assert all(lower.days[urgency] <= higher.days[urgency] for urgency in lower.days)
    assert {rung.key: rung.days["ordinary"] for rung in ladder.RUNGS} == {
        "remind": 0, "chase": 1, "order": 3, "bulletin": 5, "talk": 10, "propose": 15,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ grounds


@pytest.mark.parametrize(
    ("urgency", "first"), [("ordinary", "2026-03-17"), ("urgent", "2026-03-10"), ("critical", "2026-03-09")]
)
def test_nobody_is_chased_right_after_the_assignment(who, urgency, first):
    with at("2026-03-09 09:00"):
        task = make.active(who, urgency=urgency, due_on=date(2026, 4, 7))
        assert ladder.earliest_chase(task) == date.fromisoformat(first)
    before = date.fromisoformat(first) - timedelta(days=1)
    if urgency != "critical":
        with at(f"{before} 10:00"), refused("notice.too_early", task, kind=RuleBroken):
            build.notice(who, task=task, ground="slow")
    with at(f"{first} 10:00"):
        assert build.issued_notice(who, task=task, ground="slow").state == "issued"


def test_a_ground_that_does_not_hold_carries_no_paper(who):
    task = build.late_task(who, days=0)
    for kind, ground in (("chase", "overdue"), ("order", "slow"), ("order", "repeat"), ("chase", "quality")):
        with refused("notice.no_ground", task, kind=RuleBroken):
            build.notice(who, kind, task=task, ground=ground)

    build.issued_notice(who, task=task, ground="slow")
    assert build.issued_notice(who, "order", task=task, ground="repeat", skip_reason="").repeats == 1


def test_work_that_was_returned_is_a_ground(who):
    task = build.late_task(who, days=0)
    Task.objects.filter(pk=task.pk).update(returns=1)

    assert build.issued_notice(who, task=make.fresh(task), ground="quality").returns == 1


def test_a_draft_whose_ground_is_gone_is_not_sent(who):
    notice = build.notice(who)
    Task.objects.filter(pk=notice.task_id).update(due_on=make.in_workdays(5))

    with refused("notice.no_ground", notice, kind=RuleBroken):
        notices.issue(notice, by=who.supervisor)


def test_a_task_that_waits_for_the_office_is_not_chased(who):
    task = make.make_late(make.in_review(who))
    with refused("notice.not_running", task, kind=RuleBroken):
        build.notice(who, task=task)


def test_a_request_for_time_that_waits_for_its_answer_stops_the_ladder(who):
    task = make.active(who)
    extensions.ask(task, by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))
    late = make.make_late(task)
    with refused("notice.paused", late, kind=RuleBroken):
        build.notice(who, task=late)
    other = make.active(who)
    suspensions.ask(
        other, by=who.handler, cause="等批复", waiting_on="省厅", proof="函", review_on=make.in_workdays(10)
    )
    late = make.make_late(other)
    with refused("notice.paused", late, kind=RuleBroken):
        build.notice(who, task=late)


def test_who_is_waited_for_gets_the_paper(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="移交图纸")
    blockers.confirm(blocker, by=who.supervisor)
    notice = build.issued_notice(who, task=make.make_late(task))

    assert notice.department == who.housing
    assert list(Notice.objects.visible_to(who.stranger)) == [notice]
    assert list(Notice.objects.visible_to(who.handler)) == []


def test_a_unit_without_part_in_the_task_gets_none(who):
    task = build.late_task(who)
    with refused("notice.other_unit", task, kind=RuleBroken):
        build.notice(who, task=task, department=who.housing)
    assert build.notice(who, task=task, department=who.finance).department == who.finance


def test_only_an_order_has_a_colour_and_no_answer_is_due_in_the_past(who):
    task = build.late_task(who)
    with refused("notice.colour", task, kind=RuleBroken):
        build.notice(who, task=task, colour="red")
    with refused("notice.answer_past", task, kind=RuleBroken):
        build.notice(who, task=task, answer_due_on=timezone.localdate() - timedelta(days=1))
    assert build.notice(who, "order", task=task, colour="red").get_colour_display() == "红单（严重警示）"


def test_one_draft_of_a_kind_at_a_time(who):
    notice = build.notice(who)
    with refused("notice.open", notice, notice.task, kind=RuleBroken):
        build.notice(who, task=notice.task)


def test_each_kind_counts_its_own_numbers(who):
    year = timezone.localdate().year
    numbers = [build.issued_notice(who, kind).number for kind in ("chase", "order", "chase", "talk", "order")]

    assert numbers == [
        f"督{word}〔{year}〕{n}号" for word, n in (("催", 1), ("办", 1), ("催", 2), ("谈", 1), ("办", 2))
    ]


# ------------------------------------------------------------------------------------------------ talks, withdrawal


def test_a_talk_is_kept_once_with_who_what_and_what_was_promised(who):
    talk = build.issued_notice(who, "talk")
    said = {"attended": "副市长、水务局长", "minutes": "通报问题，听取说明。", "commitments": "月底前完成。"}
    today = timezone.localdate()
    with refused("notice.talk_day", talk, kind=RuleBroken):
        notices.note(talk, by=who.supervisor, held_on=today + timedelta(days=1), **said)
    talk = notices.note(talk, by=who.supervisor, held_on=today, **said)
    assert (talk.held_on, talk.commitments, talk.state) == (today, "月底前完成。", "issued")
    with refused("notice.noted", talk, kind=RuleBroken):
        notices.note(talk, by=who.supervisor, held_on=today, **said)
    with pytest.raises(Forbidden):
        notices.note(build.issued_notice(who, "order"), by=who.supervisor, held_on=today, **said)


def test_what_was_sent_is_taken_back_by_who_could_send_it_and_stays_with_the_unit(who):
    order = build.issued_notice(who, "order")
    with refused("notice.withdraw.forbidden", order, kind=Forbidden):
        notices.withdraw(order, by=who.supervisor, reason="误发")
    order = notices.withdraw(order, by=who.leader, reason="误发")
    dropped = notices.withdraw(build.notice(who), by=who.supervisor, reason="不必")

    assert (order.state, order.withdrawn_reason) == ("withdrawn", "误发")
    assert list(Notice.objects.visible_to(who.handler)) == [order]
    assert dropped in Notice.objects.visible_to(who.supervisor)


def test_a_draft_is_the_offices_own(who):
    build.notice(who)
    build.pending_notice(who)

    for person in (who.handler, who.unit_head, who.helper, who.stranger, who.inspector, who.discipline, who.auditor):
        assert list(Notice.objects.visible_to(person)) == []
    assert Notice.objects.visible_to(who.leader).count() == Notice.objects.visible_to(who.colleague).count() == 2


# ------------------------------------------------------------------------------------------------ by the clock


def test_the_house_drafts_a_chase_once_and_sends_nothing(who):
    late, on_time = build.late_task(who), make.active(who)
    now = timezone.now()

    assert [notices.draft_due(now), notices.draft_due(now)] == [1, 0]

    notice = Notice.objects.get()
    assert (notice.task, notice.state, notice.drafted_by, notice.kind) == (late, "draft", None, "chase")
    assert Event.objects.get(kind="notice.draft").actor is None
    notices.withdraw(notice, by=who.supervisor, reason="已电话联系")
    assert notices.draft_due(now + timedelta(days=3)) == 0
    assert not on_time.notices.exists()


def test_a_task_fallen_due_anew_is_drafted_anew(who):
    task = build.late_task(who)
    notices.draft_due(timezone.now())
    notices.withdraw(Notice.objects.get(), by=who.supervisor, reason="已延期")
    Task.objects.filter(pk=task.pk).update(due_on=timezone.localdate() - timedelta(days=10))

    assert notices.draft_due(timezone.now()) == 1
