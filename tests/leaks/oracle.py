"""Who may read which word: told row by row by plain predicates, never by ``visible_to``.

The predicates of the business nouns are those of the oracle of sight (tests/architecture/test_visibility.py); here the
directory is added, and the fields that not everybody reads who sees the row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import ForeignKey

from organization.models import Client, Delegation, Department, DepartmentName, Post, User
from organization.states import Role, UserKind
from tasks.models import BatchRow, Evidence, Office, Task
from tests.architecture.test_visibility import NOUNS, Eye, Facts
from tests.leaks import oracle_supervision as checks
from tests.leaks.canaries import Homes
from workflow.models import Event

KEEPERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
Predicate = Callable[["Reader", Any, str], bool]


class Reader:
    """One caller: what he may read of each row."""

    def __init__(self, user: Any, facts: Facts, rows: checks.Rows) -> None:
        self.user, self.rows = user, rows
        self.eye = Eye(user, facts)
        self.checking = checks.Eye(user)
        self.known: dict[Any, bool] = {}
        self.is_system = user.kind == UserKind.CLIENT
        self.named = named_before(self) if self.is_system else set()

    def business(self, row: Any, field: str) -> bool:
        """A row of the business: all of it to whoever sees it; the source's words in a task to whom it concerns."""
        if isinstance(row, Task) and field == "clause" and not self.eye.knows(row):
            return False
        if isinstance(row, Task) and self._told_of(row, field):
            return True
        if field in BEHIND.get(type(row), ()) and self.once(self._is_behind, row):
            return True
        return self.eye.user.department is not None and self.once(NOUNS[type(row)], self.eye, row)

    def _is_behind(self, row: Any) -> bool:
        return checks.behind(self.checking, row, self.rows)

    def once(self, predicate: Any, *asked: Any) -> bool:
        """Return what the predicate says of a row, which is asked for each of its words."""
        key = (predicate, asked[-1])
        if key not in self.known:
            self.known[key] = predicate(*asked)
        return self.known[key]

    def _told_of(self, task: Any, field: str) -> bool:
        """Number and matter go with what the caller sees of the task: a request to his unit, the deed that made it."""
        asked = self.once(self._is_asked, task)
        whole = task.parent_id and self.eye.whole(self.eye.facts.tasks[task.parent_id])
        return (field in ("number", "matter") and asked) or bool(field == "matter" and whole)

    def _happened(self, event: Any) -> bool:
        return self.eye.event(event) or checks.event(self.checking, event, self.rows)

    def checked(self, row: Any, field: str) -> bool:
        """A row of supervision."""
        return checks.reads(self.checking, row, field)

    def _is_asked(self, task: Any) -> bool:
        return any(self.eye.blocker(one) for one in task.blockers.select_related("department", "waiting_on"))

    def line(self, row: Any, field: str) -> bool:
        """A line of an import, to whoever sees the import."""
        return self.eye.batch(row.batch)

    def event(self, row: Any, field: str) -> bool:
        """An event: the third administrator reads who did what and when, never the content."""
        if self.user.role == Role.AUDITOR:
            return field not in ("subject_label", "detail")
        return self.user.department is not None and self.once(self._happened, row)

    def unit(self, row: Any, field: str) -> bool:
        """The directory of units: everybody's; another system reads its own tree, and who is named on what it reads."""
        unit, home = getattr(row, "department", row), self.user.department
        is_above = home is not None and unit.pk == home.parent_id
        return not self.is_system or is_above or unit.path.startswith(self.user.department.path) or unit in self.named

    def person(self, row: Any, field: str) -> bool:
        """The directory of people: the name only; user name and staff number are the keepers' and one's own."""
        if row.pk == self.user.pk or self.user.role in KEEPERS:
            return True
        if field != "name" or row.kind == UserKind.CLIENT or not row.is_active:
            return row in self.named
        return not self.is_system or row in self.named or self._serves_inside(row)

    def _serves_inside(self, person: Any) -> bool:
        return any(post.department.path.startswith(self.user.department.path) for post in person.posts.all())

    def post(self, row: Any, field: str) -> bool:
        """A post, as its holder."""
        if row.user_id == self.user.pk or self.user.role in KEEPERS:
            return True
        return row.user.kind == UserKind.PERSON and self.person(row.user, "name")

    def loan(self, row: Any, field: str) -> bool:
        """A delegation: its two parties, and the keeper of posts."""
        parties = (row.principal_post.user_id, row.delegate_id)
        return self.user.pk in parties or self.user.role == Role.SECURITY_ADMIN

    def registration(self, row: Any, field: str) -> bool:
        """Another system's key: the keeper of keys."""
        return self.user.role == Role.SECURITY_ADMIN

    def public(self, row: Any, field: str) -> bool:
        """Nothing to hide from anybody in the house."""
        return True


BEHIND = {Task: ("number", "matter"), Evidence: ("name", "department_name", "file")}
"""What a paper tells of the tasks and the evidence on which it rests."""
PREDICATES: dict[Any, Predicate] = {
    **dict.fromkeys(NOUNS, Reader.business), BatchRow: Reader.line, Event: Reader.event, Department: Reader.unit,
    DepartmentName: Reader.unit, User: Reader.person, Post: Reader.post, Delegation: Reader.loan,
    Client: Reader.registration, Office: Reader.public, **dict.fromkeys((*checks.ROWS, checks.Seal), Reader.checked),
}  # fmt: skip
"""A model without a predicate is for nobody."""


def named_before(reader: Reader) -> set[Any]:
    """Return the units and people that the rows which the reader sees point at."""
    found: set[Any] = set()
    seen = {model: partial(predicate, reader.eye) for model, predicate in NOUNS.items()}
    seen |= {model: partial(checks.sees, reader.checking) for model in checks.ROWS}
    for model, sees in seen.items():
        keys = [field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        for row in reader.rows[model].values():
            if sees(row):
                found.update(getattr(row, key) for key in keys)
    posts = [one for one in found if isinstance(one, Post)]
    found.update(one for post in posts for one in (post.user, post.department))
    events = [event for event in Event.objects.select_related("actor") if reader.eye.event(event)]
    return found | {event.actor for event in events}


def rows_of(homes: Homes) -> checks.Rows:
    """Return the rows in which words stand, and all others that a predicate looks at."""
    return checks.load({home.model for places in homes.values() for home in places} | {*NOUNS, Department, Post, User})


def readable(user: Any, homes: Homes, rows: checks.Rows, facts: Facts) -> set[str]:
    """Return the words that the user may read; nobody reads none."""
    if user is None:
        return set()
    reader = Reader(user, facts, rows)
    return {word for word, places in homes.items() if any(_may(reader, home, rows) for home in places)}


def _may(reader: Reader, home: Any, rows: dict[Any, Any]) -> bool:
    predicate = PREDICATES.get(home.model)
    return predicate is not None and predicate(reader, rows[home.model][home.pk], home.field)
