"""What stands from one test to the next (tests/ground.py): by the name of the fixture that gives it, lowest first."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import override_settings

from organization.states import Level
from tests.architecture.stages import STAGES
from tests.factories import tasks, zoo
from tests.ground import Builder
from tests.tasks.imports import house

TRIAL_PASSWORD = "Trial#2026-word"


def tell() -> None:
    """Fill the house with the demonstration."""
    with override_settings(TRIAL_PASSWORD=TRIAL_PASSWORD):
        call_command("seed", today=date(2026, 11, 23), verbosity=0)


def one_county() -> house.Office:
    """Return the supervision office of 云涧县, with a few units of the directory loaded."""
    with TemporaryDirectory() as folder:
        house.load_units(house.few_units(Path(folder)))
    return house.office_of("云涧县", Level.COUNTY)


def county_and_city() -> dict[str, house.Office]:
    """Return the offices that the corpus' tables belong to, with the whole directory loaded."""
    house.load_units()
    return {house.COUNTY: house.office_of("云涧县", Level.COUNTY), house.CITY: house.office_of("青澜市", Level.CITY)}


FLOORS: dict[str, Builder] = {
    "cast": tasks.cast,
    "zoo": zoo.everything,
    "demonstration": tell,
    "one_county": one_county,
    "county_and_city": county_and_city,
    **STAGES,
}
