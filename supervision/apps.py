"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """The room of inspections, bulletins and accountability."""

    name = "supervision"
    verbose_name = _("督查工作")

    def ready(self) -> None:
        """Tie the room's own hooks to the rooms below."""
        from supervision import hooks  # noqa: F401, PLC0415  (registers on import, once models are ready)
