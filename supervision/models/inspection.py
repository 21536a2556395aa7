"""Inspection: 督查, with its objects, the tasks it looks at and the versions of its scheme."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.inspecting import (
    InspectionQuerySet,
    InspectionTaskQuerySet,
    ObjectQuerySet,
    SchemeQuerySet,
)
from supervision.states.inspecting import Basis, InspectionKind, InspectionState, SchemeState, SubjectKind
from supervision.turns.inspecting import ACCESS
from workflow.models import Stateful


class Inspection(Stateful):
    """What is looked at, where, when, on whose word and by which right (R1-R11).

    ``covert``: 暗访; until ``disclosed_at`` nobody but its registrar, its members in their time and the leaders who may
    approve it learns that it exists; it has neither number nor code till then (R11, F57).
    """

    state = models.CharField(_("状态"), max_length=16, choices=InspectionState, default=InspectionState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("组织单位"), on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟制人"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("督查名称"), max_length=200)
    topic = models.CharField(_("主题词"), max_length=60)
    kind = models.CharField(_("督查类型"), max_length=16, choices=InspectionKind)
    methods = models.JSONField(_("督查方式"), default=list)
    subject_kind = models.CharField(_("督查内容类别"), max_length=16, choices=SubjectKind)
    party = models.BooleanField(_("党委督查事项"), default=False)
    joint = models.BooleanField(_("联合督查"), default=False)
    covert = models.BooleanField(_("暗访（四不两直）"), default=False)
    disclosed_at = models.DateTimeField(_("公开时间"), null=True)

    basis = models.CharField(_("立项方式"), max_length=10, choices=Basis)
    basis_text = models.CharField(_("立项依据"), max_length=500)
    basis_document = models.CharField(_("依据文号或会议纪要"), max_length=120, blank=True, default="")
    plan_item = models.ForeignKey(
        "supervision.PlanItem",
        verbose_name=_("年度计划事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    unplanned_reason = models.CharField(_("计划外理由（一事一报）"), max_length=500, blank=True, default="")
    overlap_reason = models.CharField(_("重复督查的理由"), max_length=500, blank=True, default="")

    designation_matter = models.CharField(_("指定事项"), max_length=200, blank=True, default="")
    designation_scope = models.CharField(_("指定范围"), max_length=200, blank=True, default="")
    designation_duty = models.CharField(_("指定职责"), max_length=200, blank=True, default="")
    designation_document = models.CharField(_("指定文号"), max_length=120, blank=True, default="")
    designated_from = models.DateField(_("指定期限起"), null=True, blank=True)
    designated_until = models.DateField(_("指定期限止"), null=True, blank=True)

    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    number = models.CharField(_("督查编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until approved
    code = models.CharField(_("核验码"), max_length=16, null=True, unique=True)  # noqa: DJ001 - none until approved
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    started_at = models.DateTimeField(_("进驻时间"), null=True)
    report = models.TextField(_("督查报告"), blank=True, default="")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("签报组长"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(_("报告时间"), null=True)
    recheck_of = models.ForeignKey(
        "supervision.Finding",
        verbose_name=_("回头看的问题"),
        null=True,
        on_delete=models.PROTECT,
        related_name="rechecks",
    )
    end_reason = models.CharField(_("撤销原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="inspection_state_is_known", condition=Q(state__in=InspectionState.values)),
            models.CheckConstraint(name="inspection_kind_is_known", condition=Q(kind__in=InspectionKind.values)),
            models.CheckConstraint(
                name="inspection_subject_is_known", condition=Q(subject_kind__in=SubjectKind.values)
            ),
            models.CheckConstraint(name="inspection_basis_is_known", condition=Q(basis__in=Basis.values)),
            models.CheckConstraint(name="inspection_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="inspection_approved_at_and_by_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_reported_at_and_by_together",
                condition=Q(reported_at=None, reported_by=None)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_under_way_is_approved",
                condition=Q(state__in=["draft", "pending", "withdrawn"]) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_open_and_approved_has_number",
                condition=Q(approved_at=None) | Q(covert=True) | Q(number__isnull=False, code__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_covert_has_number_once_disclosed",
                condition=Q(covert=False)
                | Q(disclosed_at=None, number=None, code=None)
                | Q(disclosed_at__isnull=False, number__isnull=False, code__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_only_covert_is_disclosed", condition=Q(covert=True) | Q(disclosed_at=None)
            ),
            models.CheckConstraint(
                name="inspection_designation_ends_after_start",
                condition=Q(designated_from=None)
                | Q(designated_until=None)
                | Q(designated_until__gte=F("designated_from")),
            ),
        ]
        indexes = [models.Index(fields=["organiser", "state"], name="inspection_by_organiser")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("inspection-detail", args=[self.pk])

    @property
    def is_sealed(self) -> bool:
        """Whether it is a covert visit that nobody outside may know of yet (R11)."""
        return self.covert and self.disclosed_at is None

    @property
    def approval_rank(self) -> int:
        """The rank that approves: 1, the chief, for proposals and for what no plan holds (R1, R8), else 2."""
        return 1 if self.basis == Basis.PROPOSAL or self.plan_item_id is None else 2

    @property
    def access_ends_on(self) -> date:
        """The last day on which its members read it and its tasks."""
        return self.ends_on + ACCESS


class InspectionObject(models.Model):
    """A unit that is inspected (督查对象)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="targets")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("督查对象"), on_delete=models.PROTECT, related_name="+"
    )
    necessity = models.CharField(_("越级督查的必要性"), max_length=500, blank=True, default="")
    notified_at = models.DateTimeField(_("通知时间"), null=True)

    objects: ClassVar[Any] = ObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查对象")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="inspection_object_once", fields=["inspection", "department"]),
        ]

    def __str__(self) -> str:
        return str(self.department)


class InspectionTask(models.Model):
    """A task that the inspection looks at; the task itself shows nothing of it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="links")
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = InspectionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("关联任务")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="inspection_task_once", fields=["inspection", "task"])]

    def __str__(self) -> str:
        return str(self.task)


class Scheme(Stateful):
    """A version of 督查方案: content, objects, range, period. Once approved, only a new version changes them (R5)."""

    state = models.CharField(_("状态"), max_length=16, choices=SchemeState, default=SchemeState.PENDING)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="schemes")
    version_no = models.PositiveSmallIntegerField(_("版次"), default=1)
    content = models.TextField(_("督查内容"), blank=True, default="")
    units = models.JSONField(_("督查对象"), default=list)
    scope = models.CharField(_("督查范围"), max_length=500, blank=True, default="")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    discipline = models.TextField(_("纪律要求"), blank=True, default="")
    materials = models.JSONField(_("需提供的材料"), default=list)
    necessity = models.CharField(_("越级督查的必要性"), max_length=500, blank=True, default="")
    reason = models.CharField(_("调整原因"), max_length=500, blank=True, default="")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("起草人"), on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审批人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    comment = models.CharField(_("审批意见"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查方案")
        ordering = ["version_no"]
        constraints = [
            models.CheckConstraint(name="scheme_state_is_known", condition=Q(state__in=SchemeState.values)),
            models.UniqueConstraint(name="scheme_version_once", fields=["inspection", "version_no"]),
            models.UniqueConstraint(name="scheme_one_in_force", fields=["inspection"], condition=Q(state="approved")),
            models.UniqueConstraint(name="scheme_one_pending", fields=["inspection"], condition=Q(state="pending")),
            models.CheckConstraint(name="scheme_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="scheme_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _("第%(number)d版方案") % {"number": self.version_no}

    def get_absolute_url(self) -> str:
        """Return the address of the inspection's page, where its schemes stand."""
        return f"{reverse('inspection-detail', args=[self.inspection_id])}?tab=schemes"

    @property
    def stream(self) -> str:
        """The inspection's chain."""
        return f"inspection:{self.inspection_id}"
