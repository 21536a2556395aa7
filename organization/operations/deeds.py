"""The beats that the operations of this room share: lock, check, record, for rows whose state is derived."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from organization.models.versioned import Versioned
from workflow.lifecycle import Actor, Lifecycle
from workflow.prepared import one
from workflow.record import record
from workflow.refusal import Forbidden, NotVisible, Stale

V = TypeVar("V", bound=Versioned)


def lock(thing: V) -> V:
    """Return a fresh copy of ``thing``, locked until the transaction ends.

    Refused: Stale if the caller said which version was seen and it has changed; NotVisible if the row is gone.
    """
    # By its meta: a request hands over its user wrapped, whose type is another.
    model = cast(type[V], thing._meta.model)
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    fresh: V | None = one(rows, thing.pk)
    if fresh is None:
        raise NotVisible("not_found", _("没有这条记录，或者您看不到它。"))
    if thing.expected_version is not None and thing.expected_version != fresh.version:
        raise Stale(
            "version.stale",
            _("您打开之后，别人已经改过这条记录。请刷新页面，对照最新内容后再提交一次。"),
            details={"expected": thing.expected_version, "current": fresh.version, "state": fresh.state},
        )
    return fresh


def lock_all(things: Iterable[V]) -> list[V]:
    """Lock several rows of one kind in the order of their keys, so that two operations never wait for each other."""
    return [lock(thing) for thing in sorted(things, key=lambda thing: thing.pk)]


def require(who: Actor, by: Any, kind: str, thing: Any = None) -> None:
    """Refuse with Forbidden whoever is not ``who``; for verbs that make something new."""
    if not who(by, thing):
        raise Forbidden(f"{kind}.forbidden", who.reason, details={"verb": kind.partition(".")[2]})


def deed(thing: V, table: Lifecycle, verb: str, by: Any, /, *, old: str | None = None, **detail: Any) -> V:
    """Count the version, save and record what was done; ``old`` is the state before, where it changed."""
    thing.version += 1
    thing.expected_version = None
    thing.save()
    new = thing.state
    record(f"{table.noun}.{verb}", thing, by, detail=detail, old=new if old is None else old, new=new)
    return thing


def made(thing: V, table: Lifecycle, verb: str, by: Any, /, **detail: Any) -> V:
    """Insert a new row and record its making."""
    thing.save(force_insert=True)
    record(f"{table.noun}.{verb}", thing, by, detail=detail, new=thing.state)
    return thing
