"""Holds: what an upper room puts on a task to keep it from closing (architecture.md 1)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from documents.markings import screened
from organization.models import User
from tasks.models import Hold, Task
from workflow.record import lock, record


@transaction.atomic
@screened
def place(task: Task, *, because: str, key: str, by: User) -> Hold:
    """Keep the task from closing until ``lift`` with the same ``key``; placing twice is placing once."""
    task = lock(task)
    hold, made = Hold.objects.get_or_create(task=task, key=key, lifted_at=None, defaults={"because": because})
    if made:
        record("task.hold", task, by, detail={"because": because, "key": key})
    return hold


@transaction.atomic
def lift(task: Task, *, key: str, by: User) -> int:
    """Take the hold away; returns how many stood."""
    task = lock(task)
    lifted: int = Hold.objects.filter(task=task, key=key, lifted_at=None).update(lifted_at=timezone.now())
    if lifted:
        record("task.lift", task, by, detail={"key": key})
    return lifted
