"""What upper rooms add to the desk, to the overdue board and to a directive: what waits, what is late, their pages.

A room registers its shelves when the house starts. All of them are counted by one statement on each page, and each
count leads to exactly the rows that it counts, which stand on the room's own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from workflow.lifecycle import Text

Rows = Callable[[Any], QuerySet[Any]]
UNIT = ("shelf", "unit", "unit_name", "unit_path")


@dataclass(frozen=True)
class Shelf:
    """One kind of thing: ``rows`` are those that the user sees and that count here, ``url`` is where they stand.

    On the board each row says its ``unit``, ``unit_name`` and ``unit_path``, and ``url`` takes ``unit`` or ``within``.
    """

    key: str
    label: Text
    icon: str
    rows: Rows
    url: Callable[..., str]


@dataclass(frozen=True)
class Counted:
    """A shelf with the number of its rows, for one unit or for all."""

    shelf: Shelf
    n: int
    url: str
    unit_name: str = ""


@dataclass(frozen=True)
class Way:
    """A page of an upper room about one directive; ``name`` is the name of its address, which takes the key."""

    name: str
    label: Text
    icon: str


_ways: list[Way] = []
_waiting: list[Shelf] = []
_late: list[Shelf] = []


def register_way(way: Way) -> Way:
    """Lead from the page of a directive to another about it."""
    if way not in _ways:
        _ways.append(way)
    return way


def ways() -> tuple[Way, ...]:
    """Return where the page of a directive leads."""
    return tuple(_ways)


def register_waiting(shelf: Shelf) -> Shelf:
    """Show on the desk how many of these wait for the person."""
    if shelf not in _waiting:
        _waiting.append(shelf)
    return shelf


def register_late(shelf: Shelf) -> Shelf:
    """Show on the overdue board how many of these are late, by unit."""
    if shelf not in _late:
        _late.append(shelf)
    return shelf


def waiting(user: Any) -> list[Counted]:
    """Return what waits for the user on each shelf, empty ones left out: one statement."""
    counted = {row["shelf"]: row["n"] for row in _union(_waiting, user, ("shelf",))}
    return [Counted(shelf, counted[shelf.key], shelf.url()) for shelf in _waiting if counted.get(shelf.key)]


def late(user: Any, path: str = "") -> list[Counted]:
    """Return what is late on each shelf by unit, at or below ``path``: one statement."""
    shelves = {shelf.key: shelf for shelf in _late}
    rows = [row for row in _union(_late, user, UNIT) if row["unit_path"].startswith(path)]
    order = list(shelves)
    rows.sort(key=lambda row: (order.index(row["shelf"]), -row["n"], row["unit_path"]))
    return [
        Counted(shelves[row["shelf"]], row["n"], shelves[row["shelf"]].url(unit=row["unit"]), row["unit_name"])
        for row in rows
    ]


def _union(shelves: list[Shelf], user: Any, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    counted = [
        shelf.rows(user).order_by().annotate(shelf=Value(shelf.key, CharField())).values(*columns)
        .annotate(n=Count("pk"))
        for shelf in shelves
    ]  # fmt: skip
    if not counted:
        return []
    first, *others = counted
    return list(first.union(*others, all=True) if others else first)
