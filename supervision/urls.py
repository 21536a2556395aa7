"""The addresses of the room's pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from supervision.pages import answering, correcting, dossier, informing, inspecting, papers

urlpatterns: list[URLPattern | URLResolver] = [
    *inspecting.urlpatterns,
    *correcting.urlpatterns,
    *informing.urlpatterns,
    *answering.urlpatterns,
    *papers.urlpatterns,
    *dossier.urlpatterns,
]
