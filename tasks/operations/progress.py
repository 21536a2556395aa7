"""Progress that comes from below is worked out, never typed (R17, F28)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tasks.models import Task
from tasks.states import TaskState
from workflow.refusal import RuleBroken


def derived(task: Task) -> int | None:
    """Return the percentage that follows from lower tasks or milestones; None where the unit says it itself.

    Lower tasks weigh alike; a closed one is 100, a terminated or drafted one does not count.
    """
    lower = list(_of_the_lead(task).values_list("state", "progress"))
    if lower:
        return sum(100 if state == TaskState.CLOSED else percent for state, percent in lower) // len(lower)
    days = list(task.milestones.values_list("done_on", flat=True))
    if days:
        return 100 * sum(day is not None for day in days) // len(days)
    return None


def _of_the_lead(task: Task) -> Any:
    """Return the issued lower tasks that the lead made; a helper's own do not speak for the whole."""
    lower = task.children.exclude(state__in=(TaskState.DRAFT, TaskState.TERMINATED))
    return lower.filter(organiser=task.lead_id)


def refuse_typed(task: Task, percent: int | None) -> None:
    """Refuse a typed percentage on a task whose progress is derived: RuleBroken("progress.derived")."""
    if percent is not None and derived(task) is not None:
        raise RuleBroken(
            "progress.derived",
            _("这项任务的进度由下级任务或节点汇总得出，不能手工填写。请更新下级任务或节点，完成比例留空。"),
        )


def settle(task: Task) -> None:
    """Write the derived progress of a locked task, where there is one; the caller saves."""
    percent = derived(task)
    if percent is not None:
        task.progress = percent


def climb(task: Task) -> None:
    """Carry a change upwards: recompute each task above that stands; ``cascade.lock`` holds them already."""
    above = [task.path[:end] for end in range(9, len(task.path), 9)]
    if not above:
        return
    rows = {row.path: row for row in Task.objects.select_for_update().filter(path__in=above).order_by("pk")}
    for path in reversed(above):
        row = rows[path]
        percent = None if row.is_ended else derived(row)
        if percent is not None and percent != row.progress:
            Task.objects.filter(pk=row.pk).update(progress=percent)
