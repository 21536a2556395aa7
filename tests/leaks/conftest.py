"""The house of these tests: built once, only read, gone after the last of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from organization.models import Client
from tests.architecture.test_visibility import Facts
from tests.ground import Ground
from tests.leaks import canaries
from tests.leaks import house as houses
from tests.leaks.oracle import readable, rows_of


@pytest.fixture(scope="package")
def house(ground: Ground, django_db_blocker: Any) -> Iterator[houses.House]:
    """Return the house, in a transaction that is undone after the package."""
    ground.be(())
    with django_db_blocker.unblock(), transaction.atomic():
        yield houses.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def homes(house: houses.House, django_db_blocker: Any) -> canaries.Homes:
    """Return where each word of the house stands."""
    with django_db_blocker.unblock():
        return canaries.homes()


@pytest.fixture(scope="package")
def allowed(house: houses.House, homes: canaries.Homes, django_db_blocker: Any) -> dict[str, set[str]]:
    """Return the words that each caller may read."""
    with django_db_blocker.unblock():
        system = Client.objects.get(prefix=house.key.partition(".")[0])
        callers = house.callers | {"client": system.user.act_in(system.post), "anonymous": None}
        rows, facts = rows_of(homes), Facts()
        return {name: readable(user, homes, rows, facts) for name, user in callers.items()}
