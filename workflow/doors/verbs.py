"""Verb: one step as both doors offer it. A room's table of verbs is what its pages and its REST views are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from workflow.doors.inputs import OperationForm
from workflow.lifecycle import Lifecycle, Text


@dataclass(frozen=True)
class Verb:
    """A step with its operation and its input. ``makes`` names the noun that comes out, if not the subject's own."""

    name: str
    operation: Callable[..., Any]
    form: type[OperationForm] = OperationForm
    icon: str = ""
    tone: str = ""
    makes: str = ""
    hint: Text = ""


@dataclass(frozen=True)
class Noun:
    """A noun at the doors: its name in addresses, its model, its lifecycle and its verbs."""

    name: str
    plural: str
    model: Any
    lifecycle: Lifecycle
    verbs: tuple[Verb, ...]

    def verb(self, name: str) -> Verb:
        """Return the verb called ``name``; KeyError if the noun has none."""
        for verb in self.verbs:
            if verb.name == name:
                return verb
        raise KeyError(name)

    def steps(self, thing: Any, user: Any) -> list[str]:
        """Return the names of the verbs that are open to ``user`` now: ``steps`` in the REST door."""
        return [verb.name for verb in self.verbs if self.lifecycle.may(thing, verb.name, user)]

    def buttons(self, thing: Any, user: Any) -> Iterator[dict[str, Any]]:
        """Yield what components/_verbs.html draws: the verbs open now, and those of another moment with the reason."""
        for verb in self.verbs:
            rows = self.lifecycle.rows(verb.name)
            if not any(row.actor(user, thing) for row in rows):
                continue
            open_now = self.lifecycle.may(thing, verb.name, user)
            yield {
                "name": verb.name,
                "label": self.lifecycle.label(verb.name),
                "url": reverse(f"{self.name}-{verb.name}", args=[thing.pk]),
                "icon": verb.icon,
                "tone": verb.tone,
                "open": open_now,
                "reason": None if open_now else thing.get_state_display(),
            }
