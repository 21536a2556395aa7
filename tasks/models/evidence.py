"""Evidence: 佐证材料, a file that proves something; never changed after upload."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import OwnPartQuerySet
from workflow.models import Attachment


class Evidence(Part, Attachment):
    """A file with its SHA-256, the day of what it shows (``evidence_on``) beside the moment of upload.

    Immutable: triggers refuse every change on both databases, and the digest stands in the task's chain (R45).
    """

    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="evidence")
    report = models.ForeignKey("tasks.Report", null=True, on_delete=models.PROTECT, related_name="evidence")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    department_name = models.CharField(_("单位"), max_length=128)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence_on = models.DateField(_("材料反映的日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")

    objects: ClassVar[Any] = OwnPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证材料")
        ordering = ["-pk"]
