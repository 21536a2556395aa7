"""What a draft of the decomposition proposes as a task: the paper's words in the arguments of ``tasks.draft``."""

from __future__ import annotations

from typing import Any, Final

from tasks.decomposition.shapes import Draft, Named
from tasks.operations.directory import Names
from tasks.operations.proposals import LONGEST_CLAUSE, LONGEST_GROUPS, LONGEST_MATTER, LONGEST_PERSON, LONGEST_STAGE
from tasks.states import Unit, Urgency

LONGEST_STANDARD: Final = 2000
LONGEST_DEADLINE: Final = 200
URGENCIES: Final = {"critical": Urgency.CRITICAL, "urgent": Urgency.URGENT, "prompt": Urgency.URGENT}
"""立即、尽快 bring the limit of 加急, 特急 its own; what says nothing has the source's urgency."""

BLANK: Final[dict[str, Any]] = {
    "matter": "", "standard": "", "measures": "", "clause": "", "responsible": "", "leader": "", "urgency": "",
    "cycle": "", "due_on": None, "limit_value": None, "limit_unit": Unit.FIXED, "default_limit": False,
    "milestones": [], "groups": "", "lead": None, "joint": [], "co_units": [], "mentions": [], "expansions": [],
    "deadline": "", "annotation": "", "suggested": [],
}  # fmt: skip
"""A draft of which nothing is said."""


def of(draft: Draft, names: Names) -> dict[str, Any]:
    """Return what a draft of the engine proposes: keys of units, ISO days; nothing is guessed.

    The first lead answers for the whole (R13), a unit has one part only, a 泛称 is expanded where its members are sure.
    """
    due = draft.deadline.date
    return BLANK | {
        "matter": _cut(draft.title or draft.clause.text, LONGEST_MATTER),
        "standard": _cut("；".join(dict.fromkeys(standard.text for standard in draft.standards)), LONGEST_STANDARD),
        "clause": _cut(draft.row or draft.clause.text, LONGEST_CLAUSE),
        "leader": draft.leader[:LONGEST_PERSON],
        "urgency": URGENCIES.get(draft.urgency, ""),
        "cycle": draft.cycle or "",
        "due_on": due.isoformat() if due else None,
        "deadline": draft.deadline.text[:LONGEST_DEADLINE],
        "milestones": [
            {"title": stage.text[:LONGEST_STAGE], "due_on": stage.date.isoformat()}
            for stage in draft.deadline.milestones
        ],
        "groups": "、".join(draft.groups)[:LONGEST_GROUPS],
        "annotation": draft.annotation,
        "suggested": [key for name in draft.suggested if (key := names.directory.match(name).id) is not None],
    } | _units(draft, names)  # fmt: skip


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _units(draft: Draft, names: Names) -> dict[str, Any]:
    roles = [("joint" if place else "lead", named) for place, named in enumerate(draft.named_leads)]
    roles += [("co", named) for named in draft.named_helpers]
    parts: dict[str, list[int]] = {"lead": [], "joint": [], "co": []}
    for role, named in roles:
        taken = {key for keys in parts.values() for key in keys}
        if named.unit is not None and named.unit not in taken:
            parts[role].append(named.unit)
    expansions = [_expanded(group, names, parts) for group in draft.groups]
    return {
        "lead": parts["lead"][0] if parts["lead"] else None, "joint": parts["joint"], "co_units": parts["co"],
        "mentions": [_mention(role, named) for role, named in roles], "expansions": expansions,
    }  # fmt: skip


def _mention(role: str, named: Named) -> dict[str, Any]:
    return {"role": role, "text": named.text, "unit": named.unit, "candidates": list(named.candidates), "left": False}


def _expanded(group: str, names: Names, parts: dict[str, list[int]]) -> dict[str, Any]:
    expansion = names.expand(group)
    taken = {key for keys in parts.values() for key in keys}
    members = [key for key in expansion.ids if key not in taken]
    parts["co"] += members
    return {"text": group, "units": members, "reason": expansion.reason}


def unclear(proposed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the names of the paper for which no unit was found or chosen, and that nobody left out."""
    return [named for named in proposed["mentions"] if named["unit"] is None and not named["left"]]


def with_unit(proposed: dict[str, Any], role: str, unit: int) -> dict[str, Any]:
    """Return the draft with a unit in a part: the first lead answers for the whole, a unit has one part only."""
    if unit in {proposed["lead"], *proposed["joint"], *proposed["co_units"]}:
        return proposed
    if role == "lead" and proposed["lead"] is None:
        return proposed | {"lead": unit}
    name = "co_units" if role == "co" else "joint"
    return proposed | {name: [*proposed[name], unit]}
