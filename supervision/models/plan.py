"""Plan: 年度督查计划, what an office means to inspect in a year."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.inspecting import PlanItemQuerySet, PlanQuerySet
from supervision.states.inspecting import InspectionKind, PlanState
from workflow.models import Stateful


class Plan(Stateful):
    """The items of one office and year, approved by a leader; one a year (R8).

    ``base_count`` is the number of items in the year before: more than that is shown as a warning, never refused.
    """

    state = models.CharField(_("状态"), max_length=16, choices=PlanState, default=PlanState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    base_count = models.PositiveSmallIntegerField(_("上年度项数"), default=0)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("编制人"), on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度督查计划")
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(name="plan_state_is_known", condition=Q(state__in=PlanState.values)),
            models.UniqueConstraint(name="plan_one_an_office_and_year", fields=["organiser", "year"]),
            models.CheckConstraint(name="plan_year_is_plausible", condition=Q(year__gte=2000, year__lte=2199)),
            models.CheckConstraint(
                name="plan_approved_iff_approved_at",
                condition=(Q(state="approved") & Q(approved_at__isnull=False, approved_by__isnull=False))
                | (~Q(state="approved") & Q(approved_at=None, approved_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return _("%(office)s%(year)d年度督查计划") % {"office": self.organiser, "year": self.year}

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("plan-detail", args=[self.pk])


class PlanItem(models.Model):
    """One inspection that is planned: 事项, kind, objects, months, whether people go there."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    topic = models.CharField(_("督查事项"), max_length=200)
    kind = models.CharField(_("督查类型"), max_length=16, choices=InspectionKind)
    targets = models.CharField(_("督查对象（单位或层级）"), max_length=300)
    month_from = models.PositiveSmallIntegerField(_("起始月份"))
    month_to = models.PositiveSmallIntegerField(_("结束月份"))
    on_site = models.BooleanField(_("实地督查"), default=True)

    objects: ClassVar[Any] = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查计划事项")
        ordering = ["month_from", "pk"]
        constraints = [
            models.CheckConstraint(name="plan_item_kind_is_known", condition=Q(kind__in=InspectionKind.values)),
            models.CheckConstraint(
                name="plan_item_months_are_in_order",
                condition=Q(month_from__gte=1, month_to__lte=12, month_from__lte=F("month_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.topic
