"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    """The room of tasks."""

    name = "tasks"
    verbose_name = _("督查任务")

    def ready(self) -> None:
        """Tie the room's own hooks to the rooms below: evidence digests, duties that follow a reorganisation."""
        from tasks import hooks  # noqa: F401, PLC0415  (registers on import, once models are ready)
