"""Figures over tasks, each with the address of exactly the rows that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tasks import shown
from tasks.states import Light


def stat(label: Any, value: int, url: str, tone: str = "grey", icon: str = "", note: str = "") -> dict[str, Any]:
    """Return a figure as components/_stat.html draws it; a zero is calm."""
    return {"label": label, "value": value, "url": url, "tone": tone if value else "grey", "icon": icon, "note": note}


def total(groups: Iterable[dict[str, Any]], column: str = "n", **fits: Any) -> int:
    """Sum a column over the groups whose values fit."""
    return sum(row[column] for row in groups if all(row[key] == value for key, value in fits.items()))


def by(groups: Iterable[dict[str, Any]], *keys: str, column: str = "n") -> Counter[Any]:
    """Sum a column by one or several keys."""
    found: Counter[Any] = Counter()
    for row in groups:
        found[tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]] += row[column]
    return found


def as_of(moment: datetime, count: int | None = None) -> str:
    """Return the source line of a figure: until when, over how many tasks."""
    until = _("截至 %(moment)s") % {"moment": timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")}
    return until if count is None else _("%(until)s，可见范围内 %(count)d 项") % {"until": until, "count": count}


def bars(
    chart_id: str, title: Any, name: Any, rows: list[tuple[str, int, str]], source: str, *, lying: bool = False
) -> dict[str, Any]:
    """Return a chart of bars as components/_chart.html draws it; rows are (label, number, address).

    ``lying`` bars leave room for long labels. Every label is written out: nothing is told by hovering alone.
    """
    data = [{"value": number, "url": url, "tone": "red"} for _label, number, url in rows]
    words = {"type": "category", "data": [row[0] for row in rows], "axisLabel": {"interval": 0, "hideOverlap": False}}
    numbers = {"type": "value", "minInterval": 1}
    axes = {"yAxis": words | {"inverse": True}, "xAxis": numbers} if lying else {"xAxis": words, "yAxis": numbers}
    label = {"show": True, "position": "right" if lying else "top"}
    return {
        "id": chart_id,
        "title": title,
        "unit": _("项"),
        "source": source,
        "options": {
            "legend": False,
            "grid": {"left": 8, "right": 28, "top": 24 if not lying else 8, "bottom": 8, "containLabel": True},
            "series": [{"type": "bar", "name": str(name), "tone": "red", "label": label, "data": data}],
        }
        | axes,
        "columns": [str(title), {"label": name, "number": True}],
        "rows": [[text, {"text": str(number), "url": url, "number": True}] for text, number, url in rows],
    }


def ring(chart_id: str, title: Any, lights: Counter[Any], address: Any, source: str) -> dict[str, Any]:
    """Return the ring of lights; ``address`` gives the address of the rows of one light."""
    present = [meaning for meaning in shown.ORDER if lights[meaning.value]]
    data = [
        {"name": str(m.label), "value": lights[m.value], "tone": shown.look(m)["tone"], "url": address(m.value)}
        for m in present
    ]
    return {
        "id": chart_id,
        "title": title,
        "unit": _("项"),
        "source": source,
        "options": {"legend": False, "series": [{"type": "pie", "label": {"formatter": "{b} {c}"}, "data": data}]},
        "columns": [_("灯色"), {"label": _("任务"), "number": True}],
        "rows": [
            [str(m.label), {"text": str(lights[m.value]), "url": address(m.value), "number": True}] for m in present
        ],
    }


def light_chips(lights: Counter[Any], address: Any) -> list[dict[str, Any]]:
    """Return the lights as chips, each leading to its rows."""
    return [
        {"label": m.label, "url": address(m.value), "count": lights[m.value]} | shown.look(m)
        for m in shown.ORDER
        if lights[m.value]
    ]


def address_or_none(name: str) -> str | None:
    """Return the address of a page that another room may have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


OVERDUE = Light.OVERDUE.value
NEAR_DUE = Light.NEAR_DUE.value
