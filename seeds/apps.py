"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeedsConfig(AppConfig):
    """The demonstration data."""

    name = "seeds"
    verbose_name = _("演示数据")
