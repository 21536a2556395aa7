"""Refusals: every way an operation says no, with a code for machines and a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Something was asked that is not done. Both doors answer with ``status``, ``code``, ``message``, ``details``."""

    status: ClassVar[int] = 422

    def __init__(self, code: str, message: str | Promise, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Malformed(Refusal):
    """What came in cannot be read (400)."""

    status = 400


class Forbidden(Refusal):
    """The caller sees the thing, but may not do this to it (403)."""

    status = 403


class NotVisible(Refusal):
    """The thing is absent or hidden; both read alike (404)."""

    status = 404


class WrongState(Refusal):
    """The caller may do this, but not at this moment (409)."""

    status = 409


class Conflict(Refusal):
    """Something else already stands where this should go (409)."""

    status = 409


class Stale(Refusal):
    """The caller looked at an older version (412)."""

    status = 412


class RuleBroken(Refusal):
    """A rule of the step is not met (422)."""

    status = 422
