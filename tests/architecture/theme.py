"""What a theme brings to the laws: its nouns, a stage with every noun at every state, and who may, written by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from documents.uploads import Upload
from tests.factories import tasks as make
from tests.factories.deeds import Deed
from tests.factories.tasks import Cast
from workflow.doors.verbs import Noun, Verb
from workflow.lifecycle import Lifecycle

Words = Callable[[Cast, Any], dict[str, Any]]
Attempt = Callable[[Any], None]
When = Callable[[Any, Any], bool]


def always(thing: Any, user: Any) -> bool:
    """Tell that a step is waited for whenever it is open."""
    return True


@dataclass(frozen=True)
class Theme:
    """One theme of the house.

    ``stage`` makes every noun at every state, by noun; ``whole`` fetches a thing with what its actors ask; ``people``
    adds to the cast those whom the stage names; ``may`` says who of them ever does what: by hand, apart from the code.
    """

    name: str
    nouns: tuple[Noun, ...]
    lifecycles: tuple[Lifecycle, ...]
    stage: Callable[[Cast], dict[str, list[Any]]]
    whole: Callable[[str, Any], Any]
    said: Mapping[str, Words]
    may: Mapping[str, set[str]]
    outside: frozenset[str]
    """Who of the cast sees nothing of any noun."""
    people: Callable[[Cast], dict[str, Any]] = lambda who: {}
    lone: tuple[Verb, ...] = ()
    """Verbs that make something of nothing."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Verbs whose input is too large for a law; their own tests try them."""
    rules: Mapping[str, set[str]] = field(default_factory=dict)
    """What an open step may still be refused for, with the words used here: rules, not the table."""
    taken_by_others: Mapping[str, str] = field(default_factory=dict)
    """Steps (noun.verb) without a door of their own, and the step or the job that takes them."""
    kinds: int = 10
    """At least so many kinds of events are met on the stage."""
    rest: tuple[str, ...] = ()
    """Nouns promised at the REST door."""
    deeds: tuple[Deed, ...] = ()
    moments: Mapping[str, tuple[Callable[[Cast], Any], ...]] = field(default_factory=dict)
    """By plural: things that a deed's doer sees in a state from which some verbs do not start."""
    violations: Mapping[str, Attempt] = field(default_factory=dict)
    """By constraint: an attempt to break it."""
    furnish: Callable[[Any], None] = lambda house: None
    """Adds to the house what it lacks for a violation of each kind."""
    turns: Mapping[str, Mapping[str, When]] = field(default_factory=dict)
    """By noun: the steps that others wait for, and what must hold beside the table for somebody's turn to have come."""
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By noun: the nouns whose turns are its own too, and the field by which they name it."""
    ripen: Callable[[Any], None] = lambda house: None
    """Lets the time pass that some turns need."""
    alone: Mapping[str, str] = field(default_factory=dict)
    """Who without when, or when without who, and why."""


@dataclass
class House:
    """A theme's cast, the things it made, and its people as they come from the database."""

    theme: Theme
    who: Cast
    things: dict[str, list[Any]]
    people: dict[str, Any]


def house_of(theme: Theme) -> House:
    """Return a house with every noun of the theme at every state."""
    who = make.cast()
    things = {noun: [theme.whole(noun, thing) for thing in lot] for noun, lot in theme.stage(who).items()}
    people = who.everyone() | theme.people(who)
    return House(theme, who, things, {n: type(p).objects.get(pk=p.pk) for n, p in people.items()})


def quick(upload: Upload) -> Callable[[], Upload]:
    """Return a maker of copies of a file that passed the gate once: the laws need not look through it each time."""
    content = upload.stream.read()
    told = {field.name: getattr(upload, field.name) for field in fields(upload)}
    return lambda: Upload(**told | {"stream": io.BytesIO(content)})


PROOFS: list[Callable[[], Any]] = [make.upload]
"""How a file comes that has passed the gate; a law may put a quicker way here."""


def said(theme: Theme, name: str, who: Cast, thing: Any) -> dict[str, Any]:
    """Return the keyword arguments with which a verb is tried."""
    words = theme.said.get(name)
    return words(who, thing) if words else {}
