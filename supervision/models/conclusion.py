"""Conclusion: 督查结论书, what the government finds about one unit; Review: 复核."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.correcting import ConclusionQuerySet, ReviewQuerySet
from supervision.states.correcting import IN_FORCE, REVIEWING, TOLD, ConclusionState, Decision, ReviewState
from workflow.models import Stateful


class Conclusion(Stateful):
    """The part of an inspection's conclusion about one unit, issued in the government's name (R36, 条例 Art. 16).

    ``snapshot`` holds the findings as they were submitted, each with its proofs: the paper follows no later change.
    ``review_until`` is the last day of the unit's right of review; a party-side conclusion has none (domain.md 2.3).
    """

    state = models.CharField(_("状态"), max_length=16, choices=ConclusionState, default=ConclusionState.DRAFT)
    inspection = models.ForeignKey(
        "supervision.Inspection", verbose_name=_("督查"), on_delete=models.PROTECT, related_name="conclusions"
    )
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("单位"), max_length=128)
    government = models.CharField(_("督查结论机关"), max_length=128)
    number = models.CharField(_("文号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - null until it is issued
    process = models.TextField(_("督查依据与过程"))
    appraisal = models.TextField(_("总体评价"))
    requirement = models.TextField(_("整改要求"), blank=True, default="")
    snapshot = models.JSONField(_("问题清单"), default=list)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("印发时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("收到日期"), null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    review_until = models.DateField(_("申请复核期限"), null=True)
    explanation = models.TextField(_("情况说明"), blank=True, default="")
    explained_at = models.DateTimeField(_("说明时间"), null=True)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changes = models.TextField(_("复核变更内容"), blank=True, default="")

    objects: ClassVar[Any] = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查结论")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="conclusion_state_is_known", condition=Q(state__in=ConclusionState.values)),
            models.UniqueConstraint(
                name="conclusion_once_a_unit",
                fields=["inspection", "department"],
                condition=~Q(state=ConclusionState.DISCARDED),
            ),
            models.CheckConstraint(
                name="conclusion_told_has_number_and_approval",
                condition=Q(state__in=TOLD, number__isnull=False, approved_at__isnull=False, approved_by__isnull=False)
                | (~Q(state__in=TOLD) & Q(number=None, approved_at=None, approved_by=None)),
            ),
            models.CheckConstraint(
                name="conclusion_received_on_and_by_together",
                condition=Q(received_on=None, received_by=None)
                | Q(received_on__isnull=False, received_by__isnull=False),
            ),
            models.CheckConstraint(
                name="conclusion_explained_at_and_by_together",
                condition=Q(explained_at=None, explained_by=None)
                | Q(explained_at__isnull=False, explained_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _("关于%(unit)s的督查结论") % {"unit": self.department_name}

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("conclusion-detail", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        """Whether it holds."""
        return self.state in IN_FORCE


class Review(Stateful):
    """A unit's application to the government to look at its conclusion again (R37, 条例 Art. 17).

    ``due_on`` is day 30 from the application, not rolled: a duty of the authority, shown as its warning day (R20). Who
    took part in the inspection, its findings or the conclusion handles no review of it.
    """

    state = models.CharField(_("状态"), max_length=16, choices=ReviewState, default=ReviewState.ASKED)
    conclusion = models.ForeignKey(
        "supervision.Conclusion", verbose_name=_("督查结论"), on_delete=models.PROTECT, related_name="reviews"
    )
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("申请单位"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("申请理由"))
    asked_on = models.DateField(_("申请日期"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("应作出决定日期"))
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("承办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("文号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until it is decided
    decision = models.CharField(_("复核决定"), max_length=16, choices=Decision, blank=True, default="")
    grounds = models.TextField(_("决定理由"), blank=True, default="")
    changes = models.TextField(_("变更内容"), blank=True, default="")
    dropped = models.ManyToManyField("supervision.Finding", verbose_name=_("予以撤销的问题"), related_name="+")
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("复核申请")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="review_state_is_known", condition=Q(state__in=ReviewState.values)),
            models.CheckConstraint(
                name="review_decision_is_known", condition=Q(decision="") | Q(decision__in=Decision.values)
            ),
            models.UniqueConstraint(
                name="review_once_a_conclusion", fields=["conclusion"], condition=~Q(state=ReviewState.WITHDRAWN)
            ),
            models.CheckConstraint(
                name="review_decided_iff_decided_at_and_by",
                condition=Q(state=ReviewState.DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state=ReviewState.DECIDED) & Q(decided_at=None, decided_by=None)),
            ),
            models.CheckConstraint(
                name="review_proposed_has_decision",
                condition=~Q(state__in=[ReviewState.PROPOSED, ReviewState.DECIDED]) | ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="review_handled_has_handler",
                condition=~Q(state__in=[ReviewState.ASSIGNED, ReviewState.PROPOSED, ReviewState.DECIDED])
                | Q(handler__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _("%(unit)s申请复核") % {"unit": self.department}

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("review-detail", args=[self.pk])

    @property
    def stream(self) -> str:
        """The conclusion's chain."""
        return f"conclusion:{self.conclusion_id}"

    def is_overdue(self, on: date) -> bool:
        """Tell whether the decision is late on the day ``on``."""
        return self.state in REVIEWING and on > self.due_on
