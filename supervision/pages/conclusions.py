"""督查结论 and 复核: their lists, the paper on its page, and the page of an application."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.actors.correcting import reads_opinion
from supervision.filters.correcting import ConclusionFilter, ReviewFilter
from supervision.models import Conclusion, Review
from supervision.pages.inspections import Tab
from supervision.pages.sections import chips, waiting
from supervision.presenters import turns
from supervision.presenters.correcting import history
from supervision.states.correcting import ConclusionState, ReviewState, Severity
from supervision.verbs import correcting as verbs
from tasks import shown
from workflow.doors.pages import ListPage, VisiblePage, pages_of


class ConclusionList(ListPage):
    """The conclusions that the person may see, newest first."""

    model = Conclusion
    filter_class = ConclusionFilter
    rows_name = "conclusions"
    template_name = "supervision/conclusion/list.html"
    fragment_name = "supervision/conclusion/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips."""
        rows = [waiting(self.request), chips(self.request, "state", _("状态"), ConclusionState.choices)]
        return {"facets": rows, "section": "conclusions"}


class ConclusionDetail(VisiblePage):
    """A conclusion: its words, its findings as they were submitted, the unit's rights, the review."""

    model = Conclusion

    def visible(self) -> QuerySet[Any]:
        """Add who handled it, and whether the person sees the inspection from within."""
        rows: Any = super().visible().select_related("drafted_by", "approved_by", "received_by", "explained_by")
        return rows.with_sight(self.request.user)  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, its reviews and what happened."""
        conclusion = self.find(pk)
        severities = dict(Severity.choices)
        context = {
            "conclusion": conclusion,
            "turn": turns.of(conclusion),
            "findings": [row | {"word": severities[row["severity"]]} for row in conclusion.snapshot],
            "verbs": shown.verbs(verbs.CONCLUSION, conclusion, request.user),
            "reviews": Review.objects.filter(conclusion=conclusion).select_related("handler", "asked_by"),
            "events": history(conclusion.stream, whole=conclusion.whole),
            "today": timezone.localdate(),
        }
        return render(request, "supervision/conclusion/detail.html", context)


class ReviewList(ListPage):
    """The applications for review that the person may see, the next to be decided first."""

    model = Review
    filter_class = ReviewFilter
    rows_name = "reviews"
    order = ("due_on", "pk")
    template_name = "supervision/review/list.html"
    fragment_name = "supervision/review/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips, and which decisions are late."""
        today = timezone.localdate()
        for row in shown_rows:
            row.late = row.is_overdue(today)
        rows = [
            waiting(self.request),
            chips(self.request, "state", _("状态"), ReviewState.choices),
            chips(self.request, "overdue", _("期限"), [("1", _("决定逾期"))]),
        ]
        return {"facets": rows, "section": "reviews"}


class ReviewDetail(VisiblePage):
    """An application for review: who asks, who handles it, what is decided."""

    model = Review

    def visible(self) -> QuerySet[Any]:
        """Add who asked and who decided."""
        return super().visible().select_related("asked_by", "decided_by")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; an opinion that is not decided only to those who work at it."""
        review = self.find(pk)
        reads = reads_opinion(request.user, review)
        context = {
            "review": review,
            "turn": turns.of(review),
            "reads": reads,
            "dropped": review.dropped.all() if reads else (),
            "late": review.is_overdue(timezone.localdate()),
            "verbs": shown.verbs(verbs.REVIEW, review, request.user),
        }
        return render(request, "supervision/review/detail.html", context)


def of_inspection(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """结论: the units' conclusions, as far as the person sees them; by one statement."""
    return {"conclusions": Conclusion.objects.visible_to(request.user).filter(inspection=inspection)}


TABS_OF_INSPECTION: Final = {
    "conclusions": Tab(
        _("督查结论"), of_inspection, "supervision/inspection/_conclusions.html", lambda inspection: True
    )
}

urlpatterns = [
    path("conclusions/", ConclusionList.as_view(), name="conclusion-list"),
    path("conclusions/<int:pk>/", ConclusionDetail.as_view(), name="conclusion-detail"),
    path("reviews/", ReviewList.as_view(), name="review-list"),
    path("reviews/<int:pk>/", ReviewDetail.as_view(), name="review-detail"),
    *pages_of(verbs.CONCLUSION),
    *pages_of(verbs.REVIEW),
]
