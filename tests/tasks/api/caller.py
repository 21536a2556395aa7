"""Somebody at the REST door: a person with a session, or a system with a key."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework.test import APIClient

BASE = "/api/v1/"


class Caller:
    """Asks in sentences: ``who.get("tasks", 3)``, ``who.post("tasks", 3, "assign", version=1)``."""

    def __init__(self, user: Any = None, *, key: str = "", csrf: bool = False) -> None:
        self.client = APIClient(enforce_csrf_checks=csrf)
        if user is not None:
            self.client.force_login(user)
        if key:
            self.client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")

    def get(self, noun: str, *path: Any, **query: Any) -> Any:
        """Ask for a list, a thing, or what belongs to it."""
        return self.client.get(address(noun, *path), query)

    def post(
        self, noun: str, *path: Any, version: int | str | None = None, key: str | None = None, files: bool = False,
        raw: Any = None, **fields: Any,
    ) -> Any:  # fmt: skip
        """Do something; ``version`` is what was seen, ``key`` makes it repeatable, ``files`` sends a form."""
        headers = {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        kind = "multipart" if files else "json"
        return self.client.post(address(noun, *path), fields if raw is None else raw, format=kind, headers=headers)


def address(noun: str, *path: Any) -> str:
    """Return the address of a list, a thing, or a verb of it."""
    return BASE + "/".join(str(part) for part in (noun, *path)) + "/"


def fresh_key() -> str:
    """Return a key that nobody used."""
    return str(uuid.uuid4())
