"""进展反馈: fixed parts, pre-filled, one tap for no change; no percentage where it comes from below (R17, R29)."""

import pytest
from django.db import IntegrityError, transaction

from tasks.inputs import ReportForm
from tasks.models import Report, Task
from tasks.operations import milestones, reports, tasks
from tests.factories import tasks as make
from tests.organization.refusing import refused
from workflow.refusal import Forbidden, RuleBroken, WrongState

PARTS = {
    "done": "完成6处", "effect": "达到标准一半", "problem": "管线迁改慢", "cause": "coordination",
    "help_needed": "请供电公司配合", "next_step": "下周完成迁改",
}  # fmt: skip


def test_a_report_keeps_what_was_done_its_effect_problem_cause_help_and_next_step(who):
    task = make.active(who)

    report = reports.file(task, by=who.handler, percent=50, **PARTS)

    kept = Report.objects.get(pk=report.pk)
    assert {name: getattr(kept, name) for name in PARTS} == PARTS
    assert (kept.state, kept.department, kept.author, kept.percent) == ("submitted", who.water, who.handler, 50)
    assert (make.fresh(task).progress, make.fresh(task).reported_at) == (50, kept.created_at)


def test_the_next_report_starts_with_the_units_own_last_one(who):
    task = make.active(who)
    reports.file(task, by=who.handler, **PARTS)
    reports.file(task, by=who.helper, done="资金已拨")

    assert ReportForm.first_values(task, who.handler) == PARTS | {"percent": None}
    assert ReportForm.first_values(task, who.helper)["done"] == "资金已拨"
    assert ReportForm.first_values(make.active(who), who.handler) == {}


def test_nothing_changed_is_a_report_and_nothing_said_is_none(who):
    task = make.active(who)
    with refused("report.empty", task, kind=RuleBroken):
        reports.file(task, by=who.handler, done=" ")

    assert reports.file(task, by=who.handler, unchanged=True).unchanged


def test_a_problem_is_told_with_its_cause(who):
    task = make.active(who)
    with refused("report.cause_missing", task, kind=RuleBroken):
        reports.file(task, by=who.handler, done="完成6处", problem="管线迁改慢")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            task=task, department=who.water, department_name="水务", author=who.handler, problem="管线迁改慢"
        )


def test_progress_that_comes_from_below_is_not_typed(who):
    """Neither on a task with lower ones, nor on one with milestones."""
    parent = make.active(who)
    tasks.split(parent, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")
    staged = make.active(who, milestones=[{"title": "开工", "due_on": None}])
    for task in (make.fresh(parent), staged):
        with refused("progress.derived", task, kind=RuleBroken):
            reports.file(task, by=who.handler, done="完成6处", percent=60)

        assert reports.file(task, by=who.handler, done="完成6处").percent is None


def test_the_lead_alone_says_how_far_the_whole_is(who):
    task = make.active(who)

    with refused("progress.lead_only", task, kind=RuleBroken):
        reports.file(task, by=who.helper, done="资金已拨", percent=50)


def test_who_has_not_signed_does_not_report(who):
    task = make.assigned(who)
    for person in (who.handler, who.unit_head, who.supervisor, who.leader, who.stranger, who.below):
        with refused("task.report.forbidden", task, kind=Forbidden):
            reports.file(task, by=person, done="完成6处")


def test_the_office_accepts_a_report_or_returns_it_with_its_reason_once(who):
    task = make.active(who)
    good, thin = (reports.file(task, by=who.handler, done=text) for text in ("完成6处", "推进中"))

    good = reports.accept(good, by=who.supervisor, comment="继续")
    thin = reports.send_back(thin, by=who.supervisor, comment="写明数量")

    assert (good.state, good.comment, good.reviewed_by) == ("accepted", "继续", who.supervisor)
    assert (thin.state, thin.comment) == ("returned", "写明数量")
    with refused("report.accept.wrong_state", thin, kind=WrongState):
        reports.accept(thin, by=who.supervisor)
    for person in (who.handler, who.unit_head, who.leader, who.helper):
        with refused("report.accept.forbidden", thin, kind=Forbidden):
            reports.accept(thin, by=person)


def test_a_helper_does_not_read_what_another_unit_reports(who):
    task = make.active(who)
    of_lead, of_helper = reports.file(task, by=who.handler, done="甲"), reports.file(task, by=who.helper, done="乙")

    def seen(person):
        return list(Report.objects.visible_to(person).order_by("pk"))

    assert seen(who.helper) == seen(who.helper_head) == [of_helper]
    assert seen(who.handler) == seen(who.unit_head) == seen(who.supervisor) == seen(who.leader) == [of_lead, of_helper]
    assert seen(who.stranger) == seen(who.auditor) == seen(who.inspector) == []


def test_progress_counts_the_milestones_that_are_reached(who):
    titles = [{"title": t, "due_on": None} for t in ("立项", "开工", "验收")]
    task = make.active(who, milestones=titles)
    first, second, _third = task.milestones.all()

    task = milestones.mark(task, by=who.handler, reached=[first, second])
    assert (task.progress, [m.done_by for m in task.milestones.all()]) == (66, [who.handler, who.handler, None])
    task = milestones.mark(task, by=who.handler, reached=[second])
    assert (task.progress, [m.done_on is None for m in task.milestones.all()]) == (33, [True, False, True])


def test_milestones_of_another_task_are_not_marked_here(who):
    task, other = make.active(who), make.active(who, milestones=[{"title": "开工"}])
    foreign = other.milestones.get()
    with refused("milestone.foreign", task, foreign, kind=RuleBroken):
        milestones.mark(task, by=who.handler, reached=[foreign])
    with refused("task.mark.forbidden", task, kind=Forbidden):
        milestones.mark(task, by=who.helper, reached=[])


def test_a_task_taken_up_again_stands_where_its_milestones_stand(who):
    task = make.closed(who, milestones=[{"title": "开工"}, {"title": "验收"}])
    assert task.progress == 100

    task = tasks.reopen(task, by=who.supervisor, reason="反弹", due_on=make.in_workdays(40))

    assert Task.objects.get(pk=task.pk).progress == 0
