"""All chapters in their order; the later ones look back at the earlier."""

from __future__ import annotations

from typing import Final

from seeds import answering, decomposing, informing, inspecting, instructing, stories
from seeds.stage import Stage

STORIES: Final = (
    *stories.STORIES,
    *instructing.STORIES,
    *decomposing.STORIES,
    *inspecting.STORIES,
    *informing.STORIES,
    *answering.STORIES,
)


def tell(stage: Stage) -> int:
    """Tell every story in its order; returns how many."""
    stories.marks(stage)
    for one in STORIES:
        one(stage)
    return len(STORIES)
