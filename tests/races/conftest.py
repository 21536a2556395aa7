"""A crowd has the server to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from tests.factories import tasks as make
from tests.races.crowd import Crowd
from workflow import audit

ONE_CROWD = 502_026
"""Names the lock by which crowds keep out of each other's way."""


@pytest.fixture
def who(transactional_db: None) -> make.Cast:
    """Return the people, each with the post already looked up, as a door leaves them."""
    people = make.cast()
    for person in people.everyone().values():
        assert person.post
    return people


@pytest.fixture(autouse=True, scope="module")
def _alone(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Wait until no other run has a crowd on this server: two at once would be more than its 100 connections."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_CROWD])
        yield


@pytest.fixture(scope="module")
def clients(_alone: None) -> Iterator[Crowd]:
    """Return the threads with their connections, kept from one race to the next."""
    with closing(Crowd()) as clients:
        yield clients


@pytest.fixture
def crowd(who: make.Cast, clients: Crowd, request: pytest.FixtureRequest, capsys: Any) -> Iterator[Crowd]:
    """Return the clients; afterwards say what they were told, and that every chain of events is whole."""
    yield clients
    with capsys.disabled():
        print(f"\n{connection.vendor} {request.node.name.removeprefix('test_')}: {clients.told()}")  # noqa: T201 - the counts are the finding
    # A draft made in bulk and refused has no record; nothing else may be wrong.
    assert [finding for finding in audit.verify() if finding.kind != "missing"] == []
