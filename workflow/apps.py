"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """The lowest room."""

    name = "workflow"
    verbose_name = _("流程与留痕")
