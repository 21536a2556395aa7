"""Seal: who is named on a sealed paper, and as what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision.querysets.answering import SealQuerySet
from supervision.states.answering import SealPart
from workflow.moments import moment


class Seal(models.Model):
    """A person, in one post, to whom a proposal after its hand-over, or a clue from its draft on, is open.

    Sight ends with the post. Where ``closed_at`` stands, the person still sees that the paper exists, not what it says.
    """

    accountability = models.ForeignKey(
        "supervision.Accountability", null=True, on_delete=models.PROTECT, related_name="seals"
    )
    clue = models.ForeignKey("supervision.Clue", null=True, on_delete=models.PROTECT, related_name="seals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(_("姓名"), max_length=64)
    department = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    part = models.CharField(_("身份"), max_length=16, choices=SealPart)
    opened_at = models.DateTimeField(default=moment)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("知悉人员")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="seal_is_on_one_paper",
                condition=Q(accountability__isnull=True, clue__isnull=False)
                | Q(accountability__isnull=False, clue__isnull=True),
            ),
            models.CheckConstraint(name="seal_part_is_known", condition=Q(part__in=SealPart.values)),
            models.UniqueConstraint(name="seal_once_a_proposal", fields=["accountability", "user", "part"]),
            models.UniqueConstraint(name="seal_once_a_clue", fields=["clue", "user", "part"]),
        ]
        indexes = [models.Index(fields=["user", "department"], name="seal_by_user")]

    def __str__(self) -> str:
        return self.user_name
