"""What the lists of this room may be narrowed by, on pages and in REST alike."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from supervision import models
from supervision.filters.waiting import Waiting
from supervision.states.inspecting import (
    InspectionKind,
    InspectionState,
    MemberState,
    PlanState,
    Result,
    SchemeState,
)
from tasks.filters import Day, Filters, Key, YesNo, any_of, search


class PlanFilter(Waiting):
    """Plans: by year, state, office."""

    year = filters.NumberFilter(field_name="year", label=_("年度"))
    state = any_of(PlanState, _("状态"))
    organiser = Key("organiser", label=_("督查机构"))

    class Meta:
        model = models.Plan
        fields: list[str] = []


class InspectionFilter(Waiting):
    """Inspections: by words, state, kind, organiser, object, task, days."""

    q = search(_("名称、主题或编号"))
    state = any_of(InspectionState, _("状态"))
    kind = any_of(InspectionKind, _("督查类型"))
    organiser = Key("organiser", label=_("组织单位"))
    department = Key("department", method="of_department", label=_("督查对象"))
    task = Key("task", method="of_task", label=_("关联任务"))
    plan_item = Key("plan_item", label=_("计划事项"))
    beside = Key("beside", method="beside_plan", label=_("在哪份年度计划之外"))
    joint = YesNo(method="of_flag", label=_("联合督查"))
    covert = YesNo(method="of_flag", label=_("暗访"))
    starts_from = Day("starts_on", "gte", label=_("开始日期起"))
    starts_to = Day("starts_on", "lte", label=_("开始日期止"))

    class Meta:
        model = models.Inspection
        fields: list[str] = []

    def of_department(self, rows: Any, name: str, value: int) -> Any:
        """Keep those of one object, where the asker may know that it is one."""
        targets = models.InspectionObject.objects.visible_to(self.user).filter(department=value)
        return rows.filter(pk__in=targets.values("inspection"))

    def beside_plan(self, rows: Any, name: str, value: int) -> Any:
        """Keep what stands outside a plan in its year, where the asker may see the plan."""
        plan = models.Plan.objects.visible_to(self.user).filter(pk=value).first()
        return rows.beside(plan) if plan else rows.none()

    def of_task(self, rows: Any, name: str, value: int) -> Any:
        """Keep those that look at one task, where the asker may know that they do."""
        links = models.InspectionTask.objects.visible_to(self.user).filter(task=value)
        return rows.filter(pk__in=links.values("inspection"))

    def of_flag(self, rows: Any, name: str, value: str) -> Any:
        """Keep those that are joint, or covert; or those that are not."""
        return rows.filter(**{name: value == "1"})


class SchemeFilter(Waiting):
    """Versions of schemes: by inspection, state."""

    inspection = Key("inspection", label=_("督查"))
    state = any_of(SchemeState, _("状态"))

    class Meta:
        model = models.Scheme
        fields: list[str] = []


class MemberFilter(Waiting):
    """Members: by inspection, person, state."""

    inspection = Key("inspection", label=_("督查"))
    user = Key("user", label=_("人员"))
    state = any_of(MemberState, _("状态"))

    class Meta:
        model = models.Member
        fields: list[str] = []


class WorksheetFilter(Filters):
    """Worksheets: by inspection, unit, task, result."""

    inspection = Key("inspection", label=_("督查"))
    department = Key("department", label=_("被检查单位"))
    task = Key("task", label=_("任务"))
    result = any_of(Result, _("检查结果"))

    class Meta:
        model = models.Worksheet
        fields: list[str] = []


class ProofFilter(Filters):
    """Files: by inspection, worksheet."""

    inspection = Key("inspection", label=_("督查"))
    worksheet = Key("worksheet", label=_("检查底稿"))

    class Meta:
        model = models.Proof
        fields: list[str] = []
