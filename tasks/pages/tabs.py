"""The tabs of a task's page: each is one statement more, and fills one fragment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks import defaults, inputs, presenters, shown, verbs
from tasks.models import Blocker, Closure, Evidence, Milestone, Report, Task
from tasks.operations.reports import PARTS as REPORT_PARTS
from tasks.pages import requests, rows
from tasks.querysets import shared_with
from workflow.doors.verbs import Noun
from workflow.lifecycle import Text
from workflow.models import Event

Fill = Callable[[HttpRequest, Any], dict[str, Any]]
LENGTH: Final = 50
"""Events of the timeline that one page shows."""


@dataclass(frozen=True)
class Tab:
    """One tab: its key in the address, its label, how many rows stand behind it, what fills it."""

    key: str
    label: Text
    fill: Fill
    count: Callable[[Any], int | None] = lambda task: None

    @property
    def template(self) -> str:
        """The fragment that shows it."""
        return f"tasks/task/_{self.key}.html"


def history(request: HttpRequest, task: Any) -> dict[str, Any]:
    """办理经过: the deeds in words, newest first; a co-unit does not read other units' parts."""
    events = Event.objects.filter(stream=task.stream).order_by("-seq")
    if not task.known:
        events = events.none()
    elif not task.whole:
        unit = request.user.department  # type: ignore[union-attr]
        events = events.filter(shared_with(unit))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 10:
        events = events.filter(seq__lt=int(before))
    found = list(events[: LENGTH + 1])
    older = found[LENGTH - 1].seq if len(found) > LENGTH else None
    return {"events": presenters.timeline(found[:LENGTH]), "older": older}


def reports(request: HttpRequest, task: Any) -> dict[str, Any]:
    """进展: the reports with what changed since the unit's last, and the form for the next where it may be filed."""
    found = list(
        Report.objects.visible_to(request.user).filter(task=task)
        .select_related("author", "reviewed_by", "department").annotate(files=Count("evidence"))
        .order_by("-created_at", "-pk")
    )  # fmt: skip
    return {"reports": _with_changes(request, task, found), "form": _next_report(request, task, found)}


def _with_changes(request: HttpRequest, task: Any, found: list[Any]) -> list[dict[str, Any]]:
    told, last = [], {}  # type: list[dict[str, Any]], dict[int, Any]
    for report in reversed(found):
        before = last.get(report.department_id)
        report.task = task
        told.append(
            {
                "report": report,
                "changes": shown.changes(report, before, (*REPORT_PARTS, "percent")) if before else [],
                "verbs": shown.verbs(verbs.REPORT, report, request.user, f"{task.get_absolute_url()}?tab=reports"),
            }
        )
        last[report.department_id] = report
    return told[::-1]


def _next_report(request: HttpRequest, task: Any, found: list[Any]) -> Any:
    """Return the form of the next report, begun with the unit's last one (R29); None where it may not be filed."""
    if not verbs.TASK.lifecycle.may(task, "report", request.user):
        return None
    unit = request.user.department.pk  # type: ignore[union-attr]
    last = next((report for report in found if report.department_id == unit), None)
    names = (name for name in inputs.ReportForm.base_fields if name != "unchanged")
    first = {name: getattr(last, name) for name in names} if last else {}
    return inputs.ReportForm(user=request.user, subject=task, initial=first)


def evidence(request: HttpRequest, task: Any) -> dict[str, Any]:
    """佐证: the files, with the day that they show beside the day of upload."""
    found = Evidence.objects.visible_to(request.user).filter(task=task).select_related("uploaded_by", "report")
    return {"evidence": found}


def limits(request: HttpRequest, task: Any) -> dict[str, Any]:
    """期限: requests for more time and for standing still, in one statement."""
    found = requests.of(task, request.user)
    back = f"{task.get_absolute_url()}?tab=limits"
    nouns: dict[str, Noun] = {"extension": verbs.EXTENSION, "suspension": verbs.SUSPENSION}
    return {"asked": [(row, shown.verbs(nouns[row.kind], row.thing, request.user, back)) for row in found]}


def blockers(request: HttpRequest, task: Any) -> dict[str, Any]:
    """协调: whom the units wait for, since when."""
    found = list(
        Blocker.objects.visible_to(request.user).filter(task=task)
        .select_related("department", "waiting_on", "raised_by", "confirmed_by", "ended_by")
    )  # fmt: skip
    return {"blockers": [blocker_row(row, task, request.user) for row in found]}


def blocker_row(blocker: Any, task: Any, user: Any) -> dict[str, Any]:
    """Return a blocker with its days and its verbs."""
    blocker.task = task
    today = timezone.localdate()
    late = (today - blocker.due_on).days if blocker.due_on and blocker.state == "confirmed" else 0
    return {
        "blocker": blocker,
        "days": blocker.days_blocked(today),
        "late": max(0, late),
        "verbs": shown.verbs(verbs.BLOCKER, blocker, user),
    }


def closures(request: HttpRequest, task: Any) -> dict[str, Any]:
    """办结: each claim with its checks and what became of it."""
    found = (
        Closure.objects.visible_to(request.user).filter(task=task)
        .select_related("department", "claimed_by", "signed_by", "verified_by", "approved_by", "reading__reader")
    )  # fmt: skip
    return {
        "closures": [
            (row, [(label, row.checks.get(key), row.returned_for.get(key)) for key, label in defaults.CHECKS.items()])
            for row in found
        ]
    }


def milestones(request: HttpRequest, task: Any) -> dict[str, Any]:
    """节点: the points on the way."""
    found = Milestone.objects.filter(task=task).select_related("done_by")
    return {"milestones": found, "today": timezone.localdate()}


def cascade(request: HttpRequest, task: Any) -> dict[str, Any]:
    """分解: the chain from the top task down to the lowest, as far as the reader sees it."""
    top = Task(path=task.path[:9], path_end=str(int(task.path[:9]) + 1).zfill(9))
    found = rows.listed(request.user).within_task(top).order_by("path")  # type: ignore[attr-defined]
    tree = shown.with_faces(found)
    return {"tree": tree, "gap": bool(tree) and tree[0].depth > 0}


TABS: Final = (
    Tab("history", _("办理经过"), history),
    Tab("reports", _("进展"), reports, lambda task: rows.number_of(task, "reports")),
    Tab("evidence", _("佐证"), evidence, lambda task: rows.number_of(task, "evidence")),
    Tab("limits", _("期限"), limits,
        lambda task: rows.number_of(task, "extensions") + rows.number_of(task, "suspensions")),
    Tab("blockers", _("协调"), blockers, lambda task: rows.number_of(task, "blockers")),
    Tab("milestones", _("节点"), milestones, lambda task: task.n_milestones),
    Tab("closures", _("办结"), closures, lambda task: rows.number_of(task, "closures")),
    Tab("cascade", _("分解"), cascade, lambda task: task.n_children),
)  # fmt: skip


def chosen(key: str) -> Tab:
    """Return the tab of this key; the first for any other word."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def of(task: Any, active: str) -> list[dict[str, Any]]:
    """Return the tabs as components/_tabs.html draws them."""
    return [
        {"label": tab.label, "url": f"?tab={tab.key}", "count": tab.count(task) or None, "active": tab.key == active}
        for tab in TABS
    ]
