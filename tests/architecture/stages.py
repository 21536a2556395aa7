"""What stands ready for each deed: its thing, and one in a state from which the verb does not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.architecture.themes import DEEDS, PLURALS, THEMES
from tests.factories.deeds import Deed
from tests.factories.tasks import Cast

MOMENTS = {plural: stages for theme in THEMES for plural, stages in theme.moments.items()}


@dataclass
class Stage:
    """The people with what the deed is done to; ``elsewhere`` is None where no other moment is known."""

    who: Cast
    thing: Any
    elsewhere: Any


def floors_of(deed: Deed) -> tuple[str, str]:
    """Return the names of the floors on which the deed is done, the lower first (tests/ground.py)."""
    return f"moments {deed.noun}", f"deed {deed.name}"


def moments_of(noun: str, who: Cast) -> list[Any]:
    """Return things of a noun in states from which some verbs do not start, for all its deeds."""
    return [stage(who) for stage in MOMENTS.get(noun, ())]


def stage_of(deed: Deed, who: Cast, moments: list[Any]) -> Stage:
    """Return what the deed needs."""
    return Stage(who, deed.thing(who), wrong_moment(who, deed, moments))


def wrong_moment(who: Cast, deed: Deed, moments: list[Any]) -> Any:
    """Return a thing that its doer sees, in a state from which the verb does not start; None where none is known."""
    right = getattr(who, deed.by)
    starts = {state for row in PLURALS[deed.noun].lifecycle.rows(deed.verb) for state in row.sources}
    for thing in moments:
        if type(thing).objects.visible_to(right).filter(pk=thing.pk).exclude(state__in=starts).exists():
            return thing
    return None


STAGES: dict[str, Callable[..., Any]] = {
    **{floors_of(deed)[0]: partial(moments_of, deed.noun) for deed in DEEDS},
    **{floors_of(deed)[1]: partial(stage_of, deed) for deed in DEEDS},
}
