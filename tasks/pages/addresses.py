"""Addresses of lists: a number on a page leads to exactly the rows that it counts."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse


def tasks_where(**filters: Any) -> str:
    """Return the address of the task list narrowed by ``filters``; what is None is left out."""
    return _list("task-list", filters)


def directives_where(**filters: Any) -> str:
    """Return the address of the directive list narrowed by ``filters``; what is None is left out."""
    return _list("directive-list", filters)


def _list(name: str, filters: dict[str, Any]) -> str:
    query = QueryDict(mutable=True)
    for key, value in filters.items():
        if value is not None:
            query.setlist(key, [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)])
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


def changed(query: QueryDict, drop: tuple[str, ...], **put: str) -> str:
    """Return ``query`` without the keys ``drop`` and without its place in a paged list, with ``put`` in their stead."""
    copy = query.copy()
    for key in (*drop, "cursor", "page_size"):
        copy.pop(key, None)
    for key, value in put.items():
        copy[key] = value
    return f"?{copy.urlencode()}"
