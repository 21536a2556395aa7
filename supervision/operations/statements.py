"""Statements: the object is told the facts and is heard before anything is proposed against it (R40)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import Department, User
from organization.workdays import calendar_of
from supervision import digests as columns
from supervision.lifecycles.answering import ACCOUNTABILITY, STATEMENT
from supervision.models import Accountability, Statement
from supervision.operations import accountability as proposals
from supervision.operations import exhibits, succession
from supervision.states.answering import StatementState
from tasks import digests
from workflow.lifecycle import Step
from workflow.record import advance, begin, lock, touch
from workflow.refusal import RuleBroken

WORKDAYS = 5
"""Working days in which the object may speak, unless the officer names a later day. Ours, the sources name none."""


@transaction.atomic
def ask(accountability: Accountability, *, by: User, due_on: date | None = None) -> Statement:
    """Tell the object the facts as they stand and ask for its words (听取对象说明); at least five working days.

    Refused: RuleBroken("statement.open") while it is being heard; ("statement.too_short") for an earlier day.
    """
    accountability = lock(accountability, *proposals.RELATED)
    step = ACCOUNTABILITY.check(accountability, "ask_statement", by)
    proposals.refuse_while_asking(accountability)
    earliest = calendar_of(accountability.department).after(timezone.localdate(), WORKDAYS)
    if due_on is not None and due_on < earliest:
        raise RuleBroken(
            "statement.too_short",
            _("至少给对象 %(days)d 个工作日，最早为 %(day)s，请另选日期。")
            % {"days": WORKDAYS, "day": earliest.isoformat()},
        )
    statement = Statement(
        accountability=accountability, department=accountability.department, person=accountability.person,
        about=accountability.about, facts=accountability.facts, asked_by=by, due_on=due_on or earliest,
        state=StatementState.ASKED,
    )  # fmt: skip
    begin(statement, by, verb="ask", due_on=statement.due_on.isoformat())
    accountability.statement = statement
    advance(accountability, step, by, statement=statement.pk)
    return statement


def _lock_both(statement: Statement) -> Statement:
    lock(Accountability(pk=statement.accountability_id))
    return lock(statement, "accountability__organiser", "department")


@transaction.atomic
@screened
def state(statement: Statement, *, by: User, text: str, file: Upload | None = None) -> Statement:
    """Say one's own words (提交说明): the cadre himself, or the head of the unit.

    Late words are taken too, as long as the office has not closed the request.
    """
    statement = _lock_both(statement)
    step = STATEMENT.check(statement, "state", by)
    if file is not None:
        exhibits.keep(statement, by=by, file=file)
    return _end(statement, step, by, text, timezone.localdate())


@transaction.atomic
@screened
def record(statement: Statement, *, by: User, text: str, stated_on: date, file: Upload) -> Statement:
    """Record words that came on paper (登记书面说明), with the paper. Refused: RuleBroken("statement.future")."""
    statement = _lock_both(statement)
    step = STATEMENT.check(statement, "record", by)
    if stated_on > timezone.localdate():
        raise RuleBroken("statement.future", _("说明日期不能晚于今天，请核对。"))
    exhibits.keep(statement, by=by, file=file)
    return _end(statement, step, by, text, stated_on)


@transaction.atomic
@screened
def decline(statement: Statement, *, by: User, text: str, file: Upload) -> Statement:
    """Record that the object said nothing (登记未作说明), with what proves that it was told.

    Refused: RuleBroken("statement.too_early") before its day has passed.
    """
    statement = _lock_both(statement)
    step = STATEMENT.check(statement, "decline", by)
    if timezone.localdate() <= statement.due_on:
        raise RuleBroken(
            "statement.too_early",
            _("说明期限到 %(day)s 为止，过期后才能登记未作说明。请等待对象说明。")
            % {"day": statement.due_on.isoformat()},
        )
    exhibits.keep(statement, by=by, file=file, note=text[:300])
    return _end(statement, step, by, text, None)


@transaction.atomic
@screened
def withdraw(statement: Statement, *, by: User, reason: str) -> Statement:
    """Take the request back (撤回), with the reason."""
    statement = _lock_both(statement)
    step = STATEMENT.check(statement, "withdraw", by)
    return _end(statement, step, by, reason, None)


def _end(statement: Statement, step: Step, by: User, text: str, stated_on: date | None) -> Statement:
    statement.text, statement.stated_on = text, stated_on
    statement.ended_at, statement.ended_by = timezone.now(), by
    return advance(statement, step, by, row=digests.of(statement, columns.STATEMENT))


def follow(statement: Statement, *, by: User | None, old: Department, new: Department) -> None:
    """Let the head of the unit's heir answer (F49); called with the proposal's lock."""
    statement = succession.move(lock(statement), old, new, "department")
    touch(statement, "follow", by, **{"from": old.name, "to": new.name})
