"""Evidence: upload only; nothing is ever changed or taken away (R45)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import User
from tasks import digests
from tasks.actors import unit_of
from tasks.lifecycles import TASK
from tasks.models import Evidence, Report, Task
from tasks.operations import files
from workflow.record import advance, lock, record
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def add(
    task: Task, *, by: User, file: Upload, evidence_on: date, note: str = "", report: Report | None = None
) -> Evidence:
    """Add a file that shows what was done (上传佐证), with the day of what it shows beside the day of upload.

    Photos and places are never demanded (R31). Refused: RuleBroken("evidence.future") for a day to come;
    ("evidence.other_report") for another unit's report; and what the upload gate refuses.
    """
    task = lock(task, "lead", "organiser", "directive", "parent")
    step = TASK.check(task, "prove", by)
    if evidence_on > timezone.localdate():
        raise RuleBroken("evidence.future", _("材料反映的日期不能晚于今天。"))
    if report is not None and (report.task_id != task.pk or report.department_id != unit_of(by).pk):
        raise RuleBroken("evidence.other_report", _("只能附在本单位对这项任务的反馈上。"))
    evidence = Evidence(
        task=task, report=report, department=unit_of(by), department_name=unit_of(by).name, uploaded_by=by,
        evidence_on=evidence_on, note=note,
    )  # fmt: skip
    files.keep(evidence, file)
    record(
        "evidence.add", evidence, by,
        detail={
            "sha256": evidence.sha256,
            "size": evidence.size,
            "file": evidence.file.name,
            "evidence_on": evidence_on.isoformat(),
            "row": digests.of(evidence, digests.EVIDENCE),
        },
    )  # fmt: skip
    advance(task, step, by, evidence=evidence.pk)
    return evidence
