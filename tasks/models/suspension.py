"""Suspension: the clock stops while another body is waited for (挂起)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import OwnPartQuerySet
from tasks.states import SuspensionState
from workflow.models import Stateful


class Suspension(Part, Stateful):
    """Approved with cause, what is waited for and evidence in words or files; reported apart from "on time" (R25).

    ``review_on`` is the day on which the office sees whether the clock is to run again or to stand on.
    """

    state = models.CharField(_("状态"), max_length=16, choices=SuspensionState, default=SuspensionState.REQUESTED)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="suspensions")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    cause = models.TextField(_("挂起原因"))
    waiting_on = models.CharField(_("等待何单位何事"), max_length=200)
    proof = models.TextField(_("依据"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("批准时间"), null=True)
    comment = models.CharField(_("意见"), max_length=500, blank=True, default="")
    review_on = models.DateField(_("复核日"))
    started_on = models.DateField(_("起"), null=True)
    ended_on = models.DateField(_("止"), null=True)
    workdays = models.PositiveSmallIntegerField(_("暂停工作日"), default=0)

    objects: ClassVar[Any] = OwnPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("挂起申请")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="suspension_state_is_known", condition=Q(state__in=SuspensionState.values)),
            models.UniqueConstraint(
                name="suspension_one_open_a_task", fields=["task"], condition=Q(state__in=["requested", "granted"])
            ),
            models.CheckConstraint(
                name="suspension_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}：{self.waiting_on}"
