"""Blocker: 协调事项, what keeps a unit waiting on another (C13)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import BlockerQuerySet
from tasks.states import BlockerState, Cause
from workflow.models import Stateful


class Blocker(Part, Stateful):
    """Waiting on whom, for what, since when. Its owner is the blocking unit, with its own clock (``due_on``).

    While confirmed, the task's lateness counts under the blocking unit.
    """

    state = models.CharField(_("状态"), max_length=16, choices=BlockerState, default=BlockerState.RAISED)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="blockers")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+"
    )
    waiting_on = models.ForeignKey(
        "organization.Department", verbose_name=_("等待单位"), on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(_("原因类别"), max_length=16, choices=Cause)
    since = models.DateField(_("自何日起"))
    ask = models.TextField(_("请求协调事项"))
    due_on = models.DateField(_("协调时限"), null=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("确认日期"), null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("结束日期"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.TextField(_("协调结果"), blank=True, default="")

    objects: ClassVar[Any] = BlockerQuerySet.as_manager()

    class Meta:
        verbose_name = _("协调事项")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="blocker_state_is_known", condition=Q(state__in=BlockerState.values)),
            models.UniqueConstraint(
                name="blocker_one_open_a_task", fields=["task"], condition=Q(state__in=["raised", "confirmed"])
            ),
            models.CheckConstraint(
                name="blocker_confirmed_has_a_clock",
                condition=~Q(state="confirmed")
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="blocker_confirmed_on_and_by_together",
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="blocker_waits_on_another_unit", condition=~Q(department=models.F("waiting_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}：等待{self.waiting_on}"

    def get_absolute_url(self) -> str:
        """Return the address of its own page: who is waited for sees it also when the task is no longer open to him."""
        return reverse("blocker-detail", args=[self.pk])

    def days_blocked(self, on: date) -> int:
        """Return the calendar days for which the blocker has stood confirmed up to ``on``; 0 if it never was."""
        if self.confirmed_on is None:
            return 0
        return max(0, ((self.ended_on or on) - self.confirmed_on).days)
