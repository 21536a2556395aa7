"""Reports: progress in fixed parts, one tap for "no change" (R29)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import User
from tasks import digests
from tasks.actors import unit_of
from tasks.lifecycles import REPORT, TASK
from tasks.models import Report, Task
from tasks.operations import cascade, progress
from workflow.record import advance, begin, lock
from workflow.refusal import RuleBroken

PARTS = ("done", "effect", "problem", "cause", "help_needed", "next_step")


@transaction.atomic
@screened
def file(
    task: Task,
    *,
    by: User,
    unchanged: bool = False,
    done: str = "",
    effect: str = "",
    problem: str = "",
    cause: str = "",
    help_needed: str = "",
    next_step: str = "",
    percent: int | None = None,
) -> Report:
    """Report on the unit's share of the task (填报进展).

    Refused: RuleBroken("report.empty") without what was done, unless nothing changed; ("report.cause_missing") for a
    problem without its cause; ("progress.derived") for a typed percentage where it comes from below (R17);
    ("progress.lead_only") for a co-unit's percentage: the lead answers for the whole.
    """
    task = cascade.lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "report", by)
    _refuse_thin(unchanged, done, problem, cause)
    _refuse_percent(task, by, percent)
    report = Report(
        task=task, department=unit_of(by), department_name=unit_of(by).name, author=by, unchanged=unchanged,
        done=done, effect=effect, problem=problem, cause=cause, help_needed=help_needed, next_step=next_step,
        percent=percent,
    )  # fmt: skip
    report.created_at = timezone.now()
    row = digests.of(report, digests.REPORT)
    begin(report, by, verb="file", unchanged=unchanged, percent=percent, cause=cause, row=row)
    if unit_of(by).pk == task.lead_id:
        task.reported_at = report.created_at  # the lead answers for the whole: a helper's word is not the period's
    if percent is not None:
        task.progress = percent
    progress.settle(task)
    advance(task, step, by, report=report.pk, unit=unit_of(by).name)
    progress.climb(task)
    return report


def _refuse_thin(unchanged: bool, done: str, problem: str, cause: str) -> None:
    if not unchanged and not done.strip():
        raise RuleBroken("report.empty", _("请写明本期完成情况；确实没有变化的，勾选“本期无变化”即可。"))
    if problem.strip() and not cause:
        raise RuleBroken("report.cause_missing", _("写了存在问题，请再选择原因类别，便于协调解决。"))


def _refuse_percent(task: Task, by: User, percent: int | None) -> None:
    if percent is None:
        return
    progress.refuse_typed(task, percent)
    if unit_of(by).pk != task.lead_id:
        raise RuleBroken("progress.lead_only", _("完成比例由牵头单位填写；配合单位只需说明本单位完成情况。"))


@transaction.atomic
@screened
def accept(report: Report, *, by: User, comment: str = "") -> Report:
    """Take the report as read and good (采纳)."""
    return _review(report, "accept", by, comment)


@transaction.atomic
@screened
def send_back(report: Report, *, by: User, comment: str) -> Report:
    """Return the report with the reason (退回); the unit files a new one, pre-filled from it."""
    return _review(report, "send_back", by, comment)


def _review(report: Report, verb: str, by: User, comment: str) -> Report:
    lock(Task(pk=report.task_id))
    report = lock(report, "task__organiser", "task__directive")
    step = REPORT.check(report, verb, by)
    report.reviewed_by, report.reviewed_at, report.comment = by, timezone.now(), comment
    return advance(report, step, by, comment=comment)
