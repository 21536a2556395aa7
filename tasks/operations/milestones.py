"""Milestones: marked when reached; progress is counted from them (R17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import User
from tasks.lifecycles import TASK
from tasks.models import Milestone, Task
from tasks.operations import cascade, progress
from workflow.record import advance
from workflow.refusal import RuleBroken


@transaction.atomic
def mark(task: Task, *, by: User, reached: Sequence[Milestone]) -> Task:
    """Say which milestones are reached (更新节点): these are, all others are not.

    Refused: RuleBroken("milestone.foreign") for a milestone of another task.
    """
    task = cascade.lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "mark", by)
    if any(m.task_id != task.pk for m in reached):
        raise RuleBroken("milestone.foreign", _("所选节点不属于这项任务，请刷新页面后重试。"))
    today, keys = timezone.localdate(), {m.pk for m in reached}
    for milestone in task.milestones.all():
        _set(milestone, milestone.pk in keys, today, by)
    progress.settle(task)
    task = advance(task, step, by, reached=sorted(keys))
    progress.climb(task)
    return task


def _set(milestone: Milestone, reached: bool, today: date, by: User) -> None:
    if reached == (milestone.done_on is not None):
        return
    milestone.done_on, milestone.done_by = (today, by) if reached else (None, None)
    milestone.save(update_fields=["done_on", "done_by"])
