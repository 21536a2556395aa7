"""The room's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Announce the room."""

    name = "notifications"
    verbose_name = _("通知提醒")
