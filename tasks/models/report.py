"""Report: 进展反馈, what a unit says of its share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import ReportQuerySet
from tasks.states import Cause, ReportState
from workflow.models import Stateful


class Report(Part, Stateful):
    """A progress report in fixed parts (R29): done, effect, problem and its cause, help needed, next step."""

    state = models.CharField(_("状态"), max_length=16, choices=ReportState, default=ReportState.SUBMITTED)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="reports")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    department_name = models.CharField(_("单位"), max_length=128)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("填报人"), on_delete=models.PROTECT, related_name="+"
    )
    unchanged = models.BooleanField(_("本期无变化"), default=False)
    done = models.TextField(_("完成情况"), blank=True, default="")
    effect = models.TextField(_("对照标准的成效"), blank=True, default="")
    problem = models.TextField(_("存在问题"), blank=True, default="")
    cause = models.CharField(_("原因类别"), max_length=16, choices=Cause, blank=True, default=Cause.NONE)
    help_needed = models.TextField(_("需要协调"), blank=True, default="")
    next_step = models.TextField(_("下步打算"), blank=True, default="")
    percent = models.PositiveSmallIntegerField(_("完成比例"), null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("审阅时间"), null=True)
    comment = models.CharField(_("审阅意见"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("进展反馈")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(name="report_percent_is_percent", condition=Q(percent=None) | Q(percent__lte=100)),
            models.CheckConstraint(
                name="report_reviewed_at_and_by_together",
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(name="report_problem_has_cause", condition=Q(problem="") | ~Q(cause="")),
        ]

    def __str__(self) -> str:
        return f"{self.department_name} {self.created_at:%Y-%m-%d}"
