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


def floor_of(deed: Deed) -> str:
    """Return the name of the floor on which the deed is done (tests/ground.py)."""
    return f"deed {deed.name}"


def stage_of(deed: Deed, who: Cast) -> Stage:
    """Return what the deed needs."""
    return Stage(who, deed.thing(who), wrong_moment(who, deed))


def wrong_moment(who: Cast, deed: Deed) -> Any:
    """Return a thing that its doer sees, in a state from which the verb does not start; None where none is known."""
    right = getattr(who, deed.by)
    starts = {state for row in PLURALS[deed.noun].lifecycle.rows(deed.verb) for state in row.sources}
    for stage in MOMENTS.get(deed.noun, ()):
        thing = stage(who)
        if type(thing).objects.visible_to(right).filter(pk=thing.pk).exclude(state__in=starts).exists():
            return thing
    return None


STAGES: dict[str, Callable[[Cast], Stage]] = {floor_of(deed): partial(stage_of, deed) for deed in DEEDS}
