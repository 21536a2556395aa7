"""Accountability: a proposal that somebody answer for what went wrong (问责建议书), and the object's own words to it.

The office proposes and decides nothing: no column holds a sanction as its own (R39). What the competent organ answers
is written down by that organ.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from supervision.querysets.answering import AccountabilityQuerySet, StatementQuerySet
from supervision.states.answering import (
    HANDED_OVER,
    AccountabilityState,
    Adoption,
    StatementState,
    Subject,
)
from workflow.models import Stateful


def both(moment: str, person: str) -> Q:
    """Return the condition that a moment and a person stand together or not at all."""
    return Q(**{moment: None, person: None}) | Q(**{f"{moment}__isnull": False, f"{person}__isnull": False})


class Regarding(models.Model):
    """Whom a paper is about: a unit, or a leading cadre of one, with or without an account here."""

    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    department_name = models.CharField(_("单位名称"), max_length=128)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本系统账号"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    person_name = models.CharField(_("姓名"), max_length=64, blank=True, default="")
    person_post = models.CharField(_("职务"), max_length=64, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def about(self) -> str:
        """Whom it is about, in words: the unit as it was called then, and the person's post and name."""
        return " ".join(filter(None, (self.department_name, self.person_post, self.person_name)))


class Accountability(Regarding, Stateful):
    """A proposal with facts, evidence, basis, the object's statement and the assessment of tolerance (R39, R40).

    Approved by the head of the government alone, handed over to the competent organ, and from then on sealed to the
    persons named in ``seals``. It ends no task (R41).
    """

    state = models.CharField(_("状态"), max_length=16, choices=AccountabilityState, default=AccountabilityState.DRAFT)
    organiser = models.ForeignKey(
        "organization.Department", verbose_name=_("督查机构"), on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拟稿人"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=200)
    subject = models.CharField(_("对象类别"), max_length=16, choices=Subject)
    facts = models.TextField(_("事实"))
    basis = models.TextField(_("依据"))
    directions = models.JSONField(_("建议方向"), default=list)
    suggestion = models.TextField(_("具体建议"), blank=True, default="")
    receiver = models.ForeignKey(
        "organization.Department", verbose_name=_("移送机关"), on_delete=models.PROTECT, related_name="+"
    )
    findings = models.ManyToManyField("supervision.Finding", verbose_name=_("督查发现的问题"), related_name="+")
    tasks = models.ManyToManyField("tasks.Task", verbose_name=_("关联任务"), related_name="+")
    evidence = models.ManyToManyField("tasks.Evidence", verbose_name=_("佐证材料"), related_name="+")
    statement = models.ForeignKey(
        "supervision.Statement", verbose_name=_("对象说明"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    tolerance = models.JSONField(_("容错情形"), default=list)
    tolerance_opinion = models.TextField(_("容错评估意见"), blank=True, default="")
    assessed_at = models.DateTimeField(_("评估时间"), null=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=64, null=True, unique=True)  # noqa: DJ001 - none until approved
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    transferred_at = models.DateTimeField(_("移送时间"), null=True)
    transferred_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    adoption = models.CharField(_("采纳情况"), max_length=16, choices=Adoption, blank=True, default="")
    reply = models.TextField(_("书面反馈"), blank=True, default="")
    answered_at = models.DateTimeField(_("反馈时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = AccountabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("问责建议书")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="accountability_state_is_known", condition=Q(state__in=AccountabilityState.values)
            ),
            models.CheckConstraint(name="accountability_subject_is_known", condition=Q(subject__in=Subject.values)),
            models.CheckConstraint(
                name="accountability_cadre_is_named", condition=~Q(subject=Subject.CADRE) | ~Q(person_name="")
            ),
            models.CheckConstraint(
                name="accountability_assessed_at_and_by_together", condition=both("assessed_at", "assessed_by")
            ),
            models.CheckConstraint(
                name="accountability_approved_at_and_by_together", condition=both("approved_at", "approved_by")
            ),
            models.CheckConstraint(
                name="accountability_transferred_at_and_by_together",
                condition=both("transferred_at", "transferred_by"),
            ),
            models.CheckConstraint(
                name="accountability_answered_at_and_by_together", condition=both("answered_at", "answered_by")
            ),
            models.CheckConstraint(
                name="accountability_handed_over_is_complete",
                condition=~Q(state__in=HANDED_OVER)
                | Q(number__isnull=False, approved_at__isnull=False, transferred_at__isnull=False,
                    statement__isnull=False, assessed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accountability_answered_iff_adoption",
                condition=Q(state=AccountabilityState.ANSWERED, adoption__in=Adoption.values)
                | (~Q(state=AccountabilityState.ANSWERED) & Q(adoption="")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organiser", "state"], name="accountability_by_organiser")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("accountability-detail", args=[self.pk])


class Statement(Stateful):
    """The object's own words (说明申辩) to the facts held against it, which are told it here and nothing else (R40).

    ``person`` is the cadre with an account, who answers himself; else the head of ``department`` does. Words that came
    on paper, or that nothing came, are recorded by the office with a file that proves it.
    """

    state = models.CharField(_("状态"), max_length=16, choices=StatementState, default=StatementState.ASKED)
    accountability = models.ForeignKey(Accountability, on_delete=models.PROTECT, related_name="statements")
    department = models.ForeignKey(
        "organization.Department", verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    about = models.CharField(_("对象"), max_length=300)
    facts = models.TextField(_("告知的事实"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("请于何日前说明"))
    text = models.TextField(_("说明"), blank=True, default="")
    stated_on = models.DateField(_("说明日期"), null=True)
    ended_at = models.DateTimeField(_("了结时间"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("对象说明")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="statement_state_is_known", condition=Q(state__in=StatementState.values)),
            models.UniqueConstraint(
                name="statement_one_open_a_proposal",
                fields=["accountability"],
                condition=Q(state=StatementState.ASKED),
            ),
            models.CheckConstraint(name="statement_ended_at_and_by_together", condition=both("ended_at", "ended_by")),
            models.CheckConstraint(
                name="statement_stated_has_words",
                condition=~Q(state=StatementState.STATED) | (~Q(text="") & Q(stated_on__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("statement-detail", args=[self.pk])

    @property
    def stream(self) -> str:
        """The chain of the proposal: its whole procedure is one story."""
        return f"accountability:{self.accountability_id}"

    def __str__(self) -> str:
        return self.about
