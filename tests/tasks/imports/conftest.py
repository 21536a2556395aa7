"""The houses in which imports are tested."""

from typing import Any

import pytest

from tests.tasks.imports import house


@pytest.fixture
def one_county(db: None, ground: Any) -> house.Office:
    """Return the supervision office of 云涧县, with a few units of the directory loaded."""
    return ground.found("one_county")


@pytest.fixture
def county(one_county: house.Office) -> house.Office:
    """Return the supervision office of 云涧县."""
    return one_county


@pytest.fixture
def county_and_city(db: None, ground: Any) -> dict[str, house.Office]:
    """Return the offices that the corpus' tables belong to, with the whole directory loaded."""
    return ground.found("county_and_city")


@pytest.fixture
def offices(county_and_city: dict[str, house.Office]) -> dict[str, house.Office]:
    """Return the offices by the name of the table."""
    return county_and_city
