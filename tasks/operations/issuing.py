"""Issuing: assign many drafts of a directive at once (批量交办), each by ``tasks.assign``, each with its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import User
from tasks.actors import registrar
from tasks.models import Assignment, Directive, Task
from tasks.operations import tasks
from tasks.states import TaskState
from workflow.refusal import Forbidden, Malformed, Refusal
from workflow.retrying import again

MOST: Final = 200
"""Tasks in one call: a few seconds on SQLite, where each assignment is a commit of its own."""


@dataclass(frozen=True)
class Outcome:
    """What came of one draft, or would: done, or the refusal's code and sentence."""

    task: Task
    done: bool
    units: Sequence[Assignment] = ()
    code: str = ""
    message: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    sign_by: datetime | None = None


def drafts(directive: Directive) -> QuerySet[Task]:
    """Return the directive's drafts in the order in which they were made, with what issuing them asks for."""
    return _whole(Task.objects.filter(directive=directive, parent=None, state=TaskState.DRAFT))


def _whole(rows: Any) -> QuerySet[Task]:
    found: QuerySet[Task] = rows.select_related("organiser", "lead", "directive", "parent").order_by("pk")
    shares = Assignment.objects.select_related("department")
    return found.prefetch_related(Prefetch("assignments", shares))


def assign(directive: Directive, *, by: User, chosen: Sequence[Task] | None = None) -> list[Outcome]:
    """Assign the chosen drafts, or the first 200 of all (批量交办).

    Each is a transaction of its own: one that is refused stays a draft and says why, the others are issued.
    Refused as a whole: Forbidden to all but the directive's own office; Malformed("assign.too_many") above 200.
    """
    outcomes = []
    for task in _chosen(directive, by, chosen):
        try:
            units = list(task.assignments.all())
            issued = again(partial(tasks.assign, task, by=by))
        except Refusal as refusal:
            outcomes.append(_refused(task, refusal))
        else:
            outcomes.append(Outcome(issued, True, units, due_on=issued.due_on, sign_by=issued.sign_by))
    return outcomes


def rehearse(directive: Directive, *, by: User, chosen: Sequence[Task] | None = None) -> list[Outcome]:
    """Say what ``assign`` would do: who would get what by when, and what would be refused. Changes nothing."""
    now, outcomes = timezone.now(), []
    for task in _chosen(directive, by, chosen):
        try:
            tasks.weigh(task, by=by, now=now)
        except Refusal as refusal:
            outcomes.append(_refused(task, refusal))
        else:
            units = list(task.assignments.all())
            outcomes.append(Outcome(task, True, units, due_on=task.due_on, sign_by=task.sign_by))
    return outcomes


def _chosen(directive: Directive, by: User, chosen: Sequence[Task] | None) -> list[Task]:
    if not registrar(by, directive):
        raise Forbidden("directive.assign.forbidden", registrar.reason)
    if chosen is None:
        return _of_one_office(directive, drafts(directive)[:MOST])
    if len(chosen) > MOST:
        raise Malformed("assign.too_many", _("一次最多交办 %(most)d 项，请分几次。") % {"most": MOST})
    keys = {task.pk for task in chosen}
    return _of_one_office(directive, _whole(Task.objects.filter(directive=directive, pk__in=keys)))


def _of_one_office(directive: Directive, rows: Any) -> list[Task]:
    """Return the rows with one and the same office, so that what is asked about it is asked once."""
    found = list(rows)
    for task in found:
        task.organiser = directive.organiser
    return found


def _refused(task: Task, refusal: Refusal) -> Outcome:
    units = list(task.assignments.all())
    return Outcome(task, False, units, refusal.code, str(refusal.message), refusal.details, task.due_on)
