"""Notices: 催办函, 督办单, 约谈: drafted on grounds, issued by who may, received, answered (R27, R28)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from organization.workdays import calendar_of
from supervision import ladder
from supervision.lifecycles.informing import NOTICE
from supervision.models import Notice
from supervision.states.informing import UNANSWERED, UNSENT, Colour, Ground, NoticeKind, NoticeState
from tasks import digests
from tasks.actors import lead_of, officer
from tasks.models import Task
from tasks.operations import numbering
from tasks.states import EXTENSION_PENDING, HELD, RUNNING, SuspensionState
from workflow.lifecycle import Step
from workflow.models import Event
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock, record
from workflow.refusal import Forbidden, RuleBroken

SERIES = {NoticeKind.CHASE: "催", NoticeKind.ORDER: "办", NoticeKind.TALK: "谈"}
"""The word after the office's own in the numbers of each kind; each runs for itself (R15)."""
RELATED = ("organiser", "department", "task__lead", "task__directive", "task__organiser")


@transaction.atomic
@screened
def draft(
    *,
    by: User,
    task: Task,
    kind: str,
    ground: str,
    text: str,
    department: Department | None = None,
    colour: str = Colour.NONE,
    answer_due_on: date | None = None,
    skip_reason: str = "",
) -> Notice:
    """Draft a notice about a task of the officer's own office (拟催办函、督办单、约谈).

    To the unit under which lateness counts, unless another unit of the task is named; to be answered within the
    rung's working days, unless a day is named.
    Refused: Forbidden for anybody but an officer of the office that issued the task; RuleBroken("notice.open") while
    another of the kind is not sent; and as in ``_refuse_unfounded``.
    """
    task = lock(task, "lead", "organiser", "directive", "blocked_by")
    if not officer(by, None) or task.organiser_id != by.department.pk:  # type: ignore[union-attr]
        raise Forbidden(
            "notice.draft.forbidden", _("只有交办这项任务的督查机构可以催办、督办。请由交办机构的督查员拟稿。")
        )
    if task.notices.filter(kind=kind, state__in=UNSENT).exists():
        raise RuleBroken("notice.open", _("这项任务已有一份同类文稿没有发出，请先签发、提请批准或撤销它。"))
    notice = Notice(task=task, organiser=task.organiser, drafted_by=by, state=NoticeState.DRAFT)
    _fill(
        notice, kind=kind, ground=ground, text=text, department=department, colour=colour,
        answer_due_on=answer_due_on, skip_reason=skip_reason,
    )  # fmt: skip
    _refuse_unfounded(notice)
    return begin(notice, by, verb="draft", **_told(notice))


@transaction.atomic
@screened
def edit(
    notice: Notice,
    *,
    by: User,
    ground: str,
    text: str,
    department: Department | None = None,
    colour: str = Colour.NONE,
    answer_due_on: date | None = None,
    skip_reason: str = "",
) -> Notice:
    """Rewrite a draft as a whole; the kind stays. Refused as in ``draft``."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "edit", by)
    _fill(
        notice, kind=notice.kind, ground=ground, text=text, department=department, colour=colour,
        answer_due_on=answer_due_on, skip_reason=skip_reason,
    )  # fmt: skip
    _refuse_unfounded(notice)
    return advance(notice, step, by, **_told(notice))


@transaction.atomic
def issue(notice: Notice, *, by: User) -> Notice:
    """Send a 催办函 (签发): number, figures as they are now. Refused where its ground no longer holds."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "issue", by)
    return _send(notice, step, by)


@transaction.atomic
def submit(notice: Notice, *, by: User) -> Notice:
    """Ask a leader to sign a 督办单 or 约谈 (R28). Refused where its ground no longer holds."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "submit", by)
    _refuse_unfounded(notice)
    return advance(notice, step, by, **_told(notice))


@transaction.atomic
@screened
def approve(notice: Notice, *, by: User, comment: str = "") -> Notice:
    """Sign and send it (批准签发); where a rung is skipped, the leader approves the reason with it (R27, R28).

    Refused: Forbidden for who drafted or submitted it; RuleBroken where its ground no longer holds.
    """
    notice = _locked(notice)
    step = NOTICE.check(notice, "approve", by)
    own = hands(notice, "notice.draft", "notice.edit", "notice.submit")
    refuse_same(by, own, "notice.approve.own", _("拟稿、提请的人不能批准自己经手的文稿，请由其他领导批准。"))
    notice.approved_by, notice.approved_at = by, timezone.now()
    return _send(notice, step, by, comment=comment)


def _send(notice: Notice, step: Step, by: User, **detail: Any) -> Notice:
    _refuse_unfounded(notice)
    now = timezone.now()
    today = timezone.localdate(now)
    notice.issued_by, notice.issued_at, notice.department_name = by, now, notice.department.name
    if notice.answer_due_on < today:
        raise RuleBroken("notice.answer_past", _("答复时限已经过去。请先退回修改，写一个今天以后的日期。"))
    notice.number = numbering.next_number(notice.organiser, today.year, SERIES[NoticeKind(notice.kind)])
    return advance(notice, step, by, number=notice.number, words=digest_of(notice), **_told(notice), **detail)


SENT = ("task_id", "department_name", "kind", "colour", "ground", "text", "answer_due_on", "number",
        "workdays_late", "repeats", "returns", "skip_reason")  # fmt: skip


def digest_of(notice: Notice) -> str:
    """Return the digest of what is sent; the event of the sending carries it."""
    return digests.of(notice, SENT)


@transaction.atomic
@screened
def send_back(notice: Notice, *, by: User, reason: str) -> Notice:
    """Return it to the office with the reason."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "send_back", by)
    return advance(notice, step, by, reason=reason)


@transaction.atomic
def receive(notice: Notice, *, by: User) -> Notice:
    """Say that the unit has it (签收)."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "receive", by)
    notice.received_by, notice.received_at = by, timezone.now()
    return advance(notice, step, by)


@transaction.atomic
@screened
def answer(notice: Notice, *, by: User, answer: str) -> Notice:
    """Say what the unit did and will do (答复). A late answer is taken; its lateness shows."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "answer", by)
    notice.answer, notice.answered_by, notice.answered_at = answer, by, timezone.now()
    return advance(notice, step, by, late=timezone.localdate() > notice.answer_due_on)


@transaction.atomic
@screened
def note(notice: Notice, *, by: User, held_on: date, attended: str, minutes: str, commitments: str = "") -> Notice:
    """Keep what was said at the talk (约谈记录): when, who, what, what was promised.

    Refused: RuleBroken("notice.noted") where it is kept already; ("notice.talk_day") for a day before the notice or
    in the future.
    """
    notice = _locked(notice)
    step = NOTICE.check(notice, "note", by)
    if notice.held_on is not None:
        raise RuleBroken("notice.noted", _("约谈记录已经登记，不能改写。确需更正的，请另行说明并留存原记录。"))
    if not timezone.localdate(notice.issued_at) <= held_on <= timezone.localdate():
        raise RuleBroken("notice.talk_day", _("约谈日期应在通知签发之后、今天以前。请核对后重新填写。"))
    notice.held_on, notice.attended, notice.minutes, notice.commitments = held_on, attended, minutes, commitments
    return advance(notice, step, by, held_on=held_on.isoformat(), attended=attended)


@transaction.atomic
@screened
def withdraw(notice: Notice, *, by: User, reason: str) -> Notice:
    """Take it back (撤销), with the reason; what was sent stays with the unit as withdrawn."""
    notice = _locked(notice)
    step = NOTICE.check(notice, "withdraw", by)
    notice.withdrawn_reason = reason
    return advance(notice, step, by, reason=reason)


# ------------------------------------------------------------------------------------------------ by the clock


def draft_due(now: datetime) -> int:
    """Draft a 催办函 for every task that is late enough and has none since it fell due; returns how many (R28).

    Drafts alone: an officer reads and sends them. Run twice, or after days of standing still, it drafts each once:
    the key of the deed is the task, the rung and the day on which it was due.
    """
    made = 0
    for task in Task.objects.overdue(now).filter(organiser__is_office=True, state__in=RUNNING).order_by("pk"):
        made += _draft_once(task, now)
    return made


@transaction.atomic
def _draft_once(task: Task, now: datetime) -> int:
    task = lock(task, "lead", "organiser", "directive", "blocked_by")
    key = f"notice.draft:{task.pk}:{NoticeKind.CHASE}:{task.due_on.isoformat()}"  # type: ignore[union-attr]
    rung = ladder.rung_of(NoticeKind.CHASE)
    late = ladder.workdays_late(task, timezone.localdate(now))
    if late < max(1, rung.after(task.urgency)) or _paused(task) or Event.objects.filter(key=key).exists():
        return 0
    if task.notices.filter(kind=NoticeKind.CHASE).exclude(state=NoticeState.WITHDRAWN).exists():
        return 0
    notice = Notice(task=task, organiser=task.organiser, state=NoticeState.DRAFT)
    text = _("%(matter)s应于%(due)s办结，已逾期%(late)d个工作日。请抓紧办理，并按时答复原因、进展和办结日期。") % {
        "matter": task.matter, "due": task.due_on, "late": late,
    }  # fmt: skip
    _fill(notice, kind=NoticeKind.CHASE, ground=Ground.OVERDUE, text=text, on=timezone.localdate(now))
    begin(notice, None, verb="draft", key=key, **_told(notice))
    return 1


# ------------------------------------------------------------------------------------------------ rules


def _locked(notice: Notice) -> Notice:
    """Return the notice locked after its task, so that grounds and ladder stand still while it is judged."""
    lock(Task(pk=notice.task_id))
    return lock(notice, *RELATED)


def _fill(
    notice: Notice,
    *,
    kind: str,
    ground: str,
    text: str,
    department: Department | None = None,
    colour: str = Colour.NONE,
    answer_due_on: date | None = None,
    skip_reason: str = "",
    on: date | None = None,
) -> None:
    """Put what was said into the row; refuses a unit that has no part in the task, and a day that is past."""
    task, today = notice.task, on or timezone.localdate()
    whom: Department = department or task.blocked_by or lead_of(task)
    if whom.pk not in _units(task):
        raise RuleBroken(
            "notice.other_unit", _("这个单位不承担这项任务，也不是被等待的单位。请选择任务的牵头、配合或被等待单位。")
        )
    if colour and kind != NoticeKind.ORDER:
        raise RuleBroken("notice.colour", _("只有督办单分蓝、橙、红三色。请去掉颜色，或改用督办单。"))
    if answer_due_on and answer_due_on < today:
        raise RuleBroken("notice.answer_past", _("答复时限不能早于今天。请重新选择日期。"))
    notice.kind, notice.ground, notice.text, notice.colour = kind, ground, text, colour
    notice.department, notice.department_name, notice.skip_reason = whom, whom.name, skip_reason
    answer_workdays = ladder.rung_of(kind).answer_workdays
    notice.answer_due_on = answer_due_on or calendar_of(whom).after(today, answer_workdays)
    _copy_figures(notice, today)


def _copy_figures(notice: Notice, on: date) -> ladder.Figures:
    known = ladder.figures(notice.task, on)
    notice.workdays_late, notice.repeats, notice.returns = known.workdays_late, known.repeats, known.returns
    return known


def _units(task: Task) -> set[int]:
    shares = task.assignments.filter(state__in=HELD).values_list("department", flat=True)
    return {key for key in (*shares, task.lead_id, task.blocked_by_id) if key is not None}


def _refuse_unfounded(notice: Notice) -> None:
    """Refuse a paper whose ground does not hold, that comes too early, or that jumps over a rung without reason.

    RuleBroken: "notice.not_running" while the task waits for the office, stands still or has ended; "notice.paused"
    while a timely request for time is undecided; "notice.too_early" before the earliest chase, unless 特急;
    "notice.no_ground" where days, repeats or returns do not carry it; "notice.skips" where a rung below was not taken
    and no reason is given (R27).
    """
    task, today = notice.task, timezone.localdate()
    if task.state not in RUNNING:
        raise RuleBroken(
            "notice.not_running",
            _("任务现在是“%(state)s”，不在单位手上，不能催办。请等它回到办理中，或先处理手上的环节。")
            % {"state": task.get_state_display()},
        )
    if _paused(task):
        raise RuleBroken("notice.paused", _("单位已在时限内申请延期或挂起，还没有批复。请先批复申请，再决定是否催办。"))
    earliest = ladder.earliest_chase(task)
    if today < earliest:
        raise RuleBroken(
            "notice.too_early",
            _("刚交办不久，%(day)s 起才可以催办（特急件除外）。请给单位留出办理时间。") % {"day": earliest},
            details={"earliest": earliest.isoformat()},
        )
    _refuse_groundless(notice, _copy_figures(notice, today))


def _refuse_groundless(notice: Notice, known: ladder.Figures) -> None:
    rung = ladder.rung_of(notice.kind)
    if not known.justify(rung, notice.ground, notice.task.urgency):
        raise RuleBroken(
            "notice.no_ground",
            _("以“%(ground)s”发%(kind)s的条件还不具备：%(figures)s请改选依据，或先用前一级措施。")
            % {"ground": Ground(notice.ground).label, "kind": rung.label, "figures": known.told()},
            details={"needs": {"days": rung.after(notice.task.urgency), "repeats": rung.repeats,
                               "returns": rung.returns}},
        )  # fmt: skip
    jumped = ladder.of(notice.task).skipped_by(notice.kind)
    if jumped and not notice.skip_reason.strip():
        missing = "、".join(str(one.label) for one in jumped)
        raise RuleBroken(
            "notice.skips",
            _("还没有经过%(missing)s。请先用前一级措施；确需越级的，写明越级理由，由批准的领导一并审定。")
            % {"missing": missing},
            details={"missing": [one.key for one in jumped]},
        )


def _paused(task: Task) -> bool:
    """Tell whether the unit asked for time while it still had some, and waits for the answer (C6 T2)."""
    asked = task.extensions.filter(state__in=EXTENSION_PENDING).exists()
    return asked or task.suspensions.filter(state=SuspensionState.REQUESTED).exists()


def _told(notice: Notice) -> dict[str, Any]:
    """Return what the event says of the paper."""
    return {
        "task": notice.task_id, "kind": notice.kind, "unit": notice.department.name, "ground": notice.ground,
        "workdays_late": notice.workdays_late, "repeats": notice.repeats, "returns": notice.returns,
        "answer_due_on": notice.answer_due_on.isoformat(), "skip_reason": notice.skip_reason,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ reorganisation


def open_duties(department: Department) -> int:
    """Return how many notices the unit has still to answer, or its office to finish."""
    owed = Notice.objects.filter(department=department, state__in=UNANSWERED)
    return owed.count() + Notice.objects.filter(organiser=department, state__in=UNSENT).count()


def follow(old: Department, new: Department, by: User | None) -> None:
    """Let what is not yet answered follow the unit; its name on the paper stays as it was (F49)."""
    living = (*UNSENT, *UNANSWERED)
    for notice in Notice.objects.filter(department=old, state__in=living).select_for_update().order_by("pk"):
        Notice.objects.filter(pk=notice.pk).update(department=new)
        record("notice.follow", notice, by, detail={"from": old.name, "to": new.name})
    Notice.objects.filter(organiser=old).update(organiser=new)
