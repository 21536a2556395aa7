"""What upper rooms add to a reorganisation: whose duties are open, and how they move (F49).

A lower room may not know the upper ones, so these register themselves when the house starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from organization.models import Department, User

Probe = Callable[[Department], int]
Handler = Callable[[Department, Department, User | None], None]

_probes: list[Probe] = []
_handlers: list[Handler] = []


def register(handler: Handler) -> Handler:
    """Have ``handler(old, new, by)`` called, in the same transaction, when the duties of ``old`` pass to ``new``."""
    if handler not in _handlers:
        _handlers.append(handler)
    return handler


def register_probe(probe: Probe) -> Probe:
    """Have ``probe(department)`` asked how many duties are open there, before a unit is dissolved."""
    if probe not in _probes:
        _probes.append(probe)
    return probe


def open_duties(department: Department) -> int:
    """Return how many duties of all rooms are open in the unit."""
    return sum(probe(department) for probe in _probes)


def hand_over(old: Department, new: Department, by: User | None) -> None:
    """Let each room move its open duties from ``old`` to ``new``."""
    for handler in _handlers:
        handler(old, new, by)


@contextmanager
def only(*, handlers: tuple[Handler, ...] = (), probes: tuple[Probe, ...] = ()) -> Iterator[None]:
    """Let only these be asked inside the block; for tests."""
    kept = _handlers[:], _probes[:]
    _handlers[:], _probes[:] = handlers, probes
    try:
        yield
    finally:
        _handlers[:], _probes[:] = kept
