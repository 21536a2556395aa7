"""One house a theme for the laws of a module: built once, asked often, gone afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.architecture import theme as themes
from tests.architecture.themes import THEMES
from tests.factories import tasks as make
from tests.ground import Ground

BY_NAME = {theme.name: theme for theme in THEMES}


@pytest.fixture(scope="module", params=sorted(BY_NAME))
def house(request: Any, ground: Ground, django_db_blocker: Any) -> Iterator[themes.House]:
    """Return every noun of a theme at every state with its people, in a transaction that is undone after its tests.

    Tests that use it are marked ``django_db``: what they do on top of it is undone after each.
    """
    ground.be(())
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(themes, "PROOFS", [themes.quick(make.upload())])
        yield themes.house_of(BY_NAME[request.param])
        transaction.set_rollback(True)
