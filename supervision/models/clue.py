"""Clue: a lead on violations or crime that goes to the organ competent for it (线索移送), and who told it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from supervision.models.accountability import Regarding, both
from supervision.querysets.answering import ClueQuerySet, InformantQuerySet
from supervision.states.answering import HANDED_OVER, ClueKind, ClueReply, ClueState
from workflow.models import Stateful


class Clue(Regarding, Stateful):
    """A clue and its hand-over (条例 Art. 23). Sealed to named persons from the draft on.

    After the hand-over drafter and approver see that it was handed over, and no more.
    """

    state = models.CharField(_("状态"), max_length=16, choices=ClueState, default=ClueState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟稿人"), on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提请批准人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("线索类别"), max_length=16, choices=ClueKind)
    facts = models.TextField(_("线索内容"))
    source = models.CharField(_("线索来源"), max_length=200)
    receiver = models.ForeignKey(
        "organization.Department", verbose_name=_("移送机关"), on_delete=models.PROTECT, related_name="+"
    )
    tasks = models.ManyToManyField("tasks.Task", verbose_name=_("关联任务"), related_name="+")
    evidence = models.ManyToManyField("tasks.Evidence", verbose_name=_("佐证材料"), related_name="+")
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until approved
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    transferred_at = models.DateTimeField(_("移送时间"), null=True)
    transferred_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("受理情况"), max_length=16, choices=ClueReply, blank=True, default="")
    reply = models.TextField(_("书面反馈"), blank=True, default="")
    answered_at = models.DateTimeField(_("反馈时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = _("线索移送单")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="clue_state_is_known", condition=Q(state__in=ClueState.values)),
            models.CheckConstraint(name="clue_kind_is_known", condition=Q(kind__in=ClueKind.values)),
            models.CheckConstraint(
                name="clue_approved_at_and_by_together", condition=both("approved_at", "approved_by")
            ),
            models.CheckConstraint(
                name="clue_transferred_at_and_by_together", condition=both("transferred_at", "transferred_by")
            ),
            models.CheckConstraint(
                name="clue_answered_at_and_by_together", condition=both("answered_at", "answered_by")
            ),
            models.CheckConstraint(
                name="clue_handed_over_is_complete",
                condition=~Q(state__in=HANDED_OVER)
                | Q(number__isnull=False, approved_at__isnull=False, transferred_at__isnull=False),
            ),
            models.CheckConstraint(
                name="clue_answered_iff_outcome",
                condition=Q(state=ClueState.ANSWERED, outcome__in=ClueReply.values)
                | (~Q(state=ClueState.ANSWERED) & Q(outcome="")),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("clue-detail", args=[self.pk])

    def legible_to(self, user: Any) -> bool:
        """Tell whether the user, who sees the row, reads what it says; walks the prefetched seals."""
        return user.behalf is None and any(
            seal.closed_at is None and seal.user_id == user.pk and seal.role == user.role
            and seal.department_id == user.department.pk
            for seal in self.seals.all()
        )  # fmt: skip

    @cached_property
    def abandoned(self) -> bool:
        """Whether it is not handed over and its drafter no longer serves in the office; a list brings it along."""
        return bool(type(self).objects.abandoned().filter(pk=self.pk).exists())

    def __str__(self) -> str:
        """Say no word of the content: the name goes into messages and records."""
        return self.number or str(_("线索移送单"))


class Informant(models.Model):
    """Who told it: a row of its own, reached only by an operation that records each look (R44, 条例 Art. 26)."""

    clue = models.OneToOneField(Clue, on_delete=models.PROTECT, related_name="informant")
    name = models.CharField(_("反映人"), max_length=64)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True, default="")
    wishes = models.CharField(_("保密要求及其他"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = InformantQuerySet.as_manager()

    class Meta:
        verbose_name = _("反映人")

    def __str__(self) -> str:
        return str(_("反映人"))
