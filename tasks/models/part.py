"""Part: what belongs to a task, is written into its chain and shown on its page."""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Part(models.Model):
    """A row with a ``task``."""

    task_id: int

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the address of the task's page."""
        return reverse("task-detail", args=[self.task_id])

    @property
    def stream(self) -> str:
        """The task's chain."""
        return f"task:{self.task_id}"
