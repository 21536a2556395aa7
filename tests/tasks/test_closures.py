"""办结核验销号: claimed and signed by the lead, checked six ways, approved high enough, by three persons (R33, R35)."""

import pytest
from django.db import IntegrityError, transaction

from organization.states import Rank, Role
from organization.workdays import calendar
from tasks import defaults
from tasks.models import Closure
from tasks.operations import assignments, blockers, closures, directives, extensions, holds, suspensions, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, in_post, lend, moment, told
from workflow.refusal import Forbidden, RuleBroken, WrongState

FACTS = {"check": "facts", "reason": "缺验收单"}
FORMAT = {"check": "format", "reason": "没有盖章"}


def done(task, who):
    """Let the helper be finished."""
    assignments.finish(make.share(task, who.finance), by=who.helper)
    return make.fresh(task)


def test_a_task_is_struck_off_after_claim_signature_six_checks_and_approval(who):
    task = make.closed(who)

    closure = task.closures.get()
    assert (task.state, task.closed_by, task.conclusion, task.progress) == ("closed", who.leader, "同意销号", 100)
    assert (closure.claimed_by, closure.signed_by, closure.verified_by, closure.approved_by) == (
        who.handler, who.unit_head, who.supervisor, who.leader,
    )  # fmt: skip
    assert closure.checks == dict.fromkeys(defaults.CHECKS, True)
    assert closure.outcome == "approved"


def test_evidence_is_not_demanded_for_a_claim(who):
    task = make.claimed(who)

    assert task.state == "claimed"
    assert task.evidence.count() == 0


def test_a_task_is_not_claimed_before_its_helpers_have_finished_or_are_excused(who):
    task = make.active(who)
    with refused("claim.helpers_open", task, kind=RuleBroken) as told_:
        closures.claim(task, by=who.handler, summary="完成")
    assert told_.value.details == {"units": [who.finance.name]}

    assignments.excuse(make.share(task, who.finance), by=who.supervisor, reason="无需配合")

    assert closures.claim(task, by=who.handler, summary="完成").state == "claimed"


def test_a_task_is_not_claimed_while_a_lower_one_is_open(who):
    task = done(make.active(who), who)
    child = tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")
    with refused("claim.children_open", task, kind=RuleBroken) as told_:
        closures.claim(task, by=who.handler, summary="完成")
    assert told_.value.details == {"tasks": [child.number]}

    tasks.terminate(child, by=who.unit_head, reason="并入主任务")

    assert closures.claim(task, by=who.handler, summary="完成").state == "claimed"


def test_a_task_is_not_claimed_while_a_request_waits_for_an_answer(who):
    task = done(make.active(who), who)
    later = make.in_workdays(30)
    asked = [
        (extensions.ask, {"reason": "汛期", "progress": "一半", "until": later}, extensions.withdraw),
        (
            suspensions.ask,
            {"cause": "等批复", "waiting_on": "省厅批复", "proof": "函", "review_on": make.in_workdays(10)},
            suspensions.withdraw,
        ),
        (blockers.raise_, {"waiting_on": who.housing, "ask": "请移交图纸"}, blockers.withdraw),
    ]
    for ask, words, withdraw in asked:
        request = ask(task, by=who.handler, **words)
        with refused("claim.waiting", make.fresh(task), kind=RuleBroken):
            closures.claim(task, by=who.handler, summary="完成")
        withdraw(request, by=who.handler)

    assert closures.claim(task, by=who.handler, summary="完成").state == "claimed"


def test_a_day_to_come_is_no_day_of_completion(who):
    task = done(make.active(who), who)

    with refused("claim.future", task, kind=RuleBroken):
        closures.claim(task, by=who.handler, summary="完成", completed_on=make.in_workdays(1))


def test_the_units_clock_stops_with_its_heads_signature(who):
    with at("2026-03-09 10:00"):
        task = make.claimed(who)
    assert task.finished_at is None

    with at("2026-03-10 11:00"):
        task = closures.sign_off(task, by=who.unit_head)

    assert task.finished_at == moment("2026-03-10 11:00")
    with at("2027-01-05 11:00"):
        assert not make.fresh(task).is_overdue()


def test_the_handler_cannot_sign_for_the_head_of_the_unit(who):
    task = make.claimed(who)

    with refused("task.sign_off.forbidden", task, kind=Forbidden):
        closures.sign_off(task, by=who.handler)


def test_each_of_the_six_checks_has_to_hold(who):
    task = make.in_review(who)

    for missing in make.CHECKS:
        checks = [name for name in make.CHECKS if name != missing]
        with refused("verify.check_failed", task, task.closures.get(), kind=RuleBroken) as told_:
            closures.verify(task, by=who.supervisor, checks=checks, opinion="属实")
        assert told_.value.details == {"failed": [missing]}


def test_who_serves_in_the_reporting_unit_does_not_verify(who):
    """The office led a task itself: no officer of it may check his own unit's report."""
    directive = make.directive(who)
    task = tasks.draft(
        directive, by=who.supervisor, matter="编印通报", standard="印发", lead=who.office, responsible="主任",
        due_on=make.in_workdays(20),
    )  # fmt: skip
    task = tasks.assign(task, by=who.supervisor)
    handler = organization.person(Role.HANDLER, who.office)
    head = organization.person(Role.UNIT_HEAD, who.office)
    assignments.sign(make.share(task, who.office), by=handler)
    task = closures.claim(task, by=handler, summary="已印发")
    task = closures.sign_off(task, by=head)

    with refused("verify.own_unit", task, kind=RuleBroken):
        closures.verify(task, by=who.colleague, checks=make.CHECKS, opinion="属实")


def test_three_different_persons_claim_verify_and_approve(who):
    """One person with three posts, in person or by any combination of loans, is still one person."""
    organization.post(who.handler, who.office, Role.SUPERVISOR)
    organization.post(who.handler, who.government, Role.LEADER, rank=Rank.DEPUTY)
    reviewed = make.in_review(who)
    for hand in (in_post(who.handler, Role.SUPERVISOR), lend(who.supervisor, who.handler)):
        with refused("verify.own", reviewed, kind=Forbidden):
            closures.verify(reviewed, by=hand, checks=make.CHECKS, opinion="属实")

    task = closures.verify(reviewed, by=who.supervisor, checks=make.CHECKS, opinion="属实")
    hands = [in_post(who.handler, Role.LEADER), lend(who.leader, who.handler), lend(who.leader, who.supervisor)]
    hands += [lend(who.chief, who.unit_head)]
    for hand in hands:
        with refused("close.own", task, kind=Forbidden):
            closures.close(task, by=hand, conclusion="同意")

    assert closures.close(task, by=who.leader, conclusion="同意").state == "closed"


def test_who_lent_his_post_for_the_check_cannot_approve_what_his_delegate_checked(who):
    """The delegate counts as the principal: what was done by a borrowed hand was done by its lender (F53)."""
    organization.post(who.colleague, who.government, Role.LEADER, rank=Rank.DEPUTY)
    helper = organization.person(Role.SUPERVISOR, who.office)
    task = make.in_review(who)
    task = closures.verify(task, by=lend(who.colleague, helper, Role.SUPERVISOR), checks=make.CHECKS, opinion="属实")

    with refused("close.own", task, kind=Forbidden):
        closures.close(task, by=in_post(who.colleague, Role.LEADER), conclusion="同意")


def test_who_lent_his_post_for_the_claim_cannot_verify_it(who):
    organization.post(who.colleague, who.water, Role.HANDLER)
    task = done(make.active(who), who)
    task = closures.claim(task, by=lend(who.colleague, who.below, Role.HANDLER), summary="完成")
    task = closures.sign_off(task, by=who.unit_head)

    with refused("verify.own", task, kind=Forbidden):
        closures.verify(task, by=in_post(who.colleague, Role.SUPERVISOR), checks=make.CHECKS, opinion="属实")


def test_the_database_itself_keeps_the_three_persons_apart(who):
    closure = make.closed(who).closures.get()

    for fields in (
        {"verified_by": closure.claimed_by},
        {"approved_by": closure.claimed_by},
        {"approved_by": closure.verified_by},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Closure.objects.filter(pk=closure.pk).update(**fields)


def test_what_the_chief_instructed_only_the_chief_strikes_off(who):
    directive = make.directive(who, source="instruction", instruction="请抓紧", instructed_by=who.chief.post)
    task = make.in_approval(who, of=directive)
    assert task.approval_rank == Rank.CHIEF

    with refused("task.close.forbidden", task, kind=Forbidden):
        closures.close(task, by=who.leader, conclusion="同意")

    assert closures.close(task, by=who.chief, conclusion="同意").state == "closed"


def test_an_instruction_registered_after_the_draft_still_raises_who_approves(who):
    """The draft was made of a plain document; before approval it turned out to be the chief's instruction."""
    directive = directives.register(by=who.supervisor, title="城市内涝治理", document_no="青政发〔2026〕3号")
    task = make.draft(who, of=directive)
    directive = directives.edit(
        directive, by=who.supervisor, title="城市内涝治理", source="instruction", instruction="请抓紧",
        instructed_by=who.chief.post,
    )  # fmt: skip
    directives.approve(directives.submit(directive, by=who.supervisor), by=who.leader)

    assert tasks.assign(task, by=who.supervisor).approval_rank == Rank.CHIEF


def test_a_held_task_stays_open_until_the_hold_is_lifted(who):
    task = make.in_review(who)
    holds.place(task, because="督查发现问题未整改", key="finding:1", by=who.inspector)
    with refused("close.held", make.fresh(task), kind=RuleBroken) as told_:
        closures.verify(task, by=who.supervisor, checks=make.CHECKS, opinion="属实")
    assert told_.value.details == {"holds": ["督查发现问题未整改"]}
    holds.lift(task, key="finding:1", by=who.inspector)
    task = closures.verify(task, by=who.supervisor, checks=make.CHECKS, opinion="属实")
    holds.place(task, because="又有发现", key="finding:2", by=who.inspector)

    with refused("close.held", make.fresh(task), kind=RuleBroken):
        closures.close(task, by=who.leader, conclusion="同意")


def test_a_return_names_its_reason_and_the_failed_checks_and_counts(who):
    task = make.in_review(who)

    task = closures.send_back(task, by=who.supervisor, failed=[FACTS, FORMAT], reason="请尽快补齐")

    closure, why = task.closures.get(), {"facts": "缺验收单", "format": "没有盖章"}
    assert (task.state, task.returns, task.finished_at) == ("active", 1, None)
    assert (closure.outcome, closure.returned_reason, closure.returned_for) == ("returned", "请尽快补齐", why)
    assert sorted(name for name, held in closure.checks.items() if not held) == ["facts", "format"]
    assert [(d["reason"], d["failed"]) for d in told("task.send_back")] == [("请尽快补齐", why)]


@pytest.mark.parametrize("stage", ["in_review", "in_approval"])
def test_a_return_needs_a_reason_for_every_check_that_failed(who, stage):
    task = getattr(make, stage)(who)
    by = who.supervisor if stage == "in_review" else who.leader

    with refused("return.no_check", task, task.closures.get(), kind=RuleBroken):
        closures.send_back(task, by=by, reason="不行")
    with refused("return.reason_missing", task, task.closures.get(), kind=RuleBroken) as caught:
        closures.send_back(task, by=by, failed=[FACTS, FORMAT | {"reason": " "}], reason="不行")

    assert caught.value.details == {
        "missing": ["format"], "failed": {"format": ["请写明“格式规范”未通过的原因。"]},
    }  # fmt: skip
    assert str(caught.value.message) == "未通过的每一项都要写明原因，还缺：格式规范。请补齐后退回。"


def test_a_leader_returns_what_waits_for_him_and_that_counts_too(who):
    task = closures.send_back(make.in_approval(who), by=who.leader, failed=[FACTS | {"check": "conclusion"}])

    assert (task.state, task.returns) == ("active", 1)


def test_what_the_units_own_head_returns_does_not_count_as_a_return(who):
    task = make.claimed(who)
    with refused("return.no_reason", task, kind=RuleBroken):
        closures.send_back(task, by=who.unit_head)
    task = closures.send_back(task, by=who.unit_head, reason="再核实")

    assert (task.state, task.returns, task.closures.get().outcome) == ("active", 0, "returned")


def test_a_return_within_the_offices_limit_gives_no_time_back(who):
    with at("2026-03-09 10:00"):
        task = make.in_review(who)
        due = task.due_on

    with at("2026-03-12 17:00"):
        task = closures.send_back(task, by=who.supervisor, failed=[FACTS])

    assert task.due_on == due
    assert told("task.send_back")[0]["given_back_workdays"] == 0


def test_the_days_by_which_the_office_overstayed_its_own_limit_are_given_back(who):
    with at("2026-03-09 10:00"):
        task = make.in_review(who)
        original = task.due_on

    with at("2026-03-16 10:00"):
        task = closures.send_back(task, by=who.supervisor, failed=[FACTS])

    assert told("task.send_back")[0]["given_back_workdays"] == 2
    assert (task.original_due_on, task.due_on) == (original, calendar().after(original, 2))


def test_a_claim_is_taken_back_before_it_is_verified_and_not_later(who):
    task = closures.withdraw(make.in_review(who), by=who.handler, reason="数据有误")
    assert (task.state, task.finished_at, task.closures.get().outcome) == ("active", None, "withdrawn")

    task = closures.claim(task, by=who.handler, summary="更正")
    task = closures.verify(
        closures.sign_off(task, by=who.unit_head), by=who.supervisor, checks=make.CHECKS, opinion="属实"
    )

    with refused("task.withdraw.wrong_state", task, kind=WrongState):
        closures.withdraw(task, by=who.handler)


def test_a_task_below_another_is_checked_and_approved_by_the_unit_that_broke_it_down(who):
    task = make.active(who)
    child = tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")
    assignments.sign(make.share(child, who.river), by=who.below)
    river_head = organization.person(Role.UNIT_HEAD, who.river)
    child = closures.sign_off(closures.claim(child, by=who.below, summary="完成"), by=river_head)
    with refused("task.verify.forbidden", child, kind=Forbidden):
        closures.verify(child, by=who.supervisor, checks=make.CHECKS, opinion="属实")
    child = closures.verify(child, by=who.handler, checks=make.CHECKS, opinion="属实")

    child = closures.close(child, by=who.unit_head, conclusion="同意")

    assert (child.state, make.fresh(task).progress) == ("closed", 100)
