"""The ladder as data: 提醒 → 催办函 → 督办单 → 通报 → 约谈 → 问责建议 (R27, domain.md 3.3 and 3.9).

Each rung says what it rests on, who drafts and who approves it, and by which paper it is told. What stands on a task's
ladder is asked of the papers themselves; a rung is skipped only for a reason that the approving leader reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.workdays import calendar_of
from supervision.states.answering import PROPOSED, AccountabilityState
from supervision.states.informing import OUT, BulletinState, Ground, MentionState, NoticeKind, NoticeState
from tasks.states import CHECKING, ReportState, TaskState, Urgency
from workflow.lifecycle import Text

T: Final = gettext_lazy


@dataclass(frozen=True)
class Rung:
    """One step: after how many working days late it is due, by urgency; how many papers or returns also justify it.

    ``rank`` is the lowest rank of leader that may approve it; None where no leader is asked. ``answer_workdays`` is
    the time that the unit is given, unless the paper names a day. Days by urgency are from domain.md 3.9, for 约谈 of
    urgent matters and for 问责建议 ours; repeats and returns are ours.
    """

    key: str
    label: Text
    days: dict[str, int]
    repeats: int
    returns: int
    drafter: Text
    approver: Text
    document: Text
    rank: int | None = None
    answer_workdays: int = 0

    def after(self, urgency: str) -> int:
        """Return from which working day late on it is due."""
        return self.days[urgency]


def _days(critical: int, urgent: int, ordinary: int) -> dict[str, int]:
    return {Urgency.CRITICAL: critical, Urgency.URGENT: urgent, Urgency.ORDINARY: ordinary}


OFFICER: Final = T("督查员")
RUNGS: Final = (
    Rung("remind", T("提醒"), _days(0, 1, 0), 0, 0, T("系统"), T("不需批准"), T("工作提醒")),
    Rung(NoticeKind.CHASE, T("催办函"), _days(1, 2, 1), 0, 1, T("系统或督查员"), T("督查员签发"), T("催办函"),
         answer_workdays=3),
    Rung(NoticeKind.ORDER, T("督办单"), _days(2, 4, 3), 1, 1, OFFICER, T("秘书长以上领导"), T("督办单"),
         rank=3, answer_workdays=5),
    Rung("bulletin", T("通报"), _days(3, 6, 5), 2, 2, OFFICER, T("分管以上领导"), T("督查通报"), rank=2),
    Rung(NoticeKind.TALK, T("约谈"), _days(5, 8, 10), 3, 2, OFFICER, T("分管以上领导"), T("约谈通知和约谈记录"),
         rank=2, answer_workdays=5),
    Rung("propose", T("问责建议"), _days(8, 12, 15), 4, 3, OFFICER, T("主要领导"), T("问责建议书"), rank=1),
)  # fmt: skip
BY_KEY: Final = {rung.key: rung for rung in RUNGS}
NEVER_ASKED: Final = "remind"
"""Done by the clock: it is never missing."""

EARLIEST_SHARE_PERCENT: Final = 30
EARLIEST_WORKDAYS: Final = {Urgency.CRITICAL: 0, Urgency.URGENT: 1, Urgency.ORDINARY: 3}
"""Working days after the assignment before which nobody is chased; for ordinary ones at least 30 % of the limit."""


def rung_of(kind: str) -> Rung:
    """Return the rung of a kind of notice, or of a key."""
    return BY_KEY[kind]


# ------------------------------------------------------------------------------------------------ the clock


def earliest_chase(task: Any) -> date:
    """Return the first day on which the task may be chased (R26, domain.md 3.9); 特急 from the first hour."""
    calendar = calendar_of(task.lead)
    start = timezone.localdate(task.assigned_at)
    days = EARLIEST_WORKDAYS[task.urgency]
    if task.urgency == Urgency.ORDINARY:
        days = max(days, -(-calendar.between(start, task.original_due_on) * EARLIEST_SHARE_PERCENT // 100))
    return calendar.after(start, days)


def workdays_late(task: Any, on: date) -> int:
    """Return by how many working days the task is late on the day ``on``; 0 when it is not, or is handed in."""
    if task.due_on is None or task.state in (*CHECKING, TaskState.SUSPENDED) or not task.is_open:
        return 0
    return max(0, calendar_of(task.lead).between(task.due_on, on))


# ------------------------------------------------------------------------------------------------ what stands


@dataclass(frozen=True)
class Figures:
    """On what a step may rest, as it is now: working days late, papers sent before, times that work was returned."""

    workdays_late: int
    repeats: int
    returns: int

    def told(self) -> str:
        """Say it in a sentence for the paper."""
        return _("逾期 %(late)d 个工作日，此前发出催办督办 %(repeats)d 次，退回 %(returns)d 次。") % {
            "late": self.workdays_late, "repeats": self.repeats, "returns": self.returns,
        }  # fmt: skip

    def justify(self, rung: Rung, ground: str, urgency: str) -> bool:
        """Tell whether the ground that is named holds for the rung; slowness is the officer's word, for 催办函."""
        holds = {
            Ground.OVERDUE: self.workdays_late >= max(1, rung.after(urgency)),
            Ground.REPEAT: rung.repeats > 0 and self.repeats >= rung.repeats,
            Ground.QUALITY: self.returns >= rung.returns,
            Ground.SLOW: rung.key == NoticeKind.CHASE,
        }
        return holds[Ground(ground)]


def figures(task: Any, on: date, sent: int | None = None) -> Figures:
    """Return the figures of a task on the day ``on``; ``sent`` is how many notices went out, where it is known."""
    returned = getattr(task, "returned_reports", None)  # a page brings it along
    if returned is None:
        returned = task.reports.filter(state=ReportState.RETURNED).count()
    if sent is None:
        sent = task.notices.filter(state__in=OUT).count()
    return Figures(workdays_late(task, on), sent, task.returns + returned)


@dataclass(frozen=True)
class Paper:
    """A paper that tells that a rung was taken; ``seen`` tells whether the asker sees the paper itself."""

    rung: str
    noun: str
    pk: int
    number: str
    state: str
    seen: bool

    def get_state_display(self) -> Text:
        """Return its state in words."""
        return dict(STATES_OF[self.noun].choices)[self.state]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse(f"{self.noun}-detail", args=[self.pk])


STATES_OF: Final[dict[str, Any]] = {
    "notice": NoticeState, "mention": MentionState, "accountability": AccountabilityState,
}  # fmt: skip
Witness = Callable[[Any, Any], QuerySet[Any, Any]]


def _notices(task: Any, user: Any) -> QuerySet[Any, Any]:
    return _rows(task.notices.filter(state__in=OUT), user, F("kind"))


def _bulletins(task: Any, user: Any) -> QuerySet[Any, Any]:
    blamed = task.mentions.blaming().filter(bulletin__state=BulletinState.ISSUED)
    return _rows(blamed, user, Value("bulletin"), "bulletin__number")


def _proposals(task: Any, user: Any) -> QuerySet[Any, Any]:
    """Proposals that the head approved; to whom one is sealed or unknown, the rung was never taken (R39)."""
    proposals: Any = apps.get_model("supervision", "Accountability")._default_manager
    return _rows(proposals.visible_to(user).filter(tasks=task, state__in=PROPOSED), user, Value("propose"))


def _rows(rows: Any, user: Any, rung: Any, number: str = "number") -> QuerySet[Any, Any]:
    """Bring one kind of papers into the columns of ``Paper``."""
    seen = Exists(rows.model.objects.visible_to(user).filter(pk=OuterRef("pk"))) if user else Value(False)
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            rung_=Cast(rung, CharField()), noun_=Value(rows.model._meta.model_name, CharField()),
            number_=Cast(number, CharField()), state_=Cast("state", CharField()),
            seen_=ExpressionWrapper(seen, BooleanField()),
        )
        .values_list("rung_", "noun_", "pk", "number_", "state_", "seen_")
    )  # fmt: skip
    return found


WITNESSES: list[Witness] = [_notices, _bulletins, _proposals]
"""Who tells which rungs were taken, by (task, user)."""


def papers(task: Any, user: Any = None) -> list[Paper]:
    """Return the papers that tell which rungs were taken, by one statement."""
    first, *others = (witness(task, user) for witness in WITNESSES)
    found = first.union(*others, all=True).order_by("noun_", "pk")
    return [Paper(*row) for row in found]


@dataclass
class Taken:
    """A rung as it stands on one task: the papers that the asker sees, and whether it was taken at all."""

    rung: Rung
    papers: list[Paper]
    done: bool
    is_next: bool = False


@dataclass
class Standing:
    """The whole ladder of one task."""

    rungs: list[Taken]
    next: Rung | None
    figures: Figures
    earliest: date
    due: bool

    def skipped_by(self, kind: str) -> list[Rung]:
        """Return the rungs that a paper of this kind would jump over."""
        keys = [taken.rung.key for taken in self.rungs]
        below = self.rungs[: keys.index(kind)]
        last = max((n for n, taken in enumerate(below) if taken.done), default=-1)
        return [taken.rung for taken in below[last + 1 :]]


def of(task: Any, user: Any = None, at: datetime | None = None) -> Standing:
    """Return what stands on the ladder of ``task`` and what would be next.

    With ``user`` only the papers that he sees are shown; that a rung was taken is asked of all of them, but for
    问责建议: what is sealed to named persons is not betrayed by the step that it was.
    """
    today = timezone.localdate(at or timezone.now())
    told = papers(task, user)
    rungs = [_taken(rung, told) for rung in RUNGS]
    last = max(n for n, taken in enumerate(rungs) if taken.done)
    following = rungs[last + 1] if last + 1 < len(rungs) and task.is_open else None
    if following is not None:
        following.is_next = True
    rung = following.rung if following else None
    known = figures(task, today, sent=sum(paper.rung in NoticeKind.values for paper in told))
    due = rung is not None and known.workdays_late >= max(1, rung.after(task.urgency))
    return Standing(rungs, rung, known, earliest_chase(task), due)


def _taken(rung: Rung, told: list[Paper]) -> Taken:
    own = [paper for paper in told if paper.rung == rung.key]
    return Taken(rung, [paper for paper in own if paper.seen], rung.key == NEVER_ASKED or bool(own))
