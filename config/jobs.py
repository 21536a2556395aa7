"""The house's own jobs: the heartbeat, and sweeping up behind the broker made of files."""

import time
from pathlib import Path

from celery import shared_task
from django.conf import settings

from config import health

LEFTOVER_SECONDS = 3600


@shared_task(ignore_result=True)
def beat() -> int:
    """Write the time of this heartbeat; running it twice writes it twice."""
    health.note_beat()
    return 1


@shared_task(ignore_result=True)
def clear_queue_leftovers() -> int:
    """Delete messages that a worker took from the file broker more than an hour ago."""
    folder = Path(settings.QUEUE_DIR) / "processed"
    old = [path for path in folder.glob("*.msg") if path.stat().st_mtime < time.time() - LEFTOVER_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
