"""The record and the evidence stay as written: the database itself refuses, on both vendors (reliability.md 4.3)."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tasks.models import Evidence, Reading
from tasks.operations import evidence, readings
from tasks.triggers import EVIDENCE, READING
from tests.factories import tasks as make
from workflow.models import Event
from workflow.triggers import EVENT

GUARDS = (EVENT, EVIDENCE, READING)
OTHER = {
    "id": "77", "stream": "'task:0'", "seq": "77", "subject_id": "77", "actor_id": "NULL", "behalf_id": "77",
    "unit_id": "77",
    "detail": "'{}'", "at": "'2020-01-01 00:00:00+00:00'", "key": "'k'", "size": "1",
    "uploaded_at": "'2020-01-01 00:00:00+00:00'",
    "task_id": "0", "report_id": "0", "department_id": "0", "uploaded_by_id": "0", "closure_id": "0",
    "reader_id": "0", "read_at": "'2020-01-01 00:00:00+00:00'", "by_closing": "true", "evidence_on": "'2020-01-01'",
}  # fmt: skip


@pytest.fixture
def proof(db):
    who = make.cast()
    readings.read(make.in_review(who, of=make.instruction(who)), by=who.leader)
    return evidence.add(make.active(who), by=who.handler, file=make.upload(), evidence_on=timezone.localdate())


def refused(sql):
    """Run the statement; it must fail for the guard's reason and change nothing."""
    before = {model: list(model.objects.order_by("pk").values()) for model in (Event, Evidence, Reading)}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert {model: list(model.objects.order_by("pk").values()) for model in (Event, Evidence, Reading)} == before


def test_no_column_of_a_written_row_can_be_changed(proof):
    for guard in GUARDS:
        for column in ("id", *guard.columns):
            value = OTHER.get(column, "'x'")
            refused(f'UPDATE {guard.table} SET "{column}" = {value}')


def test_the_guards_name_every_column_of_their_tables(db):
    for guard in GUARDS:
        with connection.cursor() as cursor:
            columns = {c.name for c in connection.introspection.get_table_description(cursor, guard.table)}

        assert columns == {"id", *guard.columns, *guard.free}


def test_no_row_can_be_deleted_nor_a_table_emptied(proof):
    connection.check_constraints()
    for guard in GUARDS:
        refused(f"DELETE FROM {guard.table}")
        if connection.vendor == "postgresql":
            refused(f"TRUNCATE {guard.table} CASCADE")


def test_an_insert_that_would_update_or_replace_is_refused(proof):
    for guard in GUARDS:
        refused(
            f"INSERT INTO {guard.table} SELECT * FROM {guard.table} WHERE true "
            f"ON CONFLICT (id) DO UPDATE SET {guard.columns[0]} = 'forged'"
        )
        if connection.vendor == "sqlite":
            refused(f"INSERT OR REPLACE INTO {guard.table} SELECT * FROM {guard.table}")


@pytest.mark.django_db(transaction=True)
def test_a_foreign_tool_without_our_pragma_cannot_replace_either():
    if connection.vendor != "sqlite":
        pytest.skip("a raw file connection is SQLite's own")
    who = make.cast()
    make.assigned(who)
    event = Event.objects.last()
    raw = sqlite3.connect(connection.settings_dict["NAME"])
    assert raw.execute("PRAGMA recursive_triggers").fetchone() == (0,)

    for column, value in (("id", event.pk), ("stream", event.stream)):
        fresh_id = f"{event.pk + 100} AS id" if column == "stream" else "id"
        columns = {c: f'"{c}"' for c in ("id", *EVENT.columns, *EVENT.free)}
        chosen = columns | {"id": fresh_id, "kind": "'forged'"}
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(
                f"INSERT OR REPLACE INTO workflow_event ({', '.join(columns.values())}) "
                f'SELECT {", ".join(chosen.values())} FROM workflow_event WHERE "{column}" = ? LIMIT 1',
                [value],
            )
    raw.close()

    assert not Event.objects.filter(kind="forged").exists()


def test_the_mark_of_delivery_is_set_once(proof):
    event = Event.objects.last()
    now = timezone.now()

    assert Event.objects.filter(pk=event.pk, dispatched_at=None).update(dispatched_at=now) == 1

    for value in ("NULL", "'2020-01-01 00:00:00+00:00'"):
        refused(f"UPDATE workflow_event SET dispatched_at = {value} WHERE id = {event.pk}")
    assert Event.objects.get(pk=event.pk).dispatched_at == now


@pytest.mark.postgresql
def test_a_superuser_who_plays_replica_does_not_silence_the_guards(proof):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")

    for guard in GUARDS:
        refused(f"UPDATE {guard.table} SET {guard.columns[0]} = 'x'")
        refused(f"DELETE FROM {guard.table}")
        refused(f"TRUNCATE {guard.table} CASCADE")


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_the_tests_emptied_the_tables():
    make.cast()
    call_command("flush", verbosity=0, interactive=False)
    who = make.cast()
    make.assigned(who)

    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.all().delete()
