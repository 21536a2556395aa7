"""问题清单: the list, and the page of one finding with its items, its proofs and its history."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import CharField, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision.filters.correcting import FindingFilter
from supervision.models import Finding, Proof, Rectification
from supervision.pages.inspections import Tab
from supervision.pages.rectifications import with_faces
from supervision.pages.sections import chips, waiting
from supervision.presenters import turns
from supervision.presenters.correcting import history
from supervision.states.correcting import Severity, Standing
from supervision.verbs import correcting as verbs
from tasks import shown
from tasks.models import Evidence
from workflow.doors.pages import ListPage, VisiblePage, pages_of

TABS: Final = (("items", _("整改")), ("proofs", _("证据")), ("history", _("经过")))
TONES: Final = {Severity.ORDINARY: "grey", Severity.SERIOUS: "amber", Severity.GRAVE: "red"}


class FindingList(ListPage):
    """The findings that the person may see, newest first."""

    model = Finding
    filter_class = FindingFilter
    rows_name = "findings"
    template_name = "supervision/finding/list.html"
    fragment_name = "supervision/finding/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return them as rows; nobody acts from the list, so the teams are not asked for."""
        rows = Finding.objects.visible_to(self.request.user)
        return rows.select_related("department", "inspection")  # type: ignore[no-any-return]

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips and how grave each is."""
        for row in shown_rows:
            row.tone = TONES[Severity(row.severity)]
        rows = [waiting(self.request), chips(self.request, "standing", _("分类"), Standing.choices)]
        if getattr(self.request.user, "role", "") in (Role.SUPERVISOR, Role.LEADER):
            month = timezone.localdate().strftime("%Y-%m")
            rows.append(chips(self.request, "drawn", _("回头看"), [(month, _("本月抽中"))]))
        return {"facets": rows, "section": "findings"}


class FindingDetail(VisiblePage):
    """A finding: four statements, whatever tab is open."""

    model = Finding

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with all that the page shows of them."""
        rows: Any = super().visible()
        return rows.select_related(  # type: ignore[no-any-return]
            "issued_by", "answered_by", "decided_by", "found_by", "recurrence_of"
        ).with_sight(self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it with the tab that the address names."""
        finding = self.find(pk)
        tab = request.GET.get("tab", "")
        tab = tab if tab in dict(TABS) else "items"
        fill: dict[str, Any] = {"items": self._items, "proofs": self._proofs, "history": self._history}
        context = {
            "finding": finding,
            "turn": turns.of(finding),
            "tone": TONES[Severity(finding.severity)],
            "verbs": shown.verbs(verbs.FINDING, finding, request.user),
            "tabs": [{"label": label, "url": f"?tab={key}", "active": key == tab} for key, label in TABS],
            "tab": tab,
            "proposes_reopening": finding.is_unsettled and finding.task_seen and finding.task.state == "closed",
        }
        return render(request, "supervision/finding/detail.html", context | fill[tab](finding))

    def _items(self, finding: Any) -> dict[str, Any]:
        rows = Rectification.objects.filter(finding=finding).select_related("verifier", "department").order_by("pk")
        for item in rows:
            item.finding = finding
        return {"items": with_faces(rows, self.request.user, back=reverse("finding-detail", args=[finding.pk]))}

    def _proofs(self, finding: Any) -> dict[str, Any]:
        """Return the files by one statement; their names are for who is of the inspection (R44)."""
        columns = ("kind", "pk", "name", "size", "sha256")
        files = Proof.objects.filter(findings=finding).order_by().annotate(kind=Value("proof", CharField()))
        others = Evidence.objects.filter(
            pk__in=finding.evidence.through.objects.filter(finding=finding).values("evidence")
        )
        others = others.order_by().annotate(kind=Value("evidence", CharField()))
        found = files.values_list(*columns).union(others.values_list(*columns), all=True).order_by("kind", "pk")
        return {"files": [dict(zip(columns, row, strict=True)) for row in found]}

    def _history(self, finding: Any) -> dict[str, Any]:
        return {"events": history(finding.stream, whole=finding.whole)}


def of_inspection(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """问题: what was found, as far as the person sees it; by one statement."""
    rows = list(Finding.objects.visible_to(request.user).filter(inspection=inspection).select_related("department"))
    for row in rows:
        row.tone = TONES[Severity(row.severity)]
    return {"findings": rows}


TABS_OF_INSPECTION: Final = {
    "findings": Tab(_("问题"), of_inspection, "supervision/inspection/_findings.html", lambda inspection: True)
}

urlpatterns = [
    path("findings/", FindingList.as_view(), name="finding-list"),
    path("findings/<int:pk>/", FindingDetail.as_view(), name="finding-detail"),
    *pages_of(verbs.FINDING),
]
