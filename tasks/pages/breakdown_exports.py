"""What leaves a breakdown: the task list in Excel and Word, the matrix of clauses by units as a page and a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tasks import breakdown_papers
from tasks.models import Breakdown
from tasks.operations.breakdowns import covering
from tasks.states import Part
from workflow.doors.files import send
from workflow.doors.pages import VisiblePage


class Whole(VisiblePage):
    """A visible breakdown with its text, which the clauses slice."""

    model = Breakdown

    def visible(self) -> QuerySet[Any]:
        """Fetch the text too."""
        return Breakdown.objects.visible_to(self.request.user).select_related("directive", "organiser")  # type: ignore[no-any-return]


class File(Whole):
    """A file made of the breakdown as it stands now."""

    kind: str = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it out as a download. Refused: NotVisible."""
        breakdown, kind = self.find(pk), breakdown_papers.KINDS[self.kind]
        return send(kind.content(breakdown), kind.filename(breakdown), kind.content_type)


class MatrixPage(Whole):
    """Clauses by units: who leads, who helps, and which clause nobody has."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it. Refused: NotVisible."""
        breakdown = self.find(pk)
        found = covering.matrix(breakdown)
        rows = [
            {
                "row": row,
                "came_to": breakdown_papers.came_to(row),
                "disposed": breakdown_papers.disposed(row),
                "cells": [{"unit": unit, "parts": _parts(row, unit.pk)} for unit in found.units],
            }
            for row in found.rows
        ]
        context = {
            "breakdown": breakdown, "directive": breakdown.directive, "rows": rows, "units": found.units,
            "open": sum(row.is_unsettled and not row.waived for row in found.rows), "legend": _legend(),
        }  # fmt: skip
        return render(request, "tasks/breakdown/matrix.html", context)


def _parts(row: covering.Row, unit: int) -> list[dict[str, Any]]:
    """Return what a unit is to the tasks of a clause, each part once, the lead first."""
    held = {line.parts[unit] for line in row.lines if unit in line.parts}
    return [one for one in _legend() if one["part"] in held]


def _legend() -> list[dict[str, Any]]:
    return [{"part": part, "mark": breakdown_papers.MARKS[part], "label": part.label} for part in Part]


urlpatterns = [
    path("breakdowns/<int:pk>/list/", File.as_view(kind="list"), name="breakdown-list_xlsx"),
    path("breakdowns/<int:pk>/table/", File.as_view(kind="table"), name="breakdown-table_docx"),
    path("breakdowns/<int:pk>/matrix/", MatrixPage.as_view(), name="breakdown-matrix"),
    path("breakdowns/<int:pk>/matrix/xlsx/", File.as_view(kind="matrix"), name="breakdown-matrix_xlsx"),
]
