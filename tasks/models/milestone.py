"""Milestone: a point on the way, with its day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.querysets import PartQuerySet


class Milestone(models.Model):
    """A step of the work (节点). With milestones, progress is counted from them, never typed (R17)."""

    task = models.ForeignKey("tasks.Task", on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("节点"), max_length=200)
    due_on = models.DateField(_("时限"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("节点")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="milestone_done_on_and_by_together",
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title
