"""Cases: write a story down, replace its names where needed, have it approved, review it in time (R42)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import Department, User
from supervision.lifecycles.answering import CASE
from supervision.models import Case, Exhibit
from supervision.operations import exhibits, succession
from supervision.states.answering import CaseState
from tasks.actors import officer, unit_of
from tasks.models import Task
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import Forbidden, RuleBroken

RELATED = ("organiser",)
HANDS = ("case.create", "case.edit", "case.prove", "case.submit")


@transaction.atomic
@screened
def register(
    *,
    by: User,
    kind: str,
    title: str,
    story: str,
    review_on: date,
    units: Sequence[Department] = (),
    anonymised: bool = False,
    names: Sequence[dict[str, str]] = (),
    tasks: Sequence[Task] = (),
) -> Case:
    """Write a case down (拟典型案例) for the officer's own office.

    Refused: Forbidden for anybody but an officer; RuleBroken("case.review_past") unless the day of review is to come;
    ("case.name_unused") for a name that does not occur; ("case.names_left") while, though names are to be hidden, a
    unit that it is about is still named.
    """
    if not officer(by, None):
        raise Forbidden("case.register.forbidden", officer.reason)
    case = Case(state=CaseState.DRAFT, organiser=unit_of(by), drafted_by=by)
    _write(case, kind=kind, title=title, story=story, review_on=review_on, anonymised=anonymised, names=names)
    _refuse_named(case, units)
    begin(case, by, kind=kind)
    case.units.set(units)
    case.tasks.set(tasks)
    return case


@transaction.atomic
@screened
def edit(
    case: Case,
    *,
    by: User,
    kind: str,
    title: str,
    story: str,
    review_on: date,
    units: Sequence[Department] = (),
    anonymised: bool = False,
    names: Sequence[dict[str, str]] = (),
    tasks: Sequence[Task] = (),
) -> Case:
    """Correct the draft. Refused as in ``register``."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "edit", by)
    _write(case, kind=kind, title=title, story=story, review_on=review_on, anonymised=anonymised, names=names)
    _refuse_named(case, units)
    case.units.set(units)
    case.tasks.set(tasks)
    return advance(case, step, by)


def _write(case: Case, **fields: Any) -> None:
    _refuse_past(fields["review_on"])
    for name, value in fields.items():
        setattr(case, name, value)
    case.names = list(fields["names"]) if case.anonymised else []
    unused = [row["name"] for row in case.names if row["name"] not in case.title + case.story]
    if unused:
        raise RuleBroken(
            "case.name_unused", _("文中没有“%(name)s”，请核对要替换的名称。") % {"name": "、".join(unused)}
        )
    case.told_title, case.told_story = (_told(text, case.names) for text in (case.title, case.story))


def _refuse_past(review_on: date) -> None:
    if review_on <= timezone.localdate():
        raise RuleBroken("case.review_past", _("复审日期须在今天之后，请另选日期。"))


def _told(text: str, names: Sequence[dict[str, str]]) -> str:
    """Return the text with the names replaced, longer names first: 青澜市水务局 is not left as 青澜市某局."""
    for row in sorted(names, key=lambda row: -len(row["name"])):
        text = text.replace(row["name"], row["shown"])
    return text


def _refuse_named(case: Case, units: Sequence[Department]) -> None:
    if not case.anonymised:
        return
    told = case.told_title + case.told_story
    left = [name for unit in units for name in (unit.name, unit.short, *unit.aliases) if name and name in told]
    if left:
        raise RuleBroken(
            "case.names_left",
            _("隐去名称后，文中仍有“%(names)s”。请补充替换的名称，或不隐去名称。") % {"names": "、".join(left)},
            details={"names": left},
        )


@transaction.atomic
@screened
def prove(case: Case, *, by: User, file: Upload, note: str = "") -> Exhibit:
    """Add a file that stands behind the story (添加附证); only the office and its leaders open it."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "prove", by)
    exhibit = exhibits.keep(case, by=by, file=file, note=note)
    advance(case, step, by, exhibit=exhibit.pk)
    return exhibit


@transaction.atomic
def submit(case: Case, *, by: User) -> Case:
    """Ask for approval (提请批准). Refused: RuleBroken("case.review_past")."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "submit", by)
    _refuse_past(case.review_on)
    return advance(case, step, by)


@transaction.atomic
@screened
def approve(case: Case, *, by: User, comment: str = "") -> Case:
    """Approve and publish (批准发布): from now on everybody at work in the jurisdiction reads it, until its review.

    Refused: RuleBroken("case.review_past"); Forbidden("case.approve.own") for who had a hand in it.
    """
    case = lock(case, *RELATED)
    step = CASE.check(case, "approve", by)
    _refuse_past(case.review_on)
    words = _("拟稿、提请的人不能批准自己经手的典型，请由其他领导批准。")
    refuse_same(by, hands(case, *HANDS), "case.approve.own", words)
    case.approved_at, case.approved_by = timezone.now(), by
    return advance(case, step, by, comment=comment, review_on=case.review_on.isoformat())


@transaction.atomic
@screened
def send_back(case: Case, *, by: User, reason: str) -> Case:
    """Return the draft for correction, with the reason."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "send_back", by)
    return advance(case, step, by, reason=reason)


@transaction.atomic
@screened
def review(case: Case, *, by: User, review_on: date, comment: str = "") -> Case:
    """Find that the case still holds (复审续用), until the next day of review. Refused: RuleBroken("case.review_past").

    Refused too: Forbidden("case.review.own") for who had a hand in it.
    """
    case = lock(case, *RELATED)
    step = CASE.check(case, "review", by)
    _refuse_past(review_on)
    words = _("拟稿、提请的人不能复审自己经手的典型，请由其他领导复审。")
    refuse_same(by, hands(case, *HANDS), "case.review.own", words)
    case.review_on, case.reviewed_at, case.reviewed_by = review_on, timezone.now(), by
    return advance(case, step, by, comment=comment, review_on=review_on.isoformat())


@transaction.atomic
@screened
def expire(case: Case, *, by: User, reason: str) -> Case:
    """Take the case from the shelf because its time is over (到期下架)."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "expire", by)
    case.ended_reason = reason
    return advance(case, step, by, reason=reason)


@transaction.atomic
@screened
def withdraw(case: Case, *, by: User, reason: str) -> Case:
    """Take the case back (撤下), with the reason."""
    case = lock(case, *RELATED)
    step = CASE.check(case, "withdraw", by)
    case.ended_reason = reason
    return advance(case, step, by, reason=reason)


def follow(case: Case, *, by: User | None, old: Department, new: Department) -> None:
    """Let a unit's heir stand in its place; the name on the paper stays (F49)."""
    case = succession.move(lock(case), old, new, "organiser")
    touch(case, "follow", by, **{"from": old.name, "to": new.name})
