"""Commendation: praise, an incentive or exemption that the office proposes (表扬激励)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.models.accountability import Regarding, both
from supervision.querysets.answering import CommendationQuerySet
from supervision.states.answering import CommendationState, Praise
from workflow.models import Stateful


class Commendation(Regarding, Stateful):
    """Who did what well, with evidence and basis; approved by the head of the government, then published or not."""

    state = models.CharField(_("状态"), max_length=16, choices=CommendationState, default=CommendationState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟稿人"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=200)
    form = models.CharField(_("形式"), max_length=16, choices=Praise)
    deed = models.TextField(_("事迹"))
    basis = models.TextField(_("依据"))
    exempt_until = models.DateField(_("免督查至"), null=True)
    tasks = models.ManyToManyField("tasks.Task", verbose_name=_("关联任务"), related_name="+")
    evidence = models.ManyToManyField("tasks.Evidence", verbose_name=_("佐证材料"), related_name="+")
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until approved
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("公布时间"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("表扬激励")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="commendation_state_is_known", condition=Q(state__in=CommendationState.values)),
            models.CheckConstraint(name="commendation_form_is_known", condition=Q(form__in=Praise.values)),
            models.CheckConstraint(
                name="commendation_exemption_has_an_end",
                condition=Q(form=Praise.EXEMPTION, exempt_until__isnull=False)
                | (~Q(form=Praise.EXEMPTION) & Q(exempt_until=None)),
            ),
            models.CheckConstraint(
                name="commendation_approved_at_and_by_together", condition=both("approved_at", "approved_by")
            ),
            models.CheckConstraint(
                name="commendation_published_at_and_by_together", condition=both("published_at", "published_by")
            ),
            models.CheckConstraint(
                name="commendation_approved_has_number",
                condition=~Q(state__in=(CommendationState.APPROVED, CommendationState.PUBLISHED))
                | Q(number__isnull=False, approved_at__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("commendation-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.title
