"""The pages of 监督问责: accountability, clue, commendation, case; one module a noun beside this one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from supervision.pages import accountability, cases, clues, commendations
from supervision.pages.answering_common import ExhibitFile

urlpatterns: list[URLPattern | URLResolver] = [
    *accountability.urlpatterns,
    *clues.urlpatterns,
    *commendations.urlpatterns,
    *cases.urlpatterns,
    path("exhibits/<int:pk>/file/", ExhibitFile.as_view(), name="exhibit-file"),
]
