"""The guard that keeps evidence as it was uploaded."""

from workflow.triggers import Guard

EVIDENCE = Guard(
    table="tasks_evidence",
    columns=(
        "file", "name", "content_type", "size", "sha256", "uploaded_at", "task_id", "report_id", "department_id",
        "department_name", "uploaded_by_id", "evidence_on", "note",
    ),
)  # fmt: skip
