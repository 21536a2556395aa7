"""The job may die, be woken twice or never: each line becomes a task once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tasks import jobs
from tasks.models import Batch, Overseer, Task
from tasks.operations import batch_runs, batches, drafting
from tests.tasks.imports import house
from workflow.models import Event

MANY = 25


def lines(count, first=1):
    return [
        (n, f"完成第{n}批改造。", "验收", "县住建局", "县财政局", "王某", "2027-06-30", "")
        for n in range(first, first + count)
    ]


@pytest.fixture
def small_slices(monkeypatch):
    monkeypatch.setattr(batch_runs, "SLICE", 10)


@pytest.fixture
def ready(county, small_slices):
    return house.read(house.directive(county), county.supervisor, house.sheet(*lines(MANY)))


class Killed(BaseException):
    """The worker was killed."""


def dies_after(monkeypatch, module, name, count):
    """Let a function work ``count`` times and then kill the worker."""
    real, left = getattr(module, name), [count]

    def act(*args, **kwargs):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, act)


def let_the_lease_run_out():
    Batch.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_progress_is_told_slice_by_slice(county, ready, monkeypatch):
    batch = batches.take(ready, by=county.supervisor)
    seen = []
    real = batch_runs.Run.go_on

    def watch(run, row):
        real(run, row)
        seen.append((row.handled, row.taken))

    monkeypatch.setattr(batch_runs.Run, "go_on", watch)
    house.run(batch)

    assert seen == [(10, 10), (20, 20), (25, 25)]


def test_a_worker_that_dies_in_the_middle_of_a_slice_leaves_no_half_of_it(county, ready, monkeypatch):
    batch = batches.take(ready, by=county.supervisor)
    with monkeypatch.context() as patch:
        dies_after(patch, Overseer.objects, "bulk_create", 1)
        with pytest.raises(Killed):
            batch_runs.carry_on(batch.pk)

    assert (Task.objects.count(), house.fresh(batch).handled) == (10, 10)

    let_the_lease_run_out()
    assert jobs.sweep_batches() == 1

    batch = house.fresh(batch)
    assert (batch.state, batch.taken, Task.objects.count()) == ("done", MANY, MANY)
    assert Task.objects.values("matter").distinct().count() == MANY
    assert batch.rows.filter(task=None).count() == 0


def test_a_batch_in_other_hands_is_left_alone(county, ready):
    batch = batches.take(ready, by=county.supervisor)
    held = batch_runs.Run.begin(batch.pk)

    assert held is not None
    assert batch_runs.carry_on(batch.pk) == 0
    assert jobs.sweep_batches() == 0
    assert Task.objects.count() == 0


def test_a_worker_that_was_thought_dead_takes_nothing_after_another_came(county, ready):
    batch = batches.take(ready, by=county.supervisor)
    slow = batch_runs.Run.begin(batch.pk)
    let_the_lease_run_out()

    house.run(batch)
    assert batch_runs._take(slow) == 0

    assert (Task.objects.count(), house.fresh(batch).taken) == (MANY, MANY)


def test_waking_it_again_when_it_is_done_does_nothing(county, ready):
    batch = house.run(batches.take(ready, by=county.supervisor))
    events = Event.objects.count()

    assert jobs.carry_batch(batch.pk) == 0
    assert jobs.sweep_batches() == 0
    assert Event.objects.count() == events


def test_a_reading_that_died_begins_anew_without_doubled_lines(county, small_slices, monkeypatch):
    batch = house.uploaded(house.directive(county), county.supervisor, house.sheet(*lines(MANY)))
    with monkeypatch.context() as patch:
        dies_after(patch, batch_runs, "_keep", 1)
        with pytest.raises(Killed):
            batch_runs.carry_on(batch.pk)
    assert (house.fresh(batch).state, batch.rows.count()) == ("reading", 20)

    let_the_lease_run_out()
    jobs.sweep_batches()

    batch = house.fresh(batch)
    assert (batch.state, batch.total, batch.handled, batch.rows.count()) == ("ready", MANY, MANY, MANY)


def test_the_sweep_finds_what_no_message_ever_told(county, small_slices):
    batch = house.uploaded(house.directive(county), county.supervisor, house.sheet(*lines(2)))

    assert batch_runs.left_behind() == [batch.pk]
    jobs.sweep_batches()

    assert (house.fresh(batch).state, batch_runs.left_behind()) == ("ready", [])


def test_a_dead_broker_does_not_refuse_the_officer(county, django_capture_on_commit_callbacks, monkeypatch):
    def nobody_answers(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr(jobs.carry_batch, "delay", nobody_answers)
    with django_capture_on_commit_callbacks(execute=True):
        batch = house.uploaded(house.directive(county), county.supervisor, house.sheet(*lines(2)))

    assert house.fresh(batch).state == "reading"
    jobs.sweep_batches()
    assert house.fresh(batch).state == "ready"


def test_the_message_wakes_the_job_once_the_upload_stands(county, django_capture_on_commit_callbacks):
    directive = house.directive(county)

    with django_capture_on_commit_callbacks(execute=True):
        batch = house.uploaded(directive, county.supervisor, house.sheet(*lines(2)))
        assert house.fresh(batch).state == "reading"

    assert house.fresh(batch).state == "ready"


def test_a_sheet_on_which_workers_die_is_given_up(county, monkeypatch):
    batch = house.uploaded(house.directive(county), county.supervisor, house.sheet(*lines(2)))

    def explode(*args, **said):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(batches, "read", explode)
        for _attempt in range(batch_runs.PATIENCE):
            with pytest.raises(Killed):
                batch_runs.carry_on(batch.pk)
            let_the_lease_run_out()
        batch_runs.carry_on(batch.pk)

    batch = house.fresh(batch)
    assert (batch.state, batch.problem_code, batch.attempts) == ("failed", "batch.unreadable", 0)
    assert batch.problem.endswith("。")


def test_a_line_on_which_workers_die_is_put_aside_and_the_others_go_on(county, ready, monkeypatch):
    batch = batches.take(ready, by=county.supervisor)
    poison, real = "完成第3批改造。", drafting.prepare

    def prepare(directive, words):
        if words.matter == poison:
            raise Killed
        return real(directive, words)

    monkeypatch.setattr(drafting, "prepare", prepare)
    deaths = 0
    while house.fresh(batch).state == "taking":
        try:
            batch_runs.carry_on(batch.pk)
        except Killed:
            deaths += 1
            let_the_lease_run_out()

    batch = house.fresh(batch)
    assert (batch.state, batch.taken, batch.kept, batch.attempts) == ("done", MANY - 1, 1, 0)
    kept = batch.rows.get(good=False)
    assert (kept.proposed["matter"], kept.problems[-1]["code"]) == (poison, "batch.row_failed")
    assert deaths <= 2 * batch_runs.PATIENCE


def test_a_sheet_without_a_task_fails_in_words(county):
    batch = house.run(house.uploaded(house.directive(county), county.supervisor, house.sheet()))

    assert (batch.state, batch.problem_code) == ("failed", "sheet.no_rows")
    assert batch.problem == "表头下面没有任务。请填写后再导入。"


def test_a_mark_found_late_leaves_nothing_of_the_file(county, monkeypatch):
    from documents import markings

    batch = house.uploaded(house.directive(county), county.supervisor, house.sheet(*lines(2)))
    place = batch.file.path

    def marked(*args, **said):
        markings.refuse_marked("机密★")

    monkeypatch.setattr(batches, "read", marked)
    batch = house.run(batch)

    import os

    assert (batch.state, batch.problem_code, batch.rows.count()) == ("failed", "secrecy.marked", 0)
    assert not os.path.exists(place)
    assert "机密★" not in batch.name
