"""What every paper of the room has in common: who may have it when, its cover, its name as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import papers
from documents.papers import Cover, Paper, PaperNumber
from workflow.refusal import Conflict

DRAFT: Final = "草稿"
NOT_IN_FORCE: Final = "草稿，未经签发，不具效力"
LAYOUTS: Final[dict[str, Callable[[Paper], bytes]]] = {"docx": papers.to_docx, "pdf": papers.to_pdf}
TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Sheet:
    """How the rows of one noun become papers.

    ``rows`` are those whose words the user reads; ``issued`` tells whether the paper went out as far as he may know,
    ``drafted`` whether he works at it and may have it before that.
    """

    noun: str
    plural: str
    rows: Callable[[Any], QuerySet[Any]]
    issued: Callable[[Any, Any], bool]
    drafted: Callable[[Any, Any], bool]
    build: Callable[[Any, bool], Paper]


@dataclass(frozen=True)
class Printed:
    """A paper, and whether it is a draft."""

    paper: Paper
    key: int
    is_draft: bool

    def content(self, ending: str) -> bytes:
        """Lay it out. Refused: RuleBroken("paper.no_fonts") for a PDF on a machine without a Chinese font."""
        return LAYOUTS[ending](self.paper)

    def name(self, ending: str) -> str:
        """Return the name of the file, which says its number and kind and no word of what it holds."""
        number = f"{DRAFT}{self.key}" if self.is_draft else str(self.paper.number or self.key)
        return f"{number}{self.paper.kind}.{ending}"


def printed(sheet: Sheet, thing: Any, user: Any) -> Printed:
    """Return the paper of a row out of ``sheet.rows``.

    Refused: Conflict("<noun>.not_issued") where there is none for the user: it is not issued, or has none at all.
    """
    is_draft = not sheet.issued(user, thing)
    if is_draft and not sheet.drafted(user, thing):
        raise Conflict(
            f"{sheet.noun}.not_issued",
            _("这里还没有可以下载的文书：尚未签发，或已撤销。请在签发以后再下载。"),
        )
    with override("zh-hans"):
        return Printed(sheet.build(thing, is_draft), thing.pk, is_draft)


# ------------------------------------------------------------------------------------------------ parts


def cover(
    thing: Any,
    organ: str,
    decided_at: datetime | None,
    *,
    draft: bool,
    number: str | None = "",
    to: Sequence[str] = (),
    contact: str = "",
    notes: str = "",
) -> Cover:
    """Return the cover. A draft bears no number and says what it is; its day is that of its beginning."""
    written = thing.number if number == "" else number
    return Cover(
        organ=organ,
        signed=organ,
        dated=day_of(decided_at or thing.created_at),
        number=PaperNumber.read(written) if written and not draft else None,
        addressees=to,
        contact=contact,
        notes=NOT_IN_FORCE if draft else notes,
        as_it_stands=True,
    )


def day_of(moment: datetime) -> date:
    """Return the day of a moment."""
    return timezone.localdate(moment)


def subject_of(title: str, kind: str) -> str:
    """Take out of a title what the paper says itself: 关于…的通报 becomes …."""
    return re.sub(rf"的?(督查)?{kind}(书)?$", "", title.removeprefix("关于"))


def name_of(person: Any) -> str:
    """Return the name of a person, nothing where there is none."""
    return person.name if person is not None else ""


def contact_of(person: Any, unit: Any) -> str:
    """Return whom to turn to: the person, in which unit."""
    return "，".join(filter(None, (unit.name, name_of(person))))


def may(table: Any, *verbs: str) -> Callable[[Any, Any], bool]:
    """Return the question whether the user may take one of the steps now."""
    return lambda user, thing: any(table.may(thing, verb, user) for verb in verbs)


def nobody(user: Any, thing: Any) -> bool:
    """Say that nobody has it before it is issued."""
    return False
