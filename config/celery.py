"""The Celery application. Background work stands in ``<room>/jobs.py``: a task here is a 督查任务, never a job."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("supervision")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.autodiscover_tasks(["config"], related_name="jobs")


@celeryd_init.connect
def be_patient(conf: Any, **more: Any) -> None:
    """Let a worker wait for its broker: only a page must not (settings, ``socket_timeout`` in seconds)."""
    if "socket_timeout" in conf.broker_transport_options:
        conf.broker_transport_options = {**conf.broker_transport_options, "socket_timeout": 10}


@worker_ready.connect
def show_life(**more: Any) -> None:
    """Send a first heartbeat through the broker: the health page need not wait for the first tick of beat."""
    app.send_task("config.jobs.beat")
