"""Chains for the tests of the record, and the hand of an owner of the database who has put the guards away."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection

from tests.factories import organization as make
from tests.guards import GUARDS
from workflow.models import Event, Head
from workflow.record import record
from workflow.triggers import EVENT

COLUMNS = ("id", *EVENT.columns, *EVENT.free)


def chain(stream: str = "probe:1", length: int = 6) -> list[Event]:
    """Return the events of a new chain about some unit."""
    unit = make.department()
    return [record(f"probe.deed{n}", unit, None, stream=stream, detail={"n": n}) for n in range(1, length + 1)]


@contextmanager
def unguarded() -> Iterator[Any]:
    """Give a cursor while the append-only triggers are away, as an owner of the database could."""
    with connection.cursor() as cursor:
        hand = SimpleNamespace(connection=connection, execute=cursor.execute)
        connection.check_constraints()
        for guard in GUARDS:
            guard.remove(hand)
        yield cursor
        connection.check_constraints()
        for guard in GUARDS:
            guard.install(hand)


def set_(cursor: Any, table: str, pk: int, **values: Any) -> None:
    """Overwrite columns of one row."""
    names = ", ".join(f'"{name}" = %s' for name in values)
    cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = %s', [*values.values(), pk])


def renumber(cursor: Any, stream: str, first: int, by: int) -> None:
    """Shift the numbers of a chain from ``first`` on; far away and back, for each number may stand but once."""
    for shift in (10_000, by - 10_000):
        floor = first if shift > 0 else first + 10_000
        cursor.execute(
            "UPDATE workflow_event SET seq = seq + %s WHERE stream = %s AND seq >= %s", [shift, stream, floor]
        )


def forge(cursor: Any, event: Event, **values: Any) -> int:
    """Insert a row like ``event`` but for ``values``; returns its key."""
    pk = Event.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    chosen = ", ".join("%s" if name in values or name == "id" else f'"{name}"' for name in COLUMNS)
    filled = [pk if name == "id" else values[name] for name in COLUMNS if name in values or name == "id"]
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    cursor.execute(
        f"INSERT INTO workflow_event ({names}) SELECT {chosen} FROM workflow_event WHERE id = %s",
        [*filled, event.pk],
    )
    return pk


def set_head(stream: str, **values: Any) -> None:
    """Overwrite the recorded end of a chain."""
    Head.objects.filter(stream=stream).update(**values)
