"""Finding: 督查发现的问题, a fact with its basis and its proof."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.correcting import FindingQuerySet
from supervision.states.correcting import STANDING_OF, UNSETTLED, FindingState, Severity
from tasks.states import Cause
from workflow.models import Stateful


class Finding(Stateful):
    """One problem found at one unit: fact, basis, severity, cause, at least one proof (R36).

    Its number runs within the inspection unit by unit, so that no gap tells a unit of another's problems. What the unit
    says of it, what was decided on its objection and what the re-check found stand in its own chain.
    """

    state = models.CharField(_("状态"), max_length=16, choices=FindingState, default=FindingState.DRAFT)
    inspection = models.ForeignKey(
        "supervision.Inspection", verbose_name=_("督查"), on_delete=models.PROTECT, related_name="findings"
    )
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("单位"), max_length=128)
    task = models.ForeignKey(
        "tasks.Task", verbose_name=_("关联任务"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("问题编号"), null=True)
    fact = models.TextField(_("问题事实"))
    basis = models.TextField(_("依据"))
    severity = models.CharField(_("严重程度"), max_length=16, choices=Severity, default=Severity.ORDINARY)
    cause = models.CharField(_("原因类别"), max_length=16, choices=Cause)
    proofs = models.ManyToManyField("supervision.Proof", verbose_name=_("现场证据"), related_name="findings")
    evidence = models.ManyToManyField("tasks.Evidence", verbose_name=_("任务佐证"), related_name="+")
    recurrence_of = models.ForeignKey(
        "self", verbose_name=_("重复发生"), null=True, on_delete=models.PROTECT, related_name="recurrences"
    )
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("下达时间"), null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer_until = models.DateField(_("答复期限"), null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("单位意见"), blank=True, default="")
    decided_at = models.DateTimeField(_("裁定时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(_("裁定理由"), blank=True, default="")
    end_reason = models.TextField(_("结案原因"), blank=True, default="")
    settled_at = models.DateTimeField(_("整改完成时间"), null=True)
    rechecked_at = models.DateTimeField(_("回头看时间"), null=True)
    relapsed_at = models.DateTimeField(_("反弹时间"), null=True)
    relapses = models.PositiveSmallIntegerField(_("反弹次数"), default=0)

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="finding_state_is_known", condition=Q(state__in=FindingState.values)),
            models.CheckConstraint(name="finding_severity_is_known", condition=Q(severity__in=Severity.values)),
            models.CheckConstraint(name="finding_has_cause", condition=~Q(cause="")),
            models.UniqueConstraint(name="finding_number_once_a_unit", fields=["inspection", "department", "number"]),
            models.CheckConstraint(
                name="finding_issued_at_and_by_together",
                condition=Q(issued_at=None, issued_by=None, number=None, answer_until=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False, number__isnull=False, answer_until__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_told_is_issued",
                condition=Q(state__in=[FindingState.DRAFT, FindingState.DROPPED]) | Q(issued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_settled_iff_settled_at",
                condition=Q(state=FindingState.SETTLED, settled_at__isnull=False)
                | (~Q(state=FindingState.SETTLED) & Q(settled_at=None)),
            ),
            models.CheckConstraint(
                name="finding_undone_has_reason", condition=~Q(state=FindingState.UNDONE) | ~Q(end_reason="")
            ),
        ]
        indexes = [models.Index(fields=["department", "state"], name="finding_by_unit")]

    def __str__(self) -> str:
        number = f"{self.number}. " if self.number else ""
        return f"{number}{self.fact[:60]}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("finding-detail", args=[self.pk])

    @property
    def hold_key(self) -> str:
        """The key under which it keeps its task from closing."""
        return f"finding:{self.pk}"

    @property
    def standing(self) -> str:
        """How figures tell it apart: open and agreed, disputed, closed done or not (C7); empty for a draft."""
        return STANDING_OF[FindingState(self.state)] if self.state in STANDING_OF else ""

    @property
    def is_unsettled(self) -> bool:
        """Whether it was told to its unit and is not at its end."""
        return self.state in UNSETTLED
