"""A paper comes in: read, taken apart, and kept with its clauses and drafts for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from documents import reading, uploads
from documents.blocks import SourcePaper
from documents.safety import Source
from documents.uploads import Upload
from organization.models import User
from organization.workdays import calendar_of
from tasks import digests
from tasks.decomposition import engine, shapes
from tasks.lifecycles import DIRECTIVE
from tasks.models import Breakdown, Clause, Directive, Draft
from tasks.operations import directives, directory, files
from tasks.operations.breakdowns import proposing
from tasks.states import BreakdownState, ClauseState
from workflow.record import advance, lock, record
from workflow.refusal import Conflict, RuleBroken

LONGEST: Final = 300_000
"""Characters of one paper: more is a book, and nobody looks through its clauses on one page."""


@dataclass(frozen=True)
class Apart:
    """A paper taken apart: what it says of itself, its clauses and its drafts, as unsaved rows in its order."""

    facts: shapes.Facts
    clauses: Sequence[Clause]
    drafts: Sequence[Draft]


@dataclass(frozen=True)
class Document:
    """A paper that passed the gate: the file as it is kept, what its reader found, and what it comes to."""

    upload: Upload
    paper: SourcePaper
    apart: Apart


def accept(directive: Directive, *, by: User, stream: Source, name: str) -> Document:
    """Look a file through at the door, read it (docx, txt, pdf with text, xlsx) and take it apart; nothing is kept.

    Refused: as in ``break_down``, before anything is looked through; RuleBroken of ``uploads.accept`` and
    ``reading.read`` (a scan without text: paper.no_text); ("paper.too_long") above 300,000 characters.
    """
    _refuse_early(directive, by)
    gate = partial(uploads.accept, stream, name, limit_bytes=reading.LIMIT_BYTES, allowed=reading.ALLOWED)
    upload = files.refusing_marks(directive, by, gate)
    paper = files.refusing_marks(directive, by, partial(reading.read, upload.stream, upload.name))
    return _document(directive, upload, paper)


def pasted(directive: Directive, *, by: User, text: str) -> Document:
    """Take pasted text, which is kept as a file of its own. Refused: as ``accept``."""
    _refuse_early(directive, by)
    paper = files.refusing_marks(directive, by, partial(reading.pasted, text))
    upload = uploads.sealed(BytesIO(text.encode()), _("粘贴的文字") + ".txt", readable=True)
    return _document(directive, upload, paper)


def _refuse_early(directive: Directive, by: User) -> None:
    DIRECTIVE.check(directive, "break_down", by)
    directives.refuse_information(directive)


def _document(directive: Directive, upload: Upload, paper: SourcePaper) -> Document:
    if len(paper.text) > LONGEST:
        raise RuleBroken(
            "paper.too_long",
            _("这份文件超过 %(most)d 万字，一次分解不了。请按部分拆成几份，分别登记、分解。")
            % {"most": LONGEST // 10_000},
        )
    return Document(upload, paper, _take_apart(directive, upload.name, paper))


def _take_apart(directive: Directive, name: str, paper: SourcePaper) -> Apart:
    """Return clauses with their places and drafts with their units: before any transaction, for it takes its time."""
    names = directory.names_for("", directive.organiser)
    found = engine.decompose(
        paper.text, names.directory, tables=paper.tables, within=names.within, name=name,
        received_on=directive.issued_on, after_workdays=calendar_of(directive.organiser).after,
    )  # fmt: skip
    names = directory.Names(names.directory, directory.place_in(names.directory, found.facts.title) or names.within)
    clauses = {clause.id: _row_of(clause) for clause in found.clauses}
    drafts = [
        Draft(clause=clauses[one.clause.id], position=place, proposed=proposing.of(one, names))
        for place, one in enumerate(found.drafts, start=1)
    ]
    return Apart(found.facts, list(clauses.values()), drafts)


def _row_of(clause: shapes.Clause) -> Clause:
    return Clause(
        key=clause.id, number=clause.number, path=list(clause.path), start=clause.start, end=clause.end,
        kind=clause.kind, hint=clause.hint,
        state=ClauseState.FRAME if clause.kind == shapes.FRAME else ClauseState.OPEN,
    )  # fmt: skip


@transaction.atomic
def break_down(
    directive: Directive, *, by: User, file: Document | None = None, text: Document | None = None
) -> Breakdown:
    """Keep the paper of a directive, taken apart into clauses and drafts (分解文件): a file, or pasted text.

    Each has passed ``accept`` or ``pasted``. Nothing becomes a task before a person accepted it.
    Refused: Forbidden to all but the officers of the directive's office; RuleBroken("breakdown.one_paper") for none or
    both; ("directive.information_only") for what is only to be read (R12); Conflict("breakdown.exists") while another
    breakdown of the directive stands.
    """
    directive = lock(directive, "organiser")
    step = DIRECTIVE.check(directive, "break_down", by)
    directives.refuse_information(directive)
    document = only_one(file, text)
    _refuse_second(directive)
    apart = document.apart
    facts = apart.facts
    breakdown = Breakdown(
        directive=directive, organiser=directive.organiser, made_by=by, state=BreakdownState.OPEN,
        text=document.paper.text, tables=[table.as_dict() for table in document.paper.tables],
        title=facts.title[:300], document_no=facts.doc_no[:64], issuer=facts.issuer[:128], issued_on=facts.issued_on,
        annotated=facts.annotated,
    )  # fmt: skip
    files.keep(breakdown, document.upload)
    detail = {
        "sha256": breakdown.sha256, "size": breakdown.size, "directive": directive.pk, "clauses": len(apart.clauses),
        "drafts": len(apart.drafts), "row": digests.of(breakdown, digests.PAPER),
    }  # fmt: skip
    record("breakdown.create", breakdown, by, detail=detail, new=breakdown.state)
    for row in (*apart.clauses, *apart.drafts):
        row.breakdown = breakdown
    Clause.objects.bulk_create(apart.clauses, batch_size=500)
    for draft in apart.drafts:
        draft.clause_id = draft.clause.pk
    Draft.objects.bulk_create(apart.drafts, batch_size=500)
    # Without the paper's name: units read the source's history too, and the paper is the office's own.
    advance(directive, step, by, breakdown=breakdown.pk, sha256=breakdown.sha256)
    return breakdown


def only_one(file: Document | None, text: Document | None) -> Document:
    """Return the paper that was handed in. Refused: RuleBroken("breakdown.one_paper") for none or both."""
    document = file or text
    if document is None:
        raise RuleBroken("breakdown.one_paper", _("请选择一份文件，或粘贴文字。"))
    if file and text:
        raise RuleBroken("breakdown.one_paper", _("文件和粘贴的文字只能选一种，请去掉一种。"))
    return document


def _refuse_second(directive: Directive) -> None:
    standing: Any = directive.breakdowns.standing().values_list("pk", flat=True).first()
    if standing is not None:
        raise Conflict(
            "breakdown.exists",
            _("这个事项的文件已经分解过。请在原来的分解台上继续；要换一份文件的，先放弃原来的分解。"),
            details={"breakdown": standing},
        )
