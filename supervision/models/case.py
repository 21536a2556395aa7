"""Case: a model to follow or to be warned by (典型), approved, where needed without names, and for a time (R42)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.models.accountability import both
from supervision.querysets.answering import CaseQuerySet
from supervision.states.answering import CaseKind, CaseState
from workflow.models import Stateful


class Case(Stateful):
    """A story. ``told_title`` and ``told_story`` are what everybody reads: the same words with the names replaced.

    ``names`` holds pairs of a name and what stands in its place. From ``review_on`` on others no longer see it, until
    it is reviewed.
    """

    state = models.CharField(_("状态"), max_length=16, choices=CaseState, default=CaseState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟稿人"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("类别"), max_length=16, choices=CaseKind)
    title = models.CharField(_("标题"), max_length=200)
    story = models.TextField(_("内容"))
    units = models.ManyToManyField("organization.Department", verbose_name=_("涉及单位"), related_name="+")
    tasks = models.ManyToManyField("tasks.Task", verbose_name=_("关联任务"), related_name="+")
    anonymised = models.BooleanField(_("隐去名称"), default=False)
    names = models.JSONField(_("替换的名称"), default=list)
    told_title = models.CharField(_("对外标题"), max_length=400)
    told_story = models.TextField(_("对外内容"))
    review_on = models.DateField(_("复审日期"))
    reviewed_at = models.DateTimeField(_("复审时间"), null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField(_("下架原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("典型案例")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="case_state_is_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(name="case_kind_is_known", condition=Q(kind__in=CaseKind.values)),
            models.CheckConstraint(
                name="case_approved_at_and_by_together", condition=both("approved_at", "approved_by")
            ),
            models.CheckConstraint(
                name="case_reviewed_at_and_by_together", condition=both("reviewed_at", "reviewed_by")
            ),
            models.CheckConstraint(
                name="case_published_is_approved",
                condition=~Q(state__in=(CaseState.PUBLISHED, CaseState.EXPIRED)) | Q(approved_at__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("case-detail", args=[self.pk])

    @property
    def review_is_due(self) -> bool:
        """Whether it is published and its day of review has come (待复审)."""
        return self.state == CaseState.PUBLISHED and self.review_on <= timezone.localdate()

    def __str__(self) -> str:
        """Name it as everybody may read it."""
        return self.told_title
