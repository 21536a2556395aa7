"""Several workers at once: each line becomes a task once, on both databases, whatever the leases say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tasks.models import Task
from tasks.operations import batch_runs, batches
from tests.factories import organization as make
from tests.tasks.imports import house
from workflow import audit

WORKERS = 6
LINES = 30


@pytest.fixture
def county(transactional_db):
    government = make.government("云涧县人民政府", level="county")
    for name, short in (("云涧县住房和城乡建设局", "县住房城乡建设局"), ("云涧县财政局", "县财政局")):
        make.department(name, government, short=short)
    return house.office_of("云涧县", "county")


def at_once(act, arguments):
    """Let each argument be worked on by a thread of its own; return what came of each."""

    def worker(argument):
        try:
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(worker, arguments))


def lines():
    return [(n, f"完成第{n}批改造。", *house.GOOD[2:]) for n in range(LINES)]


@pytest.mark.parametrize("lease", [timedelta(seconds=60), timedelta(0)], ids=["held", "always run out"])
def test_a_batch_that_many_workers_take_makes_each_task_once(county, monkeypatch, lease):
    monkeypatch.setattr(batch_runs, "SLICE", 5)
    monkeypatch.setattr(batch_runs, "PATIENCE", 1000)
    batch = house.read(house.directive(county), county.supervisor, house.sheet(*lines()))
    batches.take(batch, by=county.supervisor)
    monkeypatch.setattr(batch_runs, "LEASE", lease)

    at_once(batch_runs.carry_on, [batch.pk] * WORKERS)
    monkeypatch.setattr(batch_runs, "LEASE", timedelta(seconds=60))
    house.run(batch)

    batch = house.fresh(batch)
    assert (batch.state, batch.taken, batch.handled) == ("done", LINES, LINES)
    assert sorted(Task.objects.values_list("matter", flat=True)) == sorted(line[1] for line in lines())
    assert list(audit.verify()) == []


def test_the_same_sheet_imported_twice_at_once_makes_each_task_once(county):
    directive = house.directive(county)
    both = [house.read(directive, county.supervisor, house.sheet(*lines())) for _twice in range(2)]
    for batch in both:
        batches.take(batch, by=county.supervisor)

    at_once(batch_runs.carry_on, [batch.pk for batch in both])

    assert Task.objects.count() == Task.objects.values("matter").distinct().count() == LINES
    assert sum(house.fresh(batch).taken for batch in both) == LINES
