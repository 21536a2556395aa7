"""The houses in which imports are tested."""

from pathlib import Path

import pytest

from organization.states import Level
from tests.tasks.imports import house


@pytest.fixture
def county(db: None, tmp_path: Path) -> house.Office:
    """Return the supervision office of 云涧县, with a few units of the directory loaded."""
    house.load_units(house.few_units(tmp_path))
    return house.office_of("云涧县", Level.COUNTY)


@pytest.fixture
def offices(db: None) -> dict[str, house.Office]:
    """Return the offices that the corpus' tables belong to, with the whole directory loaded."""
    house.load_units()
    return {house.COUNTY: house.office_of("云涧县", Level.COUNTY), house.CITY: house.office_of("青澜市", Level.CITY)}
