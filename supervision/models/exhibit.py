"""Exhibit: 附证, a file that proves what a paper of accountability, a clue, praise or a case says."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervision.querysets.answering import ExhibitQuerySet
from workflow.models import Attachment

ROOTS = ("accountability", "clue", "commendation", "case", "statement")


def _of_one_root() -> Q:
    """Return the condition that exactly one root is named."""
    whole = Q()
    for chosen in ROOTS:
        whole |= Q(**{f"{name}__isnull": name != chosen for name in ROOTS})
    return whole


class Exhibit(Attachment):
    """A file with its SHA-256, which belongs to exactly one paper.

    Immutable: triggers refuse every change on both databases, and the digest stands in the paper's chain (R45).
    """

    accountability = models.ForeignKey(
        "supervision.Accountability", null=True, on_delete=models.PROTECT, related_name="exhibits"
    )
    clue = models.ForeignKey("supervision.Clue", null=True, on_delete=models.PROTECT, related_name="exhibits")
    commendation = models.ForeignKey(
        "supervision.Commendation", null=True, on_delete=models.PROTECT, related_name="exhibits"
    )
    case = models.ForeignKey("supervision.Case", null=True, on_delete=models.PROTECT, related_name="exhibits")
    statement = models.ForeignKey("supervision.Statement", null=True, on_delete=models.PROTECT, related_name="exhibits")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")

    objects: ClassVar[Any] = ExhibitQuerySet.as_manager()

    class Meta:
        verbose_name = _("附证")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="exhibit_belongs_to_one_paper", condition=_of_one_root())]

    @property
    def stream(self) -> str:
        """The chain of the paper; a statement's is its proposal's."""
        if self.statement is not None:
            return str(self.statement.stream)
        return next(f"{name}:{key}" for name in ROOTS if (key := getattr(self, f"{name}_id")) is not None)
