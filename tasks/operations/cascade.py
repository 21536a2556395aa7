"""The cascade's order of locking and of days: from the top down, always."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tasks.models import Task
from tasks.models.task import STEP
from workflow import record
from workflow.refusal import RuleBroken


def lock(task: Task, *related: str) -> Task:
    """Lock every task above, from the top, then ``task``; return it fresh with ``related``.

    What happens below changes the progress above: whoever will climb takes the way down first, so that nobody who
    comes from above (a termination, a merger) waits for him while he waits for them (F29). Refused: as workflow.lock.
    """
    above = [task.path[:end] for end in range(STEP, len(task.path), STEP)]
    if above:
        list(Task.objects.select_for_update(of=("self",)).filter(path__in=above).order_by("path").values_list("pk"))
    return record.lock(task, *related)


def refuse_beyond_parent(task: Task, due_on: date) -> None:
    """Refuse with RuleBroken("split.beyond_due") a day after that of the task above."""
    latest = task.parent.due_on if task.parent else None
    if latest and due_on > latest:
        raise RuleBroken(
            "split.beyond_due", _("下级任务的时限不能晚于上级任务的 %(due)s。") % {"due": latest.isoformat()}
        )
