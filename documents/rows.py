"""One task of a task table as the room hands it on, and what is wrong with its cells."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from documents.dates import Deadline, Milestone
from documents.units import Mention


@dataclass(frozen=True)
class Problem:
    """What keeps a cell from being taken: where, what and why, and what to do next.

    ``blocking`` keeps the row for correction; otherwise it is a hint for the reader.
    """

    cell: str
    column: str
    code: str
    message: str
    blocking: bool = True

    def __str__(self) -> str:
        place = f"{self.cell}（{self.column}）" if self.column else self.cell
        return f"{place}：{self.message}"


@dataclass(frozen=True)
class TaskRow:
    """One task of a 任务分解表.

    ``leads`` are in their order: the first answers for the whole (R13), the others are joint leads. ``groups`` are
    泛称 (各县区政府) as written. ``row_number`` is the row in the sheet as Excel counts. ``cells`` holds the source by
    heading, ``places`` the address and heading of the cell that each role was read from.
    """

    sheet: str
    row_number: int
    serial: str
    matter: str
    heading: str
    category: str
    problem: str
    standard: str
    leads: tuple[Mention, ...]
    cooperating: tuple[Mention, ...]
    groups: tuple[str, ...]
    leader: str
    person: str
    deadline: Deadline
    cycle: str | None
    note: str
    cells: dict[str, str]
    places: dict[str, tuple[str, str]]
    problems: tuple[Problem, ...] = ()

    @property
    def lead_names(self) -> list[str]:
        """Give the names of the leads, the answering one first."""
        return [mention.name for mention in self.leads]

    @property
    def joint_leads(self) -> list[str]:
        """Give the names of the leads beside the first."""
        return self.lead_names[1:]

    @property
    def co_names(self) -> list[str]:
        """Give the names of the cooperating units."""
        return [mention.name for mention in self.cooperating]

    @property
    def is_good(self) -> bool:
        """Tell whether nothing keeps the row from being taken."""
        return not any(problem.blocking for problem in self.problems)

    def place(self, role: str) -> tuple[str, str]:
        """Give address and heading of the cell that a role (lead, cooperating, deadline …) was read from.

        Where the table has no such column, units stand under 责任单位; else the row is named without a heading.
        """
        for name in (role, "responsible") if role in {"lead", "cooperating"} else (role,):
            if name in self.places:
                return self.places[name]
        return (f"第{self.row_number}行", "")

    def wrong(self, role: str, code: str, message: str, *, blocking: bool = True) -> Problem:
        """Name what the room above finds wrong with the cell of a role (a unit nobody knows, a day of rest)."""
        address, heading = self.place(role)
        return Problem(address, heading, code, message, blocking)

    def with_problems(self, *problems: Problem) -> "TaskRow":
        """Give the row with more problems, for the room above that matches units and knows the calendar."""
        return replace(self, problems=(*self.problems, *problems))

    def as_dict(self) -> dict[str, Any]:
        """Give the row as JSON, to be kept between preview and acceptance."""
        data = asdict(self)
        data["places"] = {role: list(place) for role, place in self.places.items()}
        due = self.deadline.date
        data["deadline"]["date"] = due.isoformat() if due else None
        for stage, milestone in zip(data["deadline"]["milestones"], self.deadline.milestones, strict=True):
            stage["date"] = milestone.date.isoformat()
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "TaskRow":
        """Make the row again from its JSON."""
        deadline = dict(data["deadline"])
        deadline["date"] = date.fromisoformat(deadline["date"]) if deadline["date"] else None
        deadline["milestones"] = tuple(
            Milestone(stage["text"], date.fromisoformat(stage["date"])) for stage in deadline["milestones"]
        )
        places = {role: (place[0], place[1]) for role, place in data["places"].items()}
        return cls(
            **{
                **data,
                "deadline": Deadline(**deadline),
                "places": places,
                "groups": tuple(data["groups"]),
                "leads": tuple(Mention(**one) for one in data["leads"]),
                "cooperating": tuple(Mention(**one) for one in data["cooperating"]),
                "problems": tuple(Problem(**one) for one in data["problems"]),
            }
        )
