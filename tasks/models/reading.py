"""Reading: the instructing leader has read the answer to his instruction (阅示)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tasks.models.part import Part
from tasks.querysets import ReadingQuerySet
from workflow.moments import moment


class Reading(Part):
    """That one claim of completion was read, by whom and when, with the remark if there was one (C8 T3).

    It belongs to the claim: a claim made anew has to be read anew. ``by_closing``: read by approving the closing.
    Append-only.
    """

    task = models.ForeignKey("tasks.Task", verbose_name=_("任务"), on_delete=models.PROTECT, related_name="readings")
    closure = models.OneToOneField(
        "tasks.Closure", verbose_name=_("办结申报"), on_delete=models.PROTECT, related_name="reading"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("阅示人"), on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(_("阅示时间"), default=moment, editable=False)
    remark = models.TextField(_("批示"), blank=True, default="")
    by_closing = models.BooleanField(_("批准销号时阅示"), default=False)

    objects: ClassVar[Any] = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("阅示")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.task} {self._meta.verbose_name}"
