"""The words in which the policy is written: who asks, steps, and the lines of addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CALLERS = (
    "supervisor", "leader", "unit_head", "handler", "helper", "below", "neighbour", "stranger", "inspector",
    "discipline", "auditor", "system_admin", "security_admin", "client", "anonymous",
)  # fmt: skip
"""Everybody who asks for all. ``auditor`` is 审计管理员, the third administrator; ``client`` the bureau's system."""
BESIDE = ("colleague", "chief", "general", "member", "recused")
"""Who asks besides for what supervision holds: another officer of the office, the head of the government, its
secretary-general, an expert from outside in the team, and one who had to leave it. Of tasks they are told as the
officer, the leaders and an inspector are."""

SYSTEM, SECURITY = "system_admin", "security_admin"
KEYLESS, SYSTEMS = ("anonymous",), ("client",)
PEOPLE = tuple(name for name in (*CALLERS, *BESIDE) if name not in KEYLESS + SYSTEMS)


def words(text: str) -> frozenset[str]:
    """Return a set of words."""
    return frozenset(text.split())


def at(table: dict[str, frozenset[str]], relations: str) -> dict[str, frozenset[str]]:
    """Return some relations of a table."""
    return {relation: table[relation] for relation in relations.split()}


def of(who: str, relations: tuple[str, ...], **besides: str) -> dict[str, frozenset[str]]:
    """Return a standing: the same people in some relations, others in others."""
    return {relation: words(who) for relation in relations} | {name: words(who) for name, who in besides.items()}


Steps = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """From which state who takes it; ``page`` and ``rest`` answer an empty form of one who may take it now.

    302, 200 and 201 mean that nothing needs to be said: it is done (and undone by the test). ``instead`` names the
    relations, or relation and caller, in which a rule of the step refuses it whatever is said.
    """

    rows: Steps
    page: int = 400
    rest: int = 400
    instead: Mapping[str, int] = field(default_factory=dict)


def step(*rows: tuple[str, str], page: int = 400, rest: int = 400, **instead: int) -> Step:
    """Return a step."""
    return Step(rows, page, rest, instead)


Rule = Callable[[str, str, str], int]
"""Told noun, relation and caller; returns the status."""


@dataclass(frozen=True)
class Line:
    """An address: the noun that its key names, and what each method that it offers answers.

    ``open`` marks what needs no account; ``gate`` names those who pass at all and what everybody else is answered,
    whatever the method; ``costly`` lets few ask where all are told the same. Every other method answers 405, and
    nobody's request the way in: 302 to the login from a page, 401 at the REST door.
    """

    noun: str = ""
    get: Rule | None = None
    post: Rule | None = None
    put: Rule | None = None
    patch: Rule | None = None
    delete: Rule | None = None
    options: int = 200
    open: bool = False
    gate: tuple[str, int] = ("", 0)
    costly: bool = False

    @property
    def methods(self) -> dict[str, Rule]:
        """The rules by method."""
        rules = {"GET": self.get, "POST": self.post, "PUT": self.put, "PATCH": self.patch, "DELETE": self.delete}
        return {method: rule for method, rule in rules.items() if rule is not None}
