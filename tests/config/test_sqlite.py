"""Writers wait for one another in a queue, as long as the settings say, and cost nothing meanwhile."""

import time
from collections import Counter
from threading import Thread, get_ident

import pytest
from django.db import OperationalError, connection, transaction

from config.sqlite.base import DatabaseWrapper
from organization.models import Department
from tests.factories import organization as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
WRITING_SECONDS = 0.3


@pytest.fixture
def others():
    """Return others(deed, count): threads that do it at once, and what each said, over connections of their own."""
    started, said = [], []

    def run(deed):
        try:
            said.append(deed())
        except OperationalError as error:
            said.append(str(error))
        finally:
            connection.close()

    def start(deed, count):
        started.extend(Thread(target=run, args=[deed]) for _ in range(count))
        for thread in started:
            thread.start()
        return said

    yield start
    for thread in started:
        thread.join()


def rename(patience=20):
    connection.ensure_connection()
    connection.settings_dict = connection.settings_dict | {
        "OPTIONS": connection.settings_dict["OPTIONS"] | {"timeout": patience}
    }
    with transaction.atomic():
        Department.objects.filter(name="甲局").update(short="甲")
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def test_all_who_wait_write_when_the_writer_is_done_and_only_the_first_asks_meanwhile(others, monkeypatch):
    make.department("甲局")
    asked, begin = [], DatabaseWrapper._begin
    monkeypatch.setattr(DatabaseWrapper, "_begin", lambda base: asked.append(get_ident()) or begin(base))

    with transaction.atomic():
        said = others(rename, 20)
        time.sleep(WRITING_SECONDS)
        during = Counter(asked)
    while len(said) < 20:
        time.sleep(0.01)

    assert said == [20_000] * 20, "each writes, and keeps the connection's patience"
    assert sum(times > 1 for times in during.values()) == 1


def test_a_database_that_stays_busy_is_said_to_be_locked_to_the_first_and_to_those_behind(others):
    with transaction.atomic():
        said = others(lambda: rename(patience=0.2), 3)
        while len(said) < 3:
            time.sleep(0.01)

    assert said == ["database is locked"] * 3
    assert rename() == 20_000
