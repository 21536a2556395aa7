"""我的待办: what waits for whom. Some steps one may take at any time; a *turn* is a step that others wait for.

Each turn names a step of a lifecycle, the moment at which it is somebody's turn, and the rows of that moment as a
condition. A law test holds the two together: a task awaits a user if and only if one of its turns is open to him.
Not turns, because nobody waits for them: to correct, attach, prove, mark, split, raise, extend, suspend, resume,
withdraw, excuse, drop, reopen, terminate. To report is a turn when the cycle says so, or when the last report was
returned; to claim is one when the task was sent back or reopened; to resume is one when the review day has come.
What a leader may decide is his turn where the unit is in his portfolio (``tasks.portfolios``); to close an answer to
an instruction only once its leader has read it, which is his turn once the office has checked it (C8 T3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.models import Post
from organization.states import Role, UserKind
from tasks import actors, lifecycles, models, portfolios
from tasks.querysets import BUSINESS
from tasks.states import HELD, OPEN, AssignmentState, Cycle, DirectiveState, Part, ReportState
from tasks.states import BlockerState as B
from tasks.states import ExtensionState as E
from tasks.states import SuspensionState as P
from tasks.states import TaskState as S
from workflow.lifecycle import Actor, Lifecycle, Text

NOBODY: Final = Q(pk__in=())

PERIODS: Final = {
    Cycle.DAILY: timedelta(days=1),
    Cycle.WEEKLY: timedelta(days=7),
    Cycle.TEN_DAYS: timedelta(days=10),
    Cycle.FORTNIGHT: timedelta(days=15),
    Cycle.MONTHLY: timedelta(days=30),
    Cycle.TWO_MONTHS: timedelta(days=61),
    Cycle.QUARTERLY: timedelta(days=91),
    Cycle.HALF_YEARLY: timedelta(days=182),
    Cycle.YEARLY: timedelta(days=365),
}
"""How long after the last report (or the assignment) the next is due. Calendar days; ours, the sources name none."""


@dataclass(frozen=True)
class Turn:
    """A step that is waited for: ``verb`` of ``lifecycle``, by ``actor``; ``rows`` are the tasks where it is open.

    ``part`` is the field of the task behind which the things of the lifecycle stand; empty for the task itself.
    ``when`` says more than the state of the thing, where that is needed.
    """

    key: str
    word: Text
    lifecycle: Lifecycle
    verb: str
    rows: Callable[[Any], Q]
    actor: Actor | None = None
    part: str = ""
    when: Callable[[Any, Any], bool] = lambda thing, user: True

    def open_to(self, task: Any, user: Any) -> bool:
        """Tell whether it is the user's turn; asks row by row what ``rows`` asks of all at once."""
        if task.state not in (S.DRAFT, *OPEN):
            return False
        things = getattr(task, self.part).all() if self.part else [task]
        return any(self._is_open(thing, user) for thing in things)

    def _is_open(self, thing: Any, user: Any) -> bool:
        meant = self.actor is None or self.actor(user, thing)
        return meant and self.lifecycle.may(thing, self.verb, user) and self.when(thing, user)


# ------------------------------------------------------------------------------------------------ who, as conditions


def _issued(user: Any) -> Q:
    """The twin of ``actors.issuer``."""
    unit = user.department
    roles = (Role.SUPERVISOR,) if unit.is_office else actors.UNIT_ROLES
    return Q(organiser=unit) if user.role in roles else NOBODY


def _headed(user: Any) -> Q:
    """Tasks that the user's own unit issued, which he heads: it broke a task down."""
    return Q(organiser=user.department, organiser__is_office=False) if user.role == Role.UNIT_HEAD else NOBODY


def _governed(user: Any) -> Q:
    return Q(organiser__is_office=True, organiser__jurisdiction_path=user.department.path)


def _approved(user: Any) -> Q:
    """The twin of ``actors.approver``."""
    if user.role == Role.LEADER:
        return _governed(user) & Q(approval_rank__gte=actors.rank_of(user))
    return _headed(user)


def _decided(user: Any) -> Q:
    """The twin of ``actors.leader``."""
    if user.role == Role.LEADER:
        return _governed(user) if actors.rank_of(user) <= 2 else NOBODY
    return _headed(user)


def _instructed(user: Any) -> Q:
    """The twin of ``actors.instructor`` and ``actors.takes_up``."""
    post = user.post
    if user.role != Role.LEADER or user.kind != UserKind.PERSON:
        return NOBODY
    mine = Q(directive__instructed_by=post, organiser__is_office=True)
    if not post.title:
        return mine
    ended = {"ended_on__lte": min(post.started_on, timezone.localdate())}
    same = Post.objects.filter(department=post.department_id, role=post.role, title=post.title, **ended)
    return mine | (_governed(user) & Q(directive__instructed_by__in=same.values("pk")))


def _led(user: Any, *roles: str) -> Q:
    """The twin of ``actors.lead_people`` and ``actors.lead_head``."""
    if user.role not in roles:
        return NOBODY
    return Q(lead=user.department) & _with(models.Assignment, department=user.department, state__in=HELD)


def _shared(user: Any) -> Q:
    """The twin of ``actors.assigned_people``."""
    if user.role not in actors.UNIT_ROLES:
        return NOBODY
    return _with(models.Assignment, department=user.department, state=AssignmentState.SIGNED)


def _own(user: Any, model: Any, roles: tuple[str, ...], field: str = "department", **narrower: Any) -> Q:
    """Tasks with a part of the user's own unit."""
    return _with(model, **{field: user.department}, **narrower) if user.role in roles else NOBODY


def _with(model: Any, **narrower: Any) -> Q:
    """Tasks with such a part; by key, so that no row doubles."""
    return Q(pk__in=model.objects.filter(**narrower).values("task"))


# ------------------------------------------------------------------------------------------------ when


def report_due(task: Any, now: datetime) -> bool:
    """Tell whether the next report is due: a period of the cycle has gone by since the last one or the assignment."""
    period = PERIODS.get(task.cycle)
    since = task.reported_at or task.assigned_at
    return period is not None and since is not None and since <= now - period


def _report_due(now: datetime) -> Q:
    late = (
        Q(cycle=cycle) & (Q(reported_at__lte=now - period) | Q(reported_at=None, assigned_at__lte=now - period))
        for cycle, period in PERIODS.items()
    )
    return reduce(or_, late)


def _returned_reports(user: Any) -> Q:
    """Tasks on which the unit's last report was returned."""
    reports = models.Report.objects.filter(department=user.department)
    newer = reports.filter(task=OuterRef("task"), pk__gt=OuterRef("pk"))
    return Q(pk__in=reports.filter(~Exists(newer), state=ReportState.RETURNED).values("task"))


def _last_report_returned(task: Any, user: Any) -> bool:
    last = task.reports.filter(department=user.department).order_by("-pk").first()
    return last is not None and last.state == ReportState.RETURNED


def _unread() -> Q:
    """Tasks of an instruction whose answer the instructing leader has not read."""
    read = models.Reading.objects.filter(closure__outcome="").values("task")
    return Q(organiser__is_office=True, directive__instructed_by__isnull=False) & ~Q(pk__in=read)


def _is_unread(task: Any, user: Any) -> bool:
    asked = task.organiser.is_office and task.directive.instructed_by_id is not None
    return asked and not task.readings.filter(closure__outcome="").exists()


def _is_to_be_read(task: Any, user: Any) -> bool:
    """Tell whether the office has checked the answer and it is unread: what is unchecked waits for the office."""
    return task.state == S.APPROVAL and _is_unread(task, user)


def _may_be_closed(task: Any, user: Any) -> bool:
    """Tell whether nobody has to read first; who approves his own instruction reads by approving."""
    return portfolios.awaits(task, user) and (actors.instructor(user, task) or not _is_unread(task, user))


AGAIN: Final = Q(returns__gt=0) | Q(reopened__gt=0)
READY: Final = Q(directive__state=DirectiveState.APPROVED)

TURNS: Final = (
    Turn(
        "sign", _("待签收"), lifecycles.ASSIGNMENT, "sign",
        lambda u: _own(u, models.Assignment, actors.UNIT_ROLES, state=AssignmentState.ISSUED), part="assignments",
    ),
    Turn(
        "redo", _("退回补办"), lifecycles.TASK, "claim",
        lambda u: Q(state=S.ACTIVE) & AGAIN & _led(u, *actors.UNIT_ROLES),
        when=lambda task, u: task.returns > 0 or task.reopened > 0,
    ),
    Turn(
        "report_again", _("反馈被退回"), lifecycles.TASK, "report",
        lambda u: Q(state=S.ACTIVE) & _shared(u) & _returned_reports(u), when=_last_report_returned,
    ),
    Turn(
        "report", _("该报进展"), lifecycles.TASK, "report",
        lambda u: Q(state=S.ACTIVE) & _led(u, *actors.UNIT_ROLES) & _shared(u) & _report_due(timezone.now()),
        actors.lead_people, when=lambda task, u: report_due(task, timezone.now()),
    ),
    Turn(
        "resolve", _("等我单位协调"), lifecycles.BLOCKER, "resolve",
        lambda u: _own(u, models.Blocker, actors.UNIT_ROLES, "waiting_on", state=B.CONFIRMED),
        actors.blocking_people, part="blockers",
    ),
    Turn(
        "sign_off", _("待签批办结"), lifecycles.TASK, "sign_off",
        lambda u: Q(state=S.CLAIMED) & _led(u, Role.UNIT_HEAD),
    ),
    Turn(
        "extension_sign", _("待签批延期"), lifecycles.EXTENSION, "sign_off",
        lambda u: _own(u, models.Extension, (Role.UNIT_HEAD,), state=E.REQUESTED), part="extensions",
    ),
    Turn("verify", _("待核验"), lifecycles.TASK, "verify", lambda u: Q(state=S.REVIEW) & _issued(u)),
    Turn(
        "declined", _("退办待处理"), lifecycles.TASK, "insist", lambda u: Q(state=S.DECLINED) & _issued(u)
    ),
    Turn(
        "help_declined", _("配合单位退办"), lifecycles.ASSIGNMENT, "insist",
        lambda u: _issued(u)
        & _with(models.Assignment, state=AssignmentState.DECLINED, part__in=(Part.JOINT, Part.CO)),
        part="assignments",
    ),
    Turn(
        "review", _("反馈待审阅"), lifecycles.REPORT, "accept",
        lambda u: _issued(u) & _with(models.Report, state=ReportState.SUBMITTED), part="reports",
    ),
    Turn(
        "extension_check", _("延期待审核"), lifecycles.EXTENSION, "accept",
        lambda u: _issued(u) & _with(models.Extension, state=E.SIGNED), part="extensions",
    ),
    Turn(
        "confirm", _("协调待确认"), lifecycles.BLOCKER, "confirm",
        lambda u: _issued(u) & _with(models.Blocker, state=B.RAISED), part="blockers",
    ),
    Turn(
        "suspension_review", _("该恢复或续停了"), lifecycles.TASK, "resume",
        lambda u: Q(state=S.SUSPENDED, suspended_until__lte=timezone.localdate()) & _issued(u),
        when=lambda task, u: task.suspended_until <= timezone.localdate(),
    ),
    Turn(
        "assign", _("待交办"), lifecycles.TASK, "assign", lambda u: Q(state=S.DRAFT) & READY & _issued(u),
        when=lambda task, u: task.directive.state == DirectiveState.APPROVED,
    ),
    Turn(
        "close", _("待批准销号"), lifecycles.TASK, "close",
        lambda u: Q(state=S.APPROVAL) & _approved(u) & portfolios.awaited(u) & (~_unread() | _instructed(u)),
        when=_may_be_closed,
    ),
    Turn(
        "read", _("待阅示"), lifecycles.TASK, "read",
        lambda u: Q(state=S.APPROVAL) & _instructed(u) & _unread(), when=_is_to_be_read,
    ),
    Turn(
        "extension_grant", _("待批准延期"), lifecycles.EXTENSION, "grant",
        lambda u: _decided(u) & portfolios.awaited(u) & _with(models.Extension, state=E.CHECKED), part="extensions",
        when=lambda thing, u: portfolios.awaits(thing.task, u),
    ),
    Turn(
        "suspension_grant", _("待批准挂起"), lifecycles.SUSPENSION, "grant",
        lambda u: _decided(u) & portfolios.awaited(u) & _with(models.Suspension, state=P.REQUESTED),
        part="suspensions", when=lambda thing, u: portfolios.awaits(thing.task, u),
    ),
)  # fmt: skip

CHOICES: Final = [("any", _("我的待办")), *((turn.key, turn.word) for turn in TURNS)]


def of_turn(user: Any, key: str = "any") -> Q:
    """Return the condition that a task waits for the user: for anything, or for the turn of this key."""
    if user.department is None or user.role not in BUSINESS:
        return NOBODY
    meant = [turn for turn in TURNS if key in ("any", turn.key)]
    return Q(state__in=(S.DRAFT, *OPEN)) & reduce(or_, (turn.rows(user) for turn in meant), NOBODY)


def awaiting(user: Any, key: str = "any") -> Any:
    """Return the tasks that wait for the user (我的待办): for anything, or for the turn of this key."""
    return models.Task.objects.visible_to(user).filter(of_turn(user, key))


def turns_of(task: Any, user: Any) -> list[Turn]:
    """Return the turns of the user on one task, by looking at its parts; costs queries, for tests and single tasks."""
    if user.department is None or user.role not in BUSINESS:
        return []
    return [turn for turn in TURNS if turn.open_to(task, user)]


def directives_awaiting(user: Any) -> Any:
    """Return the directives that wait for the user: for a leader's approval, or to be submitted by their office."""
    rows = models.Directive.objects.visible_to(user)
    unit = user.department
    if unit is None:
        return rows.none()
    if user.role == Role.LEADER and actors.rank_of(user) <= 3:
        return rows.filter(state=DirectiveState.PENDING, organiser__jurisdiction_path=unit.jurisdiction_path)
    if user.role == Role.SUPERVISOR:
        return rows.filter(state=DirectiveState.DRAFT, organiser=unit)
    return rows.none()
