"""逾期看板: how late, under whom, from which source; each number leads to exactly the rows that it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import Department
from tasks import elsewhere
from tasks.filters import with_days_late
from tasks.models import Task
from tasks.pages import figures
from tasks.pages.addresses import tasks_where
from tasks.states import Light, Source
from workflow.doors.pages import SignedIn

BUCKETS: Final = (
    ("d0", gettext_lazy("当天"), 0, 0),
    ("d3", gettext_lazy("1–3 天"), 1, 3),
    ("d10", gettext_lazy("4–10 天"), 4, 10),
    ("d30", gettext_lazy("11–30 天"), 11, 30),
    ("more", gettext_lazy("30 天以上"), 31, None),
)
"""How late, in calendar days: key, label, from, to."""
BARS: Final = 12
COLUMNS: Final = ("unit", "unit_name", "unit_path", "blocked", "bucket", "directive__source")


class OverdueBoard(SignedIn):
    """Four statements: the session, the counted groups, the names of the units above, what upper rooms add."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the board for all that the person sees, or for a unit and what lies below it."""
        now = timezone.now()
        groups = _groups(Task.objects.visible_to(request.user))
        tree = _tree(groups)
        scope = next((node for node in tree if str(node.pk) == request.GET.get("scope")), None)
        if scope is not None:
            groups = [row for row in groups if row["unit_path"].startswith(scope.path)]
        late = [row for row in groups if row["bucket"]]
        within = {"answerable_within": scope.pk} if scope else {}
        count, source = figures.total(groups), figures.as_of(now)
        context = {
            "scope": scope,
            "tree": tree,
            "stats": _stats(late, count, within),
            "by_unit": _by_unit(late, source),
            "by_days": _by_days(late, source, within),
            "by_source": _by_source(late, source, within),
            "units": _units(groups),
            "late": figures.total(late),
            "elsewhere": elsewhere.late(request.user, scope.path if scope else ""),
            "source": figures.as_of(now, count),
        }
        return render(request, "tasks/board/board.html", context)


def _groups(seen: Any) -> list[dict[str, Any]]:
    """Count the open tasks by answerable unit, by how late they are, by source."""
    running: QuerySet[Any] = with_days_late(seen.open().with_light())
    steps = (
        When(Q(own_light=Light.OVERDUE) & Q(late__lte=timedelta(days=to)), then=Value(key))
        for key, _label, _from, to in BUCKETS
        if to is not None
    )
    bucket = Case(
        *steps, When(own_light=Light.OVERDUE, then=Value("more")), default=Value(""), output_field=CharField()
    )
    named = running.annotate(
        unit=Coalesce("blocked_by", "lead"),
        unit_name=Coalesce("blocked_by__short", "lead__short"),
        unit_path=Coalesce("blocked_by__path", "lead__path"),
        blocked=F("blocked_by"),
        bucket=bucket,
    )
    return list(named.order_by().values(*COLUMNS).annotate(n=Count("pk")))


# ------------------------------------------------------------------------------------------------ scope


@dataclass(frozen=True)
class Node:
    """A unit of the tree with what is late at it and below it."""

    pk: int
    name: str
    path: str
    late: int

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return len(self.path) // Department.STEP - 1

    @property
    def url(self) -> str:
        """The rows that its number counts."""
        return tasks_where(overdue=1, answerable_within=self.pk)


def _tree(groups: list[dict[str, Any]]) -> list[Node]:
    """Return the units that have something late at or below them, in the order of the tree."""
    step, late = Department.STEP, Counter[str]()
    for row in groups:
        if row["bucket"]:
            ends = range(step, len(row["unit_path"]) + 1, step)
            late.update({row["unit_path"][:end]: row["n"] for end in ends})
    found = Department.objects.filter(path__in=late).order_by("path").values_list("pk", "short", "path")
    return [Node(pk, name, unit_path, late[unit_path]) for pk, name, unit_path in found]


# ------------------------------------------------------------------------------------------------ figures


def _stats(late: list[dict[str, Any]], count: int, within: dict[str, Any]) -> list[dict[str, Any]]:
    overdue = figures.total(late)
    units = len({row["unit"] for row in late})
    long = figures.total(late, bucket="more")
    blocked = sum(row["n"] for row in late if row["blocked"])
    share = _("占在办 %(percent)d%%") % {"percent": round(100 * overdue / count)} if count else ""
    return [
        figures.stat(_("逾期任务"), overdue, tasks_where(overdue=1, **within), "red", "alert-triangle", share),
        figures.stat(_("逾期 30 天以上"), long, tasks_where(late_from=31, **within), "red", "history"),
        figures.stat(
            _("因等待其他单位"), blocked, tasks_where(overdue=1, blocked=1, **within), "amber", "hourglass",
            _("计入被等待单位"),
        ),
        figures.stat(
            _("在办任务"), count, tasks_where(open=1, **within), "blue", "list-check",
            _("%(units)d 个单位逾期") % {"units": units},
        ),
    ]  # fmt: skip


def _by_unit(late: list[dict[str, Any]], source: str) -> dict[str, Any]:
    units = figures.by(late, "unit", "unit_name").most_common(BARS)
    rows = [(name, number, tasks_where(overdue=1, answerable=pk)) for (pk, name), number in units]
    return figures.bars("by-unit", _("按责任单位"), _("逾期"), rows, source, lying=True)


def _by_days(late: list[dict[str, Any]], source: str, within: dict[str, Any]) -> dict[str, Any]:
    counted = figures.by(late, "bucket")
    rows = [
        (str(label), counted[key], tasks_where(late_from=first, late_to=last, **within))
        for key, label, first, last in BUCKETS
    ]
    return figures.bars("by-days", _("按逾期天数"), _("逾期"), rows, source)


def _by_source(late: list[dict[str, Any]], source: str, within: dict[str, Any]) -> dict[str, Any]:
    counted = figures.by(late, "directive__source").most_common()
    rows = [(str(Source(key).label), number, tasks_where(overdue=1, source=key, **within)) for key, number in counted]
    return figures.bars("by-source", _("按来源"), _("逾期"), rows, source)


def _units(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the table of units that are late: in hand, late, of which because others wait for it."""
    found = []
    for (pk, name), late in figures.by([g for g in groups if g["bucket"]], "unit", "unit_name").most_common():
        own = [row for row in groups if row["unit"] == pk]
        waited = sum(row["n"] for row in own if row["bucket"] and row["blocked"])
        in_hand = figures.total(own)
        found.append(
            {
                "name": name,
                "pk": pk,
                "late": late,
                "late_url": tasks_where(overdue=1, answerable=pk),
                "open": in_hand,
                "open_url": tasks_where(open=1, answerable=pk),
                "waited": waited,
                "waited_url": tasks_where(overdue=1, blocked_by=pk),
                "percent": round(100 * late / in_hand),
            }
        )
    return found


urlpatterns = [path("overdue/", OverdueBoard.as_view(), name="overdue-board")]
