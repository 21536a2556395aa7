"""Rectification: 整改, what a unit has to put right until when; each claim with its check; 责令改正."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organization.workdays import calendar_of
from supervision.querysets.correcting import OfFindingQuerySet, OfRectificationQuerySet
from supervision.states.correcting import AT_WORK, RECTIFYING, RectificationState, Result
from tasks.states import Unit
from workflow.models import Stateful


class Rectification(Stateful):
    """One item of a finding: requirement, limit, verifier, the unit's measures (R38, 条例 Art. 18).

    The limit is kept as value and unit; ``due_on`` is the day that holds, ``original_due_on`` the first,
    ``asked_until`` the one that the unit asks for while a deferral waits. The verifier never serves in the unit.
    """

    state = models.CharField(_("状态"), max_length=16, choices=RectificationState, default=RectificationState.ORDERED)
    finding = models.ForeignKey(
        "supervision.Finding", verbose_name=_("问题"), on_delete=models.PROTECT, related_name="rectifications"
    )
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("整改单位"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("文号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none before numbers were given
    requirement = models.TextField(_("整改要求"))
    limit_value = models.PositiveSmallIntegerField(_("整改时限"), null=True)
    limit_unit = models.CharField(_("时限单位"), max_length=16, choices=Unit, default=Unit.WORKDAYS)
    due_on = models.DateField(_("整改期限"))
    original_due_on = models.DateField(_("原定期限"))
    asked_until = models.DateField(_("申请延至"), null=True)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("核验人"), on_delete=models.PROTECT, related_name="+"
    )
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    measures = models.TextField(_("整改措施"), blank=True, default="")
    responsible = models.CharField(_("整改责任人"), max_length=64, blank=True, default="")
    claimed_on = models.DateField(_("申报日期"), null=True)
    result = models.CharField(_("核验结果"), max_length=8, choices=Result, blank=True, default="")
    rounds = models.PositiveSmallIntegerField(_("核验次数"), default=0)

    objects: ClassVar[Any] = OfFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rectification_state_is_known", condition=Q(state__in=RectificationState.values)
            ),
            models.CheckConstraint(
                name="rectification_result_is_known", condition=Q(result="") | Q(result__in=Result.values)
            ),
            models.CheckConstraint(
                name="rectification_done_iff_found_done",
                condition=Q(state=RectificationState.DONE, result=Result.DONE)
                | (~Q(state=RectificationState.DONE) & ~Q(result=Result.DONE)),
            ),
            models.CheckConstraint(
                name="rectification_asks_while_it_is_at_work", condition=Q(asked_until=None) | Q(state__in=AT_WORK)
            ),
            models.CheckConstraint(
                name="rectification_planned_has_measures",
                condition=~Q(state__in=[RectificationState.PLANNED, RectificationState.CLAIMED]) | ~Q(measures=""),
            ),
            models.CheckConstraint(
                name="rectification_claimed_has_its_day",
                condition=~Q(state__in=[RectificationState.CLAIMED, RectificationState.DONE])
                | Q(claimed_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="rectification_by_due")]

    def __str__(self) -> str:
        return self.requirement[:60]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("rectification-detail", args=[self.pk])

    @property
    def stream(self) -> str:
        """The finding's chain."""
        return f"finding:{self.finding_id}"

    def is_overdue(self, on: date) -> bool:
        """Tell whether it is late on the day ``on``: to be done yet, and its time ran out before it was claimed."""
        return self.state in RECTIFYING and (self.claimed_on or on) > self.due_on

    def workdays_late(self, on: date) -> int:
        """Return the working days since its day ran out, up to the claim or to ``on``; 0 while it did not."""
        return max(0, calendar_of(self.department).between(self.due_on, self.claimed_on or on))

    def workdays_left(self, on: date) -> int:
        """Return the working days from ``on`` to its day; negative when late."""
        return calendar_of(self.department).between(on, self.due_on)


class OfRectification(models.Model):
    """What belongs to an item and stands in its finding's chain."""

    rectification_id: int
    rectification: Any

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the address of the item."""
        return str(self.rectification.get_absolute_url())

    @property
    def stream(self) -> str:
        """The finding's chain."""
        return str(self.rectification.stream)


class Claim(OfRectification):
    """The unit head's word that an item is done, and what the verifier found (R38).

    The words of the claim never change; their digest stands in the event of its filing.
    """

    rectification = models.ForeignKey(
        "supervision.Rectification", verbose_name=_("整改"), on_delete=models.PROTECT, related_name="claims"
    )
    done = models.TextField(_("整改完成情况"))
    evidence = models.ManyToManyField("tasks.Evidence", verbose_name=_("佐证材料"), related_name="+")
    due_on = models.DateField(_("整改期限"))
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(_("申报时间"))
    result = models.CharField(_("核验结果"), max_length=8, choices=Result, blank=True, default="")
    opinion = models.TextField(_("核验意见"), blank=True, default="")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(_("核验时间"), null=True)

    objects: ClassVar[Any] = OfRectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改申报")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="claim_result_is_known", condition=Q(result="") | Q(result__in=Result.values)),
            models.CheckConstraint(
                name="claim_verified_at_and_by_together",
                condition=Q(verified_at=None, verified_by=None, result="")
                | (Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(result="")),
            ),
            models.UniqueConstraint(
                name="claim_one_waits_a_rectification", fields=["rectification"], condition=Q(result="")
            ),
        ]


class Correction(OfRectification):
    """责令改正: ordered when an item was claimed falsely (R38, 条例 Art. 25). Written once, never changed."""

    rectification = models.ForeignKey(
        "supervision.Rectification", verbose_name=_("整改"), on_delete=models.PROTECT, related_name="corrections"
    )
    claim = models.OneToOneField("supervision.Claim", on_delete=models.PROTECT, related_name="correction")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("单位"), max_length=128)
    fact = models.TextField(_("虚假情形"))
    requirement = models.TextField(_("改正要求"))
    due_on = models.DateField(_("改正期限"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("责令时间"))

    objects: ClassVar[Any] = OfRectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("责令改正")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.department_name}：{self.requirement[:60]}"
