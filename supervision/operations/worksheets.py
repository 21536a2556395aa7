"""Worksheets: what was checked where, filed once; a correction is a new sheet. And the files that show it (R45)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import Department, User
from supervision import digests
from supervision.lifecycles.inspecting import INSPECTION
from supervision.models import Inspection, Proof, Worksheet
from tasks import digests as rows
from tasks.models import Task
from tasks.operations import files
from workflow.record import advance, lock, record
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def file(
    inspection: Inspection,
    *,
    by: User,
    department: Department,
    checked_at: datetime,
    place: str,
    fact: str,
    result: str,
    task: Task | None = None,
    standard: str = "",
    object_note: str = "",
    corrects: Worksheet | None = None,
) -> Worksheet:
    """File a sheet (填写底稿). The standard is the task's unless another is written; a photo or place is never forced.

    Refused: RuleBroken("worksheet.not_object"), ("worksheet.not_linked"), ("worksheet.no_standard"),
    ("worksheet.moment") outside the days of the inspection or to come, ("worksheet.corrected") for a sheet of another
    inspection or one that is corrected already.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "note", by)
    _refuse_elsewhere(inspection, department, task)
    standard = standard.strip() or (task.standard.strip() if task else "")
    if not standard:
        raise RuleBroken("worksheet.no_standard", _("请写明对照什么标准检查，或选择一项有完成标准的任务。"))
    if checked_at > timezone.now() or timezone.localdate(checked_at) < inspection.starts_on:
        raise RuleBroken("worksheet.moment", _("检查时间应在督查开始之后、现在之前，请核对。"))
    if corrects is not None and (corrects.inspection_id != inspection.pk or corrects.corrections.exists()):
        raise RuleBroken("worksheet.corrected", _("这份底稿不属于本次督查，或已经更正过。请更正最新的一份。"))
    sheet = Worksheet.objects.create(
        inspection=inspection, department=department, department_name=department.name, task=task, standard=standard,
        checked_at=checked_at, place=place, fact=fact, result=result, object_note=object_note, corrects=corrects,
        filed_by=by,
    )  # fmt: skip
    told = {"result": result, "corrects": corrects.pk if corrects else None}
    record("worksheet.file", sheet, by, detail={**told, "row": rows.of(sheet, digests.WORKSHEET)})
    advance(inspection, step, by, worksheet=sheet.pk)
    return sheet


def _refuse_elsewhere(inspection: Inspection, department: Department, task: Task | None) -> None:
    """Refuse what lies outside the scheme: another unit, another task (Art. 15)."""
    objects = [target.department for target in inspection.targets.select_related("department")]
    if not any(department.is_within(unit) for unit in objects):
        raise RuleBroken("worksheet.not_object", _("这个单位不在督查方案的对象之内，不能擅自扩大范围。请先调整方案。"))
    if task is not None and not inspection.links.filter(task=task).exists():
        raise RuleBroken("worksheet.not_linked", _("这项任务没有关联到本次督查，请先由督查室关联。"))


@transaction.atomic
@screened
def prove(
    inspection: Inspection, *, by: User, file: Upload, note: str = "", worksheet: Worksheet | None = None
) -> Proof:
    """Add a file to the inspection or to one of its sheets; it is never changed (上传材料).

    Refused: RuleBroken("proof.other_worksheet"); and what the upload gate refuses.
    """
    inspection = lock(inspection, "organiser")
    step = INSPECTION.check(inspection, "prove", by)
    if worksheet is not None and worksheet.inspection_id != inspection.pk:
        raise RuleBroken("proof.other_worksheet", _("这份底稿不属于本次督查，请重新选择。"))
    proof = Proof(inspection=inspection, worksheet=worksheet, uploaded_by=by, note=note)
    files.keep(proof, file)
    told = {"sha256": proof.sha256, "size": proof.size, "file": proof.file.name}
    record("proof.add", proof, by, detail={**told, "row": rows.of(proof, digests.PROOF)})
    advance(inspection, step, by, proof=proof.pk)
    return proof
