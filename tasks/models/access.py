"""Who reads a task besides its units, and what keeps it from closing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.querysets import HoldQuerySet
from workflow.moments import moment


class Overseer(models.Model):
    """A unit that issued the task or one above it, and therefore reads it: the chain from clause to county task."""

    task = models.ForeignKey("tasks.Task", on_delete=models.CASCADE, related_name="overseers")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="overseer_once_a_task", fields=["task", "department"])]


class Reader(models.Model):
    """A person whom an upper room lets read the task for a time (an inspector)."""

    task = models.ForeignKey("tasks.Task", on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "until"], name="reader_by_user")]


class Hold(models.Model):
    """Something that keeps the task from closing, placed and lifted by an upper room (an open finding)."""

    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, related_name="holds")
    because = models.CharField(_("原因"), max_length=200)
    key = models.CharField(max_length=64)
    placed_at = models.DateTimeField(default=moment)
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hold_once_a_key", fields=["task", "key"], condition=Q(lifted_at=None))
        ]
