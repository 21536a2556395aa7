"""Deferral: 整改延期, a unit's request for more time to put an item right."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervision.models.rectification import OfRectification
from supervision.querysets.correcting import OfRectificationQuerySet
from supervision.states.correcting import DeferralOutcome


class Deferral(OfRectification):
    """Asked before the day has run out, with reason, progress and a definite new day; decided by the verifier (R24).

    While it waits, ``rectification.asked_until`` names the day asked for. The words of the request never change; their
    digest stands in the event of its filing.
    """

    rectification = models.ForeignKey(
        "supervision.Rectification", verbose_name=_("整改"), on_delete=models.PROTECT, related_name="deferrals"
    )
    reason = models.TextField(_("延期理由"))
    progress = models.TextField(_("目前进展"))
    due_before = models.DateField(_("现期限"))
    requested_on = models.DateField(_("申请延至"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    outcome = models.CharField(_("批复"), max_length=16, choices=DeferralOutcome, blank=True, default="")
    granted_on = models.DateField(_("批准延至"), null=True)
    comment = models.CharField(_("意见"), max_length=500, blank=True, default="")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("批复时间"), null=True)

    objects: ClassVar[Any] = OfRectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改延期")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="deferral_outcome_is_known", condition=Q(outcome="") | Q(outcome__in=DeferralOutcome.values)
            ),
            models.UniqueConstraint(
                name="deferral_one_waits_a_rectification", fields=["rectification"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="deferral_ended_at_and_by_together",
                condition=Q(outcome="", ended_at=None, ended_by=None)
                | (~Q(outcome="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="deferral_granted_names_the_day",
                condition=Q(outcome=DeferralOutcome.GRANTED, granted_on__isnull=False)
                | (~Q(outcome=DeferralOutcome.GRANTED) & Q(granted_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_before} → {self.requested_on}"
