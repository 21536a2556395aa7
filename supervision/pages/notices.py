"""催办督办: the list, the page of one, its drafting, and the ladder of a task."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.workdays import calendar_of
from supervision import ladder
from supervision.actors.informing import reads_inside
from supervision.filters.informing import NoticeFilter
from supervision.models import Notice
from supervision.pages.chips import chips
from supervision.pages.sections import waiting
from supervision.presenters import turns
from supervision.presenters.informing import OUTWARD, PRESENTED
from supervision.states.informing import UNANSWERED, NoticeKind, NoticeState
from supervision.verbs import informing as verbs
from tasks import shown
from tasks.actors import officer
from tasks.models import Report, Task
from tasks.presenters import timeline
from tasks.states import ReportState
from workflow.doors.pages import ListPage, OperationPage, VisiblePage, pages_of
from workflow.models import Event
from workflow.refusal import Forbidden


class NoticeList(ListPage):
    """The notices that the person may see, newest first."""

    model = Notice
    filter_class = NoticeFilter
    rows_name = "notices"
    template_name = "supervision/notice/list.html"
    fragment_name = "supervision/notice/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips, counted by one statement, and how late each answer is."""
        for row in shown_rows:
            row.late = days_late(row)
        facets, count = chips(
            self.request, NoticeFilter, Notice.objects.visible_to(self.request.user),
            {"kind": (_("文种"), NoticeKind), "state": (_("状态"), NoticeState)},
        )  # fmt: skip
        return {
            "facets": [waiting(self.request), *facets],
            "count": count,
            "may_draft": officer(self.request.user, None),
        }


class NoticeDetail(VisiblePage):
    """One notice: the paper, its clock, what may be done, what happened."""

    model = Notice

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with who handled them."""
        rows = super().visible().select_related("issued_by", "received_by", "task__lead")
        seen = Task.objects.visible_to(self.request.user).filter(pk=OuterRef("task"))
        return rows.annotate(task_seen=Subquery(seen.values("pk")[:1]))  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: three statements."""
        notice = self.find(pk)
        today, events = timezone.localdate(), Event.objects.of(notice.stream)
        if not reads_inside(request.user, notice):
            events = events.filter(kind__in=OUTWARD)
        context = {
            "notice": notice,
            "turn": turns.of(notice),
            "verbs": shown.verbs(verbs.NOTICE, notice, request.user),
            "late": days_late(notice),
            "left": calendar_of(notice.department).between(today, notice.answer_due_on)
            if notice.state in UNANSWERED
            else None,
            "events": timeline(events.reverse(), PRESENTED),
        }
        return render(request, "supervision/notice/detail.html", context)


def days_late(notice: Any) -> int:
    """Return by how many calendar days the answer is late; 0 when it is not owed."""
    if notice.state not in UNANSWERED:
        return 0
    return max(0, (timezone.localdate() - notice.answer_due_on).days)


class DraftNotice(OperationPage):
    """拟催办函、督办单、约谈."""

    model = Notice
    verb = verbs.DRAFT_NOTICE
    title = gettext_lazy("拟催办督办")
    done = gettext_lazy("已拟稿。核对后签发，或提请领导批准。")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form, begun with the task and the rung that the address names."""
        self.refuse_early(None)
        named = {name: request.GET[name] for name in ("task", "kind") if request.GET.get(name)}
        form = self.verb.form(user=request.user, initial=named)
        return self.show(form, None)

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers draft."""
        if not officer(self.request.user, None):
            raise Forbidden("notice.draft.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; who gives up goes back to the list."""
        return super().show(
            form, subject, status, **({"cancel": reverse("notice-list"), "submit": _("保存拟稿")} | more)
        )


class TaskLadder(VisiblePage):
    """The ladder of one task: which steps were taken by which paper, what would be next, on what it rests (R27)."""

    model = Task

    def visible(self) -> QuerySet[Any]:
        """Return the visible tasks with what the ladder's figures need."""
        returned = Report.objects.filter(task=OuterRef("pk"), state=ReportState.RETURNED).order_by().values("task")
        counted = returned.annotate(n=Count("pk")).values("n")
        return super().visible().annotate(returned_reports=Coalesce(Subquery(counted), 0))  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: three statements."""
        task = self.find(pk)
        standing = ladder.of(task, request.user) if task.assigned_at else None
        user: Any = request.user
        may = bool(officer(user, None)) and task.organiser_id == user.department.pk
        context = {
            "task": task,
            "standing": standing,
            "light": shown.light(task, timezone.now()),
            "rows": [(taken, taken.rung.after(task.urgency)) for taken in standing.rungs] if standing else [],
            "draft_url": self._draft_url(task, standing) if may and standing else None,
        }
        return render(request, "supervision/notice/ladder.html", context)

    def _draft_url(self, task: Any, standing: ladder.Standing) -> str | None:
        if standing.next is None or standing.next.key not in NoticeKind.values:
            return f"{reverse('notice-new')}?task={task.pk}" if standing.next else None
        return f"{reverse('notice-new')}?task={task.pk}&kind={standing.next.key}"


urlpatterns = [
    path("notices/", NoticeList.as_view(), name="notice-list"),
    path("notices/new/", DraftNotice.as_view(), name="notice-new"),
    path("notices/<int:pk>/", NoticeDetail.as_view(), name="notice-detail"),
    path("tasks/<int:pk>/ladder/", TaskLadder.as_view(), name="task-ladder"),
    *pages_of(verbs.NOTICE),
]
