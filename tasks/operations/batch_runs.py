"""Batch runs: what the job does with a batch, slice by slice; it may die at any point and be carried on by another.

A slice is one transaction that begins with the batch's lock and the proof that the run still holds its lease; a row
becomes a task in the same transaction that writes ``BatchRow.task``. So a batch that is run twice takes each row once,
whatever the broker does (F01, F04, F05).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import markings
from documents.rows import Problem
from organization.models import Department, User
from tasks.lifecycles import BATCH
from tasks.models import Batch, BatchRow
from tasks.operations import batches, drafting, proposals
from tasks.operations.proposals import key_of
from tasks.states import BatchState
from workflow.record import advance, lock
from workflow.refusal import Refusal
from workflow.retrying import again

LEASE: Final = timedelta(seconds=60)
SLICE: Final = 100
"""Rows in one transaction: on SQLite nobody else writes meanwhile (ecosystem.md 2)."""
PATIENCE: Final = 3
"""How often in a row a run may die before rows are taken one by one, and again before one is put aside."""

RUNNING: Final = (BatchState.READING, BatchState.TAKING)


@dataclass
class Run:
    """One worker's hold on a batch: the lease in the row is its token."""

    pk: int
    lease: datetime

    @classmethod
    def begin(cls, pk: int) -> Run | None:
        """Take hold of a batch that waits; None where another run holds it, or nothing is to be done."""
        now = timezone.now()
        free = Q(leased_until=None) | Q(leased_until__lt=now)
        rows = Batch.objects.filter(free, pk=pk, state__in=RUNNING)
        held = rows.update(leased_until=now + LEASE, attempts=F("attempts") + 1)
        return cls(pk, now + LEASE) if held else None

    def locked(self) -> Batch | None:
        """Return the batch, locked, while this run holds it; None once it was lost or ended."""
        batch = lock(Batch(pk=self.pk), "directive__organiser", "organiser", "acting_user")
        held = batch.leased_until == self.lease and batch.state in RUNNING
        return batch if held else None

    def go_on(self, batch: Batch) -> None:
        """Write the progress of a slice and hold on to the batch for the next."""
        self.lease = timezone.now() + LEASE
        # One by one until the end, once something in the batch was deadly.
        batch.leased_until, batch.attempts = self.lease, PATIENCE + 1 if batch.attempts > PATIENCE else 0
        batch.save(update_fields=["leased_until", "attempts", "total", "good", "handled", "taken"])


def left_behind() -> list[int]:
    """Return the batches that wait for a run and are in nobody's hands."""
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    return list(Batch.objects.filter(free, state__in=RUNNING).order_by("pk").values_list("pk", flat=True))


def carry_on(pk: int) -> int:
    """Bring a batch to the end of its reading or taking. Returns the rows handled; 0 where nothing was to be done."""
    run = Run.begin(pk)
    if run is None:
        return 0
    batch = Batch.objects.select_related("directive__organiser", "organiser", "acting_user").get(pk=pk)
    return _read(run, batch) if batch.state == BatchState.READING else _take(run)


# ------------------------------------------------------------------------------------------------ reading


def _read(run: Run, batch: Batch) -> int:
    """Read the sheet (no lock is held meanwhile), keep its lines slice by slice, and hand it to the officer."""
    if batch.attempts > PATIENCE:
        told = _("这份表格多次没有读成，已停止。请下载模板对照填写后重新上传；仍不行的，请联系系统管理员。")
        return _fail(run, "batch.unreadable", told)
    try:
        reading, found = batches.read(batch.directive, batch, default_limit=batch.default_limit)
    except Refusal as refusal:
        return _fail(run, refusal.code, str(refusal.message))
    rows = [batches.row_of(batch, line, proposal) for line, proposal in found]
    for start in range(0, len(rows), SLICE * 2):
        slice_ = rows[start : start + SLICE * 2]
        if not again(partial(_keep, run, run.lease, slice_, total=len(rows), first=start == 0)):
            return start
    with transaction.atomic():
        fresh = run.locked()
        if fresh is not None:
            fresh.title, fresh.skipped_sheets = reading.title[:300], list(reading.skipped_sheets)
            fresh.good = sum(row.good for row in rows)
            _let_go(fresh)
            advance(fresh, BATCH.rows("read")[0], acting(fresh), total=len(rows), good=fresh.good)
    return len(rows)


@transaction.atomic
def _keep(run: Run, lease: datetime, rows: list[BatchRow], *, total: int, first: bool) -> bool:
    run.lease = lease  # as in ``_take_slice``
    batch = run.locked()
    if batch is None:
        return False
    if first:
        batch.rows.all().delete()
        batch.handled = 0
    BatchRow.objects.bulk_create(rows)
    batch.total, batch.handled = total, batch.handled + len(rows)
    run.go_on(batch)
    return True


@transaction.atomic
def _fail(run: Run, code: str, told: str) -> int:
    """End a reading that came to nothing; what bears a state-secret mark is not kept (R43)."""
    batch = run.locked()
    if batch is not None:
        if code == markings.CODE:
            batch.file.delete(save=False)
            batch.name = "（未保存）"
        batch.problem, batch.problem_code = told, code
        _let_go(batch)
        advance(batch, BATCH.rows("fail")[0], acting(batch), code=code)
    return 0


# ------------------------------------------------------------------------------------------------ taking


def _take(run: Run) -> int:
    """Make drafts of the good rows, slice by slice, until none is left. Returns the rows handled."""
    handled = 0
    while (count := again(partial(_take_slice, run, run.lease))) is not None:
        handled += count
    return handled


@transaction.atomic
def _take_slice(run: Run, lease: datetime) -> int | None:
    """Take one slice; None when the batch is done or lost to another run. ``lease``: what the row holds of this run."""
    run.lease = lease  # of a slice that was broken off and is taken again, the row kept nothing
    batch = run.locked()
    if batch is None:
        return None
    size = 1 if batch.attempts > PATIENCE else SLICE
    rows = list(batch.rows.filter(task=None, good=True, skipped=False).order_by("pk")[:size])
    if not rows:
        _let_go(batch)
        advance(batch, BATCH.rows("finish")[0], acting(batch), taken=batch.taken, kept=batch.kept)
        return None
    if batch.attempts > 2 * PATIENCE:
        _put_aside(rows[0], "batch.row_failed", _("这一行多次没有导入成功，已留下。请改写后再导入，或联系系统管理员。"))
    else:
        _take_rows(batch, rows)
    taken, aside = [row for row in rows if row.task_id is not None], [row for row in rows if row.task_id is None]
    BatchRow.objects.bulk_update(taken, ["task"])
    BatchRow.objects.bulk_update(aside, ["good", "problems"])
    batch.taken, batch.handled = batch.taken + len(taken), batch.handled + len(rows)
    batch.good -= len(aside)
    run.go_on(batch)
    return len(rows)


def _take_rows(batch: Batch, rows: list[BatchRow]) -> None:
    """Make drafts of the rows; one that is refused is kept with the reason, the others go on."""
    by, directive = acting(batch), lock(batch.directive, "organiser", "instructed_by")
    fresh = _new(rows, batches.matters_of(directive))
    units = Department.objects.in_bulk({key for row in fresh for key in row.units})
    try:
        made = drafting.draft_all(directive, by=by, rows=[proposals.arguments(row.proposed, units) for row in fresh])
    except Refusal as refusal:
        made = [refusal] * len(fresh)  # the directive takes no more tasks, or not from this officer
    for row, task in zip(fresh, made, strict=True):
        if isinstance(task, Refusal):
            _put_aside(row, task.code, str(task.message))
        else:
            row.task = task


def _new(rows: list[BatchRow], standing: dict[str, str]) -> list[BatchRow]:
    """Return the rows whose matter the directive does not have yet; put the others aside (R13)."""
    fresh = []
    for row in rows:
        key = key_of(row.proposed["matter"])
        if key in standing:
            told = _("与本事项下已有的任务内容相同，一件事只立一项。确是另一件事的，请写清区别；重复的不必导入。")
            _put_aside(row, "matter.exists", told)
        else:
            standing[key] = ""
            fresh.append(row)
    return fresh


def _put_aside(row: BatchRow, code: str, told: str) -> None:
    """Keep a row for correction, with what the draft was refused for."""
    row.good = False
    problem = Problem(_("第%(line)d行") % {"line": row.line}, "", code, told)
    row.problems = [*row.problems, vars(problem)]


def acting(batch: Batch) -> User:
    """Return the officer for whom the job acts, in the post from which he asked."""
    user = batch.acting_user
    assert user is not None
    return user.act_in(batch.acting_post, batch.acting_delegation)


def _let_go(batch: Batch) -> None:
    batch.leased_until, batch.attempts = None, 0
