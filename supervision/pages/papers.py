"""The papers of the room: what is to be had of one, and its files; one page for every noun that becomes a paper."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from documents import papers as layout
from supervision import papers
from workflow.doors.files import send
from workflow.doors.pages import VisiblePage
from workflow.refusal import Conflict


class PaperPage(VisiblePage):
    """What is said beside the download: number, title, length, replaced faces. Part of the noun's page, or its own."""

    noun: str = ""

    def visible(self) -> QuerySet[Any]:
        """Return the rows whose words the person reads."""
        return papers.sheet_of(self.noun).rows(self.request.user)

    def printed(self, pk: int) -> papers.Printed:
        """Return the paper. Refused: NotVisible; Conflict("<noun>.not_issued")."""
        return papers.printed(papers.sheet_of(self.noun), self.find(pk), self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; within the noun's page nothing at all where there is no paper."""
        part = getattr(request, "htmx", False)
        try:
            made = self.printed(pk)
        except Conflict:
            if part:
                return HttpResponse()
            raise
        context = {
            "made": made,
            "title": " ".join(made.paper.title.split()),
            "files": [(ending, reverse(f"{self.noun}-{ending}", args=[pk])) for ending in papers.TYPES],
            "warnings": layout.warnings(made.paper),
            "fonts": layout.fonts_note(),
        }
        return render(request, f"supervision/paper/{'_' if part else ''}paper.html", context)


class PaperFile(PaperPage):
    """The paper as a file."""

    ending: str = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand it out. Refused: NotVisible; Conflict("<noun>.not_issued")."""
        made = self.printed(pk)
        return send(made.content(self.ending), made.name(self.ending), papers.TYPES[self.ending])


def _pages(sheet: papers.Sheet) -> list[URLPattern]:
    at, noun = f"{sheet.plural}/<int:pk>/paper", sheet.noun
    files = [
        path(f"{at}.{ending}", PaperFile.as_view(noun=noun, ending=ending), name=f"{noun}-{ending}")
        for ending in papers.TYPES
    ]
    return [path(f"{at}/", PaperPage.as_view(noun=noun), name=f"{noun}-paper"), *files]


urlpatterns = [page for sheet in papers.SHEETS.values() for page in _pages(sheet)]
