"""Files: handed out to who sees what they belong to, always as a download."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import path

from tasks.models import DirectiveAttachment, Evidence
from workflow.doors.files import serve
from workflow.doors.pages import VisiblePage


class EvidenceFile(VisiblePage):
    """A piece of evidence."""

    model: Any = Evidence

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out. Refused: NotVisible; Conflict("file.damaged") where its bytes are not those handed in."""
        return serve(self.find(pk))


class AttachmentFile(EvidenceFile):
    """A file that came with a directive."""

    model = DirectiveAttachment


urlpatterns = [
    path("evidence/<int:pk>/file/", EvidenceFile.as_view(), name="evidence-file"),
    path("attachments/<int:pk>/file/", AttachmentFile.as_view(), name="attachment-file"),
]
