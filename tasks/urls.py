"""The addresses of the room's pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from tasks.pages import (
    blockers,
    board,
    breakdown_exports,
    breakdowns,
    desk,
    directives,
    files,
    imports,
    instructions,
    offices,
    tasks,
    units,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *desk.urlpatterns,
    # Before the pages of every verb: an upload and an assigning of many have pages of their own.
    *imports.urlpatterns,
    *breakdown_exports.urlpatterns,
    *breakdowns.urlpatterns,
    *directives.urlpatterns,
    *instructions.urlpatterns,
    *tasks.urlpatterns,
    *blockers.urlpatterns,
    *board.urlpatterns,
    *units.urlpatterns,
    *offices.urlpatterns,
    *files.urlpatterns,
]
