"""Chips over a list: each value of a column with the number of rows behind it, counted by one statement."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tasks.pages.addresses import changed

Columns = dict[str, tuple[str, Any]]


def chips(
    request: HttpRequest, filter_class: Any, rows: QuerySet[Any], columns: Columns
) -> tuple[list[dict[str, Any]], int]:
    """Return a row of chips for each column and how many rows the list holds; the other filters stay in force.

    ``columns`` names each column with its label and its choices; ``filter_class`` knows a filter of the same name.
    """
    chosen = filter_class(request.GET, request=request)
    if not chosen.form.is_valid():
        return [], 0
    said: dict[str, Any] = {name: chosen.form.cleaned_data[name] for name in columns}
    others = request.GET.copy()
    for name in columns:
        others.pop(name, None)
    narrowed = filter_class(others, queryset=rows, request=request).qs
    groups = list(narrowed.order_by().values(*columns).annotate(n=Count("pk")))
    facets = [
        {"name": label, "chips": _row(request, name, choices, groups, said)}
        for name, (label, choices) in columns.items()
    ]
    count = sum(group["n"] for group in groups if _fits(group, said))
    return [facet for facet in facets if len(facet["chips"]) > 2], count


def _fits(group: dict[str, Any], said: dict[str, Any], but: str = "") -> bool:
    return all(name == but or not values or group[name] in values for name, values in said.items())


def _row(
    request: HttpRequest, name: str, choices: Any, groups: list[dict[str, Any]], said: dict[str, Any]
) -> list[dict[str, Any]]:
    fitting: Counter[Any] = Counter()
    for group in groups:
        if _fits(group, said, but=name):
            fitting[group[name]] += group["n"]
    active = set(said[name])
    first = {"label": _("全部"), "url": changed(request.GET, (name,)), "count": fitting.total(), "active": not active}
    return [first] + [
        {
            "label": choice.label,
            "url": changed(request.GET, (name,), **{name: choice.value}),
            "count": fitting[choice.value],
            "active": choice.value in active,
        }
        for choice in choices
        if fitting[choice.value] or choice.value in active
    ]
