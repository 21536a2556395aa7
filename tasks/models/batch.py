"""Batch: an imported 任务分解表, from upload to the rows taken."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.querysets import BatchQuerySet, BatchRowQuerySet
from tasks.states import BatchState, RowState
from workflow.models import Attachment, Stateful


class Batch(Attachment, Stateful):
    """An uploaded sheet, read into rows that an officer looks at before any task is made.

    ``total`` rows were read; ``good`` of them can be taken or are taken, ``skipped`` were left out by the officer,
    the rest is kept for correction. ``taken`` became tasks. ``handled`` counts within the running job, which holds
    the batch until ``leased_until`` and acts for ``acting_user`` in the post from which he asked.
    """

    state = models.CharField(_("状态"), max_length=16, choices=BatchState, default=BatchState.READING)
    directive = models.ForeignKey(
        "tasks.Directive", verbose_name=_("来源事项"), on_delete=models.PROTECT, related_name="batches"
    )
    organiser = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("表题"), max_length=300, blank=True, default="")
    skipped_sheets = models.JSONField(_("没有任务表的工作表"), default=list, blank=True)
    default_limit = models.BooleanField(_("没有写时限的行按来源默认时限"), default=False)
    total = models.PositiveIntegerField(_("总行数"), default=0)
    good = models.PositiveIntegerField(_("可导入"), default=0)
    skipped = models.PositiveIntegerField(_("不导入"), default=0)
    handled = models.PositiveIntegerField(_("已处理"), default=0)
    taken = models.PositiveIntegerField(_("已导入"), default=0)
    problem = models.TextField(_("未能读取的原因"), blank=True, default="")
    problem_code = models.CharField(max_length=64, blank=True, default="")

    acting_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    acting_post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    acting_delegation = models.ForeignKey(
        "organization.Delegation", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入批次")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="batch_state_is_known", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(name="batch_failed_says_why", condition=~Q(state="failed") | ~Q(problem="")),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its preview."""
        return reverse("import-detail", args=[self.pk])

    @property
    def kept(self) -> int:
        """How many rows are kept for correction."""
        return self.total - self.good - self.skipped

    @property
    def waiting(self) -> int:
        """How many rows can be taken now."""
        return self.good - self.taken

    @property
    def is_running(self) -> bool:
        """Whether a job is at work, or is to be."""
        return self.state in (BatchState.READING, BatchState.TAKING)


class BatchRow(models.Model):
    """One line of the sheet: what was read, which units were matched, what is wrong in which cell.

    ``read`` is the line as the reader gave it; ``proposed`` the arguments of the draft that it will become, in keys
    and ISO days; ``problems`` name cell, column, code, message and whether they keep the row. ``task`` is what the
    row became: a row that has one is never taken again.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=64, blank=True, default="")
    line = models.PositiveIntegerField(_("行号"))
    read = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    good = models.BooleanField(default=False)
    skipped = models.BooleanField(_("不导入"), default=False)
    amended = models.BooleanField(_("已更正"), default=False)
    task = models.ForeignKey("tasks.Task", null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = BatchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入行")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="batch_row_once_a_line", fields=["batch", "sheet", "line"]),
            models.CheckConstraint(
                name="batch_row_taken_is_good", condition=Q(task=None) | Q(good=True, skipped=False)
            ),
        ]
        indexes = [models.Index(fields=["batch", "good", "id"], name="batch_row_by_batch")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.line}"

    @property
    def standing(self) -> str:
        """What is to become of the line; the twin of ``BatchRowQuerySet.standing``."""
        if self.task_id is not None:
            return RowState.TAKEN
        if self.skipped:
            return RowState.SKIPPED
        return RowState.GOOD if self.good else RowState.KEPT

    @property
    def units(self) -> list[int]:
        """The keys of the units that the line would name as a task, the lead first."""
        lead = [self.proposed["lead"]] if self.proposed.get("lead") else []
        return [*lead, *self.proposed.get("joint", ()), *self.proposed.get("co_units", ())]
