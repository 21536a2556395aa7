"""Commendations: propose praise with its proof, have it approved by the head, publish it or not (条例 Art. 21, R28)."""

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
from supervision.lifecycles.answering import COMMENDATION
from supervision.models import Commendation, Exhibit
from supervision.operations import exhibits, succession
from supervision.states.answering import CommendationState, Praise
from tasks.actors import officer, unit_of
from tasks.models import Evidence, Task
from tasks.operations import numbering
from workflow.persons import hands, identities, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import Forbidden, RuleBroken

RELATED = ("organiser", "department")
HANDS = tuple(f"commendation.{verb}" for verb in ("create", "edit", "prove", "submit"))


@transaction.atomic
@screened
def register(
    *,
    by: User,
    form: str,
    department: Department,
    title: str,
    deed: str,
    basis: str,
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    exempt_until: date | None = None,
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Commendation:
    """Draft praise (拟表扬激励) of the officer's own office.

    Refused: Forbidden for anybody but an officer, and for one's own praise; RuleBroken("commendation.exempt_until")
    for an exemption without a day to come, or such a day with anything else.
    """
    if not officer(by, None):
        raise Forbidden("commendation.register.forbidden", officer.reason)
    commendation = Commendation(state=CommendationState.DRAFT, organiser=unit_of(by), drafted_by=by)
    _write(
        commendation, by, form=form, department=department, title=title, deed=deed, basis=basis, person=person,
        person_name=person_name, person_post=person_post, exempt_until=exempt_until,
    )  # fmt: skip
    begin(commendation, by, form=form)
    commendation.tasks.set(tasks)
    commendation.evidence.set(evidence)
    return commendation


@transaction.atomic
@screened
def edit(
    commendation: Commendation,
    *,
    by: User,
    form: str,
    department: Department,
    title: str,
    deed: str,
    basis: str,
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    exempt_until: date | None = None,
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Commendation:
    """Correct the draft. Refused as in ``register``."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "edit", by)
    _write(
        commendation, by, form=form, department=department, title=title, deed=deed, basis=basis, person=person,
        person_name=person_name, person_post=person_post, exempt_until=exempt_until,
    )  # fmt: skip
    commendation.tasks.set(tasks)
    commendation.evidence.set(evidence)
    return advance(commendation, step, by, form=form)


def _write(commendation: Commendation, by: User, **fields: Any) -> None:
    person, until = fields["person"], fields["exempt_until"]
    if person is not None:
        if person.pk in identities(by):
            raise Forbidden("commendation.own", _("不能提请表扬自己，请由其他同志办理。"))
        fields["person_name"] = person.name
    is_exemption = fields["form"] == Praise.EXEMPTION
    if is_exemption != (until is not None) or (until is not None and until <= timezone.localdate()):
        raise RuleBroken(
            "commendation.exempt_until", _("免督查须写明截止日期，且在今天之后；其他形式不填。请核对形式和日期。")
        )
    for name, value in fields.items():
        setattr(commendation, name, value)
    commendation.department_name = fields["department"].name


@transaction.atomic
@screened
def prove(commendation: Commendation, *, by: User, file: Upload, note: str = "") -> Exhibit:
    """Add a file that proves the deed (添加附证). Refused where the upload gate refuses."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "prove", by)
    exhibit = exhibits.keep(commendation, by=by, file=file, note=note)
    advance(commendation, step, by, exhibit=exhibit.pk)
    return exhibit


@transaction.atomic
def submit(commendation: Commendation, *, by: User) -> Commendation:
    """Ask the head for approval (提请批准). Refused: RuleBroken("commendation.no_evidence")."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "submit", by)
    _refuse_unproven(commendation)
    return advance(commendation, step, by)


def _refuse_unproven(commendation: Commendation) -> None:
    words = _("还没有证明事迹的材料。请至少关联一份佐证材料或添加一份附证。")
    exhibits.refuse_without(commendation, "commendation.no_evidence", words)


@transaction.atomic
@screened
def approve(commendation: Commendation, *, by: User, comment: str = "") -> Commendation:
    """Approve the praise (批准表扬激励) and give it its number. The head of the government alone (R28).

    Refused: RuleBroken("commendation.no_evidence"); Forbidden("commendation.approve.own") for who had a hand in it.
    """
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "approve", by)
    _refuse_unproven(commendation)
    refuse_same(
        by, hands(commendation, *HANDS), "commendation.approve.own",
        _("拟稿、提请的人不能批准自己经手的表扬激励，请由行政首长本人批准。"),
    )  # fmt: skip
    now = timezone.now()
    commendation.approved_at, commendation.approved_by = now, by
    commendation.number = numbering.next_number(commendation.organiser, timezone.localtime(now).year, "励")
    return advance(commendation, step, by, number=commendation.number, comment=comment)


@transaction.atomic
@screened
def send_back(commendation: Commendation, *, by: User, reason: str) -> Commendation:
    """Return the draft for correction, with the reason."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "send_back", by)
    return advance(commendation, step, by, reason=reason)


@transaction.atomic
def publish(commendation: Commendation, *, by: User) -> Commendation:
    """Show the approved praise to everybody at work in the jurisdiction (公布)."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "publish", by)
    commendation.published_at, commendation.published_by = timezone.now(), by
    return advance(commendation, step, by)


@transaction.atomic
@screened
def withdraw(commendation: Commendation, *, by: User, reason: str) -> Commendation:
    """Take the praise back (撤回), with the reason; from now on only the office and the head see it."""
    commendation = lock(commendation, *RELATED)
    step = COMMENDATION.check(commendation, "withdraw", by)
    commendation.withdrawn_reason = reason
    return advance(commendation, step, by, reason=reason)


def follow(commendation: Commendation, *, by: User | None, old: Department, new: Department) -> None:
    """Let a unit's heir stand in its place; the name on the paper stays (F49)."""
    commendation = succession.move(lock(commendation), old, new, "organiser", "department")
    touch(commendation, "follow", by, **{"from": old.name, "to": new.name})
