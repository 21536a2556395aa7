"""The pages of 督促检查: plan, inspection, team, worksheet; one module a noun beside this one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from supervision.pages import inspections, plans, verification, worksheets

urlpatterns: list[URLPattern | URLResolver] = [
    *plans.urlpatterns,
    *inspections.urlpatterns,
    *worksheets.urlpatterns,
    *verification.urlpatterns,
]
