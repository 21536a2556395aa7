"""What the audit checks: what was sent and issued reads as its events say (R45)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from supervision import figures
from supervision.models import Bulletin, Notice
from supervision.operations import bulletins, notices
from tasks import checks
from workflow import audit
from workflow.models import Event


@audit.register_checker
def bulletins_read_as_issued(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each bulletin's figures with the digest of their last taking, and its words with those issued."""
    taken = _last(stream, "bulletin.draft", "bulletin.freeze")
    issued = _last(stream, "bulletin.approve")
    for row in Bulletin.objects.order_by("pk").iterator():
        yield from _compare(row, taken, "sha256", lambda bulletin: figures.digest(bulletin.snapshot), "figures")
        yield from _compare(row, issued, "text", bulletins.text_digest, "words")


@audit.register_checker
def notices_read_as_sent(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each notice that was sent with the digest in the event of its sending."""
    sent = _last(stream, "notice.issue", "notice.approve")
    for row in Notice.objects.order_by("pk").iterator():
        yield from _compare(row, sent, "words", notices.digest_of, "words")


@audit.register_checker
def papers_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find notices and bulletins without a chain, and those whose state no event led to."""
    yield from checks.rows_stand_where_left((Notice, Bulletin), stream)


def _last(stream: str | None, *kinds: str) -> dict[int, Event]:
    """Return the last event of these kinds by its subject, of one stream or of all."""
    events = Event.objects.filter(kind__in=kinds, **({"stream": stream} if stream else {}))
    return {event.subject_id: event for event in events.order_by("pk").iterator()}


def _compare(
    row: Any, events: dict[int, Event], name: str, digest: Callable[[Any], str], what: str
) -> Iterator[audit.Finding]:
    event = events.get(row.pk)
    if event is not None and event.detail.get(name) != digest(row):
        noun = row._meta.model_name
        yield audit.Finding(audit.ROW, event.stream, event.seq, f"the {what} of {noun} {row.pk} were edited")
