"""Proposals: what a line of a sheet would become as a draft, and what stands in the way. Decides, writes nothing.

A row is good where nothing was left to guess: its matter, its lead and every unit it names are known, its deadline is a
day or openly without one. What R14 asks only when the task is assigned is a hint. See docs/decisions/0005-import.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from documents.rows import Problem, TaskRow
from documents.units import Mention
from organization.matching import Match
from organization.models import Department
from tasks.operations.directory import Names

LONGEST_MATTER = 300
LONGEST_PERSON = 100
LONGEST_GROUPS = 64
LONGEST_STAGE = 200
LONGEST_CLAUSE = 5000
SHOWN_CANDIDATES = 5

CELLS = {"lead": "lead", "joint": "lead", "co": "cooperating"}
# What the reader says of these is asked again here, of what the row will become.
ASKED_HERE = frozenset({"standard.missing"})


@dataclass
class Proposal:
    """The draft a line would become (``fields``: keys and ISO days) and its problems, in the order of the line."""

    fields: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Tell whether nothing keeps the line from being taken."""
        return not any(problem.blocking for problem in self.problems)

    @property
    def units(self) -> list[int]:
        """Give the keys of the units that the draft would name, the lead first."""
        lead = [self.fields["lead"]] if self.fields["lead"] else []
        return [*lead, *self.fields["joint"], *self.fields["co_units"]]

    def told(self) -> list[dict[str, Any]]:
        """Return the problems as they are kept."""
        return [asdict(problem) for problem in self.problems]


def of(row: TaskRow, names: Names, *, standing: Mapping[str, str], on: date, limit: str = "") -> Proposal:
    """Return what a line would become. ``standing`` maps the matters of the directive's tasks to their numbers.

    ``limit``: the source's own limit in words, for a line that names no deadline; empty where it was not asked for.
    """
    fields: dict[str, Any] = {
        "matter": row.matter, "standard": row.standard, "clause": _clause(row), "responsible": row.person,
        "leader": row.leader, "cycle": row.cycle or "", "due_on": _iso(row.deadline.date),
        "default_limit": bool(limit) and row.deadline.kind == "missing",
        "deadline": row.deadline.text, "groups": "、".join(row.groups)[:LONGEST_GROUPS],
        "milestones": [{"title": m.text[:LONGEST_STAGE] or _("节点"), "due_on": _iso(m.date)}
                       for m in row.deadline.milestones],
    }  # fmt: skip
    answered = ASKED_HERE | ({"deadline.missing"} if fields["default_limit"] else set())
    problems = [problem for problem in row.problems if problem.code not in answered]
    problems += _shorten(row, fields)
    problems += _units(row, names, fields)
    problems += _again(row, row.matter, standing)
    problems += hints(row, fields, on, limit)
    return Proposal(fields, problems)


def of_amended(
    row: TaskRow, fields: dict[str, Any], *, standing: Mapping[str, str], beside: Iterable[str], on: date, limit: str
) -> Proposal:
    """Return a proposal as an officer corrected it: his word stands where the sheet was unclear.

    ``beside`` are the other lines of the sheet that will be taken.
    """
    problems: list[Problem] = []
    if fields["lead"] is None:
        told = _("没有牵头单位，交办后无人负责。请选择一个单位。")
        problems.append(row.wrong("lead", "lead.missing", told))
    problems += _again(row, fields["matter"], standing)
    if key_of(fields["matter"]) in {key_of(other) for other in beside}:
        told = _("与本表另一行内容相同，一件事只立一项。请写清区别，或选择“本行不导入”。")
        problems.append(row.wrong("matter", "matter.duplicate", told))
    problems += hints(row, fields, on, limit)
    return Proposal(fields, problems)


ARGUMENTS: Final = (
    "matter", "standard", "measures", "clause", "groups", "responsible", "leader", "urgency", "cycle", "due_on",
    "limit_value", "limit_unit", "milestones",
)  # fmt: skip


def arguments(proposed: Mapping[str, Any], units: Mapping[int, Department]) -> dict[str, Any]:
    """Return the arguments of ``tasks.draft`` for what is kept of a proposal; ``units`` by key, those it names."""
    plain = {name: proposed[name] for name in ARGUMENTS if name in proposed}
    plain["due_on"] = _day(plain["due_on"])
    plain["milestones"] = [{**stage, "due_on": _day(stage["due_on"])} for stage in plain["milestones"]]
    return plain | {
        "default_limit": proposed.get("default_limit", False),
        "lead": units.get(proposed["lead"]),
        "joint": [units[key] for key in proposed["joint"]],
        "co_units": [units[key] for key in proposed["co_units"]],
    }


def _day(text: str | None) -> Any:
    return datetime.strptime(text, "%Y-%m-%d").date() if text else None  # noqa: DTZ007 - a day has no zone


def key_of(matter: str) -> str:
    """Return a matter as it is compared: white space and the full stop do not make another matter."""
    return "".join(matter.split()).rstrip("。；;.")


def hints(row: TaskRow, fields: Mapping[str, Any], on: date, limit: str) -> list[Problem]:
    """Say what assigning will still ask for (R14), without keeping the line."""
    found = []
    lacking = [label for name, label in (("standard", _("完成标准")), ("responsible", _("责任人"))) if not fields[name]]
    due = fields["due_on"]
    if due is None and not fields["default_limit"]:
        lacking.append(_("时限"))
    if lacking:
        told = _("可以先导入，交办前还要补：%(what)s。") % {"what": "、".join(lacking)}
        found.append(row.wrong("", "assign.incomplete", told, blocking=False))
    if fields["default_limit"]:
        told = _("没有写时限，按来源默认：%(limit)s，自交办次日起算。") % {"limit": limit}
        found.append(row.wrong("deadline", "limit.default", told, blocking=False))
    if due is not None and due < on.isoformat():
        told = _("时限 %(due)s 已过，交办前要重新确定。") % {"due": due}
        found.append(row.wrong("deadline", "deadline.past", told, blocking=False))
    return found


def note_beyond(row: TaskRow, proposal: Proposal, beyond: Mapping[int, str]) -> None:
    """Hint at units that assigning will refuse, for the office may not give them orders; ``beyond``: key to name."""
    lead = [key for key in (proposal.fields["lead"], *proposal.fields["joint"]) if key in beyond]
    helpers = [key for key in proposal.fields["co_units"] if key in beyond]
    for role, keys in (("lead", lead), ("cooperating", helpers)):
        if keys:
            told = _("%(units)s 不在本级督查范围内，可以先导入，交办前要改选或报上级协调。") % {
                "units": "、".join(beyond[key] for key in keys)
            }
            proposal.problems.append(row.wrong(role, "unit.beyond", told, blocking=False))


# ------------------------------------------------------------------------------------------------ texts


def _clause(row: TaskRow) -> str:
    """Return what stands over and beside the matter in its line, so that the draft keeps the sheet's own words."""
    parts = ((_("类别"), row.category), (_("问题"), row.problem), (_("任务"), row.heading), (_("备注"), row.note))
    return "\n".join(f"{label}：{text}" for label, text in parts if text)[:LONGEST_CLAUSE]


def _shorten(row: TaskRow, fields: dict[str, Any]) -> Iterator[Problem]:
    """Fit the texts to the draft: a long matter goes whole into the clause, too many people go back to the officer."""
    if len(row.matter) > LONGEST_MATTER:
        fields["clause"] = f"{row.matter}\n{fields['clause']}".strip()[:LONGEST_CLAUSE]
        fields["matter"] = row.matter[: LONGEST_MATTER - 1] + "…"
        told = _("任务文字超过 %(most)d 个字：事项只取开头，全文放在“原文条款”里。") % {"most": LONGEST_MATTER}
        yield row.wrong("matter", "matter.shortened", told, blocking=False)
    for role, name in (("person", "responsible"), ("leader", "leader")):
        if len(fields[name]) > LONGEST_PERSON:
            told = _("超过 %(most)d 个字，放不下。请只写对本行负责的人。") % {"most": LONGEST_PERSON}
            yield row.wrong(role, "cell.too_long", told)


def _again(row: TaskRow, matter: str, standing: Mapping[str, str]) -> Iterator[Problem]:
    """Name a task of the same directive that says the same (R13)."""
    if matter and key_of(matter) in standing:
        number = standing[key_of(matter)]
        told = _("与本事项下%(which)s内容相同，一件事只立一项。确是另一件事的，请写清区别；重复的不必导入。") % {
            "which": _("已交办的 %(number)s ") % {"number": number} if number else _("已拟办的任务")
        }
        yield row.wrong("matter", "matter.exists", told)


# ------------------------------------------------------------------------------------------------ units


def _units(row: TaskRow, names: Names, fields: dict[str, Any]) -> list[Problem]:
    """Match every unit that the line names; the first lead answers for the whole (R13), a unit has one part only."""
    roles = [("joint" if place else "lead", mention) for place, mention in enumerate(row.leads)]
    roles += [("co", mention) for mention in row.cooperating]
    problems: list[Problem] = []
    parts: dict[str, list[int]] = {"lead": [], "joint": [], "co": []}
    mentions = []
    for role, mention in roles:
        match = names.match(mention)
        mentions.append({"role": role, "text": mention.text, "unit": match.id, "candidates": list(match.candidates)})
        if match.id is None:
            problems.append(_unmatched(row, role, mention, match, names))
        elif match.id not in [unit for units in parts.values() for unit in units]:
            parts[role].append(match.id)
    expansions = [_expanded(row, group, names, parts, problems) for group in row.groups]
    fields |= {
        "lead": parts["lead"][0] if parts["lead"] else None, "joint": parts["joint"], "co_units": parts["co"],
        "mentions": mentions, "expansions": expansions,
    }  # fmt: skip
    return problems


def _unmatched(row: TaskRow, role: str, mention: Mention, match: Match, names: Names) -> Problem:
    text = {"text": mention.text, "which": "、".join(names.name(one) for one in match.candidates[:SHOWN_CANDIDATES])}
    if not match.candidates:
        told = _("单位目录里没有“%(text)s”。请核对名称，选定一个单位；确是新单位的，请先由系统管理员登记。")
        return row.wrong(CELLS[role], "unit.unknown", told % text)
    if match.how == "alike":
        told = _("单位目录里没有“%(text)s”，名称相近的有：%(which)s。请选定一个，或改成全称。")
        return row.wrong(CELLS[role], "unit.alike", told % text)
    told = _("“%(text)s”可能是：%(which)s。系统不代为猜测，请选定一个。")
    return row.wrong(CELLS[role], "unit.ambiguous", told % text)


def _expanded(
    row: TaskRow, group: str, names: Names, parts: dict[str, list[int]], problems: list[Problem]
) -> dict[str, Any]:
    """Put the members of a 泛称 beside the co-units where they are sure; otherwise leave them to a person."""
    expansion = names.expand(group)
    taken = {unit for units in parts.values() for unit in units}
    members = [unit for unit in expansion.ids if unit not in taken]
    parts["co"] += members
    if expansion.ids:
        shown = "、".join(names.name(one) for one in members[:SHOWN_CANDIDATES])
        more = _("等") if len(members) > SHOWN_CANDIDATES else ""
        told = _("“%(group)s”已展开为 %(count)d 个单位：%(shown)s%(more)s，请核对。") % {
            "group": group, "count": len(members), "shown": shown, "more": more,
        }  # fmt: skip
        problems.append(row.wrong("cooperating", "group.expanded", told, blocking=False))
    else:
        told = _("%(reason)s可以先导入，交办前补上。") % {"reason": expansion.reason}
        problems.append(row.wrong("cooperating", "group.open", told, blocking=False))
    return {"text": group, "units": members, "reason": expansion.reason}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
