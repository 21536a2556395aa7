"""Verification of the record: every chain is walked, every finding names its row. Source: R45, G14."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from workflow import forensics
from workflow.forensics import EDITED, HEAD, INSERTED, MISSING, REORDERED, Finding
from workflow.models import Event, Head

__all__ = ["EDITED", "FILE", "HEAD", "INSERTED", "MISSING", "REORDERED", "ROW", "Finding", "register_checker", "verify"]

FILE: Final = "file"
ROW: Final = "row"

Checker = Callable[[str | None], Iterator[Finding]]
_checkers: list[Checker] = []


def register_checker(checker: Checker) -> Checker:
    """Let an upper room add its own check (files against digests); it is given the stream, or None for all."""
    if checker not in _checkers:
        _checkers.append(checker)
    return checker


def verify(stream: str | None = None) -> Iterator[Finding]:
    """Yield everything that is wrong in ``stream``, or anywhere; nothing when the record is whole."""
    heads = dict(_heads(stream))
    walked: set[str] = set()
    try:
        for name, rows in _grouped(_events(stream).iterator(chunk_size=2000)):
            walked.add(name)
            if not forensics.holds(rows, heads.get(name)):
                yield from forensics.explain(name, rows, heads.get(name))
    except UNREADABLE:
        # A forged value that Django cannot even read stopped the walk: what is left is read row by row.
        yield from _read_one_by_one(stream, walked, heads)
    for name in sorted(set(heads) - walked):
        yield Finding(MISSING, name, 1, "the chain has an end but no events")
    for checker in _checkers:
        yield from checker(stream)


UNREADABLE = (ValueError, TypeError, AttributeError)


def _events(stream: str | None) -> Any:
    events = Event.objects.order_by("stream", "seq", "pk")
    return events.filter(stream=stream) if stream else events


def _heads(stream: str | None) -> Iterator[tuple[str, tuple[int, str]]]:
    heads = Head.objects.filter(stream=stream) if stream else Head.objects.all()
    for head in heads.iterator():
        yield head.stream, (head.seq, head.hash)


def _grouped(events: Iterator[Event]) -> Iterator[tuple[str, list[Event]]]:
    rows: list[Event] = []
    for event in events:
        if rows and rows[0].stream != event.stream:
            yield rows[0].stream, rows
            rows = []
        rows.append(event)
    if rows:
        yield rows[0].stream, rows


def _read_one_by_one(stream: str | None, walked: set[str], heads: dict[str, tuple[int, str]]) -> Iterator[Finding]:
    for name in _events(stream).values_list("stream", flat=True).distinct():
        if name in walked:
            continue
        walked.add(name)
        rows, unreadable = [], []
        for pk, number in _events(name).values_list("pk", "seq"):
            try:
                rows.append(Event.objects.get(pk=pk))
            except UNREADABLE:
                place = number if isinstance(number, int) else 0
                unreadable.append(Finding(EDITED, name, place, f"event id {pk} cannot be read any more"))
        yield from unreadable
        if not unreadable and forensics.holds(rows, heads.get(name)):
            continue
        places = {finding.place for finding in unreadable}
        yield from (f for f in forensics.explain(name, rows, heads.get(name)) if f.place not in places)
