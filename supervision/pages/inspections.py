"""督查: the list, the page of one with its tabs, and its registration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision.actors.inspecting import officer
from supervision.filters.inspecting import InspectionFilter
from supervision.models import Inspection, InspectionTask, Member, Scheme, Worksheet
from supervision.operations import overlaps
from supervision.pages.sections import waiting
from supervision.presenters import inspecting as presenters
from supervision.presenters import turns
from supervision.states.inspecting import InspectionState, Method, Result
from supervision.verbs import inspecting as verbs
from tasks import shown
from tasks.actors import UNIT_ROLES
from tasks.models import Task
from tasks.presenters import timeline
from workflow.doors.pages import ListPage, OperationPage, VisiblePage, pages_of
from workflow.lifecycle import Text
from workflow.models import Event
from workflow.refusal import Forbidden

FULL_PAGES: Final = ("note", "report", "amend", "edit")
"""Verbs whose forms are too long for a dialog."""
CHOICES: Final = (("", _("全部")), *InspectionState.choices)


class InspectionList(ListPage):
    """The inspections that the person may see, the latest first."""

    model = Inspection
    filter_class = InspectionFilter
    rows_name = "inspections"
    template_name = "supervision/inspection/list.html"
    fragment_name = "supervision/inspection/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return them with the objects that the person may know."""
        return super().visible().with_own_targets(self.request.user)  # type: ignore[attr-defined, no-any-return]

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Say what may be begun here, and which states there are."""
        user = self.request.user
        chosen = self.request.GET.get("state", "")
        chips = [
            {"label": label, "url": f"?state={state}" if state else "?", "active": state == chosen, "count": None}
            for state, label in CHOICES
        ]
        facets = [waiting(self.request), {"name": _("状态"), "chips": chips}]
        return {
            "may_register": may_register(user), "of_office": officer(user, None), "may_plan": bool(_sees_plans(user)),
            "facets": facets,
        }  # fmt: skip


def may_register(user: Any) -> bool:
    """Tell whether the person may draft one: an officer, or somebody of a department that may be designated."""
    unit = user.department
    return officer(user, None) or (user.role in UNIT_ROLES and unit is not None and not unit.is_office)


def _sees_plans(user: Any) -> bool:
    return user.role == Role.LEADER or officer(user, None)


# ------------------------------------------------------------------------------------------------ tabs

Fill = Callable[[HttpRequest, Any], dict[str, Any]]


@dataclass(frozen=True)
class Tab:
    """One tab of an inspection's page: its label, what fills it, the fragment, and who reads it."""

    label: Text
    fill: Fill
    template: str
    open_to: Callable[[Any], bool] = lambda inspection: inspection.whole


def schemes(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """方案: the versions that the person may read, the latest first."""
    found = Scheme.objects.visible_to(request.user).filter(inspection=inspection).for_list().order_by("-version_no")
    rows = []
    for scheme in found:
        scheme.inspection = inspection
        back = scheme.get_absolute_url()
        rows.append({"scheme": scheme, "verbs": shown.verbs(verbs.SCHEME, scheme, request.user, back)})
    return {"schemes": rows}


def checklist(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """核查清单: each linked task with its standard, and what the last sheet says of it."""
    sheets = Worksheet.objects.filter(inspection=inspection, task=OuterRef("task"), corrections=None).order_by("-pk")
    links = (
        InspectionTask.objects.visible_to(request.user)
        .filter(inspection=inspection, task__in=Task.objects.visible_to(request.user))
        .for_list()
        .annotate(sheet=Subquery(sheets.values("pk")[:1]), result=Subquery(sheets.values("result")[:1]))
    )
    may_note = verbs.INSPECTION.lifecycle.may(inspection, "note", request.user)
    rows = [{"task": link.task, "sheet": link.sheet, "result": link.result and Result(link.result)} for link in links]
    return {"rows": rows, "checked": len([row for row in rows if row["sheet"]]), "may_note": may_note}


def worksheets(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """底稿: what was checked, the latest first; a sheet that was corrected says so."""
    found = list(Worksheet.objects.visible_to(request.user).filter(inspection=inspection).for_list().order_by("-pk"))
    corrected = {sheet.corrects_id: sheet.pk for sheet in found if sheet.corrects_id}
    return {"worksheets": [{"sheet": sheet, "by": corrected.get(sheet.pk)} for sheet in found]}


def team(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """督查组: who inspects, trained and pledged, and who stands aside."""
    rows = []
    for member in Member.objects.visible_to(request.user).filter(inspection=inspection).for_list():
        member.inspection = inspection
        back = member.get_absolute_url()
        rows.append({"member": member, "verbs": shown.verbs(verbs.MEMBER, member, request.user, back)})
    return {"members": rows}


def report(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """报告: what the head signed; it stands in the inspection itself."""
    return {}


def repeated(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """重复核对: inspections of the same object, on the same days or on the same topic, that the person sees (R9)."""
    found = overlaps.of(inspection, Inspection.objects.visible_to(request.user))
    rows = [{"inspection": other, "same_days": overlaps.same_days(inspection, other)} for other in found]
    return {"overlaps": rows}


def history(request: HttpRequest, inspection: Any) -> dict[str, Any]:
    """经过: the deeds in words, the latest first."""
    events = Event.objects.filter(stream=inspection.stream).order_by("-seq")[:200]
    return {"events": timeline(events, presenters.PRESENTED, presenters.ECHOES)}


TABS: Final[dict[str, Tab]] = {
    "schemes": Tab(_("督查方案"), schemes, "supervision/inspection/_schemes.html", lambda inspection: True),
    "checklist": Tab(_("核查清单"), checklist, "supervision/inspection/_checklist.html"),
    "worksheets": Tab(_("检查底稿"), worksheets, "supervision/inspection/_worksheets.html"),
    "report": Tab(_("督查报告"), report, "supervision/inspection/_report.html"),
    "team": Tab(_("督查组"), team, "supervision/inspection/_team.html"),
    "repeated": Tab(_("重复核对"), repeated, "supervision/inspection/_repeated.html"),
    "history": Tab(_("经过"), history, "supervision/inspection/_history.html"),
}
"""The tabs by their key in the address; what comes of an inspection adds its own."""


class InspectionDetail(VisiblePage):
    """An inspection: what it is, whom it looks at, what was found, what happened."""

    model = Inspection

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with what the person is to each."""
        rows: Any = super().visible().select_related("approved_by", "reported_by")
        return rows.with_membership(self.request.user).with_own_targets(self.request.user)  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four statements at most, whatever tab is open."""
        inspection = self.find(pk)
        open_tabs = {key: tab for key, tab in TABS.items() if tab.open_to(inspection)}
        key = request.GET.get("tab", "")
        key = key if key in open_tabs else next(iter(open_tabs))
        context = {
            "inspection": inspection,
            "turn": turns.of(inspection),
            "sees_plans": _sees_plans(request.user),
            "methods": [Method(method).label for method in inspection.methods],
            "verbs": with_pages(shown.verbs(verbs.INSPECTION, inspection, request.user)),
            "tabs": [
                {"label": tab.label, "url": f"?tab={name}", "active": name == key, "count": None}
                for name, tab in open_tabs.items()
            ],
            "tab_template": open_tabs[key].template,
        } | open_tabs[key].fill(request, inspection)
        return render(request, "supervision/inspection/detail.html", context)


def with_pages(buttons: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Let the long forms open on a page of their own; returns the buttons."""
    for row in (*buttons["main"], *buttons["more"]):
        row["page"] = row["page"] or row["name"] in FULL_PAGES
    return buttons


# ------------------------------------------------------------------------------------------------ operations


class RegisterInspection(OperationPage):
    """拟制督查."""

    model = Inspection
    verb = verbs.REGISTER
    title = _("拟制督查")
    done = _("已拟制。请增加组员、关联任务，核对后提请批准。")

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled who may draft one."""
        if not may_register(self.request.user):
            raise Forbidden("inspection.register.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form, begun from the item of the plan that the address names; who gives up goes to the list."""
        if not form.is_bound:
            form.initial |= from_plan(form, self.request.GET.get("plan_item", ""))
        return super().show(form, subject, status, **({"cancel": reverse("inspection-list")} | more))


def from_plan(form: Any, key: str) -> dict[str, Any]:
    """Return what an item of a plan says of its inspection, if it is one of those that the form offers."""
    offered = form.fields["plan_item"].queryset
    item = offered.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    return {"plan_item": item, "title": item.topic, "topic": item.topic[:60], "kind": item.kind} if item else {}


class Prefilled(OperationPage):
    """An operation of which the address fills some fields: a sheet for one task, a file for one sheet."""

    model = Inspection
    noun = verbs.INSPECTION
    names: tuple[str, ...] = ()

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Fill what the address names, unless something was typed."""
        if not form.is_bound:
            query = self.request.GET
            form.initial |= {name: query[name] for name in self.names if query.get(name, "").isdecimal()}
        return super().show(form, subject, status, **more)


class NoteSheet(Prefilled):
    """填写底稿."""

    verb = verbs.INSPECTION.verb("note")
    names = ("task", "department", "corrects")


class AddProof(Prefilled):
    """上传材料."""

    verb = verbs.INSPECTION.verb("prove")
    names = ("worksheet",)


OWN = {"inspection-note": NoteSheet, "inspection-prove": AddProof}

urlpatterns = [
    path("inspections/", InspectionList.as_view(), name="inspection-list"),
    path("inspections/new/", RegisterInspection.as_view(), name="inspection-new"),
    path("inspections/<int:pk>/", InspectionDetail.as_view(), name="inspection-detail"),
    path("inspections/<int:pk>/note/", NoteSheet.as_view(), name="inspection-note"),
    path("inspections/<int:pk>/prove/", AddProof.as_view(), name="inspection-prove"),
    *[page for page in pages_of(verbs.INSPECTION) if page.name not in OWN],
    *pages_of(verbs.SCHEME),
    *pages_of(verbs.MEMBER),
]
