"""Readers: persons to whom an upper room opens a task for a time.

Their events stand in chains of their own: the units of the task learn nothing of a covert visit (R11, F57).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
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


@transaction.atomic
def grant_all(
    tasks: Sequence[Task], *, to: Sequence[User], until: datetime, because: str, about: Model, by: User
) -> int:
    """Let each of ``to`` read each of the tasks until ``until``; one event, in the chain of ``about``.

    ``because`` names the ground by which ``withdraw_all`` ends it again. Returns how many rights were given.
    """
    rows = [Reader(task=task, user=user, until=until, because=because) for task in tasks for user in to]
    if rows:
        Reader.objects.bulk_create(rows)
        told = {"tasks": [task.pk for task in tasks], "users": [user.pk for user in to], "until": until.isoformat()}
        record("reader.grant", about, by, detail=told)
    return len(rows)


@transaction.atomic
def withdraw_all(because: str, *, about: Model, by: User | None, of: User | None = None) -> int:
    """End now what was given on this ground, to one person if named; rights on other grounds stay. Returns how many."""
    now = timezone.now()
    standing = Reader.objects.filter(because=because, until__gt=now)
    if of is not None:
        standing = standing.filter(user=of)
    ended: int = standing.update(until=now)
    if ended:
        record("reader.withdraw", about, by, detail={"users": [of.pk] if of else "all", "rights": ended})
    return ended
