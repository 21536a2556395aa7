"""What this machine offers to the tests: PostgreSQL, Redis, Chromium."""

import os
import shutil
import socket
from functools import cache
from urllib.parse import urlsplit


def answers(url: str, port: int) -> bool:
    """Say whether something listens at an address; waits 0.3 seconds at most."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or port), timeout=0.3):
            return True
    except OSError:
        return False


@cache
def database_url() -> str | None:
    """Return the address of a PostgreSQL where tests may make a database, or None."""
    url = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    return url if answers(url, 5432) else None


@cache
def redis_url() -> str | None:
    """Return the address of a Redis for tests, or None."""
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
    return url if answers(url, 6379) else None


@cache
def chromium() -> str | None:
    """Return the path of the system's Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)
