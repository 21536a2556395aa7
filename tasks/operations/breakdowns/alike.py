"""Tasks that say nearly the same (疑似重复): shown before drafts are issued, never a bar.

What is the same to the letter within one directive is refused (R13, ``settling``). Everything short of that is a
person's to judge: another office word for one matter is a duplicate, last year's task under a new year is none.

How alike two tasks are is told in hundredths. Matters are compared without white space and marks (Chinese has no word
borders that a token measure could use); numbers are kept. The measure is the share of characters in common order
(``fuzz.ratio``), or 95 % of how well the shorter stands within the longer (``fuzz.partial_ratio``) where the shorter
has eight characters at least. A quarter of it may come from the clauses, where those are more alike than the matters:
but not between drafts of one clause, which share its words. The same lead raises by 5; numbers of which none is in
common lower by 8 (第3批 and 第4批, 12座 and 30座).

``ENOUGH`` is 80: a rewording of one character in five is still shown, which is what another office's word for the
same matter costs; of made matters that share verbs, places and endings but not the thing, one in two hundred reaches
it. ``benchmarks.alike`` measures both, and the time.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.db.models.functions import Left
from rapidfuzz import fuzz, process

from organization.models import User
from tasks.models import Breakdown, Task
from tasks.operations.breakdowns.drafts import LIVE
from tasks.states import OPEN

ENOUGH: Final = 80
SHOWN: Final = 3
MOST_TASKS: Final = 10_000
"""Open tasks that are looked at, the newest: what a province's office has, and a bound on the time."""
CLAUSE: Final = 300
"""Characters of a clause that are compared."""
COARSE: Final = 65
"""Matters below it do not reach ``ENOUGH`` whatever clause and lead add: 0.75 x 65 + 25 + 5 < 80."""
WITHIN: Final = 0.95
SHORTEST_WITHIN: Final = 8
SAME_LEAD: Final = 5
OTHER_NUMBERS: Final = 8
COMMON: Final = 0.2
"""A pair of characters that stands in more of the others than this tells nothing of what contains what."""

NOISE = re.compile(r"[\W_]+")
NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Words:
    """What is compared of a task or a draft. ``clause_key`` tells drafts of one clause from others."""

    matter: str
    clause: str
    lead: int | None
    numbers: frozenset[str]
    clause_key: int | None = None


@dataclass(frozen=True)
class Alike:
    """A task, or another draft of the paper (``task`` is None), that says nearly the same; ``score`` in hundredths."""

    score: int
    matter: str
    task: int | None = None
    number: str = ""
    state: str = ""
    draft: int | None = None
    clause: int | None = None


def of(breakdown: Breakdown, *, by: User, tasks: bool = True) -> dict[int, list[Alike]]:
    """Return for each live draft, by its key, at most three tasks and drafts that are alike, the nearest first.

    Looked at are the open tasks that ``by`` sees, all of the same directive, and the other live drafts of the paper; by
    two statements. Drafts without anything alike are left out. ``tasks``: False leaves the tasks out.
    """
    rows = list(breakdown.drafts.filter(state__in=LIVE).select_related("clause").in_order())
    mine = [words(row.proposed["matter"], row.proposed["clause"], row.proposed["lead"], row.clause_id) for row in rows]
    others: list[Alike] = []
    theirs: list[Words] = []
    if tasks and rows:
        seen = Task.objects.visible_to(by).filter(Q(state__in=OPEN) | Q(directive=breakdown.directive_id))
        told = seen.order_by("-pk").values_list("pk", "number", "matter", "state", "lead", Left("clause", CLAUSE))
        for key, number, matter, state, lead, clause in told[:MOST_TASKS]:
            others.append(Alike(0, matter, task=key, number=number or "", state=state))
            theirs.append(words(matter, clause, lead))
    others += [Alike(0, str(row), draft=row.pk, state=row.state, clause=row.clause.number) for row in rows]
    found = nearest(mine, [*theirs, *mine])
    return {
        rows[place].pk: [Alike(**vars(others[other]) | {"score": score}) for other, score in near]
        for place, near in enumerate(found)
        if near
    }


def words(matter: str, clause: str = "", lead: int | None = None, clause_key: int | None = None) -> Words:
    """Return what is compared."""
    plain = _plain(matter)
    numbers = frozenset(NUMBERS.findall(unicodedata.normalize("NFKC", matter)))
    return Words(plain, _plain(clause[:CLAUSE]), lead, numbers, clause_key)


def _plain(text: str) -> str:
    return NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def nearest(mine: Sequence[Words], others: Sequence[Words]) -> list[list[tuple[int, int]]]:
    """Return for each of ``mine`` the places of the alike among ``others`` with their scores, the nearest first.

    One and the same object is not alike to itself. Pure: the benchmark times it.
    """
    matters = [one.matter for one in others]
    pairs = _pairs(matters)
    rare = int(len(others) * COMMON) + SHOWN
    found = []
    for one in mine:
        near = process.extract(one.matter, matters, scorer=fuzz.ratio, processor=None, score_cutoff=COARSE, limit=30)
        places = {place for _matter, _score, place in near} | _within(one.matter, matters, pairs, rare)
        scored = [(place, score(one, others[place])) for place in places if others[place] is not one]
        enough = [(place, told) for place, told in scored if told >= ENOUGH]
        found.append(sorted(enough, key=lambda pair: (-pair[1], pair[0]))[:SHOWN])
    return found


def score(one: Words, other: Words) -> int:
    """Return how alike two are, in hundredths."""
    if not one.matter or not other.matter:
        return 0
    like = fuzz.ratio(one.matter, other.matter)
    if min(len(one.matter), len(other.matter)) >= SHORTEST_WITHIN:
        like = max(like, WITHIN * fuzz.partial_ratio(one.matter, other.matter))
    of_one_clause = one.clause_key is not None and one.clause_key == other.clause_key
    if one.clause and other.clause and not of_one_clause:
        like = max(like, 0.75 * like + 0.25 * fuzz.ratio(one.clause, other.clause))
    if one.lead is not None and one.lead == other.lead:
        like += SAME_LEAD
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        like -= OTHER_NUMBERS
    return max(0, min(100, round(like)))


def _grams(text: str) -> Iterable[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _pairs(matters: Sequence[str]) -> dict[str, list[int]]:
    """Return where each pair of neighbouring characters stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, matter in enumerate(matters):
        for gram in _grams(matter):
            found[gram].append(place)
    return found


def _within(matter: str, matters: Sequence[str], pairs: dict[str, list[int]], rare: int) -> set[int]:
    """Return the places of those that may contain the matter or stand in it: they share most pairs of the shorter."""
    shared: Counter[int] = Counter()
    common = 0
    for gram in _grams(matter):
        places = pairs.get(gram, ())
        if len(places) > rare:
            common += 1
        else:
            shared.update(places)
    return {
        place
        for place, count in shared.most_common(30)
        if count >= SHOWN and (count + common) >= 0.7 * (min(len(matter), len(matters[place])) - 1)
    }
