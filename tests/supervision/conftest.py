"""The house in which the tests of this room play."""

import pytest

from tests.factories import tasks as make


@pytest.fixture
def who(cast: make.Cast) -> make.Cast:
    """Return the people."""
    return cast
