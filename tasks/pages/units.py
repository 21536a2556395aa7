"""单位: what a unit owes, helps with, waits for and is waited for, as far as the reader sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department
from tasks import shown
from tasks.models import Assignment, Task
from tasks.pages import figures, rows
from tasks.pages.addresses import tasks_where
from tasks.states import HELD, OPEN, Part
from workflow.doors.pages import VisiblePage

ROWS = 12


class DepartmentTasks(VisiblePage):
    """The tasks of a unit: a fragment of the unit's page, and a page of its own."""

    model = Department

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the lights, and one list: what it leads, helps with, waits for, is waited for. Four statements."""
        unit = self.find(pk)
        offered = _views(request.user, unit)
        groups = _groups(request.user, offered)
        key = request.GET.get("tab", "lead")
        chosen = next((view for view in offered if view["key"] == key), offered[0])
        found = rows.listed(request.user).filter(chosen["rows"]).order_by("sort_at", "pk")[:ROWS]
        led = figures.by(groups, "own_light", column="n_lead")
        context = {
            "department": unit,
            "tabs": [_tab(view, groups, view is chosen, request.path) for view in offered],
            "view": chosen | {"count": figures.total(groups, f"n_{chosen['key']}")},
            "tasks": shown.with_faces(found),
            "chips": figures.light_chips(led, lambda light: tasks_where(open=1, lead=unit.pk, own_light=light)),
            "source": figures.as_of(timezone.now()),
        }
        alone = not (getattr(request, "htmx", False) and not request.htmx.boosted)  # type: ignore[attr-defined]
        return render(request, "tasks/unit/tasks.html" if alone else "tasks/unit/_tasks.html", context)


def _views(user: Any, unit: Any) -> list[dict[str, Any]]:
    running = Q(state__in=OPEN)
    helps = Assignment.objects.visible_to(user).filter(department=unit, state__in=HELD, part=Part.CO)
    joint = Assignment.objects.visible_to(user).filter(department=unit, state__in=HELD, part=Part.JOINT)
    return [
        _view("lead", _("牵头"), running & Q(lead=unit), open=1, lead=unit.pk),
        _view("late", _("逾期（计入本单位）"), _late(unit), overdue=1, answerable=unit.pk),
        _view("joint", _("共同牵头"), running & Q(pk__in=joint.values("task")), open=1, unit=unit.pk, part=Part.JOINT),
        _view("co", _("配合"), running & Q(pk__in=helps.values("task")), open=1, unit=unit.pk, part=Part.CO),
        _view(
            "waits",
            _("在等别的单位"),
            running & Q(lead=unit, blocked_by__isnull=False),
            open=1,
            lead=unit.pk,
            blocked=1,
        ),
        _view("waited", _("别的单位在等"), running & Q(blocked_by=unit), open=1, blocked_by=unit.pk),
    ]


def _late(unit: Any) -> Q:
    return Q(own_light=figures.OVERDUE) & (Q(blocked_by=unit) | Q(blocked_by=None, lead=unit))


def _view(key: str, label: str, condition: Q, **filters: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "rows": condition, "url": tasks_where(**filters)}


def _groups(user: Any, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: Any = Task.objects.visible_to(user).open().with_light().order_by()
    counts = {f"n_{view['key']}": Count("pk", filter=view["rows"]) for view in offered}
    return list(seen.values("own_light").annotate(**counts))


def _tab(view: dict[str, Any], groups: list[dict[str, Any]], active: bool, address: str) -> dict[str, Any]:
    count = figures.total(groups, f"n_{view['key']}")
    tone = "red" if view["key"] == "late" and count else "grey"
    url = f"{address}?tab={view['key']}"
    return {"label": view["label"], "url": url, "count": count, "active": active, "tone": tone}


urlpatterns = [path("departments/<int:pk>/tasks/", DepartmentTasks.as_view(), name="department-tasks")]
