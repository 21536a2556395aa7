"""Who counts as the same person: a delegate counts as the principal too (F53, reliability.md 5.5)."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise

from workflow.models import Event
from workflow.refusal import Forbidden


def identities(by: Any) -> set[int]:
    """Return the keys of everybody whose hand this is: the actor's own and his principal's."""
    behalf = by.behalf
    return {by.pk} | ({behalf.pk} if behalf else set())


def hands(thing: Any, *kinds: str, **detail: Any) -> set[int | None]:
    """Return the keys of everybody who did one of ``kinds`` to ``thing``, principals of delegates included.

    Asked of the record, so that who lent his post is as little free to judge the deed as who borrowed it.
    """
    named = {f"detail__{name}": value for name, value in detail.items()}
    deeds = Event.objects.about(thing).filter(kind__in=kinds, **named).values_list("actor_id", "behalf_id")
    return {key for pair in deeds for key in pair if key is not None}


def refuse_same(by: Any, others: set[int | None], code: str, message: str | Promise) -> None:
    """Refuse with Forbidden when ``by``, or the one he acts for, is among ``others``."""
    if identities(by) & others:
        raise Forbidden(code, message)
