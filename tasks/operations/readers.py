"""Readers: persons to whom an upper room opens a task for a time.

Their events stand in chains of their own: the units of the task learn nothing of a covert visit (R11, F57).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from documents.markings import screened
from organization.models import User
from tasks.models import Reader, Task
from workflow.record import record


@transaction.atomic
@screened
def grant(task: Task, *, to: User, until: datetime, because: str, by: User) -> Reader:
    """Let ``to`` read the task until the moment ``until``."""
    reader = Reader.objects.create(task=task, user=to, until=until, because=because)
    record("reader.grant", reader, by, detail={"task": task.pk, "user": to.pk, "until": until.isoformat()})
    return reader


@transaction.atomic
def withdraw(task: Task, *, of: User, by: User) -> int:
    """End every reading right of a person on the task now; returns how many stood."""
    now = timezone.now()
    standing = list(Reader.objects.select_for_update().filter(task=task, user=of, until__gt=now).order_by("pk"))
    for reader in standing:
        Reader.objects.filter(pk=reader.pk).update(until=now)
        record("reader.withdraw", reader, by, detail={"task": task.pk, "user": of.pk})
    return len(standing)
