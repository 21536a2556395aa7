"""What a list may be narrowed by, on pages and in REST alike. Each filter is one question; all that are asked hold.

A page renders ``filter.form``; the REST door refuses what it cannot read (400) and names it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import django_filters as filters
from django import forms
from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Department
from tasks import awaiting, models, portfolios
from tasks.states import (
    HELD,
    OPEN,
    AssignmentState,
    BlockerState,
    Cause,
    Cycle,
    DirectiveState,
    ExtensionState,
    Handling,
    Light,
    Part,
    ReportState,
    Source,
    SuspensionState,
    TaskState,
    Urgency,
)

YES_NO: Final = (("1", _("是")), ("0", _("否")))
GREATEST_KEY: Final = 2**63 - 1
LONGEST_SEARCH: Final = 100
MOST_DAYS: Final = 36500


class Key(filters.Filter):
    """The key of one row; what is no key is refused, and a key of nothing finds nothing."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name=field_name, min_value=1, max_value=GREATEST_KEY, **kwargs)


class Days(filters.Filter):
    """A number of days, 0 to a hundred years."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_DAYS, **kwargs)


class Day(filters.DateFilter):
    """A day, as 2026-06-30."""

    def __init__(self, field_name: str, lookup_expr: str, **kwargs: Any) -> None:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(field_name=field_name, lookup_expr=lookup_expr, widget=picker, **kwargs)


class YesNo(filters.ChoiceFilter):
    """1 for yes, 0 for no; asks ``method`` of the set."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, **kwargs)


def any_of(choices: Any, label: Any, **kwargs: Any) -> filters.MultipleChoiceFilter:
    """Return a filter over a column that keeps the rows with any of the values named: ``state=active&state=review``."""
    return filters.MultipleChoiceFilter(
        choices=[choice for choice in choices.choices if choice[0]], label=label, distinct=False, **kwargs
    )


def search(label: Any) -> filters.CharFilter:
    """Return the filter ``q``: words that the row contains; asks ``search`` of the queryset."""
    return filters.CharFilter(method="of_search", label=label, max_length=LONGEST_SEARCH)


def with_days_late(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add ``late``: how long after its due day the task was handed in, or stands today. Unit: whole calendar days."""
    handed_in = Coalesce(TruncDate("finished_at"), Value(timezone.localdate()))
    return rows.annotate(late=ExpressionWrapper(handed_in - F("due_on"), output_field=DurationField()))


class Filters(filters.FilterSet):
    """What all sets share. ``request.user`` is who asks."""

    @property
    def user(self) -> Any:
        """Who asks."""
        return self.request.user

    def of_search(self, rows: Any, name: str, value: str) -> Any:
        """Keep the rows that contain each of the words."""
        for word in value.split():
            rows = rows.search(word)
        return rows

    def of_unit(self, rows: Any, name: str, value: int) -> Any:
        """Keep the rows whose column of this name holds the unit or one below it; in one statement."""
        root = Subquery(Department.objects.visible_to(self.user).filter(pk=value).values("path"))
        # Paths hold digits only: what begins with one lies between it and itself followed by nines.
        below = Department.objects.filter(path__gte=root, path__lte=Concat(root, Value("9" * 100)))
        return rows.filter(**{f"{name}__in": below.values("pk")})


class DirectiveFilter(Filters):
    """Directives: by words, state, source, urgency, handling, office, days of issue."""

    q = search(_("名称、编号、文号或机关"))
    state = any_of(DirectiveState, _("状态"))
    source = any_of(Source, _("来源"))
    urgency = any_of(Urgency, _("紧急程度"))
    handling = filters.ChoiceFilter(choices=Handling.choices, label=_("办理要求"))
    organiser = Key("organiser", label=_("督查机构"))
    issued_from = Day("issued_on", "gte", label=_("成文日期起"))
    issued_to = Day("issued_on", "lte", label=_("成文日期止"))
    instructed = YesNo(method="of_instructed", label=_("我批示的"))
    awaiting = YesNo(method="of_awaiting", label=_("待我办理"))

    class Meta:
        model = models.Directive
        fields: list[str] = []

    def of_instructed(self, rows: Any, name: str, value: str) -> Any:
        """Keep what the asker instructed in his present post, or what he did not."""
        own = models.Directive.objects.filter(instructed_by=self.user.post, instructed_by__isnull=False)
        return rows.filter(pk__in=own.values("pk")) if value == "1" else rows.exclude(pk__in=own.values("pk"))

    def of_awaiting(self, rows: Any, name: str, value: str) -> Any:
        """Keep what waits for the asker: for approval, or to be submitted; or what does not."""
        own = awaiting.directives_awaiting(self.user).values("pk")
        return rows.filter(pk__in=own) if value == "1" else rows.exclude(pk__in=own)


class TaskFilter(Filters):
    """Tasks: by what they are, whose they are, and where clock and state stand."""

    q = search(_("事项、编号、单位"))
    state = any_of(TaskState, _("状态"))
    open = YesNo(method="of_open", label=_("在办"))
    light = any_of(Light, _("灯色"))
    own_light = any_of(Light, _("本级灯色"))
    overdue = YesNo(method="of_overdue", label=_("逾期"))
    late_from = Days(method="of_late_from", label=_("逾期天数不少于"))
    late_to = Days(method="of_late_to", label=_("逾期天数不多于"))
    mine = filters.ChoiceFilter(
        choices=[*Part.choices, ("issued", _("交办"))], method="of_mine", label=_("本单位职责"), empty_label=_("全部")
    )
    lead = Key("lead", label=_("牵头单位"))
    turn = filters.ChoiceFilter(choices=awaiting.CHOICES, method="of_turn", label=_("待我办理"))
    instructed = YesNo(method="of_instructed", label=_("我批示的"))
    charged = YesNo(method="of_charged", label=_("我分管的"))
    unit = Key("unit", method="of_share", label=_("承担单位"))
    part = filters.ChoiceFilter(choices=Part.choices, method="of_part", label=_("承担单位的职责"))
    blocked_by = Key("blocked_by", label=_("受阻于"))
    blocked = YesNo(method="of_blocked", label=_("受阻"))
    within = Key("lead", method="of_unit", label=_("牵头单位及其下级"))
    answerable = Key("answerable", method="of_answerable", label=_("责任单位"))
    answerable_within = Key("answerable", method="of_answerable_within", label=_("责任单位及其下级"))
    organiser = Key("organiser", label=_("交办单位"))
    directive = Key("directive", method="of_directive", label=_("来源事项"))
    parent = Key("parent", label=_("上级任务"))
    top = YesNo(method="of_top", label=_("一级任务"))
    source = any_of(Source, _("来源"), field_name="directive__source")
    urgency = any_of(Urgency, _("紧急程度"))
    cycle = any_of(Cycle, _("反馈周期"))
    returned = YesNo(method="of_returned", label=_("曾被退回"))
    due_from = Day("due_on", "gte", label=_("时限起"))
    due_to = Day("due_on", "lte", label=_("时限止"))

    class Meta:
        model = models.Task
        fields: list[str] = []

    def of_search(self, rows: Any, name: str, value: str) -> Any:
        """Keep the rows that contain each of the words, in the source's title only where the asker knows the source."""
        for word in value.split():
            rows = rows.search(word, self.known)
        return rows

    @property
    def known(self) -> Any:
        """The tasks whose source the asker knows: to narrow by what is hidden would tell it."""
        return models.Task.objects.known_to(self.user)

    def of_directive(self, rows: Any, name: str, value: int) -> Any:
        """Keep what came of the source."""
        return rows.filter(directive=value, pk__in=self.known.values("pk"))

    def of_open(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is issued and not ended, or what is not."""
        return rows.open() if value == "1" else rows.exclude(state__in=OPEN)

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what is late now, or what is not."""
        late = rows.model._default_manager.overdue()
        return rows.overdue() if value == "1" else rows.exclude(pk__in=late.values("pk"))

    def of_late_from(self, rows: Any, name: str, value: int) -> Any:
        """Keep what is late by ``value`` calendar days or more."""
        return with_days_late(rows.overdue()).filter(late__gte=timedelta(days=value))

    def of_late_to(self, rows: Any, name: str, value: int) -> Any:
        """Keep what is late by ``value`` calendar days or less."""
        return with_days_late(rows.overdue()).filter(late__lte=timedelta(days=value))

    def of_mine(self, rows: Any, name: str, value: str) -> Any:
        """Keep what the asker's own unit leads, leads jointly, helps with, or has issued."""
        unit = self.user.department
        if unit is None:
            return rows.none()
        if value == "issued":
            return rows.filter(organiser=unit)
        return rows.filter(pk__in=self._shares(department=unit, part=value))

    def of_share(self, rows: Any, name: str, value: int) -> Any:
        """Keep what the unit leads or helps with; with ``part`` only where that is its part."""
        part = self.form.cleaned_data.get("part")
        return rows.filter(pk__in=self._shares(department=value, **({"part": part} if part else {})))

    def of_part(self, rows: Any, name: str, value: str) -> Any:
        """Narrow nothing by itself; read by ``of_share``."""
        return rows

    def of_turn(self, rows: Any, name: str, value: str) -> Any:
        """Keep what waits for the asker: for anything, or for the step named."""
        return rows.filter(awaiting.of_turn(self.user, value))

    def of_instructed(self, rows: Any, name: str, value: str) -> Any:
        """Keep what came of the asker's own instructions in his present post, or what did not."""
        own = models.Directive.objects.filter(instructed_by=self.user.post, instructed_by__isnull=False)
        return rows.filter(directive__in=own) if value == "1" else rows.exclude(directive__in=own)

    def of_charged(self, rows: Any, name: str, value: str) -> Any:
        """Keep the leader's own: of the units in his portfolio or his instruction; all where he has no portfolio."""
        own = models.Task.objects.filter(portfolios.charged(self.user)).values("pk")
        return rows.filter(pk__in=own) if value == "1" else rows.exclude(pk__in=own)

    def of_blocked(self, rows: Any, name: str, value: str) -> Any:
        """Keep what waits for another unit by a confirmed blocker, or what does not."""
        return rows.filter(blocked_by__isnull=value != "1")

    def _shares(self, **narrower: Any) -> Any:
        # Not asked for sight again: whoever sees a task sees who shares in it.
        held = (*HELD, AssignmentState.PLANNED)
        return models.Assignment.objects.filter(state__in=held, **narrower).values("task")

    def of_answerable(self, rows: Any, name: str, value: int) -> Any:
        """Keep what counts under the unit: it leads and is not blocked by another, or blocks (C13)."""
        return rows.with_answerable().filter(answerable=value)

    def of_answerable_within(self, rows: Any, name: str, value: int) -> Any:
        """Keep what counts under the unit or one below it."""
        return self.of_unit(rows.with_answerable(), "answerable", value)

    def of_top(self, rows: Any, name: str, value: str) -> Any:
        """Keep the tops of cascades, or what hangs below."""
        return rows.filter(parent__isnull=value == "1")

    def of_returned(self, rows: Any, name: str, value: str) -> Any:
        """Keep what was sent back at least once, or never."""
        return rows.filter(Q(returns__gt=0) if value == "1" else Q(returns=0))


class PartFilter(Filters):
    """Parts of a task: by task, unit and state."""

    task = Key("task", label=_("任务"))
    directive = Key("task__directive", method="of_directive", label=_("来源事项"))
    department = Key("department", label=_("单位"))

    def of_directive(self, rows: Any, name: str, value: int) -> Any:
        """Keep the parts of what came of the source, where the asker knows the source."""
        known = models.Task.objects.known_to(self.user).filter(directive=value)
        return rows.filter(task__in=known.values("pk"))


class AssignmentFilter(PartFilter):
    """Shares: also by part, and by what waits for signing."""

    state = any_of(AssignmentState, _("状态"))
    part = any_of(Part, _("职责"))
    unsigned_late = YesNo(method="of_unsigned_late", label=_("超过签收时限"))

    class Meta:
        model = models.Assignment
        fields: list[str] = []

    def of_unsigned_late(self, rows: Any, name: str, value: str) -> Any:
        """Keep what should have been signed by now, or what should not."""
        late = Q(state=AssignmentState.ISSUED, sign_by__lt=timezone.now())
        return rows.filter(late) if value == "1" else rows.exclude(late)


class ReportFilter(PartFilter):
    """Reports: also by cause of a problem and by the days they were filed."""

    state = any_of(ReportState, _("状态"))
    cause = any_of(Cause, _("原因类别"))
    problem = YesNo(method="of_problem", label=_("存在问题"))
    filed_from = Day("created_at__date", "gte", label=_("填报日期起"))
    filed_to = Day("created_at__date", "lte", label=_("填报日期止"))

    class Meta:
        model = models.Report
        fields: list[str] = []

    def of_problem(self, rows: Any, name: str, value: str) -> Any:
        """Keep what tells of a problem, or what tells of none."""
        return rows.exclude(problem="") if value == "1" else rows.filter(problem="")


class EvidenceFilter(PartFilter):
    """Evidence: also by report, type and the days of what it shows."""

    report = Key("report", label=_("进展反馈"))
    shown_from = Day("evidence_on", "gte", label=_("材料日期起"))
    shown_to = Day("evidence_on", "lte", label=_("材料日期止"))
    sha256 = filters.CharFilter(field_name="sha256", max_length=64, label=_("SHA-256"))

    class Meta:
        model = models.Evidence
        fields: list[str] = []


class ExtensionFilter(PartFilter):
    """Extensions."""

    state = any_of(ExtensionState, _("状态"))

    class Meta:
        model = models.Extension
        fields: list[str] = []


class SuspensionFilter(PartFilter):
    """Suspensions."""

    state = any_of(SuspensionState, _("状态"))

    class Meta:
        model = models.Suspension
        fields: list[str] = []


class BlockerFilter(PartFilter):
    """Blockers: also by the unit that is waited for, by cause, and by their own clock."""

    state = any_of(BlockerState, _("状态"))
    category = any_of(Cause, _("原因类别"))
    waiting_on = Key("waiting_on", label=_("等待单位"))
    overdue = YesNo(method="of_overdue", label=_("协调逾期"))

    class Meta:
        model = models.Blocker
        fields: list[str] = []

    def of_overdue(self, rows: Any, name: str, value: str) -> Any:
        """Keep what should have been resolved before today, or what should not."""
        late = Q(state=BlockerState.CONFIRMED, due_on__lt=timezone.localdate())
        return rows.filter(late) if value == "1" else rows.exclude(late)
