"""What runs when. Every job may run twice: it finds its own work by date, so a lost or doubled tick harms nothing."""

from datetime import timedelta
from typing import Any

HEARTBEAT_SECONDS = 30

BEAT: dict[str, dict[str, Any]] = {
    # Beat sends, the broker carries, a worker writes: /healthz/deep is red when this stops.
    "heartbeat": {
        "task": "config.jobs.beat",
        "schedule": timedelta(seconds=HEARTBEAT_SECONDS),
        "options": {"expires": HEARTBEAT_SECONDS * 4},
    },
    "clear_queue_leftovers": {
        "task": "config.jobs.clear_queue_leftovers",
        "schedule": timedelta(hours=1),
    },
    "sweep_sessions": {"task": "organization.jobs.sweep_sessions", "schedule": timedelta(days=1)},
    "forget_replays": {"task": "workflow.jobs.forget_replays", "schedule": timedelta(hours=1)},
    # Imports whose message was lost or whose worker died: a page that shows progress must not wait longer.
    "sweep_batches": {
        "task": "tasks.jobs.sweep_batches",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
}
