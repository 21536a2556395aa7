"""What the workbench shows: the text cut at its clauses, each painted by what it has come to, and the drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F
from django.urls import reverse

from organization.models import Department, User
from tasks import verbs
from tasks.models import Breakdown, Clause, Draft, Revision
from tasks.operations.breakdowns import drafts as lines
from tasks.operations.breakdowns import proposing, revising, settling
from tasks.operations.tasks import REQUIRED
from tasks.states import BreakdownState, Coverage, DraftState, Unit

PAINT: Final = {
    Coverage.COVERED: ("green", "circle-check"),
    Coverage.PROPOSED: ("amber", "hourglass"),
    Coverage.DISPOSED: ("purple", "archive"),
    Coverage.OPEN: ("red", "alert-triangle"),
    Coverage.FRAME: ("grey", "minus"),
}
"""Tone and icon of what a clause has come to; the word stands beside both."""

ENDED: Final = (DraftState.MERGED, DraftState.DROPPED)
AT_ONCE: Final = frozenset({"accept", "reconsider", "drop", "restore"})
"""Verbs of a card done by one click; the others ask first."""


@dataclass
class Line:
    """One paragraph of the paper: what stands between clauses, and clauses."""

    pieces: list[dict[str, Any]] = field(default_factory=list)
    shape: str = ""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece["text"] for piece in self.pieces).strip()


def context(breakdown: Breakdown, user: User, show: str = "", chosen: int = 0) -> dict[str, Any]:
    """Return everything the workbench shows, by five statements however long the paper is.

    ``show`` keeps the clauses of one coverage; ``chosen`` is the draft that is marked.
    """
    clauses = _clauses(breakdown)
    drafts = list(_drafts(breakdown))
    shown = [clause for clause in clauses if show not in Coverage or clause.coverage == show]
    marked = next((draft.clause_id for draft in drafts if draft.pk == chosen), None)
    return _head(breakdown, user, clauses, show) | {
        "paper": list(paper(breakdown, clauses)),
        "groups": list(groups(breakdown, user, shown, drafts)),
        "chosen": chosen,
        "marked": marked,
    }


def changed(breakdown: Breakdown, user: User, verb: str) -> dict[str, Any]:
    """Return what the last deed changed, as the workbench shows it: its clauses with their drafts, bar and tools."""
    done = breakdown.revisions.order_by("-pk")
    if verb == "undo":
        done = breakdown.revisions.filter(undone_at__isnull=False).order_by(F("undone_at").desc(), "-pk")
    revision: Revision | None = done.first()
    keys: dict[str, set[int]] = {"draft": set(), "clause": set()}
    for row in revision.rows if revision else ():
        keys[row["noun"]].add(row["pk"])
    touched = keys["clause"] | set(breakdown.drafts.filter(pk__in=keys["draft"]).values_list("clause_id", flat=True))
    clauses = _clauses(breakdown)
    mine = [clause for clause in clauses if clause.pk in touched]
    return _head(breakdown, user, clauses, "") | {
        "groups": list(groups(breakdown, user, mine, list(_drafts(breakdown).filter(clause__in=touched)))),
        "pieces": [piece(breakdown, clause) for clause in mine],
    }


def _clauses(breakdown: Breakdown) -> list[Clause]:
    rows = breakdown.clauses.with_coverage().select_related("ongoing", "disposed_by").order_by("number")
    return [_of(row, breakdown) for row in rows]


def _drafts(breakdown: Breakdown) -> Any:
    return breakdown.drafts.select_related("task", "merged_into__clause").in_order()


def _of(row: Any, breakdown: Breakdown) -> Any:
    row.breakdown = breakdown
    return row


def _head(breakdown: Breakdown, user: User, clauses: list[Clause], show: str) -> dict[str, Any]:
    counts = Counter(clause.coverage for clause in clauses)
    settled = counts[Coverage.COVERED] + counts[Coverage.DISPOSED]
    may = {button["name"]: button for button in verbs.BREAKDOWN.buttons(breakdown, user) if button["open"]}
    undo, issue = may.pop("undo", None), may.pop("issue", None)
    last = revising.last(breakdown) if undo else None
    address = breakdown.get_absolute_url()
    return {
        "breakdown": breakdown,
        "directive": breakdown.directive,
        "counts": [
            {
                "label": one.label, "count": counts[one], "url": f"{address}?show={one}", "tone": PAINT[one][0],
                "icon": PAINT[one][1], "active": show == one,
            }
            for one in Coverage if counts[one]
        ],
        "all": address,
        "show": show if show in Coverage else "",
        "settled": settled,
        "total": len(clauses) - counts[Coverage.FRAME],
        "next_open": next((one for one in clauses if one.coverage in (Coverage.OPEN, Coverage.PROPOSED)), None),
        "verbs": list(may.values()),
        "undo": undo if last else None,
        "issue": issue,
        "last": last,
        "last_label": label_of(last.verb) if last else "",
    }  # fmt: skip


def label_of(verb: str) -> Any:
    """Return a deed of the workbench in words: the draft's verb, else the clause's, else the whole's."""
    for noun in (verbs.DRAFT, verbs.CLAUSE, verbs.BREAKDOWN):
        if verb in noun.lifecycle.verbs:
            return noun.lifecycle.label(verb)
    return verb


# ------------------------------------------------------------------------------------------------ the text


def paper(breakdown: Breakdown, clauses: list[Clause]) -> Iterator[Line]:
    """Yield the paragraphs of the text in their order, each with its clauses; empty ones are left out."""
    headings = {heading for clause in clauses for heading in clause.path}
    line = Line()
    for text, clause in _pieces(breakdown, clauses):
        if clause is not None:
            line.pieces.append(piece(breakdown, clause))
            continue
        first, *rest = text.split("\n")
        line.pieces.append({"text": first, "clause": None})
        for part in rest:
            if line.text:
                yield _shaped(line, headings, breakdown.title)
            line = Line([{"text": part, "clause": None}])
    if line.text:
        yield _shaped(line, headings, breakdown.title)


def _shaped(line: Line, headings: set[str], title: str) -> Line:
    text = line.text
    line.shape = "title" if text == title else "heading" if text in headings else ""
    return line


def _pieces(breakdown: Breakdown, clauses: list[Clause]) -> Iterator[tuple[str, Clause | None]]:
    place = 0
    for clause in clauses:
        if clause.start > place:
            yield breakdown.text[place : clause.start], None
        yield "", clause
        place = max(place, clause.end)
    yield breakdown.text[place:], None


def piece(breakdown: Breakdown, clause: Clause) -> dict[str, Any]:
    """Return a clause as it stands in the text."""
    tone, icon = PAINT[Coverage(clause.coverage)]
    return {
        "text": breakdown.text[clause.start : clause.end], "clause": clause, "tone": tone, "icon": icon,
        "word": Coverage(clause.coverage).label,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ the drafts


def groups(
    breakdown: Breakdown, user: User, clauses: Iterable[Clause], drafts: list[Draft]
) -> Iterator[dict[str, Any]]:
    """Yield each clause with its drafts; a heading of the paper (无需处置) only where a draft was made of it."""
    units = Department.objects.in_bulk(_keys(drafts))
    steps = _Steps(breakdown, user)
    of: dict[int, list[Draft]] = {}
    for draft in drafts:
        of.setdefault(draft.clause_id, []).append(draft)
    for clause in clauses:
        rows = of.get(clause.pk, [])
        for row in rows:
            row.clause = clause
            _of(row, breakdown)
        yield piece(breakdown, clause) | {
            "empty": not rows and clause.coverage == Coverage.FRAME,
            "cards": [card(row, units, steps) for row in rows if row.state not in ENDED],
            "ended": [card(row, units, steps) for row in rows if row.state in ENDED],
            "verbs": steps.of(clause, verbs.CLAUSE),
            "may_add": steps.may_add and clause.state != "disposed",
        }


def _keys(drafts: list[Draft]) -> set[int]:
    keys = {key for draft in drafts for key in draft.units}
    keys |= {key for draft in drafts for key in draft.proposed["suggested"]}
    return keys | {key for draft in drafts for one in draft.proposed["mentions"] for key in one["candidates"]}


class _Steps:
    """The open verbs of cards, asked once a state: whoever may use one on a draft may use it on all of the paper."""

    def __init__(self, breakdown: Breakdown, user: User) -> None:
        self.open = breakdown.state == BreakdownState.OPEN
        self.user = user
        self.may_add = verbs.BREAKDOWN.lifecycle.may(breakdown, "add", user)
        self.known: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def of(self, row: Any, noun: Any) -> list[dict[str, Any]]:
        """Return the buttons of a row with its addresses."""
        if not self.open:
            return []
        key = (noun.name, row.state)
        if key not in self.known:
            found = [button for button in noun.buttons(row, self.user) if button["open"]]
            first = f"/{row.pk}/"
            self.known[key] = [
                button | {"parts": button["url"].rsplit(first, 1), "at_once": button["name"] in AT_ONCE}
                for button in found
            ]
        return [one | {"url": f"/{row.pk}/".join(one["parts"])} for one in self.known[key]]


def card(draft: Draft, units: dict[int, Department], steps: _Steps) -> dict[str, Any]:
    """Return one draft as its card shows it."""
    proposed, live = draft.proposed, draft.state in lines.LIVE
    chosen = steps.open and live
    choose = reverse("draft-choose", args=[draft.pk])
    unclear = [
        one | {"offers": [units[key] for key in one["candidates"] if key in units]}
        for one in proposing.unclear(proposed)
    ]
    return {
        "row": draft,
        "live": live,
        "proposed": proposed,
        "lead": units.get(proposed["lead"]),
        "joint": [units[key] for key in proposed["joint"] if key in units],
        "co_units": [units[key] for key in proposed["co_units"] if key in units],
        "suggested": [units[key] for key in proposed["suggested"] if key in units and proposed["lead"] is None],
        "unclear": unclear if live else [],
        "obstacle": lines.obstacle(draft) if live else None,
        "missing": [REQUIRED[name] for name in settling.missing(proposed)] if live else [],
        "verbs": [one for one in steps.of(draft, verbs.DRAFT) if one["name"] != "choose"],
        "choose": choose if chosen else "",
        "limit": f"{proposed['limit_value']} {Unit(proposed['limit_unit']).label}" if proposed["limit_value"] else "",
    }


def places(breakdown: Breakdown, details: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a refusal to issue is about, each with its address at the workbench: open clauses, or drafts."""
    address = breakdown.get_absolute_url()
    clauses = breakdown.clauses.filter(key__in=details.get("clauses", ())).order_by("number")
    found = [
        {
            "number": one.number, "text": breakdown.text[one.start : one.end].strip(),
            "url": f"{address}#c{one.number}", "lacks": [],
        }
        for one in clauses
    ]  # fmt: skip
    lacks: Any = details.get("drafts") or {}
    names = {int(key): said for key, said in lacks.items()} if isinstance(lacks, dict) else dict.fromkeys(lacks, ())
    drafts = breakdown.drafts.filter(pk__in=names).select_related("clause").in_order()
    return found + [
        {
            "number": one.clause.number, "text": str(one), "url": f"{address}?draft={one.pk}#d{one.pk}",
            "lacks": [REQUIRED[name] for name in names[one.pk]],
        }
        for one in drafts
    ]  # fmt: skip
