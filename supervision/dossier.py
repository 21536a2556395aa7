"""闭环卷宗: one directive's whole story, from its clause to its end, as far as the reader may see each part of it.

Read only. Every part begins with its own ``visible_to``; a covert visit before its disclosure and what was sealed to
named persons (clues, proposals that were handed over) stand in no dossier, whoever reads it (R11, R44). However many
tasks there are, it is read by four statements: the directive, its tasks, the units' shares, everything else at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import models
from django.db.models import Case, CharField, DateField, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from supervision.models import (
    Accountability,
    Claim,
    Conclusion,
    Deferral,
    Finding,
    Inspection,
    InspectionTask,
    Mention,
    Notice,
    Rectification,
    Review,
    Voucher,
)
from supervision.states import answering, correcting, informing, inspecting
from tasks import shown
from tasks import states as of_tasks
from tasks.models import Assignment, Blocker, Closure, Directive, Extension, Report, Suspension, Task
from tasks.states import Part
from workflow.lifecycle import Text

T: Final = gettext_lazy
OPEN_VISIT: Final = Q(inspection__covert=False) | Q(inspection__disclosed_at__isnull=False)
"""The condition that a part comes of an inspection that is not secret."""
NOTHING: Final = Value("", TextField())


@dataclass(frozen=True)
class Section:
    """One kind of part: the noun whose scope lets a key read it, its title, icon, words of states, page of a row.

    Where it has no page its task's is shown.
    """

    noun: str
    title: Text
    icon: str
    states: Any
    page: str = ""
    until: Text = ""


class Filed(models.TextChoices):
    """The one state of what is filed once and never changed."""

    FILED = "filed", T("已归集")


SECTIONS: Final[dict[str, Section]] = {
    "report": Section("reports", T("进展报告"), "report", of_tasks.ReportState),
    "extension": Section("extensions", T("延期"), "calendar-plus", of_tasks.ExtensionState, until=T("延至")),
    "suspension": Section("suspensions", T("挂起"), "player-pause", of_tasks.SuspensionState, until=T("至")),
    "blocker": Section("blockers", T("卡点协调"), "hand-stop", of_tasks.BlockerState, "blocker-detail", T("至")),
    "closure": Section("tasks", T("办结申报和核验"), "checks", of_tasks.Outcome, until=T("销号批准")),
    "inspection": Section(
        "inspections", T("督查检查"), "clipboard-check", inspecting.InspectionState, "inspection-detail", T("至")
    ),
    "finding": Section(
        "findings", T("督查发现的问题"), "file-search", correcting.FindingState, "finding-detail", T("整改完成")
    ),
    "rectification": Section(
        "rectifications", T("整改"), "tool", correcting.RectificationState, "rectification-detail", T("整改期限")
    ),
    "voucher": Section("vouchers", T("整改佐证"), "paperclip", Filed, "rectification-detail"),
    "deferral": Section(
        "rectifications", T("整改延期"), "calendar-plus", correcting.DeferralOutcome, "rectification-detail", T("延至")
    ),
    "claim": Section(
        "rectifications", T("整改申报和核验"), "eye-check", correcting.Result, "rectification-detail", T("核验")
    ),
    "recheck": Section("inspections", T("回头看"), "refresh", inspecting.InspectionState, "inspection-detail", T("至")),
    "conclusion": Section(
        "conclusions", T("督查结论"), "file-text", correcting.ConclusionState, "conclusion-detail", T("申请复核至")
    ),
    "review": Section("reviews", T("复核"), "scale", correcting.ReviewState, "review-detail", T("决定")),
    "notice": Section("notices", T("催办督办"), "bell-ringing", informing.NoticeState, "notice-detail", T("答复时限")),
    "mention": Section("mentions", T("通报点名"), "speakerphone", informing.MentionState, "mention-detail"),
    "accountability": Section(
        "accountability", T("问责建议"), "gavel", answering.AccountabilityState, "accountability-detail", T("批准")
    ),
}
"""The parts in the order of the loop."""


@dataclass(frozen=True)
class Entry:
    """One part: what it says, of which unit and task, in which state, from which day to which."""

    kind: str
    key: int
    task: int | None
    unit: str
    text: str
    more: str
    stands: str
    on: date | None
    until: date | None
    page_key: int

    @property
    def section(self) -> Section:
        """The section in which it stands."""
        return SECTIONS[self.kind]

    @property
    def state(self) -> Text:
        """Its state in words."""
        return dict(self.section.states.choices).get(self.stands, self.stands)

    @property
    def url(self) -> str:
        """The address of its page; of its task's where it has none of its own."""
        if self.section.page:
            return reverse(self.section.page, args=[self.page_key])
        return reverse("task-detail", args=[self.task])


@dataclass(frozen=True)
class Moment:
    """One line of the story: on which day, what, of whom."""

    on: date
    icon: str
    title: Text
    text: str
    unit: str = ""
    url: str = ""


@dataclass
class Dossier:
    """The whole: the directive, its tasks with ``face`` and ``shares``, the parts by kind."""

    directive: Any
    tasks: list[Any]
    entries: list[Entry] = field(default_factory=list)

    @property
    def sections(self) -> list[tuple[str, Section, list[Entry]]]:
        """The parts by kind, in the order of the loop; kinds of which there is nothing are left out."""
        found = (
            (kind, section, [row for row in self.entries if row.kind == kind]) for kind, section in SECTIONS.items()
        )
        return [(kind, section, rows) for kind, section, rows in found if rows]

    @property
    def days(self) -> list[tuple[date, list[Moment]]]:
        """The story day by day, from the first."""
        lines = sorted(self._moments(), key=lambda line: line.on)
        return [(day, list(rows)) for day, rows in groupby(lines, key=lambda line: line.on)]

    def _moments(self) -> Iterator[Moment]:
        directive = self.directive
        yield Moment(directive.issued_on, "file-text", T("来文"), directive.document_no or directive.title)
        if directive.approved_at:
            by = directive.approved_by.name
            yield Moment(timezone.localdate(directive.approved_at), "rubber-stamp", T("批准立项"), directive.number, by)
        for task in self.tasks:
            yield from _of_task(task)
        for row in self.entries:
            if row.on:
                yield Moment(row.on, row.section.icon, row.section.title, row.text, row.unit, row.url)


def _of_task(task: Any) -> Iterator[Moment]:
    told = ((task.assigned_at, "send", T("交办")), (task.closed_at, "circle-check", T("销号")))
    for at, icon, title in told:
        if at:
            unit = task.lead.short if task.lead else ""
            yield Moment(timezone.localdate(at), icon, title, task.matter, unit, task.get_absolute_url())


# ------------------------------------------------------------------------------------------------ reading


def directives(user: Any) -> QuerySet[Any]:
    """Return the directives whose dossier the user may open."""
    rows: Any = Directive.objects.visible_to(user).for_list()
    return rows.select_related("registered_by", "approved_by")  # type: ignore[no-any-return]


def read(directive: Any, user: Any) -> Dossier:
    """Return the dossier of a directive out of ``directives``, as the user sees it: three statements."""
    tasks = list(Task.objects.visible_to(user).filter(directive=directive).for_list().order_by("path", "pk"))
    shares: dict[int, list[Any]] = {}
    owed = Assignment.objects.visible_to(user).filter(task__directive=directive).select_related("department")
    for share in owed.exclude(state="released").order_by("position", "pk"):
        shares.setdefault(share.task_id, []).append(share)
    for task in shown.with_faces(tasks):
        mine = shares.get(task.pk, [])
        task.helpers = [share for share in mine if share.part != Part.LEAD]
    first, *others = parts(directive, user)
    found = first.union(*others, all=True).order_by("on_", "kind_", "pk")
    return Dossier(directive, tasks, [Entry(*row) for row in found])


def parts(directive: Any, user: Any) -> list[QuerySet[Any, Any]]:
    """Return the visible parts of every kind in the same columns."""
    of_task, of_finding = Q(task__directive=directive), Q(finding__task__directive=directive)
    return [*_work(of_task, user), *_checks(directive, of_task, of_finding, user), *_papers(directive, of_task, user)]


def _work(mine: Q, user: Any) -> Iterable[QuerySet[Any, Any]]:
    def seen(model: Any) -> Any:
        return model.objects.visible_to(user).filter(mine)

    unit = "department__short"
    made, decided = TruncDate("created_at"), Coalesce("granted_on", "requested_on")
    yield _rows("report", seen(Report), "task", unit, "done", "comment", "state", made)
    yield _rows("extension", seen(Extension), "task", unit, "reason", "comment", "state", made, decided)
    stopped, over = Coalesce("started_on", made), Coalesce("ended_on", "review_on")
    yield _rows("suspension", seen(Suspension), "task", unit, "cause", "waiting_on", "state", stopped, over)
    until = Coalesce("ended_on", "due_on")
    yield _rows("blocker", seen(Blocker), "task", unit, "ask", "waiting_on__short", "state", "since", until)
    claimed, closed = TruncDate("claimed_at"), TruncDate("approved_at")
    checked = Case(When(returned_reason="", then=F("opinion")), default=F("returned_reason"), output_field=TextField())
    yield _rows("closure", seen(Closure), "task", unit, "summary", checked, "outcome", claimed, closed)


def _checks(directive: Any, of_task: Q, of_finding: Q, user: Any) -> Iterable[QuerySet[Any, Any]]:
    unit, made = "department__short", TruncDate("created_at")
    links = InspectionTask.objects.visible_to(user).filter(of_task & OPEN_VISIT)
    yield _rows(
        "inspection", links, "task", "inspection__organiser__short", "inspection__title", "inspection__number",
        "inspection__state", "inspection__starts_on", "inspection__ends_on", page="inspection",
    )  # fmt: skip
    findings = Finding.objects.visible_to(user).filter(of_task & OPEN_VISIT, task__in=Task.objects.visible_to(user))
    yield _rows(
        "finding", findings, "task", unit, "fact", "answer", "state", Coalesce(TruncDate("issued_at"), made),
        TruncDate("settled_at"),
    )  # fmt: skip
    items = Rectification.objects.visible_to(user).filter(of_finding, finding__in=findings.values("pk"))
    yield _rows("rectification", items, "finding__task", unit, "requirement", "measures", "state", made, "due_on")
    yield from _shown(items, user)
    claims = Claim.objects.visible_to(user).filter(rectification__in=items.values("pk"))
    yield _rows(
        "claim", claims, "rectification__finding__task", "rectification__department__short", "done", "opinion",
        "result", TruncDate("claimed_at"), TruncDate("verified_at"), page="rectification",
    )  # fmt: skip
    again = Inspection.objects.visible_to(user).filter(recheck_of__in=findings.values("pk"))
    yield _rows(
        "recheck", again.filter(Q(covert=False) | Q(disclosed_at__isnull=False)), "recheck_of__task",
        "organiser__short", "title", "number", "state", "starts_on", "ends_on",
    )  # fmt: skip
    concluded = _conclusions(directive, findings, user)
    yield _rows(
        "conclusion", concluded, None, unit, "appraisal", "number", "state",
        Coalesce(TruncDate("approved_at"), made), "review_until",
    )  # fmt: skip
    reviews = Review.objects.visible_to(user).filter(conclusion__in=concluded.values("pk"))
    grounds = Case(
        When(state=correcting.ReviewState.DECIDED, then=F("grounds")), default=NOTHING, output_field=TextField()
    )
    yield _rows("review", reviews, None, unit, "reason", grounds, "state", "asked_on", TruncDate("decided_at"))


def _shown(items: Any, user: Any) -> Iterable[QuerySet[Any, Any]]:
    """Return what the units uploaded for the items, and what more time they asked for."""
    mine = Q(rectification__in=items.values("pk"))
    task, unit = "rectification__finding__task", "rectification__department__short"
    files = Voucher.objects.visible_to(user).filter(mine)
    yield _rows(
        "voucher", files, task, unit, "name", "note", Value(Filed.FILED), TruncDate("uploaded_at"),
        page="rectification",
    )  # fmt: skip
    longer = Deferral.objects.visible_to(user).filter(mine)
    yield _rows(
        "deferral", longer, task, unit, "reason", "comment", "outcome", TruncDate("asked_at"),
        Coalesce("granted_on", "requested_on"), page="rectification",
    )  # fmt: skip


def _conclusions(directive: Any, findings: Any, user: Any) -> Any:
    """Return the conclusions about the directive's units, of inspections of which the reader knows it from a part."""
    linked = InspectionTask.objects.visible_to(user).filter(task__directive=directive).values("inspection")
    units = Assignment.objects.filter(task__directive=directive).values("department")
    known = Q(inspection__in=linked) | Q(inspection__in=findings.values("inspection"))
    return Conclusion.objects.visible_to(user).filter(known & OPEN_VISIT, department__in=units)


def _papers(directive: Any, of_task: Q, user: Any) -> Iterable[QuerySet[Any, Any]]:
    unit, made = "department__short", TruncDate("created_at")
    notices = Notice.objects.visible_to(user).filter(of_task)
    yield _rows(
        "notice", notices, "task", unit, "text", "number", "state", Coalesce(TruncDate("issued_at"), made),
        "answer_due_on",
    )  # fmt: skip
    mentions = Mention.objects.visible_to(user).filter(of_task).exclude(state=informing.MentionState.DROPPED)
    yield _rows("mention", mentions, "task", unit, "text", "bulletin__number", "state", made)
    open_ = Accountability.objects.visible_to(user).exclude(state__in=answering.HANDED_OVER)
    proposals = open_.filter(pk__in=open_.filter(tasks__directive=directive).values("pk"))
    yield _rows("accountability", proposals, None, unit, "title", "number", "state", made, TruncDate("approved_at"))


def _rows(
    kind: str, rows: Any, task: str | None, unit: str, text: Any, more: Any, stands: Any, on: Any, until: Any = None,
    page: str = "pk",
) -> QuerySet[Any, Any]:  # fmt: skip
    """Bring one kind into the columns of ``Entry``."""
    return (
        rows.order_by()
        .annotate(  # type: ignore[no-any-return]
            kind_=Value(kind, CharField()),
            task_=Cast(task, IntegerField()) if task else Value(None, IntegerField()),
            unit_=Coalesce(Cast(unit, TextField()), NOTHING, output_field=TextField()),
            text_=Coalesce(Cast(text, TextField()), NOTHING, output_field=TextField()),
            more_=Coalesce(Cast(more, TextField()), NOTHING, output_field=TextField()),
            stands_=Cast(stands, TextField()),
            on_=Cast(on, DateField()),
            until_=Cast(until, DateField()) if until is not None else Value(None, DateField()),
            page_=Cast(page, IntegerField()),
        )
        .values_list("kind_", "pk", "task_", "unit_", "text_", "more_", "stands_", "on_", "until_", "page_")
    )
