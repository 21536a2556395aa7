"""A crowd has the server to itself."""

from collections.abc import Iterator

import pytest
from django.db import connection

ONE_CROWD = 502_026
"""Names the lock by which crowds keep out of each other's way."""


@pytest.fixture(autouse=True)
def _alone(transactional_db: None) -> Iterator[None]:
    """Wait until no other run has a crowd on this server: two at once would be more than its 100 connections."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_CROWD])
        yield
