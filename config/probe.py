"""The health checks of the containers: ``python -m config.probe web|beat``; exit code 0 means well."""

import os
import sys
import urllib.request


def web() -> bool:
    """Ask the web server of this container, under a name that it accepts."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
    request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=3) as answer:
        return bool(answer.status == 200)


def beat() -> bool:
    """Ask whether a heartbeat went from beat through the broker into a worker lately."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from config.health import heartbeat

    return bool(heartbeat()["ok"])


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "beat": beat}[sys.argv[1]]() else 1)
