"""The invented directory, and short ways to take a paper apart in it."""

from benchmarks.paper_words import CITY, directory
from tasks.decomposition.engine import decompose
from tasks.decomposition.naming import directory_of
from tasks.decomposition.shapes import Breakdown, Draft

UNITS = directory_of(directory())
SHORT = {entry.name: entry.short for entry in UNITS.entries.values()}
HEAD = f"临政办发〔2027〕8号\n\n{CITY}人民政府办公室\n2027年2月1日\n\n临泽市有关工作方案\n\n一、重点任务\n"


def taken(text: str, **more) -> Breakdown:
    return decompose(text, UNITS, **more)


def drafts(body: str) -> tuple[Draft, ...]:
    """Take the body of a plan of 2027 apart."""
    return taken(HEAD + body).drafts


def one(body: str) -> Draft:
    (draft,) = drafts(body)
    return draft


def units(names: tuple[str, ...]) -> str:
    """Give full names by their short ones."""
    return " ".join(SHORT[name] for name in names)


def who(draft: Draft) -> tuple[str, str, str]:
    """Give leads, helpers and groups."""
    return units(draft.lead), units(draft.cooperating), " ".join(draft.groups)
