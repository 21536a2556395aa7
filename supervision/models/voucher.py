"""Voucher: 整改佐证, a file by which a unit shows what it put right; never changed after upload."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.models.rectification import OfRectification
from supervision.querysets.correcting import OfRectificationQuerySet
from workflow.models import Attachment


class Voucher(OfRectification, Attachment):
    """A file with its SHA-256, the day of what it shows (``evidence_on``) beside the moment of upload.

    Immutable: triggers refuse every change on both databases, and the digest stands in the finding's chain (R45).
    """

    rectification = models.ForeignKey(
        "supervision.Rectification", verbose_name=_("整改"), on_delete=models.PROTECT, related_name="vouchers"
    )
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    department_name = models.CharField(_("单位"), max_length=128)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence_on = models.DateField(_("材料反映的日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")

    objects: ClassVar[Any] = OfRectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改佐证")
        ordering = ["-pk"]
