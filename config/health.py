"""Is the house well? ``/healthz`` asks the process alone, ``/healthz/deep`` all that it leans on."""

import shutil
import time
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app

BEAT_KEY = "heartbeat"
BEAT_LATE_SECONDS = 120
MESSAGE_LATE_SECONDS = 120
DISK_RESERVE_MIB = 512
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
CJK_FONTS = (
    "NotoSansCJK",
    "NotoSerifCJK",
    "NotoSansSC",
    "NotoSerifSC",
    "SourceHan",
    "simsun",
    "simhei",
    "simfang",
    "msyh",
    "PingFang",
    "wqy",
    "Fandol",
    "FZ",
)

Answer = dict[str, Any]


@require_safe
@never_cache
@login_not_required
def shallow(request: HttpRequest) -> JsonResponse:
    """Answer that this process serves; touches nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def deep(request: HttpRequest) -> JsonResponse:
    """Answer for database, broker, heartbeat, disk and fonts; 503 when one of them is red."""
    checks = {name: check() for name, check in CHECKS.items()}
    well = all(answer["ok"] for answer in checks.values())
    return JsonResponse({"status": "ok" if well else "red", "checks": checks}, status=200 if well else 503)


def note_beat() -> None:
    """Remember that beat, broker and worker were alive just now."""
    cache.set(BEAT_KEY, time.time(), timeout=None)


def database() -> Answer:
    """Ask the database for nothing and measure how long that takes (milliseconds)."""
    start = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return {"ok": False, "problem": type(error).__name__}
    return {"ok": True, "vendor": connection.vendor, "ms": round((time.monotonic() - start) * 1000, 1)}


def broker() -> Answer:
    """Tell how long the oldest message has been waiting (file broker) or how many wait (Redis)."""
    if settings.FILE_BROKER:
        waiting = [path.stat().st_mtime for path in Path(settings.QUEUE_DIR, "messages").glob("*.msg") if path.exists()]
        age = round(time.time() - min(waiting), 1) if waiting else 0.0
        return {"ok": age <= MESSAGE_LATE_SECONDS, "waiting": len(waiting), "oldest_seconds": age}
    try:
        with app.connection_for_read() as link:
            link.ensure_connection(max_retries=1, timeout=1)
            return {"ok": True, "waiting": link.default_channel.client.llen("celery")}
    except Exception as error:  # noqa: BLE001 - kombu lets through whatever the transport below it raises
        return {"ok": False, "problem": type(error).__name__}


def heartbeat() -> Answer:
    """Tell the age of the last heartbeat that went from beat through the broker into a worker (seconds)."""
    try:
        last = cache.get(BEAT_KEY)
    except Exception as error:  # noqa: BLE001 - the cache of production is Redis: its errors are those of its client
        return {"ok": False, "problem": type(error).__name__}
    if last is None:
        return {"ok": False, "problem": "never"}
    age = round(time.time() - last, 1)
    return {"ok": age <= BEAT_LATE_SECONDS, "age_seconds": age}


def disk() -> Answer:
    """Tell the free space where evidence is kept (MiB)."""
    free = shutil.disk_usage(settings.DATA_DIR).free // 2**20
    return {"ok": free >= DISK_RESERVE_MIB, "free_mib": free}


@once
def fonts() -> Answer:
    """Tell whether a font with Chinese characters is installed: without one a printed page is empty boxes."""
    files = (path.name for folder in FONT_FOLDERS for path in Path(folder).rglob("*.*"))
    found = next((name for name in files if any(name.lower().startswith(known.lower()) for known in CJK_FONTS)), None)
    return {"ok": found is not None, "found": found}


CHECKS: dict[str, Callable[[], Answer]] = {
    "database": database,
    "broker": broker,
    "beat": heartbeat,
    "disk": disk,
    "fonts": fonts,
}
