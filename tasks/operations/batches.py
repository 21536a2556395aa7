"""Batches: upload a 任务分解表, look at it before anything is made, correct lines, take the good ones, or drop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import sheets
from documents.markings import refuse_marked, screened
from documents.rows import TaskRow
from documents.safety import Source
from documents.sheets import Reading
from documents.uploads import Upload
from organization import places
from organization.models import Department, User
from organization.workdays import calendar_of
from tasks import clock
from tasks.lifecycles import BATCH, DIRECTIVE
from tasks.models import Batch, BatchRow, Directive
from tasks.operations import directives, directory, files, proposals, shares
from tasks.operations.directory import Names
from tasks.operations.proposals import Proposal
from tasks.states import BatchState, TaskState
from workflow.record import advance, lock, record
from workflow.refusal import NotVisible, RuleBroken

waiting = Signal()
"""A batch waits for its job (``batch``: the row). Sent inside the transaction; ``tasks.jobs`` listens."""

UNITS = ("joint", "co_units")
TEXTS = ("matter", "standard", "groups", "responsible", "leader", "cycle")


@dataclass(frozen=True)
class Preview:
    """What an upload would come to: its lines as unsaved rows, in the order of the sheet."""

    title: str
    skipped_sheets: list[str]
    rows: list[BatchRow]


@transaction.atomic
def upload(directive: Directive, *, by: User, file: Upload, default_limit: bool = False) -> Batch:
    """Begin an import (导入分解表): keep the sheet and wake the job that reads it.

    ``file`` has passed ``sheets.accept``. ``default_limit``: a line that names no deadline gets the source's own, which
    the preview shows before anything is taken. Refused: RuleBroken("directive.information_only") for a source that is
    only to be read (R12).
    """
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "upload", by)
    directives.refuse_information(directive)
    batch = Batch(
        directive=directive, organiser=directive.organiser, uploaded_by=by, state=BatchState.READING,
        default_limit=default_limit,
    )  # fmt: skip
    _act_for(batch, by)
    files.keep(batch, file)
    detail = {"sha256": batch.sha256, "size": batch.size, "directive": directive.pk, "default_limit": default_limit}
    record("batch.upload", batch, by, detail=detail, new=batch.state)
    # Without the sheet's name: units read the source's history too, and the sheet is the office's own.
    advance(directive, step, by, batch=batch.pk, sha256=batch.sha256)
    waiting.send(Batch, batch=batch)
    return batch


def preview(directive: Directive, *, by: User, file: Upload, default_limit: bool = False) -> Preview:
    """Read a sheet and match it as an import would, keeping nothing (试运行). Refused as in ``upload`` and ``read``."""
    try:
        DIRECTIVE.check(directive, "upload", by)
        directives.refuse_information(directive)
        reading, found = read(directive, file, default_limit=default_limit)
    finally:
        file.stream.close()
    rows = [row_of(Batch(directive=directive), line, proposal) for line, proposal in found]
    return Preview(reading.title, list(reading.skipped_sheets), rows)


def _act_for(batch: Batch, by: User) -> None:
    """Remember for whom, and in which post, the job acts."""
    batch.acting_user, batch.acting_post, batch.acting_delegation = by, by.post, by.delegation


def accept(directive: Directive, *, by: User, stream: Source, name: str) -> Upload:
    """Look a sheet through at the door; who may not upload has nothing looked through.

    Refused: as in ``upload`` and ``documents.sheets.accept``. That a sheet bears a state-secret mark is recorded
    without a word of it, and nothing of it is kept (R43, F37).
    """
    DIRECTIVE.check(directive, "upload", by)
    directives.refuse_information(directive)
    return files.refusing_marks(directive, by, partial(sheets.accept, stream, name))


# ------------------------------------------------------------------------------------------------ reading


def read(
    directive: Directive, file: Upload | Batch, *, default_limit: bool
) -> tuple[Reading, list[tuple[TaskRow, Proposal]]]:
    """Read the lines of a sheet and propose a draft for each. Refused: RuleBroken of ``sheets.read``."""
    after = calendar_of(directive.organiser).after
    stream: Any = file.stream if isinstance(file, Upload) else file.file.open("rb")
    with stream:
        reading = sheets.read(
            stream, file.name, year=directive.issued_on.year, issued_on=directive.issued_on, after_workdays=after
        )
    names: Names = directory.names_for(reading.title, directive.organiser)
    standing, today = matters_of(directive), timezone.localdate()
    limit = default_of(directive) if default_limit else ""
    found = [(row, proposals.of(row, names, standing=standing, on=today, limit=limit)) for row in reading.rows]
    _note_beyond(directive, found)
    return reading, found


def default_of(directive: Directive) -> str:
    """Return the limit that the directive's tasks have by custom, in words."""
    return clock.default_words(directive.source, directive.urgency)


def _note_beyond(directive: Directive, found: Sequence[tuple[TaskRow, Proposal]]) -> None:
    """Hint at the units to which the office may not give orders."""
    keys = {key for _row, proposal in found for key in proposal.units}
    foreign = places.beyond(directive.organiser, list(Department.objects.filter(pk__in=keys)))
    beyond = {unit.pk: str(unit) for unit in foreign}
    for row, proposal in found:
        proposals.note_beyond(row, proposal, beyond)


def matters_of(directive: Directive) -> dict[str, str]:
    """Return the matters of the directive's tasks that were not given up, each with its number ('' for a draft)."""
    tasks = directive.tasks.exclude(state=TaskState.TERMINATED).filter(parent=None)
    return {proposals.key_of(matter): number or "" for matter, number in tasks.values_list("matter", "number")}


def row_of(batch: Batch, line: TaskRow, proposal: Proposal) -> BatchRow:
    """Return the row of one line, unsaved."""
    return BatchRow(
        batch=batch, sheet=line.sheet, line=line.row_number, read=line.as_dict(), proposed=proposal.fields,
        problems=proposal.told(), good=proposal.is_good,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ the officer


@transaction.atomic
@screened
def amend(
    batch: Batch,
    *,
    by: User,
    row: BatchRow,
    matter: str,
    standard: str = "",
    lead: Department | None = None,
    joint: Sequence[Department] = (),
    co_units: Sequence[Department] = (),
    groups: str = "",
    responsible: str = "",
    leader: str = "",
    cycle: str = "",
    due_on: date | None = None,
    default_limit: bool = False,
    skip: bool = False,
) -> Batch:
    """Correct one line as a whole (更正), or leave it out (``skip``). What the officer says stands for the sheet.

    Refused: RuleBroken("batch.row_taken") for a line that is a task already; ("assignment.unit_twice");
    ("secrecy.marked"). A line without a lead stays kept.
    """
    batch = lock(batch, "directive__organiser", "organiser")
    step = BATCH.check(batch, "amend", by)
    row = _own_row(batch, row)
    refuse_marked(matter, short=True)
    shares.refuse_twice([*([lead] if lead else []), *joint, *co_units])
    texts = {"matter": matter, "standard": standard, "groups": groups, "responsible": responsible, "leader": leader,
             "cycle": cycle}  # fmt: skip
    units = {"joint": [u.pk for u in joint], "co_units": [u.pk for u in co_units]}
    given = texts | units | {
        "lead": lead.pk if lead else None, "due_on": due_on.isoformat() if due_on else None,
        "default_limit": default_limit and due_on is None,
    }  # fmt: skip
    changed = sorted(name for name, value in given.items() if row.proposed.get(name) != value)
    _write(batch, row, row.proposed | given, skip)
    _count(batch)
    return advance(batch, step, by, sheet=row.sheet, line=row.line, changed=changed, skip=skip)


def _own_row(batch: Batch, row: BatchRow) -> BatchRow:
    """Return the row as it stands in the locked batch."""
    found: BatchRow | None = batch.rows.filter(pk=row.pk).first()
    if found is None:
        raise NotVisible("not_found", _("这个批次里没有这一行。"))
    if found.task_id is not None:
        raise RuleBroken(
            "batch.row_taken", _("第 %(line)d 行已经导入，请到任务里修改。") % {"line": found.line},
            details={"task": found.task_id},
        )  # fmt: skip
    return found


def _write(batch: Batch, row: BatchRow, fields: dict[str, Any], skip: bool) -> None:
    beside = batch.rows.filter(good=True, skipped=False).exclude(pk=row.pk).values_list("proposed__matter", flat=True)
    proposal = proposals.of_amended(
        TaskRow.from_dict(row.read), fields, standing=matters_of(batch.directive), beside=beside,
        on=timezone.localdate(), limit=default_of(batch.directive),
    )  # fmt: skip
    _note_beyond(batch.directive, [(TaskRow.from_dict(row.read), proposal)])
    row.proposed, row.problems, row.good = proposal.fields, proposal.told(), proposal.is_good
    row.skipped, row.amended = skip, True
    row.save(update_fields=["proposed", "problems", "good", "skipped", "amended"])


def _count(batch: Batch) -> None:
    """Count the rows anew after a correction."""
    counts = batch.rows.aggregate(
        good=Count("pk", filter=Q(good=True, skipped=False)), skipped=Count("pk", filter=Q(skipped=True))
    )
    batch.good, batch.skipped = counts["good"], counts["skipped"]


@transaction.atomic
def take(batch: Batch, *, by: User) -> Batch:
    """Make drafts of the good lines (导入): wakes the job that does it slice by slice.

    Refused: RuleBroken("batch.nothing_good") where no line can be taken.
    """
    batch = lock(batch, "directive", "organiser")
    step = BATCH.check(batch, "take", by)
    if not batch.waiting:
        raise RuleBroken(
            "batch.nothing_good", _("没有可以导入的行。请先更正有问题的行，或下载待更正的行改好后重新上传。")
        )
    batch.handled, batch.attempts, batch.leased_until = 0, 0, None
    _act_for(batch, by)
    batch = advance(batch, step, by, rows=batch.waiting)
    waiting.send(Batch, batch=batch)
    return batch


@transaction.atomic
@screened
def drop(batch: Batch, *, by: User, reason: str = "") -> Batch:
    """Give an import up (放弃); the sheet and its lines stay as they were read, no task comes of them."""
    batch = lock(batch, "organiser")
    step = BATCH.check(batch, "drop", by)
    return advance(batch, step, by, reason=reason)


def kept_rows(batch: Batch) -> list[TaskRow]:
    """Return the lines kept for correction, as they were read, with all that is wrong with them now."""
    rows = batch.rows.filter(good=False, skipped=False, task=None)
    return [TaskRow.from_dict(row.read | {"problems": row.problems}) for row in rows]
