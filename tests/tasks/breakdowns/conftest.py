"""A paper of the house, taken apart."""

import pytest

from tests.tasks.breakdowns import paper


@pytest.fixture
def breakdown(cast):
    """Return the breakdown of the house's paper: four drafts, of one the lead is unknown."""
    return paper.broken_down(cast)
