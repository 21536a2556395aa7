"""Who is meant, as conditions: the twins of the predicates in ``supervision.actors`` that several themes ask.

``at`` is the way from the row to the thing with an organiser, as a lookup: ``""``, ``"inspection__"``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from organization.states import Role, UserKind
from tasks.actors import UNIT_ROLES, rank_of
from workflow.models import Event
from workflow.persons import identities

NOBODY: Final = Q(pk__in=())
"""The condition that never holds. Told by identity, so that nothing is built for who can have no turn."""


def any_of(*conditions: Q) -> Q:
    """Return the condition that one of them holds; NOBODY where none can."""
    possible = [condition for condition in conditions if condition is not NOBODY]
    return reduce(or_, possible) if possible else NOBODY


def both(*conditions: Q, but: Callable[[], Q] | None = None) -> Q:
    """Return the condition that all of them hold, and ``but``, which is asked last; NOBODY where one never does."""
    if any(condition is NOBODY for condition in conditions):
        return NOBODY
    return reduce(and_, (*conditions, but()) if but else conditions)


def related(rows: QuerySet[Any], name: str) -> Any:
    """Return all rows of the model behind a field or a relation."""
    return rows.model._meta.get_field(name).related_model._default_manager.all()


def behind(parts: QuerySet[Any], turn: Q, field: str) -> Q:
    """Return the condition that a part of the row, which names it by ``field``, waits."""
    return NOBODY if turn is NOBODY else Q(pk__in=parts.filter(turn).values(field))


def serving(user: Any, field: str, *roles: str) -> Q:
    """Return the condition that ``field`` is exactly the unit for which the user acts, in one of the roles."""
    return Q(**{field: user.department}) if user.role in roles else NOBODY


def unit_people(user: Any, field: str = "department") -> Q:
    """Return the condition that the user is of the people of this unit."""
    return serving(user, field, *UNIT_ROLES)


def unit_head(user: Any, field: str = "department") -> Q:
    """Return the condition that the user heads this unit."""
    return serving(user, field, Role.UNIT_HEAD)


def office(user: Any, at: str = "") -> Q:
    """Return the condition that the user is an officer of the office whose paper it is."""
    return serving(user, f"{at}organiser", Role.SUPERVISOR)


def leads(user: Any, lowest: int, at: str = "") -> Q:
    """Return the condition that the user leads the organiser's government, ``lowest`` being the lowest rank."""
    if user.role != Role.LEADER or user.kind != UserKind.PERSON or rank_of(user) > lowest:
        return NOBODY
    return Q(**{f"{at}organiser__jurisdiction_path": user.department.path})


def has_done(user: Any, noun: str, things: Any, leave_out: Iterable[str] = ()) -> Q:
    """Return the condition that the record names the user, or his principal, as who did something to ``things``.

    ``things`` is a key, an OuterRef or a query of keys. The twin of ``supervision.operations.partakers``.
    """
    own = identities(user)
    deeds: Any = Event.objects.filter(subject_type=noun, subject_id__in=things)
    deeds = deeds.filter(Q(actor__in=own) | Q(behalf_id__in=own)).exclude(kind__in=tuple(leave_out))
    return Q(Exists(deeds))


def outer(name: str) -> list[Any]:
    """Return a field of the row outside, as a list of keys."""
    return [OuterRef(name)]
