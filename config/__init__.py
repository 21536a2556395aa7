"""Wiring: settings, addresses, schedule. The only room that knows all others."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
