"""Accountability: draft a proposal, hear the object, weigh tolerance, have it approved, hand it over (R39–R41)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import Department, User
from organization.states import Role
from supervision import digests as columns
from supervision.lifecycles.answering import ACCOUNTABILITY
from supervision.models import Accountability, Exhibit, Finding
from supervision.operations import exhibits, seals, succession
from supervision.states.answering import (
    DIRECTIONS,
    AccountabilityState,
    Direction,
    Ground,
    SealPart,
    StatementState,
    Subject,
)
from supervision.states.correcting import AGREED
from tasks import digests
from tasks.actors import officer, unit_of
from tasks.models import Evidence, Task
from tasks.operations import numbering
from workflow.persons import hands, identities, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import Forbidden, RuleBroken

RELATED = ("organiser", "department", "receiver", "statement")
HANDS = tuple(f"accountability.{verb}" for verb in ("create", "edit", "prove", "ask_statement", "assess", "submit"))


@transaction.atomic
@screened
def register(
    *,
    by: User,
    subject: str,
    department: Department,
    title: str,
    facts: str,
    basis: str,
    directions: Sequence[str],
    receiver: Department,
    suggestion: str = "",
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    findings: Sequence[Finding] = (),
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Accountability:
    """Draft a proposal (拟问责建议书) of the officer's own office.

    Refused: Forbidden for anybody but an officer, and for whom it would be about; RuleBroken("accountability.unnamed")
    for a cadre without a name; ("accountability.wrong_list") for a direction of the other list (R40);
    ("accountability.finding_open") for a finding that is not agreed.
    """
    if not officer(by, None):
        raise Forbidden("accountability.register.forbidden", officer.reason)
    accountability = Accountability(state=AccountabilityState.DRAFT, organiser=unit_of(by), drafted_by=by)
    _write(
        accountability, by, subject=subject, department=department, title=title, facts=facts, basis=basis,
        directions=directions, receiver=receiver, suggestion=suggestion, person=person, person_name=person_name,
        person_post=person_post,
    )  # fmt: skip
    begin(accountability, by, subject=subject, directions=accountability.directions)
    _link(accountability, findings, tasks, evidence)
    return accountability


@transaction.atomic
@screened
def edit(
    accountability: Accountability,
    *,
    by: User,
    subject: str,
    department: Department,
    title: str,
    facts: str,
    basis: str,
    directions: Sequence[str],
    receiver: Department,
    suggestion: str = "",
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    findings: Sequence[Finding] = (),
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Accountability:
    """Correct the draft. Refused as in ``register``; RuleBroken("statement.open") while the object is being heard.

    New facts, or another object, have to be told to the object again before the proposal goes on.
    """
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "edit", by)
    refuse_while_asking(accountability)
    _write(
        accountability, by, subject=subject, department=department, title=title, facts=facts, basis=basis,
        directions=directions, receiver=receiver, suggestion=suggestion, person=person, person_name=person_name,
        person_post=person_post,
    )  # fmt: skip
    _link(accountability, findings, tasks, evidence)
    return advance(accountability, step, by, directions=accountability.directions)


def _write(accountability: Accountability, by: User, **fields: Any) -> None:
    """Take the words over once they hold together."""
    person = fields["person"]
    if person is not None and person.pk in identities(by):
        raise Forbidden("accountability.own", _("不能拟写反映自己的问责建议，请由其他同志办理。"))
    if fields["subject"] == Subject.ORGANISATION:
        fields |= {"person": None, "person_name": "", "person_post": ""}
    elif not (fields["person_name"] or person):
        raise RuleBroken("accountability.unnamed", _("对象是领导干部的，请写明姓名和职务。"))
    elif person is not None:
        fields["person_name"] = person.name
    wrong = [d for d in fields["directions"] if d not in DIRECTIONS[Subject(fields["subject"])]]
    if wrong or not fields["directions"]:
        raise RuleBroken(
            "accountability.wrong_list",
            _(
                "建议方向与对象类别不一致。单位：检查、通报、改组；干部：通报、诫勉、组织调整或者组织处理、纪律处分。请重新选择。"
            ),
            details={"directions": wrong},
        )
    fields["directions"] = [d for d in Direction.values if d in fields["directions"]]
    for name, value in fields.items():
        setattr(accountability, name, value)
    accountability.department_name = fields["department"].name


def _link(
    accountability: Accountability, findings: Sequence[Finding], tasks: Sequence[Task], evidence: Sequence[Evidence]
) -> None:
    """Link what the facts rest on; a finding that the unit disputes is no ground yet (C7)."""
    disputed = [f for f in findings if f.state not in AGREED]
    if disputed:
        raise RuleBroken(
            "accountability.finding_open",
            _("所选问题还没有认定（有异议、未答复或已撤销），不能作为问责依据，请去掉后再提交。"),
        )
    accountability.findings.set(findings)
    accountability.tasks.set(tasks)
    accountability.evidence.set(evidence)


def refuse_while_asking(accountability: Accountability) -> None:
    """Refuse with RuleBroken("statement.open") while the object is being heard."""
    if accountability.statements.open().exists():
        raise RuleBroken("statement.open", _("正在听取对象说明，请等待说明，或先撤回说明请求。"))


@transaction.atomic
@screened
def prove(accountability: Accountability, *, by: User, file: Upload, note: str = "") -> Exhibit:
    """Add a file that proves the facts (添加附证). Refused where the upload gate refuses (type, size, marks)."""
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "prove", by)
    exhibit = exhibits.keep(accountability, by=by, file=file, note=note)
    advance(accountability, step, by, exhibit=exhibit.pk)
    return exhibit


@transaction.atomic
@screened
def assess(
    accountability: Accountability, *, by: User, grounds: Sequence[dict[str, str]], opinion: str
) -> Accountability:
    """Weigh tolerance (容错评估): each ground of articles 17 and 18 with yes or no and why, and what follows (R40).

    Refused: RuleBroken("accountability.grounds") unless every ground is answered exactly once.
    """
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "assess", by)
    answered = [row["ground"] for row in grounds]
    missing = [g for g in Ground if g.value not in answered]
    if missing or len(answered) != len(Ground):
        raise RuleBroken(
            "accountability.grounds",
            _("容错情形须逐项写明“成立”或“不成立”及理由，每项一次。请补齐：%(missing)s。")
            % {"missing": "、".join(str(g.label) for g in missing) or _("重复的项")},
            details={"missing": [g.value for g in missing]},
        )
    accountability.tolerance = sorted(grounds, key=lambda row: Ground.values.index(row["ground"]))
    accountability.tolerance_opinion = opinion
    accountability.assessed_at, accountability.assessed_by = timezone.now(), by
    return advance(accountability, step, by, holding=[row["ground"] for row in grounds if row["holds"] == "yes"])


@transaction.atomic
def submit(accountability: Accountability, *, by: User) -> Accountability:
    """Ask the head for approval (提请批准).

    Refused, in this order: RuleBroken("accountability.no_statement"), ("accountability.statement_outdated"),
    ("accountability.no_tolerance"), ("accountability.no_evidence").
    """
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "submit", by)
    _refuse_incomplete(accountability)
    return advance(accountability, step, by)


def _refuse_incomplete(accountability: Accountability) -> None:
    statement = accountability.statement
    if statement is None or statement.state not in (StatementState.STATED, StatementState.DECLINED):
        raise RuleBroken(
            "accountability.no_statement", _("还没有听取对象的说明。请先告知事实、听取说明，或登记其未作说明的凭据。")
        )
    if (statement.facts, statement.about) != (accountability.facts, accountability.about):
        raise RuleBroken(
            "accountability.statement_outdated", _("听取说明之后，事实或对象有变。请就现在的内容重新听取说明。")
        )
    if accountability.assessed_at is None:
        raise RuleBroken("accountability.no_tolerance", _("还没有作容错评估。请对照第十七条、第十八条逐项评估。"))
    exhibits.refuse_without(
        accountability, "accountability.no_evidence", _("还没有证据。请至少关联一份佐证材料或添加一份附证。")
    )


@transaction.atomic
@screened
def approve(accountability: Accountability, *, by: User, comment: str = "") -> Accountability:
    """Approve the proposal (批准建议) and give it its number (条例 Art. 21, R39). The head of the government alone.

    Refused as in ``submit``; Forbidden("accountability.approve.own") for who had a hand in it, even as a delegate.
    """
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "approve", by)
    _refuse_incomplete(accountability)
    refuse_same(
        by, hands(accountability, *HANDS) | {accountability.drafted_by_id}, "accountability.approve.own",
        _("拟稿、提请的人不能批准自己经手的问责建议，请由行政首长本人批准。"),
    )  # fmt: skip
    now = timezone.now()
    accountability.approved_at, accountability.approved_by = now, by
    accountability.number = numbering.next_number(accountability.organiser, timezone.localtime(now).year, "责")
    seals.place_actor(accountability, by, SealPart.APPROVER)
    row = digests.of(accountability, columns.PROPOSAL)
    return advance(accountability, step, by, number=accountability.number, comment=comment, row=row)


@transaction.atomic
@screened
def send_back(accountability: Accountability, *, by: User, reason: str) -> Accountability:
    """Return the proposal for correction, with the reason."""
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "send_back", by)
    return advance(accountability, step, by, reason=reason)


@transaction.atomic
def transfer(accountability: Accountability, *, by: User, contacts: Sequence[User]) -> Accountability:
    """Hand the proposal over to the competent organ (移送); no task ends by it (R41).

    From now on it is open to its drafter, its approver and the contacts named here, and to nobody else (R39).

    Refused: RuleBroken("seal.not_a_contact"), ("seal.named").
    """
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "transfer", by)
    named = seals.place_contacts(accountability, contacts)
    drafter, office = accountability.drafted_by, accountability.organiser
    seals.place(accountability, drafter, SealPart.DRAFTER, office, Role.SUPERVISOR)
    accountability.transferred_at, accountability.transferred_by = timezone.now(), by
    return advance(accountability, step, by, receiver=accountability.receiver.name, contacts=named)


@transaction.atomic
@screened
def answer(accountability: Accountability, *, by: User, adoption: str, reply: str) -> Accountability:
    """Say in writing whether the proposal is adopted (书面反馈采纳情况): a contact of the competent organ alone."""
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "answer", by)
    accountability.adoption, accountability.reply = adoption, reply
    accountability.answered_at, accountability.answered_by = timezone.now(), by
    return advance(accountability, step, by, adoption=adoption, row=digests.of(accountability, columns.ADOPTION))


@transaction.atomic
@screened
def withdraw(accountability: Accountability, *, by: User, reason: str) -> Accountability:
    """Take the proposal back before it is handed over (撤回). Refused while the object is being heard."""
    accountability = lock(accountability, *RELATED)
    step = ACCOUNTABILITY.check(accountability, "withdraw", by)
    refuse_while_asking(accountability)
    accountability.withdrawn_reason = reason
    return advance(accountability, step, by, reason=reason)


def follow(accountability: Accountability, *, by: User | None, old: Department, new: Department) -> None:
    """Let a unit's heir stand in its place; the name on the paper stays (F49)."""
    accountability = succession.move(lock(accountability), old, new, "organiser", "department", "receiver")
    touch(accountability, "follow", by, **{"from": old.name, "to": new.name})
