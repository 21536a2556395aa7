"""The addresses: health, language, the REST door, and each room's pages."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.shallow, name="healthz"),
    path("healthz/deep", health.deep, name="healthz_deep"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("config.api")),
    path("", include("organization.urls")),
    path("", include("tasks.urls")),
    path("", include("supervision.urls")),
]

handler400 = "config.refusals.bad_request"
handler403 = "config.refusals.forbidden"
handler404 = "config.refusals.not_found"
handler500 = "config.refusals.server_error"
