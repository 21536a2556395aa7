"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Announce the room."""

    name = "supervision"
    verbose_name = _("督查工作")
