"""Directive: the source (来源) from which tasks are made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks.querysets import AttachmentQuerySet, DirectiveQuerySet
from tasks.states import DirectiveState, Handling, Source, Urgency
from workflow.models import Attachment, Stateful


class Directive(Stateful):
    """A document, minutes or instruction that asks for action, registered by a supervision office (R12).

    Approved by a leader of the office's own government before its tasks are assigned.
    """

    state = models.CharField(_("状态"), max_length=16, choices=DirectiveState, default=DirectiveState.DRAFT)
    title = models.CharField(_("事项名称"), max_length=200)
    source = models.CharField(_("来源"), max_length=16, choices=Source)
    document_no = models.CharField(_("来文字号"), max_length=64, blank=True, default="")
    issuer = models.CharField(_("来文机关"), max_length=128, blank=True, default="")
    issued_on = models.DateField(_("成文日期"), default=timezone.localdate)
    handling = models.CharField(_("办理要求"), max_length=12, choices=Handling, default=Handling.ACTION)
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    basis = models.CharField(_("立项依据"), max_length=300, blank=True, default="")
    instruction = models.TextField(_("批示或原文"), blank=True, default="")
    instructed_by = models.ForeignKey(
        "organization.Post",
        verbose_name=_("批示领导"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审批人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("审批时间"), null=True)
    number = models.CharField(_("立项编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until approved
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查事项")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="directive_state_is_known", condition=Q(state__in=DirectiveState.values)),
            models.CheckConstraint(name="directive_source_is_known", condition=Q(source__in=Source.values)),
            models.CheckConstraint(
                name="directive_approved_at_and_by_together",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="directive_approved_has_number",
                condition=~Q(state=DirectiveState.APPROVED) | Q(number__isnull=False, approved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organiser", "state"], name="directive_by_organiser")]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("directive-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.title


class DirectiveAttachment(Attachment):
    """A file that came with the directive."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="attachments")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("来文附件")
        ordering = ["pk"]
