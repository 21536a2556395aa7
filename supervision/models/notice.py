"""Notice: 催办函, 督办单, 约谈: a step of the ladder that is a paper to one unit about one task (R27)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.informing import NoticeQuerySet
from supervision.states.informing import Colour, Ground, NoticeKind, NoticeState
from workflow.models import Stateful

SENT = ("issued", "received", "answered")


class Notice(Stateful):
    """What the office demands of a unit about a task that does not move.

    ``workdays_late``, ``repeats`` (earlier notices) and ``returns`` are the figures on which it rests, copied when it
    is drafted and again when it is issued. Without ``drafted_by`` the house drafted it (R28: drafts alone).
    """

    state = models.CharField(_("状态"), max_length=16, choices=NoticeState, default=NoticeState.DRAFT)
    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="notices")
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("主送单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("签发时单位名称"), max_length=128)
    kind = models.CharField(_("文种"), max_length=8, choices=NoticeKind)
    colour = models.CharField(_("颜色"), max_length=8, choices=Colour, blank=True, default=Colour.NONE)
    ground = models.CharField(_("依据"), max_length=8, choices=Ground)
    workdays_late = models.PositiveSmallIntegerField(_("逾期工作日"), default=0, editable=False)
    repeats = models.PositiveSmallIntegerField(_("此前发出"), default=0, editable=False)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0, editable=False)
    text = models.TextField(_("内容"))
    answer_due_on = models.DateField(_("答复时限"))
    skip_reason = models.CharField(_("越级理由"), max_length=500, blank=True, default="")

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟稿人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until issued
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("签发时间"), null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("签收时间"), null=True)
    answer = models.TextField(_("答复"), blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=500, blank=True, default="")

    held_on = models.DateField(_("约谈日期"), null=True)
    attended = models.CharField(_("参加人员"), max_length=300, blank=True, default="")
    minutes = models.TextField(_("约谈内容"), blank=True, default="")
    commitments = models.TextField(_("整改承诺"), blank=True, default="")

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("催办督办")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="notice_state_is_known", condition=Q(state__in=NoticeState.values)),
            models.CheckConstraint(name="notice_kind_is_known", condition=Q(kind__in=NoticeKind.values)),
            models.UniqueConstraint(
                name="notice_one_unsent_a_task_and_kind",
                fields=["task", "kind"],
                condition=Q(state__in=["draft", "pending"]),
            ),
            models.CheckConstraint(
                name="notice_sent_has_number",
                condition=~Q(state__in=list(SENT)) | Q(number__isnull=False, issued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_sent_above_chase_is_approved",
                condition=~Q(state__in=list(SENT)) | Q(kind="chase") | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(name="notice_colour_is_an_orders", condition=Q(colour="") | Q(kind="order")),
            models.CheckConstraint(
                name="notice_minutes_are_a_talks", condition=Q(held_on=None, minutes="") | Q(kind="talk")
            ),
            *(
                models.CheckConstraint(
                    name=f"notice_{deed}_at_and_by_together",
                    condition=Q(**{f"{deed}_at": None, f"{deed}_by": None})
                    | Q(**{f"{deed}_at__isnull": False, f"{deed}_by__isnull": False}),
                )
                for deed in ("approved", "issued", "received", "answered")
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state"], name="notice_by_department"),
            models.Index(fields=["organiser", "state"], name="notice_by_organiser"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.task}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("notice-detail", args=[self.pk])

    @property
    def was_sent(self) -> bool:
        """Whether the unit has it."""
        return self.issued_at is not None
