"""What breakdowns, clauses and drafts may be narrowed by, on pages and in REST alike."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from tasks import models
from tasks.filters import Key, any_of
from tasks.states import BreakdownState, Coverage, DraftState


class BreakdownFilter(filters.FilterSet):
    """Breakdowns: of which directive, where they stand."""

    directive = Key("directive_id", label=_("来源事项"))
    state = any_of(BreakdownState, _("状态"))

    class Meta:
        model = models.Breakdown
        fields: tuple[str, ...] = ()


class ClauseFilter(filters.FilterSet):
    """Clauses: of which breakdown, what they have come to."""

    breakdown = Key("breakdown_id", label=_("任务分解"))
    coverage = filters.MultipleChoiceFilter(choices=Coverage.choices, label=_("落实情况"), method="narrow_coverage")

    class Meta:
        model = models.Clause
        fields: tuple[str, ...] = ()

    def narrow_coverage(self, rows: Any, name: str, value: Any) -> Any:
        """Keep the clauses of these kinds; the rows bring ``coverage``."""
        return rows.filter(coverage__in=value) if value else rows


class DraftFilter(filters.FilterSet):
    """Drafts: of which breakdown, where they stand."""

    breakdown = Key("breakdown_id", label=_("任务分解"))
    state = any_of(DraftState, _("状态"))

    class Meta:
        model = models.Draft
        fields: tuple[str, ...] = ()
