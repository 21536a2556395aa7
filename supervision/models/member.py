"""Member: 督查组成员, who inspects, and on what ground he may not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.inspecting import MemberQuerySet
from supervision.states.inspecting import External, MemberRole, MemberState
from workflow.models import Stateful


class Member(Stateful):
    """A person in the team of one inspection, trained and pledged (R6, R7), with his body's name as it was."""

    state = models.CharField(_("状态"), max_length=16, choices=MemberState, default=MemberState.STANDING)
    inspection = models.ForeignKey("supervision.Inspection", on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("组内职务"), max_length=8, choices=MemberRole, default=MemberRole.MEMBER)
    body = models.CharField(_("派出单位"), max_length=128)
    external = models.CharField(_("特邀身份"), max_length=12, choices=External, blank=True, default=External.NONE)
    trained_on = models.DateField(_("培训日期"))
    pledged_on = models.DateField(_("保密承诺日期"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(_("回避事由"), max_length=500, blank=True, default="")
    declared_at = models.DateTimeField(_("申报时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    left_at = models.DateTimeField(_("退出时间"), null=True)

    objects: ClassVar[Any] = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查组成员")
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(name="member_state_is_known", condition=Q(state__in=MemberState.values)),
            models.CheckConstraint(name="member_role_is_known", condition=Q(role__in=MemberRole.values)),
            models.CheckConstraint(name="member_external_is_known", condition=Q(external__in=External.values)),
            models.UniqueConstraint(
                name="member_one_head_an_inspection",
                fields=["inspection"],
                condition=Q(role="head", state__in=["standing", "declared"]),
            ),
            models.UniqueConstraint(
                name="member_once_an_inspection",
                fields=["inspection", "user"],
                condition=Q(state__in=["standing", "declared"]),
            ),
            models.CheckConstraint(name="member_declared_gives_ground", condition=~Q(state="declared") | ~Q(ground="")),
            models.CheckConstraint(
                name="member_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="member_left_iff_left_at",
                condition=(Q(state="left") & Q(left_at__isnull=False)) | (~Q(state="left") & Q(left_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        """Return the address of the inspection's page, where its team stands."""
        return f"{reverse('inspection-detail', args=[self.inspection_id])}?tab=team"

    @property
    def stream(self) -> str:
        """The inspection's chain."""
        return f"inspection:{self.inspection_id}"
