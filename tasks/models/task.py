"""Task: 督查任务, one matter that one unit answers for (R13)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks.querysets import TaskQuerySet
from tasks.states import ENDED, OPEN, Cycle, TaskState, Unit, Urgency
from workflow.models import Stateful

STEP = 9
"""Digits of one step of a task's path."""


class Task(Stateful):
    """One matter with its standard, lead, person and limit.

    ``path`` places it in the cascade: the parent's path and its own key. ``due_at`` is the moment that counts,
    ``warn_at`` the moment from which it is near due; both are kept so that the database can tell the light.
    ``original_due_on`` never changes once assigned (R24). ``follows`` is the task whose answer brought the leader's
    new remark from which this one was drafted (C8 T3).
    """

    state = models.CharField(_("状态"), max_length=16, choices=TaskState, default=TaskState.DRAFT)
    directive = models.ForeignKey(
        "tasks.Directive", verbose_name=_("来源事项"), on_delete=models.PROTECT, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("上级任务"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    follows = models.ForeignKey(
        "self", verbose_name=_("接续的任务"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="followers", editable=False,
    )  # fmt: skip
    path = models.CharField(max_length=STEP * 6, blank=True, default="", db_index=True, editable=False)
    path_end = models.CharField(max_length=STEP * 6, blank=True, default="", editable=False)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("交办单位"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until assigned
    matter = models.CharField(_("工作事项"), max_length=300)
    standard = models.TextField(_("完成标准"), blank=True, default="")
    measures = models.TextField(_("工作措施"), blank=True, default="")
    clause = models.TextField(_("原文条款"), blank=True, default="")
    lead = models.ForeignKey(
        "organization.Department",
        verbose_name=_("牵头单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_name = models.CharField(_("交办时牵头单位名称"), max_length=128, blank=True, default="")
    responsible = models.CharField(_("责任人"), max_length=100, blank=True, default="")
    leader = models.CharField(_("责任领导"), max_length=100, blank=True, default="")
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    cycle = models.CharField(_("反馈周期"), max_length=12, choices=Cycle, blank=True, default=Cycle.NONE)
    approval_rank = models.PositiveSmallIntegerField(_("销号审批层级"), default=3)

    limit_value = models.PositiveSmallIntegerField(_("时限"), null=True, blank=True)
    limit_unit = models.CharField(_("时限单位"), max_length=10, choices=Unit, default=Unit.FIXED)
    due_on = models.DateField(_("办结时限"), null=True, blank=True, db_index=True)
    due_at = models.DateTimeField(null=True, editable=False)
    warn_at = models.DateTimeField(null=True, editable=False)
    original_due_on = models.DateField(_("原定时限"), null=True, editable=False)
    due_provisional = models.BooleanField(_("时限暂定"), default=False, editable=False)

    assigned_at = models.DateTimeField(_("交办时间"), null=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sign_by = models.DateTimeField(_("签收时限"), null=True, editable=False)
    finished_at = models.DateTimeField(_("单位完成时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    conclusion = models.TextField(_("办结结论"), blank=True, default="")
    end_reason = models.CharField(_("终止原因"), max_length=500, blank=True, default="")
    suspended_on = models.DateField(_("挂起日期"), null=True, editable=False)
    suspended_until = models.DateField(_("挂起复核日"), null=True, editable=False)
    suspended_workdays = models.PositiveSmallIntegerField(_("累计挂起工作日"), default=0, editable=False)
    blocked_by = models.ForeignKey(
        "organization.Department",
        verbose_name=_("受阻于"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    progress = models.PositiveSmallIntegerField(_("进度"), default=0, editable=False)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0, editable=False)
    reopened = models.PositiveSmallIntegerField(_("重办次数"), default=0, editable=False)
    reported_at = models.DateTimeField(_("最近反馈"), null=True, editable=False)

    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查任务")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(name="task_state_is_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="task_closed_iff_closed_at",
                condition=(Q(state="closed") & Q(closed_at__isnull=False, closed_by__isnull=False))
                | (~Q(state="closed") & Q(closed_at=None, closed_by=None)),
            ),
            models.CheckConstraint(
                name="task_assigned_at_and_by_together",
                condition=Q(assigned_at=None, assigned_by=None)
                | Q(assigned_at__isnull=False, assigned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_issued_is_complete",
                condition=Q(state__in=["draft", "terminated"])
                | Q(
                    number__isnull=False, lead__isnull=False, due_on__isnull=False, due_at__isnull=False,
                    warn_at__isnull=False, original_due_on__isnull=False, assigned_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="task_suspended_iff_suspended_on",
                condition=(Q(state="suspended") & Q(suspended_on__isnull=False, suspended_until__isnull=False))
                | (~Q(state="suspended") & Q(suspended_on=None, suspended_until=None)),
            ),
            models.CheckConstraint(name="task_progress_is_percent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="task_warned_not_after_due",
                condition=Q(warn_at=None) | Q(due_at=None) | Q(warn_at__lte=F("due_at")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at", "id"], name="task_open_by_due", condition=Q(state__in=list(OPEN))),
            models.Index(fields=["lead", "state"], name="task_by_lead"),
            models.Index(fields=["organiser", "state"], name="task_by_organiser"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("task-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.matter

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store; a new task gets its place in the cascade, which needs its key first."""
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            above = self.parent.path if self.parent else ""
            self.path = above + str(self.pk).zfill(STEP)
            self.path_end = str(int(self.path) + 1).zfill(len(self.path))
            super().save(update_fields=["path", "path_end"])

    def stand_at_the_top(self) -> None:
        """Take the place of a task that nothing stands above; in the row by ``TaskQuerySet.stand_at_the_top``."""
        self.path, self.path_end = str(self.pk).zfill(STEP), str(self.pk + 1).zfill(STEP)

    @property
    def is_open(self) -> bool:
        """Whether the task is issued and not ended."""
        return self.state in OPEN

    @property
    def is_ended(self) -> bool:
        """Whether the task is closed or terminated."""
        return self.state in ENDED

    @property
    def depth(self) -> int:
        """How many tasks stand above."""
        return max(0, len(self.path) // STEP - 1)

    @property
    def answerable_id(self) -> int | None:
        """The unit under which lateness counts: the blocking one while a blocker is confirmed (C13), else the lead."""
        return self.blocked_by_id or self.lead_id

    def is_overdue(self, at: datetime | None = None) -> bool:
        """Tell whether the unit's time has run out at ``at`` (now if none) and the task is not handed in."""
        if self.due_at is None or not self.is_open or self.state == TaskState.SUSPENDED:
            return False
        return (self.finished_at or at or timezone.now()) > self.due_at

    def days_over(self, on: date) -> int:
        """Return the calendar days by which ``on`` lies after the due day; negative before it."""
        return (on - self.due_on).days if self.due_on else 0
