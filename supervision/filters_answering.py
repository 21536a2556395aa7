"""What the lists of 监督问责 may be narrowed by; nothing that one may not read can be asked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision import models
from supervision.filters.waiting import Waiting
from supervision.states.answering import (
    AccountabilityState,
    Adoption,
    CaseKind,
    CaseState,
    ClueState,
    CommendationState,
    Praise,
    StatementState,
)
from tasks.filters import Key, YesNo, any_of, search


class AccountabilityFilter(Waiting):
    """Proposals: by words, state, object, receiving organ and answer."""

    q = search(_("标题、编号、事实或对象"))
    state = any_of(AccountabilityState, _("状态"))
    department = Key("department", label=_("对象单位"))
    receiver = Key("receiver", label=_("移送机关"))
    adoption = any_of(Adoption, _("采纳情况"))
    task = Key("tasks", label=_("关联任务"))

    class Meta:
        model = models.Accountability
        fields: list[str] = []


class StatementFilter(Waiting):
    """Statements: by state and proposal."""

    state = any_of(StatementState, _("状态"))
    accountability = Key("accountability", label=_("问责建议书"))

    class Meta:
        model = models.Statement
        fields: list[str] = []


class ClueFilter(Waiting):
    """Clues: by number and state, which everybody named on one may know."""

    q = search(_("编号"))
    state = any_of(ClueState, _("状态"))

    class Meta:
        model = models.Clue
        fields: list[str] = []


class CommendationFilter(Waiting):
    """Praise: by words, state, form and unit."""

    q = search(_("标题、编号、事迹或对象"))
    state = any_of(CommendationState, _("状态"))
    form = any_of(Praise, _("形式"), field_name="form")
    department = Key("department", label=_("单位"))

    class Meta:
        model = models.Commendation
        fields: list[str] = []


class CaseFilter(Waiting):
    """Cases: by words as everybody reads them, state, kind, and what waits for its review."""

    q = search(_("标题或内容"))
    state = any_of(CaseState, _("状态"))
    kind = any_of(CaseKind, _("类别"))
    review_due = YesNo(method="of_review_due", label=_("待复审"))

    class Meta:
        model = models.Case
        fields: list[str] = []

    def of_review_due(self, rows: Any, name: str, value: str) -> Any:
        """Keep what has reached its day of review, or what has not."""
        due = models.Case.objects.review_due().values("pk")
        return rows.filter(pk__in=due) if value == "1" else rows.exclude(pk__in=due)
