"""任务分解: a paper is handed in, the workbench, what issuing would bring, and the paper as it was handed in."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks import verbs
from tasks.breakdown_filters import BreakdownFilter
from tasks.models import Breakdown, Directive
from tasks.operations.breakdowns import alike, settling
from tasks.operations.proposals import key_of
from tasks.pages import workbench
from tasks.pages.breakdown_deeds import deeds_of
from workflow.doors import files
from workflow.doors.pages import ListPage, OperationPage, VisiblePage
from workflow.refusal import Refusal


class BreakdownList(ListPage):
    """The breakdowns of the officer's office, the newest first."""

    model = Breakdown
    filter_class = BreakdownFilter
    rows_name = "breakdowns"
    template_name = "tasks/breakdown/list.html"
    fragment_name = "tasks/breakdown/_list.html"


class BreakDown(OperationPage):
    """A paper is handed in; afterwards the workbench is shown."""

    model = Directive
    noun = verbs.DIRECTIVE
    verb = verbs.DIRECTIVE.verb("break_down")
    done = gettext_lazy("已分解，请逐条核对。")

    def target(self, made: Any, subject: Any) -> str:
        """Go to the workbench."""
        return str(made.get_absolute_url())

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Add the word on the button."""
        return super().show(form, subject, status, **{"submit": _("上传并分解")} | more)


class Workbench(VisiblePage):
    """The paper on the left, its drafts on the right."""

    model = Breakdown

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Show the workbench."""
        breakdown = self.find(pk)
        key = request.GET.get("draft", "")
        chosen = int(key) if key.isdecimal() and len(key) < 10 else 0
        context = workbench.context(breakdown, request.user, request.GET.get("show", ""), chosen)
        return render(request, "tasks/breakdown/detail.html", context)

    def visible(self) -> Any:
        """Fetch the text too."""
        return Breakdown.objects.visible_to(self.request.user).select_related(
            "directive", "organiser", "made_by", "waived_by"
        )


class Issue(Workbench):
    """Issue the accepted drafts: first who would get what, then what came of it."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Show what issuing would bring, or why it is refused."""
        breakdown = self.find(pk)
        try:
            outcomes = settling.rehearse(breakdown, by=request.user)
            _note_alike(breakdown, outcomes, request.user)
            return self._show(breakdown, outcomes)
        except Refusal as refusal:
            return self._show(breakdown, [], refusal=refusal, status=refusal.status)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Issue and show what came of each."""
        breakdown = self.find(pk)
        try:
            return self._show(breakdown, settling.outcomes(settling.issue(breakdown, by=request.user)), finished=True)
        except Refusal as refusal:
            return self._show(breakdown, [], refusal=refusal, status=refusal.status)

    def _show(self, breakdown: Breakdown, outcomes: list[Any], status: int = 200, **more: Any) -> HttpResponse:
        done = sum(outcome.done for outcome in outcomes)
        context = {
            "breakdown": breakdown, "directive": breakdown.directive, "outcomes": outcomes, "done": done,
            "refused": len(outcomes) - done, "finished": False, "refusal": None,
            "places": workbench.places(breakdown, more["refusal"].details) if "refusal" in more else [],
        } | more  # fmt: skip
        return render(self.request, "tasks/breakdown/issue.html", context, status=status)


def _note_alike(breakdown: Breakdown, outcomes: list[Any], user: Any) -> None:
    """Add to each rehearsed task what says nearly the same; no two of a directive share a matter (R13)."""
    near = alike.of(breakdown, by=user)
    drafts = breakdown.drafts.filter(pk__in=near)
    by_matter = {key_of(draft.proposed["matter"]): near[draft.pk] for draft in drafts}
    for one in outcomes:
        one.task.alike = by_matter.get(key_of(one.task.matter), [])


class Original(VisiblePage):
    """The paper as it was handed in."""

    model = Breakdown

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out."""
        return files.serve(self.find(pk))


urlpatterns = [
    path("breakdowns/", BreakdownList.as_view(), name="breakdown-list"),
    path("breakdowns/<int:pk>/", Workbench.as_view(), name="breakdown-detail"),
    path("breakdowns/<int:pk>/issue/", Issue.as_view(), name="breakdown-issue"),
    path("breakdowns/<int:pk>/file/", Original.as_view(), name="breakdown-file"),
    path("directives/<int:pk>/break_down/", BreakDown.as_view(), name="directive-break_down"),
    *deeds_of(verbs.BREAKDOWN),
    *deeds_of(verbs.CLAUSE),
    *deeds_of(verbs.DRAFT),
]
