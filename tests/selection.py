"""What a test has to do with the database, told by its marks and by what it is given: no list is kept by hand."""

import pytest

COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
DATABASE = {"db", "django_db_setup", *COMMITTING}


def touches_database(item: pytest.Item) -> bool:
    """Tell whether a test reads or writes the database."""
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(_given(item))


def is_of_the_database(item: pytest.Item) -> bool:
    """Tell whether a second database may answer a test differently, so that it is asked on both.

    What is marked ``once`` proves words, looks or the likeness of both doors. The statements behind them are made on
    both databases all the same: every operation by the laws of architecture, every address by tests/leaks.
    """
    return touches_database(item) and not any(item.get_closest_marker(mark) for mark in ("browser", "once"))


def is_transactional(item: pytest.Item) -> bool:
    """Tell whether a test commits what it does, for others to see."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or not COMMITTING.isdisjoint(_given(item))


def _given(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])
