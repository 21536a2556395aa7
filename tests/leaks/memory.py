"""What makes a matrix of thousands of requests affordable: who asks and what he sees is worked out once a caller.

Nothing is written for good while the matrix is asked, so the answer of ``visible_to`` cannot change; Django would take
ten times as long to write that question down in SQL as the database to answer it. The real questions are asked once
for each caller and model, and by every request of the canaries' crawl.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import CharField, Max, Q, Value

from organization import authentication, middleware
from tasks.querysets import TaskQuerySet
from tasks.states import Light
from tests.leaks.canaries import tables

QUESTIONS = ("visible_to", "known_to", "whole_to")


@contextmanager
def remembered() -> Iterator[None]:
    """Remember, while inside, who a session or key belongs to and what each caller sees."""
    known: dict[Any, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((middleware, "principal_of"), (authentication.keys, "find")):
            patch.setattr(place, name, _once(getattr(place, name), known))
        for question, owner in _owners():
            patch.setattr(owner, question, _by_key(question, vars(owner)[question], known))
        patch.setattr(TaskQuerySet, "with_light", _unlit)
        yield


def _unlit(rows: Any, now: Any = None) -> Any:
    """Leave the lights out: the longest question of all, and none that decides who gets which answer."""
    plain = Value(Light.ON_TRACK, output_field=CharField())
    return rows.annotate(own_light=plain, light=plain)


def _owners() -> set[tuple[str, Any]]:
    sets = {type(model._default_manager.all()) for model in tables()}
    return {
        (question, next(base for base in kind.__mro__ if question in vars(base)))
        for kind in sets
        for question in QUESTIONS
        if hasattr(kind, question)
    }


def _once(find: Any, known: dict[Any, Any]) -> Any:
    def found(asked: Any) -> Any:
        key = asked if isinstance(asked, str) else asked.COOKIES.get("session", asked.COOKIES.get("sessionid", ""))
        if (find, key) not in known:
            known[find, key] = find(asked)
        return known[find, key]

    return found


def _by_key(question: str, ask: Any, known: dict[Any, Any]) -> Any:
    def asked(rows: Any, user: Any) -> Any:
        who = (getattr(user, "pk", None), getattr(getattr(user, "post", None), "pk", None))
        key = (rows.model, question, who)
        if key not in known:
            seen = ask(rows.model._default_manager.order_by(), user).values_list("pk", flat=True)
            last = rows.model._base_manager.aggregate(last=Max("pk"))["last"]
            known[key] = Q(pk__in=list(seen)) | Q(pk__gt=last or 0)  # what the request itself makes is its maker's
        return rows.filter(known[key])

    return asked
