"""The chain's arithmetic: an event's canonical bytes and its hash. Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final

GENESIS: Final = "0" * 64
ALGORITHMS: Final = {"sha256": hashlib.sha256}

# Every column that an Event states, in the order in which they are hashed. ``dispatched_at`` is a mark of delivery,
# not part of the deed; ``id`` belongs to the database.
FIELDS: Final = (
    "stream", "seq", "kind", "subject_type", "subject_id", "subject_label", "old_state", "new_state", "actor_id",
    "actor_name", "post_label", "unit_id", "unit_name", "behalf_id", "behalf_name", "at", "detail", "key",
    "request_id", "alg", "prev",
)  # fmt: skip


def canonical(value: Any) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no blanks, UTF-8. Floats are refused with TypeError.

    A float may come back from a database spelled otherwise, and the chain would cry wolf.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("A float has no canonical spelling: write text or whole units into an event.")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_floats(part)


def digest(event: Any) -> str:
    """Return the hex hash over every stated column of ``event``, which includes the hash before it."""
    stated = {name: _plain(getattr(event, name)) for name in FIELDS}
    return ALGORITHMS[event.alg](canonical(stated)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value
