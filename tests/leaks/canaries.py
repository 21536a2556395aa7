"""Canaries: a word of its own in every text, name, number and file of every row, so what is seen tells whose it is.

Words enter where people type, through the operations, so that copies (an event's detail, a snapshot of a name) carry
them too. What no operation fills is filled afterwards, field by field, from the models: a new text field needs nobody
to remember it. A field that may not hold a word stands in ``KEPT`` with the reason.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection, models

from documents.uploads import Upload
from supervision.triggers import GUARDS
from tasks.triggers import EVIDENCE, READING
from tests.factories import tasks as make
from workflow.models import Attachment, Event
from workflow.triggers import EVENT

ROOMS = ("workflow", "organization", "documents", "tasks", "supervision", "notifications")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SHAPE = re.compile(r"zz[0-9a-z]{4}zz")
numbers = count(1)

KEPT: dict[str, str] = {
    "organization.CalendarDay": "the calendar is public",
    "organization.CalendarYear": "the calendar is public",
    "organization.Department.path": "the place in the tree",
    "organization.Department.jurisdiction_path": "the place in the tree",
    "organization.Department.region": "a code of the calendar",
    "organization.Department.district_code": "a public code with a check digit",
    "organization.Department.uscc": "a public code with a check digit",
    "organization.Session": "never shown; its key opens the door",
    "organization.User.password": "a hash",
    "organization.Client.prefix": "finds the key",
    "organization.Client.hashed_key": "a hash",
    "organization.Client.scopes": "words of machines",
    "workflow.Counter": "never shown; found by its series",
    "workflow.Event.stream": "a key",
    "workflow.Event.kind": "a word of machines",
    "workflow.Event.subject_type": "a word of machines",
    "workflow.Event.old_state": "a word of machines",
    "workflow.Event.new_state": "a word of machines",
    "workflow.Event.key": "a key",
    "workflow.Event.alg": "a word of machines",
    "workflow.Event.prev": "a hash",
    "workflow.Event.hash": "a hash",
    "workflow.Head": "never shown; a hash",
    "workflow.Replay": "never shown but to who asked",
    "tasks.Task.path": "the place in the cascade",
    "tasks.Task.path_end": "the place in the cascade",
    "tasks.Hold.key": "a key",
    "tasks.Office.lights": "colours, public",
    "tasks.Batch.problem_code": "a word of machines",
    "tasks.Closure.checks": "yes and no",
    "tasks.BatchRow.proposed": "keys and days beside words that came with the sheet",
    "tasks.BatchRow.problems": "made of what came with the sheet",
    "tasks.Breakdown.tables": "made of what stands in its text",
    "tasks.Breakdown.waived": "keys of clauses",
    "tasks.Clause.key": "a key",
    "tasks.Clause.kind": "a word of machines",
    "tasks.Clause.hint": "a word of machines",
    "tasks.Clause.path": "headings that stand in the text of its paper",
    "tasks.Draft.proposed": "keys and days beside words that came with the paper",
    "tasks.Revision": "never shown; what stood before",
    "supervision.Bulletin.sha256": "a hash",
    "supervision.Bulletin.snapshot": "figures, beside names of units",
    "supervision.Inspection.methods": "words of machines",
    "supervision.Accountability.directions": "words of machines",
    "supervision.Seal.role": "a word of machines",
    "Attachment.file": "where it lies; the bytes hold a word",
    "Attachment.content_type": "a word of machines",
    "Attachment.sha256": "a hash",
    "Stateful.state": "a word of machines",
}  # fmt: skip
"""Model, or field, that holds no word, and why."""


def word() -> str:
    """Return a word that stands nowhere else."""
    number, text = next(numbers), ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return f"zz{text}zz"


def tables() -> Iterator[Any]:
    """Yield every model of the house's rooms."""
    for room in ROOMS:
        if apps.is_installed(room):
            yield from apps.get_app_config(room).get_models()


def is_text(field: Any) -> bool:
    """Tell whether people's words may stand in the field."""
    text = isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
    return text and not field.choices and not field.primary_key


def is_kept(model: Any, field: Any) -> bool:
    """Tell whether the field holds no word, by ``KEPT``."""
    bases = [base.__name__ for base in model.__mro__]
    return model._meta.label in KEPT or any(f"{name}.{field.name}" in KEPT for name in (model._meta.label, *bases))


def word_fields(model: Any) -> list[Any]:
    """Return the fields of a model that hold words."""
    return [field for field in model._meta.concrete_fields if is_text(field) and not is_kept(model, field)]


# ------------------------------------------------------------------------------------------------ where words stand


@dataclass(frozen=True)
class Home:
    """Where a word stands."""

    model: Any
    pk: int
    field: str

    def __str__(self) -> str:
        return f"{self.model.__name__}({self.pk}).{self.field}"


Homes = dict[str, list[Home]]


def text_file(*, accepted: list[Upload] = []) -> Upload:  # noqa: B006 - looked through once for all
    """Return a file with a word as its name and another in it, as if it had passed the gate."""
    if not accepted:
        accepted.append(make.upload())
    content = f"附件 {word()}".encode()
    told = {field.name: getattr(accepted[0], field.name) for field in fields(Upload)}
    digest = hashlib.sha256(content).hexdigest()
    return Upload(
        **told | {"name": f"{word()}.txt", "size": len(content), "sha256": digest, "stream": io.BytesIO(content)}
    )


def fill(models_: Iterable[Any] = (), *, only_said: bool = False) -> None:
    """Put a word of its own into every text field that holds none yet, past the guards of append-only tables.

    ``only_said`` leaves empty what nobody filled in: where a check forbids it to hold anything.
    """
    _guards("remove")
    for model in models_ or tables():
        for row in model._base_manager.all():
            new = {
                field.name: _filled(field)
                for field in word_fields(model)
                if _wants(field, row) and (getattr(row, field.name) or not only_said)
            }
            if new:
                model._base_manager.filter(pk=row.pk).update(**new)
    _guards("install")


def _guards(deed: str) -> None:
    connection.check_constraints()  # PostgreSQL alters no table while a deferred check waits
    with connection.cursor() as cursor:
        for guard in (EVENT, EVIDENCE, READING, *GUARDS):
            getattr(guard, deed)(SimpleNamespace(connection=connection, execute=cursor.execute))


def _wants(field: Any, row: Any) -> bool:
    if isinstance(field, models.JSONField):
        return getattr(row, field.name) == []
    held = getattr(row, field.name)
    return not SHAPE.search(str(held or "")) and not (field.unique and held is None)


def _filled(field: Any) -> Any:
    return [word()] if isinstance(field, models.JSONField) else word()


def homes() -> Homes:
    """Return where each word stands. A copy in an event is no home while the word stands anywhere else."""
    found: Homes = defaultdict(list)
    copies: Homes = defaultdict(list)
    for model in tables():
        target = copies if model is Event else found
        texts = [field for field in model._meta.concrete_fields if is_text(field)]
        for row in model._base_manager.all():
            for field in texts:
                for one in SHAPE.findall(str(getattr(row, field.name))):
                    target[one].append(Home(model, row.pk, field.name))
            if isinstance(row, Attachment):
                with row.file.open("rb") as file:
                    for one in words_in(file.read()):
                        target[one].append(Home(model, row.pk, "file"))
    return dict(copies) | dict(found)


# ------------------------------------------------------------------------------------------------ what an answer tells


def words_in(content: bytes) -> set[str]:
    """Return the words in an answer; a workbook or document is unpacked first."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set().union(*(words_in(archive.read(name)) for name in archive.namelist()))
    return set(SHAPE.findall(content.decode("utf-8", "replace")))


def told(homes: Homes, leaked: set[str]) -> list[str]:
    """Return where the leaked words stand, for the report of a failing test."""
    return sorted({str(homes[one][0]) for one in leaked})
