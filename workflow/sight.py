"""Who may read the record, as each room tells it: streams that a person sees, and streams that nobody may know of yet.

A lower room asks for all rooms without knowing the upper ones: these register themselves when the house starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

Opener = Callable[[Any], Q]
Seal = Callable[[], QuerySet[Any]]

_openers: list[Opener] = []
_seals: list[Seal] = []


def register(opener: Opener) -> Opener:
    """Have ``opener(user)`` asked which events of a room the user sees."""
    if opener not in _openers:
        _openers.append(opener)
    return opener


def register_seal(seal: Seal) -> Seal:
    """Have ``seal()`` asked which streams are hidden from everybody but those whom an opener lets in (R11)."""
    if seal not in _seals:
        _seals.append(seal)
    return seal


def opened(user: Any) -> Q:
    """Return the condition that an event stands in a stream that some room opens to the user."""
    seen = Q(pk__in=())
    for opener in _openers:
        seen |= opener(user)
    return seen


def sealed() -> Q:
    """Return the condition that an event stands in a sealed stream."""
    hidden = Q(pk__in=())
    for seal in _seals:
        hidden |= Q(stream__in=seal())
    return hidden


def streams(noun: str, rows: Any) -> QuerySet[Any]:
    """Return the names of the chains of ``rows``."""
    text = Concat(Value(f"{noun}:"), Cast("pk", CharField()), output_field=CharField())
    names: QuerySet[Any] = rows.annotate(stream_name=text).values("stream_name")
    return names
