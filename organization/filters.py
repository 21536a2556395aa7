"""What a list may be narrowed by, on pages and in REST alike."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organization.models import Department, Post, User
from organization.states import Kind, Level, Role, Side

ALL = _("全部")
GREATEST_KEY = 2**62
ENDED = [("1", _("含已撤销"))]


class KeyFilter(filters.NumberFilter):
    """A row's number; what no key can be is refused instead of overflowing the database."""

    def get_max_validator(self) -> MaxValueValidator:
        """Keep within the keys that a database can hold."""
        return MaxValueValidator(GREATEST_KEY)


class DepartmentFilter(filters.FilterSet):
    """Units: by words in the name, level, system, kind, place in the tree; ended ones only if asked for."""

    q = filters.CharFilter(method="search", label=_("名称"))
    level = filters.ChoiceFilter(choices=Level.choices, label=_("层级"), empty_label=ALL)
    side = filters.ChoiceFilter(choices=Side.choices, label=_("系统"), empty_label=ALL)
    kind = filters.ChoiceFilter(choices=Kind.choices, label=_("类型"), empty_label=ALL)
    parent = KeyFilter(field_name="parent_id", label=_("上级单位编号"))
    within = KeyFilter(method="below", label=_("所在单位编号"))
    ended = filters.ChoiceFilter(choices=ENDED, method="unchanged", label=_("范围"), empty_label=_("在用"))

    class Meta:
        model = Department
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave ended units out unless they are asked for."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("ended") else rows.current()  # type: ignore[attr-defined, no-any-return]

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the units with these words in a present or former name."""
        return rows.filter(Q(name__icontains=value) | Q(short__icontains=value) | Q(pk__in=self._formerly(value)))

    def _formerly(self, value: str) -> QuerySet[Any]:
        return Department.objects.filter(names__name__icontains=value).values("pk")  # type: ignore[no-any-return]

    def below(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep the unit of this key and what lies below it."""
        unit = Department.objects.filter(pk=int(value)).first()
        return rows.within(unit) if unit else rows.none()  # type: ignore[attr-defined, no-any-return]

    def unchanged(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Narrow nothing; read by ``filter_queryset``."""
        return rows


class PersonFilter(filters.FilterSet):
    """People: by name, role, unit."""

    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("姓名"))
    role = filters.ChoiceFilter(choices=Role.choices, method="in_role", label=_("角色"), empty_label=ALL)
    department = KeyFilter(method="in_unit", label=_("单位编号"))

    class Meta:
        model = User
        fields: list[str] = []

    def in_role(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep who serves in the role today."""
        return rows.filter(pk__in=Post.objects.standing().filter(role=value).values("user"))

    def in_unit(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep who serves in the unit today."""
        return rows.filter(pk__in=Post.objects.standing().filter(department=int(value)).values("user"))


class PostFilter(filters.FilterSet):
    """Posts: by the holder's name, role; ended ones only if asked for."""

    q = filters.CharFilter(method="search", label=_("姓名或单位"))
    role = filters.ChoiceFilter(choices=Role.choices, label=_("角色"), empty_label=ALL)
    ended = filters.ChoiceFilter(
        choices=[("1", _("含已免"))], method="unchanged", label=_("范围"), empty_label=_("在任")
    )

    class Meta:
        model = Post
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave ended posts out unless they are asked for."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("ended") else rows.not_ended()  # type: ignore[attr-defined, no-any-return]

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep posts by the holder's or the unit's name."""
        return rows.filter(Q(user__name__icontains=value) | Q(department__name__icontains=value))

    def unchanged(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Narrow nothing; read by ``filter_queryset``."""
        return rows
