"""任务: the list with its chips, and the page of one task with its tabs."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks import shown, verbs
from tasks.filters import TaskFilter
from tasks.models import Task
from tasks.pages import rows, tabs
from tasks.pages.addresses import changed
from tasks.pages.facets import CHIP_KEYS, Facets, tags
from tasks.states import OPEN
from workflow.doors.pages import ListPage, VisiblePage, pages_of

SORTS: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "due": (_("时限由近到远"), ("sort_at", "pk")),
    "-due": (_("时限由远到近"), ("-sort_at", "-pk")),
    "new": (_("最新登记"), ("-pk",)),
}


class TaskList(ListPage):
    """The tasks that the person may see; without any wish those in hand."""

    model = Task
    filter_class = TaskFilter
    rows_name = "tasks"
    template_name = "tasks/task/list.html"
    fragment_name = "tasks/task/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return the visible tasks as rows."""
        return rows.listed(self.request.user)

    def asked(self) -> QueryDict:
        """Return the query; where it names no filter at all, what is in hand is meant."""
        query = self.request.GET.copy()
        if not any(key in query for key in TaskFilter.base_filters):
            query["open"] = "1"
        return query

    def sorting(self) -> tuple[str, ...]:
        """Return the order that was asked for: by due day unless told otherwise."""
        order = SORTS.get(self.request.GET.get("sort", "due"), SORTS["due"])[1]
        # What is issued has a due moment, and an index that stands in that order.
        issued = self.asked().get("open") == "1" or self.asked().get("overdue") == "1"
        return tuple(key.replace("sort_at", "due_at") for key in order) if issued else order

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips with their counts, the filters in force, and what each row shows."""
        query, chosen = self.asked(), TaskFilter(self.asked(), request=self.request)
        said = chosen.form.cleaned_data if chosen.form.is_valid() else {}
        facets = Facets.over(self._without_chips(query), query, said) if chosen.form.is_valid() else None
        shown.with_faces(shown_rows)
        chips = facets.rows() if facets else []
        return {
            "facets": chips,
            "more_facets": any(row.get("more") for row in chips),
            "more_facets_open": any(row.get("used") for row in chips),
            "units": facets.units() if facets else [],
            "tags": tags(chosen.form, query, facets.named if facets else {}),
            "count": facets.total if facets else 0,
            "sorts": self._sorts(query),
            "kept": [(k, v) for k, values in query.lists() if k not in ("lead", "cursor", "page_size") for v in values],
            "lead": query.get("lead", ""),
            "at": timezone.now(),
        }

    def _without_chips(self, query: QueryDict) -> QuerySet[Any]:
        others = query.copy()
        for key in CHIP_KEYS:
            others.pop(key, None)
        narrowed: QuerySet[Any] = TaskFilter(others, queryset=self.visible(), request=self.request).qs
        return narrowed

    def _sorts(self, query: QueryDict) -> list[dict[str, Any]]:
        current = query.get("sort", "due")
        return [
            {"label": label, "url": changed(query, ("sort",), sort=key), "active": key == current}
            for key, (label, _order) in SORTS.items()
        ]


class TaskDetail(VisiblePage):
    """One task: four statements, whatever tab is open; one more where a task follows another."""

    model = Task
    template_name: ClassVar[str] = "tasks/task/detail.html"

    def visible(self) -> QuerySet[Any]:
        """Return the visible tasks as their page shows them."""
        return rows.for_page(self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the task with the tab that the address names."""
        task, now = self.find(pk), timezone.now()
        tab = tabs.chosen(request.GET.get("tab", ""))
        offered = shown.verbs(verbs.TASK, task, request.user)
        context = {
            "task": task,
            "light": shown.light(task, now),
            "steps": shown.steps(task),
            "turn": shown.turn(task),
            "clock": shown.clock_of(task, now),
            "verbs": offered,
            "shares": self._shares(task),
            "linked": rows.linked(task, request.user),
            "tabs": tabs.of(task, tab.key),
            "tab": tab,
            "open": task.state in OPEN,
        } | tab.fill(request, task)
        return render(request, self.template_name, context)

    def _shares(self, task: Any) -> list[tuple[Any, dict[str, Any]]]:
        user = self.request.user
        return [(share, shown.verbs(verbs.ASSIGNMENT, share, user)) for share in rows.shares_of(task)]


urlpatterns = [
    path("tasks/", TaskList.as_view(), name="task-list"),
    path("tasks/<int:pk>/", TaskDetail.as_view(), name="task-detail"),
    *pages_of(verbs.TASK),
    *pages_of(verbs.ASSIGNMENT),
    *pages_of(verbs.REPORT),
    *pages_of(verbs.EXTENSION),
    *pages_of(verbs.SUSPENSION),
]
