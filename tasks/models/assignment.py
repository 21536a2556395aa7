"""Assignment: one unit's share in a task."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part as TaskPart
from tasks.querysets import AssignmentQuerySet
from tasks.states import AssignmentState, Part
from workflow.models import Stateful


class Assignment(TaskPart, Stateful):
    """What one unit owes to one task, with its own sign-in. ``department_name`` is the name when it was issued."""

    state = models.CharField(_("状态"), max_length=16, choices=AssignmentState, default=AssignmentState.PLANNED)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="assignments")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("交办时名称"), max_length=128)
    part = models.CharField(_("职责"), max_length=8, choices=Part)
    group = models.CharField(_("泛称"), max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    sign_by = models.DateTimeField(_("签收时限"), null=True)
    decline_by = models.DateTimeField(_("退办时限"), null=True)
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(_("退办时间"), null=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务分工")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="assignment_state_is_known", condition=Q(state__in=AssignmentState.values)),
            models.UniqueConstraint(
                name="assignment_one_lead_a_task", fields=["task"], condition=Q(part=Part.LEAD) & ~Q(state="released")
            ),
            models.UniqueConstraint(
                name="assignment_a_unit_once_a_task", fields=["task", "department"], condition=~Q(state="released")
            ),
            models.CheckConstraint(
                name="assignment_signed_or_declined_not_both",
                condition=Q(signed_at=None, signed_by=None, declined_at=None, declined_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, declined_at=None, declined_by=None)
                | Q(signed_at=None, signed_by=None, declined_at__isnull=False, declined_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_declined_gives_reason", condition=~Q(state="declined") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["department", "state"], name="assignment_by_department")]

    def __str__(self) -> str:
        return f"{self.department_name}（{self.get_part_display()}）"
