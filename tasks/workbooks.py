"""Workbooks that leave the room of imports, for both doors: the template, and the lines kept for correction."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.http import FileResponse
from django.utils.translation import gettext as _

from documents import templates
from organization.models import Department
from tasks.models import Batch
from tasks.operations import batches

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(user: Any) -> FileResponse:
    """Return the workbook to fill in, with the short names of the units that the user's office supervises."""
    office = user.department
    units = Department.objects.visible_to(user).current()
    units = units.governed_by(office) if office else units.none()
    content = templates.template(list(units.order_by("path").values_list("short", flat=True)))
    return _download(content, _("任务分解表模板.xlsx"))


def kept(batch: Batch) -> FileResponse:
    """Return the lines kept for correction, with a column that says what is wrong with each."""
    content = templates.corrections(batches.kept_rows(batch), title=batch.title)
    return _download(content, _("待更正_%(name)s") % {"name": batch.name})


def _download(content: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)
