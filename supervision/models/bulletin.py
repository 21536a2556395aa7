"""Bulletin: 通报, figures frozen at a moment, text beside them, the units it names, their receipts (C9, C10)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.informing import BulletinQuerySet, MentionQuerySet, ReceiptQuerySet
from supervision.states.informing import BulletinState, MentionState, ReceiptState
from workflow.models import Stateful

SECTIONS = ("overview", "merits", "problems", "demands")
"""The parts of the text, in their order."""


class Bulletin(Stateful):
    """What is told to the units of a jurisdiction about a period.

    ``snapshot`` holds the figures as they were at ``frozen_at``; its tables are all that is ever shown of them, and
    ``sha256`` is its digest. Units stand in the order of the directory: there is no ranking and no score.
    """

    state = models.CharField(_("状态"), max_length=16, choices=BulletinState, default=BulletinState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=200)
    first_on = models.DateField(_("统计期起"))
    last_on = models.DateField(_("统计期止"))
    snapshot = models.JSONField(_("数据快照"), editable=False)
    sha256 = models.CharField(_("快照摘要"), max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("数据截至"), editable=False)
    overview = models.TextField(_("总体情况"), blank=True, default="")
    merits = models.TextField(_("成效和典型"), blank=True, default="")
    problems = models.TextField(_("存在问题"), blank=True, default="")
    demands = models.TextField(_("下一步要求"), blank=True, default="")

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer_until = models.DateTimeField(_("征求意见截止"), null=True, editable=False)
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until issued
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("签发时间"), null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("通报")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="bulletin_state_is_known", condition=Q(state__in=BulletinState.values)),
            models.CheckConstraint(name="bulletin_ends_after_start", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="bulletin_issued_is_approved_and_numbered",
                condition=~Q(state="issued") | Q(number__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bulletin_approved_at_and_by_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="bulletin_withdrawn_at_and_by_together",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="bulletin_withdrawn_says_why",
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("bulletin-detail", args=[self.pk])

    @property
    def was_issued(self) -> bool:
        """Whether it went out, even if it was withdrawn afterwards."""
        return self.approved_at is not None


class Mention(Stateful):
    """The passage that names one unit; a negative one is put before the unit, which may answer (C10 T2)."""

    state = models.CharField(_("状态"), max_length=16, choices=MentionState, default=MentionState.DRAFT)
    bulletin = models.ForeignKey(Bulletin, verbose_name=_("通报"), on_delete=models.PROTECT, related_name="mentions")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("点名时单位名称"), max_length=128)
    task = models.ForeignKey(
        "tasks.Task",
        verbose_name=_("涉及任务"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentions",
    )
    negative = models.BooleanField(_("批评"), default=True)
    text = models.TextField(_("点名内容"))
    answer = models.TextField(_("单位意见"), blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("提出时间"), null=True)
    decision = models.CharField(_("处理说明"), max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("处理时间"), null=True)

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("点名")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="mention_state_is_known", condition=Q(state__in=MentionState.values)),
            models.CheckConstraint(
                name="mention_answered_at_and_by_together",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mention_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mention_decided_says_why",
                condition=~Q(state__in=["accepted", "refused"]) | (Q(decided_at__isnull=False) & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin}：{self.department_name}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("mention-detail", args=[self.pk])

    @property
    def stream(self) -> str:
        """The bulletin's chain."""
        return f"bulletin:{self.bulletin_id}"


class Receipt(Stateful):
    """One addressee's copy: planned while the bulletin is drafted, sent with it, received by the unit's people."""

    state = models.CharField(_("状态"), max_length=16, choices=ReceiptState, default=ReceiptState.PLANNED)
    bulletin = models.ForeignKey(Bulletin, verbose_name=_("通报"), on_delete=models.PROTECT, related_name="receipts")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("签收时间"), null=True)

    objects: ClassVar[Any] = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("通报签收")
        ordering = ["department__path", "pk"]
        constraints = [
            models.CheckConstraint(name="receipt_state_is_known", condition=Q(state__in=ReceiptState.values)),
            models.UniqueConstraint(name="receipt_once_a_bulletin_and_unit", fields=["bulletin", "department"]),
            models.CheckConstraint(
                name="receipt_received_at_and_by_together",
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__isnull=False, received_by__isnull=False),
            ),
            models.CheckConstraint(
                name="receipt_received_iff_received_at",
                condition=Q(state="received", received_at__isnull=False) | (~Q(state="received") & Q(received_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin}：{self.department}"

    def get_absolute_url(self) -> str:
        """Return the address of the bulletin."""
        return reverse("bulletin-detail", args=[self.bulletin_id])

    @property
    def stream(self) -> str:
        """The bulletin's chain."""
        return f"bulletin:{self.bulletin_id}"
