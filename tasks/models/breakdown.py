"""Breakdown: a paper taken apart into clauses, each of which becomes tasks or is disposed of (件件有着落, C1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.breakdown_querysets import BreakdownQuerySet, ClauseQuerySet, DraftQuerySet
from tasks.states import BreakdownState, ClauseState, Disposition, DraftState
from workflow.models import Attachment, Stateful
from workflow.moments import moment


class Breakdown(Attachment, Stateful):
    """The paper of a directive, taken apart. A directive has one that stands.

    ``text`` is what the reader of the file found: every span slices it. ``tables`` are those in it, as
    ``documents.blocks`` keeps them. ``waived`` names the clauses, by key, that a leader let go unsettled, with who,
    when and why.
    """

    state = models.CharField(_("状态"), max_length=16, choices=BreakdownState, default=BreakdownState.OPEN)
    directive = models.ForeignKey(
        "tasks.Directive", verbose_name=_("来源事项"), on_delete=models.PROTECT, related_name="breakdowns"
    )
    organiser = models.ForeignKey("organization.Department", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("原文"))
    tables = models.JSONField(default=list, blank=True)
    title = models.CharField(_("文件标题"), max_length=300, blank=True, default="")
    document_no = models.CharField(_("文号"), max_length=64, blank=True, default="")
    issuer = models.CharField(_("发文机关"), max_length=128, blank=True, default="")
    issued_on = models.DateField(_("成文日期"), null=True, blank=True)
    annotated = models.BooleanField(_("写明责任单位"), default=False)
    waived = models.JSONField(_("准予未落实的条款"), default=list, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("准予人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    waived_at = models.DateTimeField(_("准予时间"), null=True)
    waived_reason = models.CharField(_("准予理由"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = BreakdownQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务分解")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="breakdown_state_is_known", condition=Q(state__in=BreakdownState.values)),
            models.UniqueConstraint(
                name="breakdown_one_stands_a_directive", fields=["directive"], condition=~Q(state="dropped")
            ),
            models.CheckConstraint(
                name="breakdown_waived_by_at_and_why",
                condition=Q(waived_by=None, waived_at=None, waived_reason="")
                | (Q(waived_by__isnull=False, waived_at__isnull=False) & ~Q(waived_reason="")),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the workbench."""
        return reverse("breakdown-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.title or self.name


class BreakdownPart(Stateful):
    """What belongs to a breakdown and is written into its chain."""

    breakdown_id: int
    breakdown: Any

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the address of the workbench."""
        return reverse("breakdown-detail", args=[self.breakdown_id])

    @property
    def stream(self) -> str:
        """The breakdown's chain."""
        return f"breakdown:{self.breakdown_id}"

    @property
    def organiser(self) -> Any:
        """The office that takes the paper apart."""
        return self.breakdown.organiser


class Clause(BreakdownPart):
    """One numbered piece of the paper; ``key`` is the same in every run over the same text."""

    state = models.CharField(_("状态"), max_length=16, choices=ClauseState, default=ClauseState.OPEN)
    breakdown = models.ForeignKey(Breakdown, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(_("条款标识"), max_length=16)
    number = models.PositiveIntegerField(_("序号"))
    path = models.JSONField(_("所在标题"), default=list, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    hint = models.CharField(max_length=8, blank=True, default="")
    disposition = models.CharField(_("处置"), max_length=12, choices=Disposition, blank=True, default=Disposition.NONE)
    reason = models.CharField(_("处置理由"), max_length=500, blank=True, default="")
    ongoing = models.ForeignKey(
        "tasks.Task", verbose_name=_("在办任务"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    disposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    disposed_at = models.DateTimeField(null=True)
    coverage: str  # brought by ``with_coverage``

    objects: ClassVar[Any] = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("条款")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="clause_number_once_a_breakdown", fields=["breakdown", "number"]),
            models.UniqueConstraint(name="clause_key_once_a_breakdown", fields=["breakdown", "key"]),
            models.CheckConstraint(name="clause_state_is_known", condition=Q(state__in=ClauseState.values)),
            models.CheckConstraint(name="clause_ends_after_its_start", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="clause_disposed_iff_said_how",
                condition=(Q(state="disposed", disposed_by__isnull=False, disposed_at__isnull=False)
                           & ~Q(disposition="") & ~Q(reason=""))
                | (~Q(state="disposed") & Q(disposition="", reason="", disposed_by=None, disposed_at=None)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}"


class Draft(BreakdownPart):
    """A drafted task: what the paper says of it, and what officers made of it.

    ``proposed`` holds the arguments of ``tasks.draft`` in keys and ISO days, besides ``mentions`` (each name of the
    paper with its role, the unit it stands for or the candidates), ``deadline`` in the paper's words and what else the
    engine found. A merged draft leads to the one that took it in; a split one has brothers at the same clause.
    """

    state = models.CharField(_("状态"), max_length=16, choices=DraftState, default=DraftState.PROPOSED)
    breakdown = models.ForeignKey(Breakdown, on_delete=models.CASCADE, related_name="drafts")
    clause = models.ForeignKey(Clause, verbose_name=_("条款"), on_delete=models.CASCADE, related_name="drafts")
    position = models.PositiveIntegerField(default=0)
    proposed = models.JSONField(default=dict)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="taken_in")
    task = models.OneToOneField("tasks.Task", null=True, on_delete=models.PROTECT, related_name="drafted_as")

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("分解条目")
        ordering = ["clause__number", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="draft_state_is_known", condition=Q(state__in=DraftState.values)),
            models.CheckConstraint(
                name="draft_merged_iff_into_another",
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="draft_issued_iff_it_is_a_task",
                condition=Q(state="issued", task__isnull=False) | (~Q(state="issued") & Q(task=None)),
            ),
        ]
        indexes = [models.Index(fields=["breakdown", "state"], name="draft_by_breakdown")]

    def __str__(self) -> str:
        return str(self.proposed.get("matter", ""))

    @property
    def units(self) -> list[int]:
        """The keys of the units that the draft would name as a task, the lead first."""
        lead = [self.proposed["lead"]] if self.proposed.get("lead") else []
        return [*lead, *self.proposed.get("joint", ()), *self.proposed.get("co_units", ())]


class Revision(models.Model):
    """One deed at the workbench with the rows as they stood before, so that it can be undone.

    ``rows`` lists noun, key and the fields before the deed (none for a row that the deed made).
    """

    breakdown = models.ForeignKey(Breakdown, on_delete=models.CASCADE, related_name="revisions")
    verb = models.CharField(max_length=24)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=moment, editable=False)
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["breakdown", "id"], name="revision_by_breakdown")]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"
