"""Triggers that keep rows as they were written, on both databases. Used by migrations and by the test runner.

What they stop and what not is in docs/operations.md: the owner of the database can always remove a trigger, therefore
``audit_verify`` exists. Source: reliability.md 4.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Guard:
    """A table whose rows may be inserted and read only.

    ``free`` columns may be set once, from null; ``words`` once, from the empty text.
    """

    table: str
    columns: tuple[str, ...]
    free: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()

    def install(self, schema_editor: Any) -> None:
        """Create the triggers for the vendor at hand."""
        for statement in self._statements(schema_editor.connection.vendor, create=True):
            schema_editor.execute(statement, params=None)

    def remove(self, schema_editor: Any) -> None:
        """Drop the triggers."""
        for statement in self._statements(schema_editor.connection.vendor, create=False):
            schema_editor.execute(statement, params=None)

    def _once(self) -> Iterable[tuple[str, str]]:
        """Yield each column that may be set once, and how one tells that it is."""
        for column in self.free:
            yield column, f'OLD."{column}" IS NOT NULL'
        for column in self.words:
            yield column, f"OLD.\"{column}\" <> ''"

    def _statements(self, vendor: str, *, create: bool) -> Iterable[str]:
        if vendor == "postgresql":
            return self._postgresql_create() if create else self._postgresql_drop()
        return self._sqlite_create() if create else self._sqlite_drop()

    def _sqlite_create(self) -> Iterable[str]:
        refuse = f"SELECT RAISE(ABORT, '{self.table} is append-only');"
        columns = ", ".join(f'"{c}"' for c in ("id", *self.columns))
        yield f'CREATE TRIGGER {self.table}_no_update BEFORE UPDATE OF {columns} ON "{self.table}" BEGIN {refuse} END'
        yield f'CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON "{self.table}" BEGIN {refuse} END'
        for column, is_set in self._once():
            yield (
                f'CREATE TRIGGER {self.table}_{column}_once BEFORE UPDATE OF "{column}" ON "{self.table}" '
                f"WHEN {is_set} BEGIN {refuse} END"
            )
        # INSERT OR REPLACE deletes without a delete trigger unless recursive_triggers is on; a foreign tool may not
        # have switched it on, hence the second guard.
        for number, group in enumerate((("id",), *self.unique)):
            same = " AND ".join(f'"{c}" = NEW."{c}"' for c in group)
            yield (
                f'CREATE TRIGGER {self.table}_no_replace_{number} BEFORE INSERT ON "{self.table}" '  # noqa: S608
                f'WHEN EXISTS (SELECT 1 FROM "{self.table}" WHERE {same}) BEGIN {refuse} END'
            )

    def _sqlite_drop(self) -> Iterable[str]:
        names = ["no_update", "no_delete", *(f"{column}_once" for column, _is_set in self._once())]
        names += [f"no_replace_{number}" for number in range(1 + len(self.unique))]
        return [f"DROP TRIGGER IF EXISTS {self.table}_{name}" for name in names]

    def _postgresql_create(self) -> Iterable[str]:
        function = f"{self.table}_is_append_only"
        yield (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.table} is append-only'; END $$"
        )
        columns = ", ".join(f'"{c}"' for c in ("id", *self.columns))
        rows = {
            "no_update": f"BEFORE UPDATE OF {columns} ON {self.table} FOR EACH ROW",
            "no_delete": f"BEFORE DELETE ON {self.table} FOR EACH ROW",
            "no_truncate": f"BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT",
        }
        for column, is_set in self._once():
            rows[f"{column}_once"] = f'BEFORE UPDATE OF "{column}" ON {self.table} FOR EACH ROW WHEN ({is_set})'
        for name, when in rows.items():
            yield f"CREATE TRIGGER {self.table}_{name} {when} EXECUTE FUNCTION {function}()"
            # ALWAYS: a superuser's session_replication_role=replica would silence an ordinary trigger.
            yield f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {self.table}_{name}"

    def _postgresql_drop(self) -> Iterable[str]:
        names = ["no_update", "no_delete", "no_truncate", *(f"{column}_once" for column, _is_set in self._once())]
        for name in names:
            yield f"DROP TRIGGER IF EXISTS {self.table}_{name} ON {self.table}"
        yield f"DROP FUNCTION IF EXISTS {self.table}_is_append_only()"


EVENT = Guard(
    table="workflow_event",
    columns=(
        "stream", "seq", "kind", "subject_type", "subject_id", "subject_label", "old_state", "new_state", "actor_id",
        "actor_name", "post_label", "unit_id", "unit_name", "behalf_id", "behalf_name", "at", "detail", "key",
        "request_id", "alg", "prev", "hash",
    ),
    free=("dispatched_at",),
    unique=(("stream", "seq"), ("key",)),
)  # fmt: skip
