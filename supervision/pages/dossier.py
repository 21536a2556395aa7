"""闭环卷宗: the whole story of one directive on one page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from supervision import dossier
from tasks.models import Directive
from workflow.doors.pages import VisiblePage


class DossierPage(VisiblePage):
    """The dossier of a directive that the person sees."""

    model = Directive

    def visible(self) -> QuerySet[Any]:
        """Return the directives whose dossier the person may open."""
        return dossier.directives(self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four statements."""
        directive = self.find(pk)
        context = {"directive": directive, "dossier": dossier.read(directive, request.user)}
        return render(request, "supervision/dossier/detail.html", context)


urlpatterns = [path("directives/<int:pk>/dossier/", DossierPage.as_view(), name="directive-dossier")]
