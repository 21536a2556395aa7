"""Extension: a request for more time (延期)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import OwnPartQuerySet
from tasks.states import EXTENSION_PENDING, ExtensionState
from workflow.models import Stateful


class Extension(Part, Stateful):
    """Asked before the due moment with reason, progress and a definite new day; decided by a leader (R24)."""

    state = models.CharField(_("状态"), max_length=16, choices=ExtensionState, default=ExtensionState.REQUESTED)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="extensions")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("延期理由"))
    progress = models.TextField(_("目前进展"))
    due_before = models.DateField(_("现时限"))
    requested_on = models.DateField(_("申请延至"))
    granted_on = models.DateField(_("批准延至"), null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("批复时间"), null=True)
    comment = models.CharField(_("意见"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = OwnPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("延期申请")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="extension_state_is_known", condition=Q(state__in=ExtensionState.values)),
            models.UniqueConstraint(
                name="extension_one_pending_a_task", fields=["task"], condition=Q(state__in=list(EXTENSION_PENDING))
            ),
            models.CheckConstraint(
                name="extension_granted_names_the_day",
                condition=(Q(state="granted") & Q(granted_on__isnull=False))
                | (~Q(state="granted") & Q(granted_on=None)),
            ),
            models.CheckConstraint(
                name="extension_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.requested_on}"
