"""Office: what a supervision office sets for itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.querysets import OfficeQuerySet
from tasks.states import OfficeState
from workflow.models import Stateful


class Office(Stateful):
    """A supervision office's word in its numbers (机关代字) and its own meaning of the lights (R15, R23).

    Lights it does not name keep the house's. Without a row an office writes 督〔year〕n号 in the common series.
    """

    state = models.CharField(max_length=16, choices=OfficeState, default=OfficeState.CURRENT, editable=False)
    department = models.OneToOneField(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    mark = models.CharField(_("机关代字"), max_length=16, unique=True)
    lights = models.JSONField(_("灯色方案"), default=dict, blank=True)

    objects: ClassVar[Any] = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查机构设置")

    def get_absolute_url(self) -> str:
        """Return the address of the list of settings."""
        return reverse("office-list")

    def __str__(self) -> str:
        return f"{self.department}（{self.mark}）"
