"""Lifecycle and Step: one table says what may follow what, and who may do it.

Five readers use the same table: the guard in the operation, the buttons of the page, ``steps`` in the API, the drawing
in ``docs/lifecycles.md`` and the test that tries everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from workflow.refusal import Forbidden, WrongState

Text = str | Promise


@dataclass(frozen=True)
class Actor:
    """Who is meant by a step: a predicate over (user, thing) and the reason told to everybody else."""

    test: Callable[[Any, Any], bool]
    reason: Text
    name: str

    def __call__(self, user: Any, thing: Any) -> bool:
        """Tell whether ``user`` is this to ``thing``."""
        return self.test(user, thing)


def actor(reason: Text) -> Callable[[Callable[[Any, Any], bool]], Actor]:
    """Name a predicate as an actor; ``reason`` is what a refused person reads."""

    def name(test: Callable[[Any, Any], bool]) -> Actor:
        return Actor(test, reason, test.__name__)

    return name


def either(*actors: Actor) -> Actor:
    """Join actors: each of them may; the reason names the first."""
    return Actor(
        lambda user, thing: any(one(user, thing) for one in actors),
        actors[0].reason,
        " | ".join(one.name for one in actors),
    )


@dataclass(frozen=True)
class Step:
    """One row: the verb, the states it starts from, the state it leads to (None: it stays), who may, its label."""

    verb: str
    sources: tuple[str, ...]
    target: str | None
    actor: Actor
    label: Text = ""


class Lifecycle:
    """The table of steps of one noun."""

    def __init__(self, noun: str, *steps: Step) -> None:
        self.noun = noun
        self.steps: Sequence[Step] = steps

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    @property
    def verbs(self) -> list[str]:
        """Every verb once, in the order of the table."""
        return list(dict.fromkeys(step.verb for step in self.steps))

    def rows(self, verb: str) -> list[Step]:
        """Return the rows of a verb; KeyError for a verb that the table does not know."""
        rows = [step for step in self.steps if step.verb == verb]
        if not rows:
            raise KeyError(f"{self.noun} has no step {verb!r}")
        return rows

    def check(self, thing: Any, verb: str, by: Any) -> Step:
        """Return the step that ``by`` may take now.

        Refused: Forbidden where the person may not do this to this thing, WrongState where only the moment is wrong.
        Call it after the lock, or two clicks at once act twice.
        """
        rows = self.rows(verb)
        here = [step for step in rows if thing.state in step.sources]
        for step in here:
            if step.actor(by, thing):
                return step
        if here or not any(step.actor(by, thing) for step in rows):
            reason = (here or rows)[0].actor.reason
            raise Forbidden(f"{self.noun}.{verb}.forbidden", reason, details={"verb": verb})
        raise WrongState(
            f"{self.noun}.{verb}.wrong_state",
            _("现在的状态是“%(state)s”，不能%(verb)s。请刷新页面查看最新情况。")
            % {"state": thing.get_state_display(), "verb": self.label(verb)},
            details={"verb": verb, "state": thing.state, "allowed_from": sorted({s for r in rows for s in r.sources})},
        )

    def may(self, thing: Any, verb: str, user: Any) -> bool:
        """Tell whether ``user`` may take the step now."""
        return any(s.verb == verb and thing.state in s.sources and s.actor(user, thing) for s in self.steps)

    def open_to(self, thing: Any, user: Any) -> list[str]:
        """Return the verbs that ``user`` may use on ``thing`` now, in the order of the table."""
        return [verb for verb in self.verbs if self.may(thing, verb, user)]

    def label(self, verb: str) -> Text:
        """Return the verb in words for people."""
        return self.rows(verb)[0].label or verb

    def draw(self) -> str:
        """Return the table as a Mermaid state diagram for docs/lifecycles.md."""
        return "\n".join(["stateDiagram-v2", *self._arrows(self.steps)])

    def _arrows(self, steps: Iterable[Step]) -> Iterator[str]:
        for step in steps:
            for source in step.sources:
                yield f"    {source} --> {step.target or source}: {step.label or step.verb} ({step.actor.name})"
