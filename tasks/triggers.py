"""The guards that keep evidence as it was uploaded, and readings as they were put down."""

from workflow.triggers import Guard

EVIDENCE = Guard(
    table="tasks_evidence",
    columns=(
        "file", "name", "content_type", "size", "sha256", "uploaded_at", "task_id", "report_id", "department_id",
        "department_name", "uploaded_by_id", "evidence_on", "note",
    ),
)  # fmt: skip

READING = Guard(
    table="tasks_reading",
    columns=("remark", "task_id", "closure_id", "reader_id", "read_at", "by_closing"),
    unique=(("closure_id",),),
)
