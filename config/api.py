"""The REST door: one router for the nouns of all rooms, the schema, and its readable page."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from drf_spectacular.views import SpectacularSwaggerSplitView as Docs
from rest_framework.routers import SimpleRouter

from organization import api as organization
from supervision import api as supervision
from supervision.api.dossier import DossierView
from supervision.api.inspecting import Verify
from tasks import api as tasks

app_name = "api"

router = SimpleRouter()
for prefix, viewset in (*organization.ROUTES, *tasks.ROUTES, *supervision.ROUTES):
    router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("", include(router.urls)),
    re_path(r"^directives/(?P<pk>[0-9]{1,18})/dossier/$", DossierView.as_view(), name="directive-dossier"),
    path("me/", organization.Me.as_view(), name="me"),
    path("verify/<str:code>/", Verify.as_view(), name="verify"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # Split, with a template of ours: the content security policy forbids an inline script and an inline style.
    path("docs/", Docs.as_view(url_name="api:schema", template_name="api/docs.html"), name="docs"),
]
