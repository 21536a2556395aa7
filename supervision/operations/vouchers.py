"""Vouchers: what a unit shows of its rectification; upload only, nothing is ever changed or taken away (R45)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import User
from supervision import digests
from supervision.lifecycles.correcting import RECTIFICATION
from supervision.models import Rectification, Voucher
from supervision.operations.rectifications import lock_both
from tasks import digests as rows
from tasks.operations import files
from workflow.record import advance, record
from workflow.refusal import RuleBroken


@transaction.atomic
@screened
def add(rectification: Rectification, *, by: User, file: Upload, evidence_on: date, note: str = "") -> Voucher:
    """Add a file that shows what was put right (上传整改佐证), with the day of what it shows; none is demanded (R31).

    It is seen by whoever sees the item. Refused: RuleBroken("voucher.future") for a day to come; and what the upload
    gate refuses. Once the item is claimed nothing is added.
    """
    _finding, rectification = lock_both(rectification)
    step = RECTIFICATION.check(rectification, "prove", by)
    if evidence_on > timezone.localdate():
        raise RuleBroken("voucher.future", _("材料反映的日期不能晚于今天。"))
    unit = rectification.department
    voucher = Voucher(
        rectification=rectification, department=unit, department_name=unit.name, uploaded_by=by,
        evidence_on=evidence_on, note=note,
    )  # fmt: skip
    files.keep(voucher, file)
    told = {"sha256": voucher.sha256, "size": voucher.size, "file": voucher.file.name}
    record("voucher.add", voucher, by, detail={**told, "row": rows.of(voucher, digests.VOUCHER)})
    advance(rectification, step, by, voucher=voucher.pk)
    return voucher
