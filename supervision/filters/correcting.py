"""What lists may be narrowed by: 整改: finding, rectification, conclusion, review."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision import models, sampling
from supervision.filters.waiting import Waiting
from supervision.states.correcting import (
    RECTIFYING,
    REVIEWING,
    STANDING_OF,
    UNSETTLED,
    ConclusionState,
    FindingState,
    RectificationState,
    Result,
    ReviewState,
    Severity,
    Standing,
)
from tasks.filters import Day, Filters, Key, YesNo, any_of, search
from tasks.states import Cause
from workflow.persons import identities


class FindingFilter(Waiting):
    """Findings: by words, where they are found, how grave, why, and where they stand."""

    q = search(_("事实、依据、督查或单位"))
    state = any_of(FindingState, _("状态"))
    standing = filters.ChoiceFilter(choices=Standing.choices, method="of_standing", label=_("分类"))
    open = YesNo(method="of_open", label=_("未了结"))
    severity = any_of(Severity, _("严重程度"))
    cause = any_of(Cause, _("原因类别"))
    inspection = Key("inspection", label=_("督查"))
    department = Key("department", label=_("单位"))
    within = Key("department", method="of_unit", label=_("单位及其下级"))
    task = Key("task", label=_("关联任务"))
    relapsed = YesNo(method="of_relapsed", label=_("曾反弹"))
    overdue = YesNo(method="of_overdue", label=_("整改逾期"))
    drawn = filters.DateFilter(method="of_draw", input_formats=["%Y-%m"], label=_("回头看抽查月份"))

    class Meta:
        model = models.Finding
        fields: list[str] = []

    def of_standing(self, rows: Any, name: str, value: str) -> Any:
        """Keep what figures count under this word (C7)."""
        return rows.filter(state__in=[state for state, standing in STANDING_OF.items() if standing == value])

    def of_open(self, rows: Any, name: str, value: str) -> Any:
        """Keep what was told to its unit and is not at its end, or what is not so."""
        return rows.unsettled() if value == "1" else rows.exclude(state__in=UNSETTLED)

    def of_relapsed(self, rows: Any, name: str, value: str) -> Any:
        """Keep what came back at least once, or never."""
        return rows.filter(relapsed_at__isnull=value != "1")

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what has an item that is late, or none."""
        late = models.Rectification.objects.overdue().values("finding")
        return rows.filter(pk__in=late) if value == "1" else rows.exclude(pk__in=late)

    def of_draw(self, rows: Any, name: str, value: date) -> Any:
        """Keep what was drawn in the month to be looked at again; a unit is not told beforehand."""
        return rows.whole_to(self.user).filter(pk__in=sampling.drawn(value))


class VoucherFilter(Filters):
    """Files: by item."""

    rectification = Key("rectification", label=_("整改"))

    class Meta:
        model = models.Voucher
        fields: list[str] = []


class RectificationFilter(Waiting):
    """Items: by words, unit, verifier, result and clock."""

    q = search(_("要求、问题或单位"))
    state = any_of(RectificationState, _("状态"))
    result = any_of(Result, _("核验结果"))
    open = YesNo(method="of_open", label=_("未完成"))
    overdue = YesNo(method="of_overdue", label=_("逾期"))
    verifying = YesNo(method="of_verifying", label=_("待我核验"))
    finding = Key("finding", label=_("问题"))
    inspection = Key("finding__inspection", label=_("督查"))
    department = Key("department", label=_("整改单位"))
    within = Key("department", method="of_unit", label=_("整改单位及其下级"))
    due_from = Day("due_on", "gte", label=_("期限起"))
    due_to = Day("due_on", "lte", label=_("期限止"))

    class Meta:
        model = models.Rectification
        fields: list[str] = []

    def of_open(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is to be done yet, or what is not."""
        return rows.running() if value == "1" else rows.exclude(state__in=RECTIFYING)

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is late today, or what is not."""
        late = models.Rectification.objects.overdue()
        return rows.overdue() if value == "1" else rows.exclude(pk__in=late.values("pk"))

    def of_verifying(self, rows: Any, name: str, value: str) -> Any:
        """Keep what waits for the asker's verification, or what does not."""
        mine = models.Rectification.objects.filter(
            verifier__in=identities(self.user), state=RectificationState.CLAIMED
        ).values("pk")
        return rows.filter(pk__in=mine) if value == "1" else rows.exclude(pk__in=mine)


class ConclusionFilter(Waiting):
    """Conclusions: by words, inspection, unit, state."""

    q = search(_("文号、督查或单位"))
    state = any_of(ConclusionState, _("状态"))
    inspection = Key("inspection", label=_("督查"))
    department = Key("department", label=_("单位"))
    unreceived = YesNo(method="of_unreceived", label=_("未签收"))

    class Meta:
        model = models.Conclusion
        fields: list[str] = []

    def of_unreceived(self, rows: Any, name: str, value: str) -> Any:
        """Keep what was issued and not received, or what is not so."""
        waiting = rows.filter(state=ConclusionState.ISSUED)
        return waiting if value == "1" else rows.exclude(state=ConclusionState.ISSUED)


class ReviewFilter(Waiting):
    """Reviews: by conclusion, unit, state and clock."""

    state = any_of(ReviewState, _("状态"))
    conclusion = Key("conclusion", label=_("督查结论"))
    department = Key("department", label=_("申请单位"))
    overdue = YesNo(method="of_overdue", label=_("决定逾期"))

    class Meta:
        model = models.Review
        fields: list[str] = []

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what should have been decided before today, or what should not."""
        if value == "1":
            return rows.overdue()
        return rows.exclude(state__in=REVIEWING, due_on__lt=timezone.localdate())
