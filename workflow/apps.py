"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow import tongue


class WorkflowConfig(AppConfig):
    """The lowest room."""

    name = "workflow"
    verbose_name = _("流程与留痕")

    def ready(self) -> None:
        """Give the pure modules the house's language."""
        tongue.speak_with(gettext)
