"""Worksheet: 检查底稿, what was found where and when; and Proof, the files that show it. Neither is ever changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.inspecting import ProofQuerySet, WorksheetQuerySet
from supervision.states.inspecting import Result
from workflow.models import Attachment
from workflow.moments import moment


class Worksheet(models.Model):
    """One check at one unit: against which standard, what was seen, and what the unit remarked.

    Append-only: triggers refuse every change on both databases, its digest stands in the inspection's chain, and a
    correction is a new sheet that names the old.
    """

    inspection = models.ForeignKey("supervision.Inspection", on_delete=models.PROTECT, related_name="worksheets")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("被检查单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("被检查单位名称"), max_length=128)
    task = models.ForeignKey(
        "tasks.Task", verbose_name=_("任务"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    standard = models.TextField(_("检查标准"))
    checked_at = models.DateTimeField(_("检查时间"))
    place = models.CharField(_("检查地点"), max_length=200)
    fact = models.TextField(_("检查情况"))
    result = models.CharField(_("检查结果"), max_length=12, choices=Result)
    object_note = models.TextField(_("被检查单位意见"), blank=True, default="")
    corrects = models.ForeignKey(
        "self", verbose_name=_("更正的底稿"), null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("检查人"), on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(_("填写时间"), default=moment, editable=False)

    objects: ClassVar[Any] = WorksheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查底稿")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="worksheet_result_is_known", condition=Q(result__in=Result.values)),
            models.UniqueConstraint(
                name="worksheet_is_corrected_once", fields=["corrects"], condition=Q(corrects__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}：{self.get_result_display()}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("worksheet-detail", args=[self.pk])

    @property
    def stream(self) -> str:
        """The inspection's chain."""
        return f"inspection:{self.inspection_id}"


class Proof(Attachment):
    """A file that came with the inspection: with a worksheet, or with the inspection as a whole (依据).

    Immutable like ``tasks.Evidence`` (R45). Findings name the proofs they rest on.
    """

    inspection = models.ForeignKey("supervision.Inspection", on_delete=models.PROTECT, related_name="proofs")
    worksheet = models.ForeignKey(
        Worksheet, verbose_name=_("检查底稿"), null=True, on_delete=models.PROTECT, related_name="proofs"
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")

    objects: ClassVar[Any] = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查佐证")
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        """Return the address of the inspection's page, where its files stand."""
        return f"{reverse('inspection-detail', args=[self.inspection_id])}?tab=worksheets"

    @property
    def stream(self) -> str:
        """The inspection's chain."""
        return f"inspection:{self.inspection_id}"
