"""Clues: drafted by one officer, approved by one head, handed over, seen by nobody else (条例 Art. 23, R44)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from documents.uploads import Upload
from organization.models import Department, User
from organization.states import Rank, Role
from supervision import digests as columns
from supervision.lifecycles.answering import CLUE
from supervision.models import Clue, Exhibit, Informant
from supervision.operations import exhibits, seals, succession
from supervision.states.answering import ClueState, SealPart
from tasks import digests
from tasks.actors import officer, unit_of
from tasks.models import Evidence, Task
from tasks.operations import numbering
from workflow.persons import hands, identities, refuse_same
from workflow.record import advance, begin, lock, touch
from workflow.refusal import Forbidden, RuleBroken

RELATED = ("organiser", "department", "receiver", "approver")


@transaction.atomic
@screened
def register(
    *,
    by: User,
    kind: str,
    department: Department,
    facts: str,
    source: str,
    receiver: Department,
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    informant: str = "",
    informant_contact: str = "",
    informant_wishes: str = "",
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Clue:
    """Draft a clue (拟线索移送单); from this moment it is open to its drafter alone.

    Who told it stands in a row of its own and in no event (R44). Refused: Forbidden for anybody but an officer acting
    in person, and for whom it would be about;
    RuleBroken("clue.informant_told") where the text names the informant.
    """
    if not officer(by, None):
        raise Forbidden("clue.register.forbidden", officer.reason)
    if by.behalf is not None:
        raise Forbidden("clue.register.forbidden", _("线索须由本人拟稿，不能代他人办理。"))
    clue = Clue(state=ClueState.DRAFT, organiser=unit_of(by), drafted_by=by)
    _write(clue, by, kind=kind, department=department, facts=facts, source=source, receiver=receiver, person=person,
           person_name=person_name, person_post=person_post)  # fmt: skip
    begin(clue, by, kind=kind)
    seals.place(clue, by, SealPart.DRAFTER, clue.organiser, Role.SUPERVISOR)
    _name_informant(clue, informant, informant_contact, informant_wishes)
    clue.tasks.set(tasks)
    clue.evidence.set(evidence)
    return clue


@transaction.atomic
@screened
def edit(
    clue: Clue,
    *,
    by: User,
    kind: str,
    department: Department,
    facts: str,
    source: str,
    receiver: Department,
    person: User | None = None,
    person_name: str = "",
    person_post: str = "",
    informant: str = "",
    informant_contact: str = "",
    informant_wishes: str = "",
    tasks: Sequence[Task] = (),
    evidence: Sequence[Evidence] = (),
) -> Clue:
    """Correct the draft. An informant who is not named again stays as he was. Refused as in ``register``."""
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "edit", by)
    _write(clue, by, kind=kind, department=department, facts=facts, source=source, receiver=receiver, person=person,
           person_name=person_name, person_post=person_post)  # fmt: skip
    _name_informant(clue, informant, informant_contact, informant_wishes)
    clue.tasks.set(tasks)
    clue.evidence.set(evidence)
    return advance(clue, step, by)


def _write(clue: Clue, by: User, **fields: Any) -> None:
    person = fields["person"]
    if person is not None:
        if person.pk in identities(by):
            raise Forbidden("clue.own", _("不能拟写反映自己的线索，请由其他同志办理。"))
        fields["person_name"] = person.name
    for name, value in fields.items():
        setattr(clue, name, value)
    clue.department_name = fields["department"].name


def _name_informant(clue: Clue, name: str, contact: str, wishes: str) -> None:
    if name and name in clue.facts + clue.source:
        raise RuleBroken("clue.informant_told", _("线索内容或来源中写有反映人姓名，请删去后再提交，以免泄露身份。"))
    if name:
        Informant.objects.update_or_create(clue=clue, defaults={"name": name, "contact": contact, "wishes": wishes})


@transaction.atomic
@screened
def prove(clue: Clue, *, by: User, file: Upload, note: str = "") -> Exhibit:
    """Add a file that proves the clue (添加附证). Refused where the upload gate refuses."""
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "prove", by)
    exhibit = exhibits.keep(clue, by=by, file=file, note=note)
    advance(clue, step, by, exhibit=exhibit.pk)
    return exhibit


@transaction.atomic
@screened
def unmask(clue: Clue, *, by: User, reason: str) -> Informant:
    """Look at who told it (查看反映人), saying why: each look is a deed in the clue's chain (R44).

    Refused: RuleBroken("clue.anonymous") where nobody is named.
    """
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "unmask", by)
    informant = Informant.objects.filter(clue=clue).first()
    if informant is None:
        raise RuleBroken("clue.anonymous", _("这条线索没有登记反映人。请以线索内容和证据为准。"))
    advance(clue, step, by, reason=reason)
    return informant


@transaction.atomic
def submit(clue: Clue, *, by: User, approver: User) -> Clue:
    """Put the clue before the head of the government, by name (提请批准); from now on it is open to him too.

    Refused: RuleBroken("clue.no_evidence"); ("clue.not_the_head") for anybody else; ("seal.named") where it is about
    him.
    """
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "submit", by)
    exhibits.refuse_without(clue, "clue.no_evidence", _("还没有证据。请至少关联一份佐证材料或添加一份附证。"))
    if approver.pk == clue.person_id:
        raise RuleBroken("seal.named", _("线索反映的正是此人，请按规定直接向有管理权限的上级机关反映。"))
    post = approver.posts.standing().filter(
        role=Role.LEADER, rank=Rank.CHIEF, department__path=clue.organiser.jurisdiction_path
    ).select_related("department").first()  # fmt: skip
    if post is None:
        raise RuleBroken("clue.not_the_head", _("线索移送须由本级行政首长批准，请选择主要领导。"))
    if clue.approver_id not in (None, approver.pk):
        seals.close(clue, SealPart.APPROVER)
    clue.approver = approver
    seal = seals.place(clue, approver, SealPart.APPROVER, post.department, Role.LEADER)
    seals.reopen(seal)
    return advance(clue, step, by)


@transaction.atomic
@screened
def approve(clue: Clue, *, by: User, comment: str = "") -> Clue:
    """Approve the hand-over (批准移送) and give the number, of a series of its own.

    Refused: Forbidden("clue.approve.own") for who drafted it.
    """
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "approve", by)
    own = hands(clue, "clue.create", "clue.edit", "clue.submit")
    refuse_same(by, own, "clue.approve.own", _("拟稿人不能批准自己经手的线索移送，请由行政首长本人批准。"))
    now = timezone.now()
    clue.approved_at, clue.approved_by = now, by
    clue.number = numbering.next_number(clue.organiser, timezone.localtime(now).year, "移")
    row = digests.of(clue, columns.CLUE)
    return advance(clue, step, by, number=clue.number, comment=comment, row=row)


@transaction.atomic
@screened
def send_back(clue: Clue, *, by: User, reason: str) -> Clue:
    """Return the clue for correction, with the reason."""
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "send_back", by)
    return advance(clue, step, by, reason=reason)


@transaction.atomic
def transfer(clue: Clue, *, by: User, contacts: Sequence[User]) -> Clue:
    """Hand the clue over (移送): from now on the contacts named here read it, drafter and approver see that it went.

    Refused: RuleBroken("seal.not_a_contact"), ("seal.named").
    """
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "transfer", by)
    named = seals.place_contacts(clue, contacts)
    seals.close(clue, SealPart.DRAFTER, SealPart.APPROVER)
    clue.transferred_at, clue.transferred_by = timezone.now(), by
    return advance(clue, step, by, receiver=clue.receiver.name, contacts=named)


@transaction.atomic
@screened
def answer(clue: Clue, *, by: User, outcome: str, reply: str = "") -> Clue:
    """Say in writing whether the clue is taken up (反馈受理情况): a contact of the receiving organ alone."""
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "answer", by)
    clue.outcome, clue.reply = outcome, reply
    clue.answered_at, clue.answered_by = timezone.now(), by
    return advance(clue, step, by, outcome=outcome)


@transaction.atomic
@screened
def entrust(clue: Clue, *, by: User, successor: User, reason: str) -> Clue:
    """Put another officer of the office in the drafter's place (移交经办), so that a clue outlives who drafted it.

    The drafter does so himself before he leaves; once he has left his post, the head of the government, who learns by
    that no word of the content. Who had it sees from then on that it exists, and no more.
    Refused: RuleBroken("clue.successor") for anybody but another officer serving in the office; ("seal.named") where
    it is about him.
    """
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "entrust", by)
    if successor.pk == clue.person_id:
        raise RuleBroken("seal.named", _("接办人不能是材料反映的本人，请另行选择。"))
    serves = successor.is_active and successor.posts.standing().filter(
        role=Role.SUPERVISOR, department=clue.organiser
    ).exists()  # fmt: skip
    bearers = clue.seals.legible().filter(part=SealPart.DRAFTER)
    if not serves or bearers.filter(user=successor).exists():
        raise RuleBroken("clue.successor", _("接办人应是本督查机构在岗的另一名督查员，请重新选择。"))
    before = list(bearers.values_list("user_name", flat=True))
    seals.close(clue, SealPart.DRAFTER)
    seals.reopen(seals.place(clue, successor, SealPart.DRAFTER, clue.organiser, Role.SUPERVISOR))
    return advance(clue, step, by, **{"from": "、".join(before), "to": successor.name, "reason": reason})


@transaction.atomic
@screened
def withdraw(clue: Clue, *, by: User, reason: str) -> Clue:
    """Take the clue back before it is handed over (撤回), with the reason."""
    clue = lock(clue, *RELATED)
    step = CLUE.check(clue, "withdraw", by)
    clue.withdrawn_reason = reason
    return advance(clue, step, by, reason=reason)


def follow(clue: Clue, *, by: User | None, old: Department, new: Department) -> None:
    """Let a unit's heir stand in its place; the name on the paper stays (F49)."""
    clue = succession.move(lock(clue), old, new, "organiser", "department", "receiver")
    touch(clue, "follow", by, **{"from": old.name, "to": new.name})
