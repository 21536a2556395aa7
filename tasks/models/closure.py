"""Closure: 办结申报, its checks and its approval."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import OwnPartQuerySet
from tasks.states import Outcome
from workflow.moments import moment


class Closure(Part):
    """One claim of completion: claimed and signed by the lead, checked six ways, approved (R33, R35).

    The task carries the lifecycle; this row keeps who said what at each turn. ``outcome`` is how it ended,
    ``returned_for`` why each check failed, by the check's name.
    """

    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True, default=Outcome.PENDING)
    claimed_at = models.DateTimeField(_("申报时间"), default=moment, editable=False)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="closures")
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(_("办结报告"))
    completed_on = models.DateField(_("实际完成日期"))
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("签批时间"), null=True)
    checks = models.JSONField(_("六项核验"), default=dict)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(_("核验时间"), null=True)
    opinion = models.TextField(_("核验意见"), blank=True, default="")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    returned_reason = models.TextField(_("退回原因"), blank=True, default="")
    returned_for = models.JSONField(_("未通过的原因"), default=dict, blank=True)

    objects: ClassVar[Any] = OwnPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("办结申报")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="closure_outcome_is_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="closure_signed_at_and_by_together",
                condition=Q(signed_at=None, signed_by=None) | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_verified_at_and_by_together",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_approved_at_and_by_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.UniqueConstraint(name="closure_one_pending_a_task", fields=["task"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="closure_three_different_persons",
                condition=(Q(verified_by=None) | ~Q(verified_by=models.F("claimed_by")))
                & (
                    Q(approved_by=None)
                    | (~Q(approved_by=models.F("claimed_by")) & ~Q(approved_by=models.F("verified_by")))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_outcome_display()}"
