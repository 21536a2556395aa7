"""What the audit compares: files with the digests of their upload, rows with what their record says (F22, R45)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from tasks import digests
from workflow import audit
from workflow.models import Event

Columns = tuple[str, ...]


def files_are_whole(
    kind: str, model: Any, columns: Columns, stream: str | None, *related: str
) -> Iterator[audit.Finding]:
    """Compare each file of a model, row and bytes, with the event ``kind`` of its upload.

    ``related`` is what a row must bring along to name its chain.
    """
    noun, rows = model._meta.model_name, model.objects.select_related(*related or (None,))
    kept = {row.pk: row for row in rows.iterator() if stream in (None, row.stream)}
    for event in Event.objects.filter(kind=kind, **_in(stream)).order_by("pk").iterator():
        row = kept.pop(event.subject_id, None)
        if row is None:
            yield audit.Finding(audit.MISSING, event.stream, event.seq, f"{noun} {event.subject_id} is gone")
        else:
            yield from _compare(event, row, columns)
    for row in kept.values():
        yield audit.Finding(audit.INSERTED, row.stream, row.pk, f"{noun} {row.pk} was never recorded")


def _compare(event: Event, row: Any, columns: Columns) -> Iterator[audit.Finding]:
    noun = row._meta.model_name
    if digests.of(row, columns) != digests.stated(event):
        yield audit.Finding(audit.ROW, event.stream, event.seq, f"{noun} {row.pk} was edited")
    if _digest(row) != event.detail["sha256"]:
        yield audit.Finding(
            audit.FILE, event.stream, event.seq, f"the bytes of {noun} {row.pk} do not fit their digest"
        )


def _digest(row: Any) -> str:
    try:
        with row.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "gone"


def rows_are_as_filed(
    kind: str, model: Any, columns: Columns, stream: str | None, key: Callable[[Event], int] | None = None
) -> Iterator[audit.Finding]:
    """Compare rows with the digest in the event ``kind`` of their filing; ``key`` finds the row, else the subject's."""
    rows = {row.pk: row for row in model.objects.iterator()}
    noun = model._meta.model_name
    for event in Event.objects.filter(kind=kind, **_in(stream)).order_by("pk").iterator():
        number = key(event) if key else event.subject_id
        row = rows.get(number)
        if row is None:
            yield audit.Finding(audit.MISSING, event.stream, event.seq, f"{noun} {number} is gone")
        elif digests.of(row, columns) != digests.stated(event):
            yield audit.Finding(audit.ROW, event.stream, event.seq, f"{noun} {row.pk} was edited")


def rows_stand_where_left(nouns: tuple[Any, ...], stream: str | None) -> Iterator[audit.Finding]:
    """Find rows without a chain, and those whose state no event led to."""
    for model in nouns:
        noun = str(model._meta.model_name)
        left = dict(
            Event.objects.filter(subject_type=noun, **_in(stream))
            .exclude(new_state="")
            .order_by("pk")
            .values_list("subject_id", "new_state")
        )
        for row in model.objects.only("pk", "state").order_by("pk").iterator():
            name = f"{noun}:{row.pk}"
            if stream and stream != name:
                continue
            if row.pk not in left:
                yield audit.Finding(audit.MISSING, name, 1, f"{noun} {row.pk} has no record")
            elif left[row.pk] != row.state:
                yield audit.Finding(
                    audit.ROW, name, 0, f"{noun} {row.pk} is {row.state}, its record says {left[row.pk]}"
                )


def _in(stream: str | None) -> dict[str, str]:
    return {"stream": stream} if stream else {}
