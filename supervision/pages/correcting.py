"""The pages of 整改: finding, rectification, conclusion, review; one module a noun beside this one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from supervision.pages import conclusions, findings, inspections, rectifications

inspections.TABS.update(findings.TABS_OF_INSPECTION | conclusions.TABS_OF_INSPECTION)

urlpatterns: list[URLPattern | URLResolver] = [
    *findings.urlpatterns,
    *rectifications.urlpatterns,
    *conclusions.urlpatterns,
]
