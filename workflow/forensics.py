"""What was done to a chain that does not hold: which row was edited, is missing, was inserted or moved. Pure.

A row's hash covers its content, its number and the hash before it. The chain is walked by these links; a row that fits
at another number was moved, one that fits nowhere was edited, a number that no row fits is missing, and what is left
over was inserted. Source: reliability.md 4.5, G14.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from workflow import chain

EDITED: Final = "edited"
MISSING: Final = "missing"
INSERTED: Final = "inserted"
REORDERED: Final = "reordered"
HEAD: Final = "head"

NEAR: Final = 64
"""How far from its number a row is looked for; a chain is a task's life, so this is nearly everywhere."""


@dataclass(frozen=True)
class Finding:
    """What is wrong (``kind``), in which chain, at which place, in words."""

    kind: str
    stream: str
    place: int
    words: str

    def __str__(self) -> str:
        return f"{self.kind}  {self.stream} #{self.place}  {self.words}"


def holds(rows: list[Any], head: tuple[int, str] | None) -> bool:
    """Tell whether the rows, in the order of their numbers, are the chain that ``head`` (number, hash) ends."""
    before, last_pk = chain.GENESIS, 0
    for number, row in enumerate(rows, start=1):
        if row.seq != number or row.prev != before or row.pk <= last_pk or _digest(row) != row.hash:
            return False
        before, last_pk = row.hash, row.pk
    return head == (len(rows), before)


def explain(stream: str, rows: list[Any], head: tuple[int, str] | None) -> Iterator[Finding]:
    """Yield what is wrong with a chain that does not hold, place by place."""
    yield from _Walk(stream, rows, head).findings()


def _digest(row: Any, number: Any = None, prev: str | None = None) -> str:
    """Return the hash that the row would have at another number and link; "" for content that nobody here wrote."""
    kept = row.seq, row.prev
    row.seq, row.prev = number or row.seq, prev or row.prev
    try:
        return chain.digest(row)
    except (TypeError, ValueError, KeyError, AttributeError):
        return ""
    finally:
        row.seq, row.prev = kept


class _Walk:
    """One walk along a chain, from its beginning to its recorded end."""

    def __init__(self, stream: str, rows: list[Any], head: tuple[int, str] | None) -> None:
        self.stream, self.rows, self.head = stream, rows, head
        self.left: dict[int, Any] = {row.pk: row for row in rows}
        self.placed: dict[int, Any] = {}
        self.bad: dict[int, tuple[str, str]] = {}
        self.lost: list[int] = []

    def findings(self) -> Iterator[Finding]:
        """Walk, and tell what was met in the order of the places."""
        end, wrong_end = self._end()
        before: str | None = chain.GENESIS
        for number in range(1, end + 1):
            before = self._step(number, before)
        told = [(number, *what) for number, what in self.bad.items()]
        told += self._gaps() + self._surplus() + self._moved()
        if wrong_end or self._end_disowned(end):
            told.append((end, HEAD, "the recorded end does not fit the last event"))
        for place, kind, words in sorted(told):
            yield Finding(kind, self.stream, place, words)

    # ------------------------------------------------------------------ where the chain ends

    def _end(self) -> tuple[int, bool]:
        """Return the number of the last event, and whether the recorded end is wrong about it."""
        if self.head is None:
            numbers = [row.seq for row in self.rows if isinstance(row.seq, int) and row.seq <= len(self.rows) + NEAR]
            return max(numbers, default=0), True
        number, digest = self.head
        owner = next((row for row in self.rows if row.hash == digest), None)
        if owner is None or owner.seq == number or _digest(owner, number) == digest or _digest(owner) != digest:
            return number, False
        return owner.seq, True

    def _end_disowned(self, end: int) -> bool:
        """Tell whether the last event is sound and yet not the one that the recorded end names."""
        last = self.placed.get(end)
        return last is not None and end not in self.bad and self.head is not None and self.head[1] != last.hash

    # ------------------------------------------------------------------ one place

    def _step(self, number: int, before: str | None) -> str | None:
        """Place the row of this number; return the hash that the next one must link to (None: any)."""
        row = self._fitting(number, before)
        if row is not None:
            return self._place(number, row)
        row = self._claiming(number, before)
        if row is None:
            self.lost.append(number)
            return None
        if _digest(row) == row.hash:
            return self._break(number, row)
        swapped = self._is_anothers(row)
        what = "bears the content of another event" if swapped else "does not fit its hash"
        self.bad[number] = (REORDERED if swapped else EDITED, f"event id {row.pk} ({row.kind}) {what}")
        digest = self._place(number, row)
        return digest if self._is_linked(digest) else None

    def _place(self, number: int, row: Any) -> str:
        self.placed[number] = self.left.pop(row.pk)
        return str(row.hash)

    def _near(self, number: int) -> list[Any]:
        """Return the rows that are not placed and claim a number near this one, the very number first."""
        rows = [row for row in self.left.values() if isinstance(row.seq, int) and abs(row.seq - number) <= NEAR]
        strays = [row for row in self.left.values() if not isinstance(row.seq, int) or row.seq > len(self.rows) + NEAR]
        return sorted(rows, key=lambda row: (abs(row.seq - number), row.seq)) + strays

    def _fitting(self, number: int, before: str | None) -> Any:
        """Return the row whose hash says that it belongs here; of several, the one to which others are linked."""
        fit = [
            row
            for row in self._near(number)
            if (before is None or row.prev == before) and _digest(row, number) == row.hash
        ]
        return max(fit, key=lambda row: self._is_linked(row.hash), default=None)

    def _claiming(self, number: int, before: str | None) -> Any:
        """Return the row that stands here though it does not fit; one that fits elsewhere is not of here."""
        linked = [row for row in self.left.values() if row.prev == before and not self._belongs_elsewhere(row, number)]
        here = [row for row in self.left.values() if row.seq == number and not self._belongs_elsewhere(row, number)]
        return next(iter([row for row in linked if row in here] or here or linked), None)

    def _belongs_elsewhere(self, row: Any, number: int) -> bool:
        places = range(max(1, number - NEAR), number + NEAR + 1)
        return any(place != number and _digest(row, place) == row.hash for place in places)

    def _break(self, number: int, row: Any) -> str:
        """A row in itself sound does not link to the one before: the one nobody else links to was written anew."""
        culprit = number - 1 if self._is_linked(row.hash) and number - 1 in self.placed else number
        if culprit not in self.bad and number - 1 not in self.lost:
            event = self.placed[culprit] if culprit != number else row
            self.bad[culprit] = (
                EDITED,
                f"event id {event.pk} ({event.kind}) was written anew: its neighbour disowns it",
            )
        return self._place(number, row)

    def _is_linked(self, digest: str) -> bool:
        """Tell whether another row, or the recorded end, links to this hash."""
        return any(row.prev == digest for row in self.rows) or (self.head is not None and self.head[1] == digest)

    def _is_anothers(self, row: Any) -> bool:
        """Tell whether the row's content belongs to another place that does not fit either: the two were exchanged."""
        return any(
            _digest(row, other.seq, other.prev) in (other.hash, row.hash)
            for other in self.rows
            if other is not row and _digest(other) != other.hash and isinstance(other.seq, int)
        )

    # ------------------------------------------------------------------ what is told

    def _gaps(self) -> list[tuple[int, str, str]]:
        told: list[tuple[int, str, str]] = []
        for number in self.lost:
            if number - 1 in self.lost:
                continue
            last = number
            while last + 1 in self.lost:
                last += 1
            told.append(
                (number, MISSING, f"event {number} is gone" if last == number else f"{number} to {last} are gone")
            )
        return told

    def _surplus(self) -> list[tuple[int, str, str]]:
        return [
            (row.seq if isinstance(row.seq, int) else 0, INSERTED, f"event id {row.pk} ({row.kind}) has no place here")
            for row in self.left.values()
        ]

    def _moved(self) -> list[tuple[int, str, str]]:
        """Rows with another number than their own, or a key out of turn, unless others' coming or going explains it."""
        out_of_turn = self._out_of_turn()
        return [
            (number, REORDERED, f"event id {row.pk} ({row.kind}) was moved, it now stands at {row.seq}")
            for number, row in self.placed.items()
            if number not in self.bad and (number in out_of_turn or row.seq not in self._explained(number, row))
        ]

    def _out_of_turn(self) -> set[int]:
        """Return the numbers of rows whose keys do not grow with the chain: all but a longest growing row of keys."""
        numbers = sorted(self.placed)
        ends: list[int] = []  # the smallest key that ends a growing row of each length
        length: dict[int, int] = {}
        for number in numbers:
            pk = self.placed[number].pk
            at = bisect_left(ends, pk)
            ends[at : at + 1] = [pk]
            length[number] = at + 1
        wanted = len(ends)
        for number in reversed(numbers):
            if length[number] == wanted:
                wanted -= 1
                del length[number]
        return set(length)

    def _explained(self, number: int, row: Any) -> set[int]:
        if not isinstance(row.seq, int):
            return set()
        gone = sum(lost < number for lost in self.lost)
        come = sum(isinstance(new.seq, int) and new.seq <= row.seq for new in self.left.values())
        return {number, number - gone, number + come, number - gone + come}
