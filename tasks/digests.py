"""Digests that events carry of the rows beside them, so that the audit finds a row that was rewritten (R45)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, Final

from workflow.chain import canonical
from workflow.models.event import Event

EVIDENCE: Final = (
    "file", "name", "content_type", "size", "sha256", "uploaded_at", "task_id", "report_id", "department_id",
    "department_name", "uploaded_by_id", "evidence_on", "note",
)  # fmt: skip
REPORT: Final = (
    "task_id", "department_id", "department_name", "author_id", "unchanged", "done", "effect", "problem", "cause",
    "help_needed", "next_step", "percent", "created_at",
)  # fmt: skip
CLOSURE: Final = ("task_id", "summary", "completed_on", "claimed_by_id")
PAPER: Final = (
    "file", "name", "content_type", "size", "sha256", "uploaded_at", "directive_id", "made_by_id", "text", "title",
)  # fmt: skip
READING: Final = ("task_id", "closure_id", "reader_id", "read_at", "remark", "by_closing")


def of(row: Any, columns: tuple[str, ...]) -> str:
    """Return the hex SHA-256 over the columns of a row in their one spelling."""
    return hashlib.sha256(canonical([_plain(getattr(row, name)) for name in columns])).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.timestamp():.6f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def stated(event: Event) -> str:
    """Return the digest that an event carries; empty if it carries none."""
    return str(event.detail.get("row", ""))
