"""协调事项: who waits for whom; a unit that is waited for finds here what is asked of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tasks import verbs
from tasks.filters import BlockerFilter
from tasks.models import Blocker, Task
from tasks.pages.tabs import blocker_row
from workflow.doors.pages import ListPage, VisiblePage, pages_of


class Blockers(VisiblePage):
    """The blockers that the person may see, and whether he sees their tasks."""

    model = Blocker

    def visible(self) -> QuerySet[Any]:
        """Return them with ``task_seen``."""
        seen = Task.objects.visible_to(self.request.user).filter(pk=OuterRef("task"))
        rows = super().visible().select_related("raised_by", "confirmed_by", "ended_by")
        return rows.annotate(task_seen=Exists(seen))


class BlockerList(Blockers, ListPage):
    """All of them, newest first."""

    filter_class = BlockerFilter
    rows_name = "blockers"
    template_name = "tasks/blocker/list.html"
    fragment_name = "tasks/blocker/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the days and the verbs of each."""
        return {"rows": [blocker_row(row, row.task, self.request.user) for row in shown_rows]}


class BlockerDetail(Blockers):
    """One of them."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it with what may be done."""
        blocker = self.find(pk)
        row = blocker_row(blocker, blocker.task, request.user)
        return render(request, "tasks/blocker/detail.html", {"blocker": blocker, "row": row})


urlpatterns = [
    path("blockers/", BlockerList.as_view(), name="blocker-list"),
    path("blockers/<int:pk>/", BlockerDetail.as_view(), name="blocker-detail"),
    *pages_of(verbs.BLOCKER),
]
