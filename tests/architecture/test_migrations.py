"""The tables are what the models say, each room has one way forward, and the guards stand at its end."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.source import ROOMS


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_room_has_one_last_migration_and_each_step_can_be_taken_back(db):
    loader = MigrationLoader(connection)

    assert loader.detect_conflicts() == {}
    for (room, name), migration in loader.disk_migrations.items():
        if room in ROOMS and name != "0001_initial":
            assert all(operation.reversible for operation in migration.operations), f"{room}.{name}"


def test_the_guards_of_the_record_stand_after_all_migrations(vendor):
    """SQLite rebuilds a table for many changes and loses its triggers: a later migration must put them back."""
    if vendor == "sqlite":
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    with connection.cursor() as cursor:
        cursor.execute(question)
        standing = {row[0] for row in cursor.fetchall()}

    for table in ("workflow_event", "tasks_evidence", "tasks_reading"):
        assert {f"{table}_no_update", f"{table}_no_delete"} <= standing
    assert "workflow_event_dispatched_at_once" in standing
    more = {"sqlite": "no_replace_0", "postgresql": "no_truncate"}[vendor]
    assert {f"workflow_event_{more}", f"tasks_evidence_{more}", f"tasks_reading_{more}"} <= standing


@pytest.mark.parametrize("table", ["workflow_event", "tasks_evidence", "tasks_reading"])
def test_the_guards_can_be_taken_back_and_put_up_again(db, table):
    from tasks.triggers import EVIDENCE, READING
    from workflow.triggers import EVENT

    guard = {"workflow_event": EVENT, "tasks_evidence": EVIDENCE, "tasks_reading": READING}[table]
    with connection.cursor() as cursor:
        hand = type("Hand", (), {"connection": connection, "execute": staticmethod(cursor.execute)})
        guard.remove(hand)
        guard.remove(hand)
        guard.install(hand)
