"""What this room hangs onto others: duties that follow a reorganisation, digests that the audit checks, woken jobs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from organization import successions
from tasks import digests, jobs  # noqa: F401  (listens for what waits for a job)
from tasks.models import Closure, Directive, Evidence, Report, Task
from tasks.operations import transfers
from workflow import audit
from workflow.models import Event

successions.register(transfers.follow)
successions.register_probe(transfers.open_duties)


@audit.register_checker
def evidence_is_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each piece of evidence, row and bytes, with the event of its upload (F22, R45)."""
    uploads = Event.objects.filter(kind="evidence.add").order_by("pk")
    rows = Evidence.objects.all()
    if stream:
        uploads = uploads.filter(stream=stream)
        rows = rows.filter(task_id=int(stream.partition(":")[2])) if stream.startswith("task:") else rows.none()
    kept = {row.pk: row for row in rows.iterator()}
    for event in uploads.iterator():
        row = kept.pop(event.subject_id, None)
        if row is None:
            yield audit.Finding(audit.MISSING, event.stream, event.seq, f"evidence {event.subject_id} is gone")
        else:
            yield from _compare(event, row)
    for row in kept.values():
        yield audit.Finding(audit.INSERTED, row.stream, row.pk, f"evidence {row.pk} was never recorded")


def _compare(event: Event, row: Evidence) -> Iterator[audit.Finding]:
    if digests.of(row, digests.EVIDENCE) != digests.stated(event):
        yield audit.Finding(audit.ROW, event.stream, event.seq, f"evidence {row.pk} was edited")
    if _digest(row) != event.detail["sha256"]:
        yield audit.Finding(
            audit.FILE, event.stream, event.seq, f"the bytes of evidence {row.pk} do not fit their digest"
        )


def _digest(row: Evidence) -> str:
    try:
        with row.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "gone"


@audit.register_checker
def words_are_as_filed(stream: str | None) -> Iterator[audit.Finding]:
    """Compare what units reported and claimed with the digests in the events of their filing."""
    reports = Event.objects.filter(kind="report.file", **_in(stream))
    yield from _same(reports, Report, digests.REPORT, lambda event: event.subject_id)
    claims = Event.objects.filter(kind="task.claim", **_in(stream))
    yield from _same(claims, Closure, digests.CLOSURE, lambda event: event.detail["closure"])


def _in(stream: str | None) -> dict[str, str]:
    return {"stream": stream} if stream else {}


def _same(events: Any, model: Any, columns: tuple[str, ...], key: Callable[[Event], int]) -> Iterator[audit.Finding]:
    rows = {row.pk: row for row in model.objects.iterator()}
    noun = model._meta.model_name
    for event in events.order_by("pk").iterator():
        row = rows.get(key(event))
        if row is None:
            yield audit.Finding(audit.MISSING, event.stream, event.seq, f"{noun} {key(event)} is gone")
        elif digests.of(row, columns) != digests.stated(event):
            yield audit.Finding(audit.ROW, event.stream, event.seq, f"{noun} {row.pk} was edited")


@audit.register_checker
def rows_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find tasks and directives without a chain, and those whose state no event led to."""
    for model in (Task, Directive):
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
