"""A question asked with every request is put into SQL once; afterwards only its values change.

Django builds and compiles a query anew each time it is asked. For one with many joins that takes ten times as long as
the database takes to answer it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import ModelIterable
from django.utils.functional import cached_property


def one(rows: QuerySet[Any], pk: Any) -> Any:
    """Return the row with this key, or None. One row needs no order, which costs more to compile than to sort."""
    return next(iter(rows.filter(pk=pk).order_by()[:1]), None)


class Slot(Expression):
    """The place of a value that is told when the question is asked; ``field`` says how the database writes it."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Stand in the statement as a parameter that is still open."""
        return "%s", [self]

    def written(self, value: Any, connection: Any) -> Any:
        """Return a value as this database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class Prepared:
    """One question about rows of a model, with slots where it differs from one asking to the next.

    ``ask`` builds it, at its first use. It must not depend on the moment, on who asks or on the language.
    """

    def __init__(self, ask: Callable[[], QuerySet[Any]]) -> None:
        self.ask = ask

    def rows(self, **values: Any) -> list[Any]:
        """Return the rows, as the question's own queryset would. KeyError for a slot without a value."""
        compiler, sql, parameters = self._in_sql
        connection = connections[DEFAULT_DB_ALIAS]
        filled = tuple(p.written(values[p.name], connection) if isinstance(p, Slot) else p for p in parameters)
        answering = copy.copy(compiler)  # whoever asks at the same time has one of his own
        answering.connection = connection
        answering.as_sql = lambda: (sql, filled)
        # What Django's own iteration over rows asks of a queryset.
        query = SimpleNamespace(get_compiler=lambda using: answering)
        question: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(question))

    @cached_property
    def _in_sql(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self.ask().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return compiler, sql, tuple(parameters)


def moment(name: str) -> Any:
    """Return a slot for a moment."""
    return Slot(name, models.DateTimeField())


def day(name: str) -> Any:
    """Return a slot for a day."""
    return Slot(name, models.DateField())


def text(name: str) -> Any:
    """Return a slot for a text."""
    return Slot(name, models.CharField())
