"""One house for the laws of a module: built once, asked often, gone afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.architecture import stages
from tests.factories import tasks as make


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[stages.House]:
    """Return every noun at every state with its people, in a transaction that is undone after the module.

    Tests that use it are marked ``django_db``: what they do on top of it is undone after each.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "PROOFS", [stages.quick(make.upload())])
        yield stages.house()
        transaction.set_rollback(True)
