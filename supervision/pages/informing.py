"""The pages of 情况通报: notice, bulletin; one module a noun beside this one."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from supervision.pages import bulletins, notices

urlpatterns: list[URLPattern | URLResolver] = [*notices.urlpatterns, *bulletins.urlpatterns]
