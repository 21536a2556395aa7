"""What the tests of the pages share."""

import pytest

from tests.tasks.pages import zoo


@pytest.fixture
def beasts(who):
    """Return one task of every kind by name."""
    return zoo.everything(who)
