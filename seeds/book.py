"""The book: its chapters are modules, each a list of stories in the order of its pages."""

from __future__ import annotations

from collections.abc import Callable

from seeds.stage import Stage

Story = Callable[[Stage], None]


class Chapter(list[Story]):
    """The stories of one module, each put down by the decorator ``story``."""

    def story(self, tell: Story) -> Story:
        """Put a story down as the next one of the chapter."""
        self.append(tell)
        return tell
