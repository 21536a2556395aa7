"""The four beats' first and last: ``lock`` before the check, ``advance`` or ``record`` after the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from workflow import chain
from workflow.lifecycle import Step
from workflow.models import Event, Head, Stateful
from workflow.prepared import one
from workflow.refusal import NotVisible, Stale

S = TypeVar("S", bound=Stateful)
THE_HOUSE = "系统"
"""Who did what nobody did: a job, a command on the server."""


def lock(thing: S, *related: str) -> S:
    """Return a fresh copy of ``thing``, locked until the transaction ends; ``related`` is fetched with it, unlocked.

    Refused: Stale if the caller said which version he saw and it has changed; NotVisible if the row is gone.
    On SQLite the whole transaction is the lock (BEGIN IMMEDIATE).
    """
    rows = type(thing)._default_manager.select_for_update(of=("self",)).select_related(*related or (None,))
    fresh: S | None = one(rows, thing.pk)
    if fresh is None:
        raise NotVisible("not_found", _("没有这条记录，或者您看不到它。"))
    refuse_stale(fresh, thing.expected_version)
    return fresh


def refuse_stale(thing: Stateful, expected: int | None) -> None:
    """Refuse with Stale when the caller saw another version than the one that stands (F26)."""
    if expected is not None and expected != thing.version:
        raise Stale(
            "version.stale",
            _("您打开之后，别人已经改过这条记录。您填写的内容没有丢，请对照最新内容后再提交一次。"),
            details={"expected": expected, "current": thing.version, "state": thing.state},
        )


def advance(thing: S, step: Step, by: Any, /, *, key: str | None = None, **detail: Any) -> S:
    """Take ``thing`` to the step's state, count its version, save it and record the deed. Returns it."""
    old = thing.state
    thing.state = step.target or old
    return _save_and_record(thing, step.verb, by, old, key, detail)


def touch(thing: S, verb: str, by: Any, /, *, key: str | None = None, **detail: Any) -> S:
    """Count the version, save and record a deed that is no step of the lifecycle (a correction, an edit)."""
    return _save_and_record(thing, verb, by, thing.state, key, detail)


def carry(rows: models.QuerySet[Any], target: str, **fields: Any) -> int:
    """Take parts along with their root's step, whose event tells of it; returns how many rows moved."""
    return rows.update(state=target, version=models.F("version") + 1, **fields)


def begin(thing: S, by: Any, /, *, verb: str = "create", key: str | None = None, **detail: Any) -> S:
    """Insert a new row in its first state and record its making."""
    thing.save(force_insert=True)
    noun = thing._meta.model_name
    # Nobody else knows a row that was inserted a moment ago: its own chain is begun without asking whether it exists.
    is_own = _stream_of(thing) == f"{noun}:{thing.pk}"
    record(f"{noun}.{verb}", thing, by, detail=detail, new=thing.state, key=key, begins=is_own)
    return thing


def begin_all(things: Sequence[S], by: Any, /, *, verb: str, details: Sequence[Mapping[str, Any]]) -> None:
    """Insert many new rows of one kind and record the making of each in its own chain, by three statements for all.

    The rows are roots of their chains, and their ``save`` has nothing to add. Each has its detail, in the same order.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event belongs to the transaction of its deed.")
    type(things[0])._default_manager.bulk_create(things)
    kind, who = f"{things[0]._meta.model_name}.{verb}", _who(by)
    events = [
        _event(kind, thing, dict(detail), Head(stream=_stream_of(thing), hash=chain.GENESIS), who,
               old="", new=thing.state, key=None)
        for thing, detail in zip(things, details, strict=True)
    ]  # fmt: skip
    Event.objects.bulk_create(events)
    Head.objects.bulk_create(Head(stream=event.stream, seq=event.seq, hash=event.hash) for event in events)


def _save_and_record(thing: S, verb: str, by: Any, old: str, key: str | None, detail: Mapping[str, Any]) -> S:
    thing.version += 1
    thing.expected_version = None
    thing.save()
    record(f"{thing._meta.model_name}.{verb}", thing, by, detail=detail, old=old, new=thing.state, key=key)
    return thing


def record(
    kind: str,
    subject: models.Model,
    by: Any,
    *,
    detail: Mapping[str, Any] | None = None,
    stream: str | None = None,
    key: str | None = None,
    old: str = "",
    new: str = "",
    begins: bool = False,
) -> Event:
    """Write one deed at the end of its chain, in the caller's transaction, and return it.

    ``by`` is the acting user (None: the house itself). ``detail`` is JSON without floats. ``key`` may be used once
    ever: a second event with it is refused by the database. ``begins``: the chain is new, this is its first deed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event belongs to the transaction of its deed.")
    stream = stream or _stream_of(subject)
    # The head is locked last: every root was locked before it, so that two deeds wait in one order.
    told = dict(detail or {})
    whose = getattr(subject, "department_id", None)
    if whose is not None and stream != f"{subject._meta.model_name}:{subject.pk}":
        told.setdefault("of", whose)  # a part in its root's chain says whose part it is
    head = Head(stream=stream, hash=chain.GENESIS) if begins else _locked_head(stream)
    event = _event(kind, subject, told, head, _who(by), old=old, new=new, key=key)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(force_insert=begins)
    return event


def _event(
    kind: str, subject: models.Model, detail: dict[str, Any], head: Head, who: Mapping[str, Any], **stated: Any
) -> Event:
    """Return the next event of a chain, hashed and not yet saved."""
    with override(settings.LANGUAGE_CODE):  # history is in the house's language, whatever the actor reads
        label = str(subject)[:200]
    event = Event(
        stream=head.stream,
        seq=head.seq + 1,
        kind=kind,
        subject_type=str(subject._meta.model_name),
        subject_id=subject.pk,
        subject_label=label,
        old_state=stated["old"],
        new_state=stated["new"],
        at=timezone.now(),
        detail=detail,
        key=stated["key"],
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
        prev=head.hash,
        **who,
    )
    event.hash = chain.digest(event)
    return event


def _locked_head(stream: str) -> Head:
    head, _made = Head.objects.select_for_update().get_or_create(stream=stream, defaults={"hash": chain.GENESIS})
    return head


def _stream_of(subject: models.Model) -> str:
    return str(getattr(subject, "stream", None) or f"{subject._meta.model_name}:{subject.pk}")


def _who(by: Any) -> dict[str, Any]:
    """Copy the names as they are now: history keeps them when people and units change."""
    if by is None:
        return {"actor": None, "actor_name": THE_HOUSE}
    post, unit, behalf = by.post, by.department, by.behalf
    with override(settings.LANGUAGE_CODE):
        post_label = str(post or "")[:200]
    return {
        "actor": by,
        "actor_name": str(by)[:64],
        "post_label": post_label,
        "unit_id": unit.pk if unit else None,
        "unit_name": str(unit or "")[:128],
        "behalf_id": behalf.pk if behalf else None,
        "behalf_name": str(behalf or "")[:64],
    }
