"""A caller at the doors, in this process: whole requests through all middleware, without the test client's notebooks.

Every answer comes back with what the database was asked for it, so that a test can say that nothing was written, or
that nothing of the business was even read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client, RequestFactory

from tests.leaks.canaries import words_in

WRITES = re.compile(r"^\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
READS = re.compile(r"\b(?:FROM|JOIN)\s+\"?(\w+)", re.IGNORECASE)
OF_SESSIONS = frozenset({"organization_session"})
OF_CALLER = OF_SESSIONS | {
    "organization_user", "organization_post", "organization_department", "organization_delegation",
    "organization_client",
}  # fmt: skip
"""What is asked to know who is calling."""


@dataclass
class Answer:
    """An answer as the network would carry it, and what the database was asked for it."""

    status: int
    headers: dict[str, str]
    content: bytes
    written: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    error: BaseException | None = None

    @property
    def words(self) -> set[str]:
        """The canaries in it, those of its headers too."""
        return words_in(self.content) | words_in(repr(sorted(self.headers.items())).encode())

    @property
    def text(self) -> str:
        """What it says, without what differs from one asking to the next."""
        return MOMENTARY.sub("…", self.content.decode("utf-8", "replace"))


MOMENTARY = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")\w+|(?<="X-CSRFToken": ")\w+|(?<=请求编号 )[0-9a-f]{8}'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""The token of a form, and the number of a request."""


class Door:
    """Asks as one caller: somebody signed in, a system with its key, or nobody."""

    handler: Any = None

    def __init__(self, user: Any = None, key: str = "") -> None:
        if Door.handler is None:
            Door.handler = BaseHandler()
            Door.handler.load_middleware()
        self.is_nobody = user is None and not key
        self.factory = RequestFactory()
        self.extra: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Api-Key {key}"} if key else {}
        if user is not None:
            client = Client()
            client.force_login(user)
            self.factory.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(
        self, method: str, path: str, data: Any = None, *, htmx: bool = False, raw: bytes | None = None, **headers: str
    ) -> Answer:
        """Send a request and return the whole answer; what it did remains. ``raw`` is a body sent as it is."""
        extra = self.extra | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        extra |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "dialog-body"} if htmx else {}
        body = urlencode(data or {}, doseq=True)
        if method in ("GET", "HEAD"):
            request = (
                self.factory.generic(method, path, QUERY_STRING=body, **extra)
                if body
                else self.factory.generic(method, path, **extra)
            )
        else:
            kind = "application/json" if path.startswith("/api/") else "application/x-www-form-urlencoded"
            content = raw if raw is not None else "{}" if kind.endswith("json") else body
            request = self.factory.generic(method, path, content, kind, **extra)
        request._dont_enforce_csrf_checks = True
        with watched() as seen, raised() as errors:
            answer = self.handler.get_response(request)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for close in answer._resource_closers:
            close()
        headers_ = {name.lower(): value for name, value in answer.items()}
        return Answer(answer.status_code, headers_, content, *seen, errors[0] if errors else None)

    def try_(self, method: str, path: str, data: Any = None, **more: Any) -> Answer:
        """Send a request and undo what it did; where it only read there is nothing to undo."""
        with transaction.atomic():
            answer = self.ask(method, path, data, **more)
            transaction.set_rollback(bool(answer.written) or transaction.get_rollback() or answer.error is not None)
        return answer


@lru_cache(4096)
def tables_of(sql: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tables that a statement writes, and those that it reads unless it writes."""
    if found := WRITES.match(sql):
        return frozenset({found[2]}), frozenset()
    return frozenset(), frozenset(READS.findall(sql))


@contextmanager
def watched() -> Iterator[tuple[set[str], set[str]]]:
    """Yield the tables that are written and read meanwhile."""
    written: set[str] = set()
    read: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        wrote, looked = tables_of(sql)
        written.update(wrote)
        read.update(looked)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written, read


@contextmanager
def raised() -> Iterator[list[BaseException]]:
    """Yield the errors that become a 500 meanwhile."""
    found: list[BaseException] = []

    def note(sender: Any, request: Any = None, **kwargs: Any) -> None:
        found.append(sys.exc_info()[1])  # type: ignore[arg-type]

    got_request_exception.connect(note)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)
