"""Every address of the house with the methods that it offers, as the URLconf and the OpenAPI document have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

ALL_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
OFFERED = ("get", "post", "put", "patch", "delete")
FUNCTIONS = {"healthz": {"GET"}, "healthz_deep": {"GET"}, "set_language": {*["GET", "POST", "PUT", "PATCH", "DELETE"]}}
"""What plain functions offer, which do not tell themselves."""


@dataclass(frozen=True)
class Route:
    """An address by its name, its pattern, and the methods that its view has a handler for."""

    name: str
    pattern: str
    methods: frozenset[str]
    callback: Any

    @property
    def view(self) -> Any:
        """The class of the view, None for a function."""
        return getattr(self.callback, "view_class", getattr(self.callback, "cls", None))


def routes() -> list[Route]:
    """Return every address in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, prefix: str, space: str) -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, prefix + str(one.pattern), inner)
        elif isinstance(one, URLPattern):
            name = f"{space}{one.name}"
            yield Route(name, prefix + str(one.pattern), _methods(name, one.callback), one.callback)


def _methods(name: str, callback: Any) -> frozenset[str]:
    if name in FUNCTIONS:
        return frozenset(FUNCTIONS[name])
    actions = getattr(callback, "actions", None)
    if actions:
        return frozenset(method.upper() for method in actions if method in OFFERED)
    view = getattr(callback, "view_class", getattr(callback, "cls", None))
    allowed = [method for method in OFFERED if method in view.http_method_names and hasattr(view, method)]
    return frozenset(method.upper() for method in allowed)
