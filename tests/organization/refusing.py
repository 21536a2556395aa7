"""A refusal is asserted three ways: the error, the untouched row, the absent event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import models

from workflow.models import Event
from workflow.refusal import Refusal


@contextmanager
def refused(code: str, *rows: models.Model, kind: type[Refusal] = Refusal) -> Iterator[Any]:
    """Expect a refusal of ``code``: ``rows`` and the number of their kind stay as they are, no event is written."""
    before = [_stored(row) for row in rows]
    tables = {type(row): type(row)._default_manager.count() for row in rows}
    events = Event.objects.count()
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.code == code
    assert str(caught.value.message)
    assert [_stored(row) for row in rows] == before
    assert {table: table._default_manager.count() for table in tables} == tables
    assert Event.objects.count() == events


def _stored(row: models.Model) -> dict[str, Any]:
    return type(row)._default_manager.filter(pk=row.pk).values().get()
