"""Digests that events of this room carry of the rows beside them, so that the audit finds a rewritten row (R45)."""

from __future__ import annotations

from typing import Final

WORKSHEET: Final = (
    "inspection_id", "department_id", "department_name", "task_id", "standard", "checked_at", "place", "fact", "result",
    "object_note", "corrects_id", "filed_by_id", "filed_at",
)  # fmt: skip
PROOF: Final = (
    "file", "name", "content_type", "size", "sha256", "uploaded_at", "inspection_id", "worksheet_id", "uploaded_by_id",
    "note",
)  # fmt: skip
STATEMENT: Final = ("accountability_id", "person_id", "about", "facts", "text", "stated_on", "ended_by_id")
PROPOSAL: Final = (
    "subject", "department_name", "person_name", "person_post", "title", "facts", "basis", "suggestion",
    "tolerance_opinion", "statement_id",
)  # fmt: skip
ADOPTION: Final = ("adoption", "reply", "answered_by_id")
CLUE: Final = ("kind", "department_name", "person_name", "person_post", "facts", "source")
EXHIBIT: Final = (
    "file", "name", "content_type", "size", "sha256", "uploaded_at", "accountability_id", "clue_id", "commendation_id",
    "case_id", "statement_id", "uploaded_by_id", "note",
)  # fmt: skip
CONCLUSION: Final = (
    "inspection_id", "department_name", "government", "number", "process", "appraisal", "requirement", "snapshot",
)  # fmt: skip
CLAIM: Final = ("rectification_id", "done", "due_on", "claimed_by_id", "claimed_at")
VERDICT: Final = ("result", "opinion", "verified_by_id", "verified_at")
DEFERRAL: Final = (
    "rectification_id", "reason", "progress", "due_before", "requested_on", "asked_by_id", "asked_at",
)  # fmt: skip
DEFERRED: Final = ("outcome", "granted_on", "comment", "ended_by_id", "ended_at")
VOUCHER: Final = (
    "file", "name", "content_type", "size", "sha256", "uploaded_at", "rectification_id", "department_id",
    "department_name", "uploaded_by_id", "evidence_on", "note",
)  # fmt: skip
CORRECTION: Final = (
    "rectification_id", "claim_id", "department_id", "department_name", "fact", "requirement", "due_on",
    "ordered_by_id", "ordered_at",
)  # fmt: skip
