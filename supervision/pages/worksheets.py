"""检查底稿 and its files: shown and handed out to who sees the inspection whole."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from supervision.models import Proof, Worksheet
from supervision.verbs import inspecting as verbs
from workflow.doors.files import serve
from workflow.doors.pages import VisiblePage


class WorksheetDetail(VisiblePage):
    """One sheet as it was filed, with its files and what may be added."""

    model = Worksheet

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        sheet = self.find(pk)
        table = verbs.INSPECTION.lifecycle
        context = {
            "sheet": sheet,
            "inspection": sheet.inspection,
            "files": sheet.proofs.select_related("uploaded_by"),
            "later": sheet.corrections.first(),
            "may_prove": table.may(sheet.inspection, "prove", request.user),
            "may_note": table.may(sheet.inspection, "note", request.user),
        }
        return render(request, "supervision/worksheet/detail.html", context)


class ProofFile(VisiblePage):
    """A file of an inspection."""

    model: Any = Proof

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out. Refused: NotVisible; Conflict("file.damaged") where its bytes are not those handed in."""
        return serve(self.find(pk))


urlpatterns = [
    path("worksheets/<int:pk>/", WorksheetDetail.as_view(), name="worksheet-detail"),
    path("proofs/<int:pk>/file/", ProofFile.as_view(), name="proof-file"),
]
