"""Exhibits: upload only; nothing is ever changed or taken away (R45)."""

from __future__ import annotations

from typing import Any

from documents.uploads import Upload
from organization.models import User
from supervision import digests as columns
from supervision.models import Exhibit
from tasks import digests
from tasks.operations import files
from workflow.record import record
from workflow.refusal import RuleBroken


def keep(root: Any, *, by: User, file: Upload, note: str = "") -> Exhibit:
    """Add a file to a locked paper, and to its chain the file's digest and the row's."""
    exhibit = Exhibit(uploaded_by=by, note=note, **{str(root._meta.model_name): root})
    files.keep(exhibit, file)
    record(
        "exhibit.add", exhibit, by,
        detail={
            "sha256": exhibit.sha256,
            "size": exhibit.size,
            "file": exhibit.file.name,
            "row": digests.of(exhibit, columns.EXHIBIT),
        },
    )  # fmt: skip
    return exhibit


def refuse_without(thing: Any, code: str, message: str) -> None:
    """Refuse with RuleBroken a paper that neither a file, nor a task's evidence, nor a proven finding stands behind."""
    found = hasattr(thing, "findings") and thing.findings.exists()
    if not found and not thing.exhibits.exists() and not thing.evidence.exists():
        raise RuleBroken(code, message)
