"""The health pages: cheap and deep."""

import os
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from config import health, jobs


def test_the_cheap_page_asks_no_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_deep_page_is_green_after_a_heartbeat(client, db, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "fonts", lambda: {"ok": True})
    jobs.beat()

    answer = client.get("/healthz/deep")

    assert answer.status_code == 200
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == dict.fromkeys(
        ("database", "broker", "beat", "disk", "fonts"), True
    )


def test_the_deep_page_is_red_without_a_heartbeat(client, db):
    answer = client.get("/healthz/deep")

    assert (answer.status_code, answer.json()["status"]) == (503, "red")
    assert answer.json()["checks"]["beat"] == {"ok": False, "problem": "never"}


def test_an_old_heartbeat_is_red(db):
    cache.set(health.BEAT_KEY, time.time() - 121)

    assert health.heartbeat()["ok"] is False


@pytest.fixture
def queue(settings, tmp_path):
    settings.FILE_BROKER, settings.QUEUE_DIR = True, tmp_path
    for name in ("messages", "processed"):
        (tmp_path / name).mkdir()
    return tmp_path


def age(path: Path, seconds: int) -> Path:
    """Leave a message that is so old."""
    path.write_text("{}")
    os.utime(path, (time.time() - seconds, time.time() - seconds))
    return path


def test_a_message_that_nobody_fetches_is_red(queue):
    age(queue / "messages" / "1.celery.msg", 10)
    age(queue / "messages" / "2.celery.msg", 121)

    answer = health.broker()

    assert (answer["ok"], answer["waiting"], answer["oldest_seconds"] >= 121) == (False, 2, True)


def test_what_the_worker_took_is_swept_away_after_an_hour(queue):
    old, young = age(queue / "processed" / "1.msg", 3700), age(queue / "processed" / "2.msg", 60)

    assert [jobs.clear_queue_leftovers(), jobs.clear_queue_leftovers()] == [1, 0]
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.services
def test_redis_as_broker_tells_how_many_wait(settings, services):
    settings.FILE_BROKER = False
    health.app.conf.broker_url, before = services, health.app.conf.broker_url
    try:
        answer = health.broker()
    finally:
        health.app.conf.broker_url = before

    assert answer["ok"] is True
    assert answer["waiting"] >= 0


def test_a_dead_redis_is_red_and_quick(settings):
    settings.FILE_BROKER = False
    health.app.conf.broker_url, before = "redis://127.0.0.1:1/0", health.app.conf.broker_url
    start = time.monotonic()
    try:
        answer = health.broker()
    finally:
        health.app.conf.broker_url = before

    assert answer["ok"] is False
    assert time.monotonic() - start < 5


def test_a_database_that_does_not_answer_is_red(monkeypatch, db):
    def broken():
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(health.connection, "cursor", broken)
        answer = health.database()

    assert answer == {"ok": False, "problem": "DatabaseError"}


def test_a_full_disk_is_red(monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 511 * 2**20}))

    assert health.disk() == {"ok": False, "free_mib": 511}


def test_a_machine_without_chinese_fonts_is_red(monkeypatch, tmp_path):
    (tmp_path / "DejaVuSans.ttf").touch()
    monkeypatch.setattr(health, "FONT_FOLDERS", (str(tmp_path),))

    assert health.fonts.__wrapped__() == {"ok": False, "found": None}


def test_both_pages_are_open_to_monitors_and_never_cached(client, db):
    for path in ("/healthz", "/healthz/deep"):
        assert "no-store" in client.get(path)["Cache-Control"]
