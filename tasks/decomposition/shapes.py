"""What comes out of a decomposition: clauses with their places in the original, and the tasks drafted from them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from documents.dates import Deadline
from documents.units import Mention

TASK, PLAIN, FRAME = "task", "plain", "frame"
Workdays = Callable[[date, int], date] | None
"""Gives the n-th working day after a day."""


@dataclass(frozen=True)
class Clause:
    """One numbered piece of the paper. ``start`` and ``end`` slice the original; ``path`` are the headings above it.

    ``id`` depends on the headings and words alone, so that the same text gives the same id in every run. ``kind`` is
    task (a draft was made of it), plain (a person decides) or frame (number, title, addressee, day, signature: nothing
    to decide). ``hint`` says why a plain clause was taken for none: idle (a section without tasks), report (how to
    report), else ''.
    """

    id: str
    number: int
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    kind: str = PLAIN
    hint: str = ""


@dataclass(frozen=True)
class Choice:
    """A name that several units bear: a person chooses."""

    text: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A name as the paper writes it: the key of its unit in the directory, else (None) those of whom it may mean."""

    text: str
    unit: int | None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True)
class Standard:
    """A measure that a clause sets: 不低于 10 亿元. ``text`` is the part of the sentence that says it."""

    text: str
    relation: str
    number: str
    unit: str


@dataclass(frozen=True)
class Statement:
    """Who and until when, as a paper says it in one annotation, label block or sentence."""

    leads: tuple[Mention, ...] = ()
    cooperating: tuple[Mention, ...] = ()
    groups: tuple[str, ...] = ()
    deadline_text: str = ""
    cycle_text: str = ""
    leader: str = ""
    raw: str = ""
    # 以下均需各县区落实: groups that every later task has too.
    spreads: tuple[str, ...] = ()

    @property
    def names_units(self) -> bool:
        """Tell whether anybody is named."""
        return bool(self.leads or self.cooperating or self.groups)


@dataclass(frozen=True)
class Draft:
    """A task drafted from a clause; units are full names of the directory."""

    clause: Clause
    title: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    groups: tuple[str, ...]
    unresolved: tuple[str, ...]
    choices: tuple[Choice, ...]
    leader: str
    deadline: Deadline
    cycle: str | None
    standards: tuple[Standard, ...]
    urgency: str
    annotation: str = ""
    # The whole row of a table, for the reader.
    row: str = ""
    # Whose work it is by the directory's duty words, where the clause names nobody and it is sure; never in lead.
    suggested: tuple[str, ...] = ()
    # Every name of the paper, in its order: those who lead, and those who help.
    named_leads: tuple[Named, ...] = ()
    named_helpers: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a paper says of itself."""

    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    issued_on: date | None = None
    meeting_on: date | None = None
    year: int | None = None
    plan_years: tuple[int, int] | None = None
    level: str = ""
    cycle: str | None = None
    annotated: bool = False


@dataclass(frozen=True)
class Breakdown:
    """A paper taken apart: every clause once, in order, and the drafts."""

    facts: Facts
    clauses: tuple[Clause, ...] = ()
    drafts: tuple[Draft, ...] = ()
