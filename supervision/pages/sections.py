"""What the lists of this theme share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tasks.pages.addresses import changed


def waiting(request: HttpRequest) -> dict[str, Any]:
    """Return the row of chips that narrows a list to what waits for the person."""
    return chips(request, "awaiting", _("办理"), [("1", _("待我办理"))])


def chips(request: HttpRequest, key: str, name: Any, choices: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Return one row of chips over a filter, as components/_chips.html draws it; without counts."""
    query = request.GET
    chosen = set(query.getlist(key))
    rows = [{"label": _("全部"), "url": changed(query, (key,)), "active": not chosen}]
    rows += [
        {"label": label, "url": changed(query, (key,), **{key: str(value)}), "active": str(value) in chosen}
        for value, label in choices
    ]
    return {"name": name, "chips": rows}
