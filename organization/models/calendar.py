"""Calendar: the days that differ from Monday-to-Friday, and whether a year's notice is known."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.models.versioned import Versioned
from organization.querysets import CalendarQuerySet
from organization.states import YearStatus


class CalendarDay(models.Model):
    """A named rest day, or a weekend day that is worked (调休).

    ``region`` is empty for the nation, else the leading digits of a 行政区划代码 (R21: local holidays);
    a narrower region's row overrides a wider one's.
    """

    region = models.CharField(_("地区"), max_length=12, blank=True, default="")
    day = models.DateField(_("日期"))
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=64, blank=True, default="")
    source = models.CharField(_("依据"), max_length=128, blank=True, default="")

    objects: ClassVar[Any] = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("日历日")
        verbose_name_plural = _("日历日")
        ordering = ["region", "day"]
        constraints = [
            models.UniqueConstraint(name="calendar_day_is_set_once", fields=["region", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"


class CalendarYear(Versioned):
    """Whether the arrangement of a year is published or provisional (R21)."""

    region = models.CharField(_("地区"), max_length=12, blank=True, default="")
    year = models.PositiveSmallIntegerField(_("年份"))
    status = models.CharField(_("状态"), max_length=12, choices=YearStatus, default=YearStatus.PROVISIONAL)
    source = models.CharField(_("依据"), max_length=128, blank=True, default="")

    STATES = YearStatus

    objects: ClassVar[Any] = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("日历年度")
        verbose_name_plural = _("日历年度")
        ordering = ["region", "year"]
        constraints = [
            models.UniqueConstraint(name="calendar_year_is_set_once", fields=["region", "year"]),
            models.CheckConstraint(name="calendar_year_status_is_known", condition=Q(status__in=YearStatus.values)),
            models.CheckConstraint(name="calendar_year_is_plausible", condition=Q(year__gte=1949, year__lte=2199)),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return f"{reverse('calendar')}?year={self.year}&region={self.region}"

    def __str__(self) -> str:
        return str(self.year)

    @property
    def state(self) -> str:
        """The status, under the name by which tables of steps ask."""
        return self.status
