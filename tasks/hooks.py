"""What this room hangs onto others: duties that follow a reorganisation, digests that the audit checks, woken jobs."""

from __future__ import annotations

from collections.abc import Iterator

from organization import successions
from tasks import checks, digests, jobs  # noqa: F401  (listens for what waits for a job)
from tasks.models import Breakdown, Closure, Directive, Evidence, Reading, Report, Task
from tasks.operations import transfers
from workflow import audit
from workflow.models import Event

successions.register(transfers.follow)
successions.register_probe(transfers.open_duties)


@audit.register_checker
def evidence_is_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each piece of evidence, row and bytes, with the event of its upload (F22, R45)."""
    yield from checks.files_are_whole("evidence.add", Evidence, digests.EVIDENCE, stream)


@audit.register_checker
def papers_are_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each paper that was taken apart, row, text and bytes, with the event of its handing in (F22, R45)."""
    yield from checks.files_are_whole("breakdown.create", Breakdown, digests.PAPER, stream)


@audit.register_checker
def words_are_as_filed(stream: str | None) -> Iterator[audit.Finding]:
    """Compare what units reported and claimed, and what leaders read, with the digests in the events of it."""
    yield from checks.rows_are_as_filed("report.file", Report, digests.REPORT, stream)
    yield from checks.rows_are_as_filed("task.claim", Closure, digests.CLOSURE, stream, _closure_of)
    yield from checks.rows_are_as_filed("reading.create", Reading, digests.READING, stream)


def _closure_of(event: Event) -> int:
    return int(event.detail["closure"])


@audit.register_checker
def rows_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find tasks, directives and breakdowns without a chain, and those whose state no event led to."""
    yield from checks.rows_stand_where_left((Task, Directive, Breakdown), stream)
