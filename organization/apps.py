"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    """Who serves where, in which role, and on which days work is done."""

    name = "organization"
    verbose_name = _("组织机构")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the deployment checks (F55)."""
        from organization import checks  # noqa: F401, PLC0415  (registers on import, once models are ready)
