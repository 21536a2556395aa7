"""Readings: the instructing leader reads the answer before its task is closed, and may remark anew (C8 T3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, Post, User
from organization.states import Role
from tasks import digests
from tasks.actors import instructor, takes_up
from tasks.lifecycles import TASK
from tasks.models import Closure, Directive, Reading, Task
from tasks.operations import drafting
from tasks.states import DirectiveState
from workflow.record import advance, lock, record
from workflow.refusal import RuleBroken

MATTER_LENGTH: Final = 60
"""Characters of a remark that become the matter of the task drafted from it; the clause keeps all."""
STANDARD: Final = "按批示要求办结，并将结果书面报批示领导。"
"""What a task drafted from a remark has to meet until the office says it more exactly; the draft may be edited."""
KNOWN: Final = ("lead", "organiser", "directive__instructed_by__user")


@transaction.atomic
@screened
def read(task: Task, *, by: User, remark: str = "") -> Task:
    """Put down that the instructing leader has read the answer (阅示), with a remark that makes a linked task.

    Refused: Forbidden for anybody but the instructing leader, his delegate, or who took up his post;
    RuleBroken("read.already") where this claim was read: what is to be said after that is a remark;
    ("directive.not_approved") for a remark where the source was withdrawn.
    """
    source = _source_of(task) if remark.strip() else None
    task = lock(task, *KNOWN)
    step = TASK.check(task, "read", by)
    closure = task.closures.select_for_update().get(outcome="")
    if Reading.objects.filter(closure=closure).exists():
        raise RuleBroken("read.already", _("这次办结申报已经阅示过。如有新的要求，请用“再批示”。"))
    made = _follow(task, source, by, remark) if source is not None else None
    reading = _put_down(task, closure, by, remark=remark, made=made)
    return advance(task, step, by, closure=closure.pk, reading=reading.pk, follower=made.pk if made else None)


@transaction.atomic
@screened
def add_remark(task: Task, *, by: User, remark: str) -> Task:
    """Remark anew on a task in hand or closed (再批示); returns the linked task drafted from it.

    The task itself is untouched: what was asked stays, with its day. Refused: Forbidden as in ``read``;
    RuleBroken("directive.not_approved") where the source was withdrawn.
    """
    source = _source_of(task)
    task = lock(task, *KNOWN)
    step = TASK.check(task, "remark", by)
    made = _follow(task, source, by, remark)
    advance(task, step, by, remark=remark, follower=made.pk)
    return made


def on_closing(task: Task, closure: Closure, by: User) -> Reading | None:
    """Return the reading without which a task of an instruction is not closed; None where there was no instruction.

    Where who approves is the instructing leader himself, his approving is the reading, and the record says so.
    Refused: RuleBroken("close.unread"), naming who has to read, or that nobody holds the post.
    """
    post = task.directive.instructed_by
    if post is None or not task.organiser.is_office:
        return None
    found: Reading | None = Reading.objects.filter(closure=closure).first()
    if found is None and instructor(by, task):
        return _put_down(task, closure, by, by_closing=True)
    if found is None:
        raise _unread(task, post)
    return found


def holders(task: Task) -> list[Post]:
    """Return the posts whose holder reads for the instruction today: the instructing one, or those that took it up."""
    post = task.directive.instructed_by
    if post is None or not task.organiser.is_office:
        return []
    if post.stands():
        return [post]
    later = Post.objects.standing().filter(department=post.department_id, role=Role.LEADER, title=post.title)
    return [one for one in later.select_related("user") if takes_up(one, post)]


def _unread(task: Task, post: Post) -> RuleBroken:
    reading = [str(one.user) for one in holders(task)]
    if reading:
        told = _("这是%(leader)s的批示件，办结情况还没有经其阅示，不能销号。请先呈%(names)s阅示。") % {
            "leader": post.user, "names": "、".join(reading),
        }  # fmt: skip
    else:
        told = _(
            "这是%(leader)s的批示件，办结情况还没有经批示领导阅示，而其岗位已空缺。请待同一职务有人接任，阅示后再销号。"
        ) % {"leader": post.user}
    return RuleBroken("close.unread", told, details={"readers": reading, "vacant": not reading})


def _put_down(
    task: Task, closure: Closure, by: User, *, remark: str = "", by_closing: bool = False, made: Task | None = None
) -> Reading:
    reading = Reading.objects.create(task=task, closure=closure, reader=by, remark=remark, by_closing=by_closing)
    told: dict[str, Any] = {
        "closure": closure.pk, "remark": remark, "by_closing": by_closing, "follower": made.pk if made else None,
        "row": digests.of(reading, digests.READING),
    }  # fmt: skip
    record("reading.create", reading, by, detail=told)
    return reading


def _source_of(task: Task) -> Directive:
    """Lock the source, always before its task. Refused: RuleBroken where it is not approved, or no longer."""
    source = lock(Directive.objects.get(pk=task.directive_id), "organiser", "instructed_by")
    if source.state != DirectiveState.APPROVED:
        raise RuleBroken(
            "directive.not_approved", _("来源事项已撤销，不能再作批示。如确需办理，请督查机构重新登记立项。")
        )
    return source


def _follow(task: Task, source: Directive, by: User, remark: str) -> Task:
    """Draft the linked task: the remark is its clause, the lead as before, the limit by custom."""
    words = drafting.Words(
        matter=_matter(remark), clause=remark, lead=_heir(task.lead), responsible=task.responsible,
        standard=STANDARD, default_limit=True,
    )  # fmt: skip
    plan = drafting.prepare(source, words)
    plan.task.follows = task
    drafting.insert([replace(plan, told={**plan.told, "follows": task.pk, "basis": remark})], by)
    return plan.task


def _matter(remark: str) -> str:
    first = remark.strip().splitlines()[0].strip()
    return first if len(first) <= MATTER_LENGTH else f"{first[: MATTER_LENGTH - 1]}…"


def _heir(unit: Department | None) -> Department | None:
    """Return who does the work of a unit today: itself, or the last of its successors."""
    while unit is not None and unit.successor_id is not None:
        unit = unit.successor
    return unit
