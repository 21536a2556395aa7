"""督查事项: the list, the page of one, and its registration."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks import elsewhere, presenters, shown, verbs
from tasks.actors import officer
from tasks.filters import DirectiveFilter
from tasks.models import Breakdown, Directive, DirectiveAttachment, Task
from tasks.pages import figures, rows
from tasks.pages.addresses import changed, tasks_where
from tasks.states import OPEN, DirectiveState, Source
from workflow.doors.pages import ListPage, OperationPage, VisiblePage, pages_of
from workflow.models import Event
from workflow.refusal import Forbidden

FIRST: Final = 50
"""Tasks that the page of a directive shows; the list shows all."""


class DirectiveList(ListPage):
    """The directives that the person may see, newest first."""

    model = Directive
    filter_class = DirectiveFilter
    rows_name = "directives"
    template_name = "tasks/directive/list.html"
    fragment_name = "tasks/directive/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return them with the number of tasks that the person sees: all, in hand, late."""
        user = self.request.user
        return super().visible().annotate(
            n_tasks=_number(user, Q()), n_open=_number(user, Q(state__in=OPEN)), n_late=_number(user, None)
        )  # fmt: skip

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips, counted by one statement, and where each number leads."""
        for row in shown_rows:
            row.tasks_url = tasks_where(directive=row.pk, open="")
            row.open_url = tasks_where(directive=row.pk, open=1)
            row.late_url = tasks_where(directive=row.pk, overdue=1)
        return self._facets() | {"may_register": officer(self.request.user, None)}

    def _facets(self) -> dict[str, Any]:
        query = self.request.GET
        others = query.copy()
        for key in ("state", "source"):
            others.pop(key, None)
        chosen = DirectiveFilter(query, request=self.request)
        if not chosen.form.is_valid():
            return {"facets": [], "count": 0}
        said = chosen.form.cleaned_data
        counted = DirectiveFilter(
            others, queryset=Directive.objects.visible_to(self.request.user), request=self.request
        ).qs
        groups = list(counted.order_by().values("state", "source").annotate(n=Count("pk")))
        chips = [
            {"name": _("状态"), "chips": self._chips("state", DirectiveState, groups, said)},
            {"name": _("来源"), "chips": self._chips("source", Source, groups, said)},
        ]
        return {"facets": [row for row in chips if len(row["chips"]) > 2], "count": _fitting(groups, said)}

    def _chips(
        self, key: str, choices: Any, groups: list[dict[str, Any]], said: dict[str, Any]
    ) -> list[dict[str, Any]]:
        query, active = self.request.GET, set(said[key])
        fitting: Counter[Any] = Counter()
        for row in groups:
            if _fits(row, said, but=key):
                fitting[row[key]] += row["n"]
        first = {"label": _("全部"), "url": changed(query, (key,)), "count": fitting.total(), "active": not active}
        return [first] + [
            {
                "label": choice.label,
                "url": changed(query, (key,), **{key: choice.value}),
                "count": fitting[choice.value],
                "active": choice.value in active,
            }
            for choice in choices
            if fitting[choice.value] or choice.value in active
        ]


def _fits(row: dict[str, Any], said: dict[str, Any], but: str = "") -> bool:
    return all(key == but or not said[key] or row[key] in said[key] for key in ("state", "source"))


def _fitting(groups: list[dict[str, Any]], said: dict[str, Any]) -> int:
    return sum(row["n"] for row in groups if _fits(row, said))


def _number(user: Any, narrower: Q | None) -> Any:
    """Return the number of a directive's tasks that the user sees; of those late without a condition."""
    seen = Task.objects.visible_to(user).filter(directive=OuterRef("pk")).order_by()
    seen = seen.overdue() if narrower is None else seen.filter(narrower)
    return Coalesce(Subquery(seen.values("directive").annotate(n=Count("pk")).values("n")), 0)


# ------------------------------------------------------------------------------------------------ one directive


class DirectiveDetail(VisiblePage):
    """A directive: what it is, its tasks by light, its files, what happened."""

    model = Directive

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with all that the page shows of them."""
        files = DirectiveAttachment._base_manager.filter(directive=OuterRef("pk")).order_by().values("directive")
        return super().visible().select_related("registered_by", "approved_by").annotate(
            n_files=Coalesce(Subquery(files.annotate(n=Count("pk")).values("n")), 0),
            n_tasks=_number(self.request.user, Q()), **_of_breakdown(self.request.user),
        )  # fmt: skip

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four statements at most, whatever tab is open."""
        directive = self.find(pk)
        key = request.GET.get("tab", "tasks")
        fill = {"files": self._files, "history": self._history}.get(key, self._tasks)
        context = {
            "directive": directive,
            "verbs": shown.verbs(verbs.DIRECTIVE, directive, request.user),
            "tabs": _tabs(directive, key),
            "ways": elsewhere.ways(),
        } | fill(directive)
        return render(request, "tasks/directive/detail.html", context)

    def _tasks(self, directive: Any) -> dict[str, Any]:
        own = rows.listed(self.request.user).filter(directive=directive)
        lights = figures.by(own.order_by().values("light").annotate(n=Count("pk")), "light")
        found = shown.with_faces(own.order_by("sort_at", "pk")[:FIRST])
        return {
            "tab": "tasks",
            "tasks": found,
            "chips": figures.light_chips(lights, lambda light: tasks_where(directive=directive.pk, light=light)),
            "all_url": tasks_where(directive=directive.pk, open="") if len(found) < directive.n_tasks else None,
        }

    def _files(self, directive: Any) -> dict[str, Any]:
        files = DirectiveAttachment.objects.filter(directive=directive).annotate(by=F("uploaded_by__name"))
        return {"tab": "files", "files": files}

    def _history(self, directive: Any) -> dict[str, Any]:
        events = Event.objects.filter(stream=directive.stream).order_by("-seq")
        return {"tab": "history", "events": presenters.timeline(events)}


def _of_breakdown(user: Any) -> dict[str, Any]:
    """Say which breakdown stands, its clauses and those settled, to who may see it; None to others."""
    standing = Breakdown.objects.visible_to(user).standing().filter(directive=OuterRef("pk")).order_by()
    names = {"breakdown_key": "pk", "n_clauses": "n_clauses", "n_settled": "n_settled"}
    return {key: Subquery(standing.settled().values(name)[:1]) for key, name in names.items()}


def _tabs(directive: Any, active: str) -> list[dict[str, Any]]:
    known = {
        "tasks": (_("任务"), directive.n_tasks),
        "files": (_("附件"), directive.n_files),
        "history": (_("经过"), None),
    }
    current = active if active in known else "tasks"
    return [
        {"label": label, "count": count, "url": f"?tab={key}", "active": key == current}
        for key, (label, count) in known.items()
    ]


class RegisterDirective(OperationPage):
    """登记督查事项."""

    model = Directive
    verb = verbs.REGISTER
    title = gettext_lazy("登记督查事项")
    done = gettext_lazy("已登记。核对后请提请立项审批。")

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers register."""
        if not officer(self.request.user, None):
            raise Forbidden("directive.register.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; who gives up goes back to the list."""
        return super().show(form, subject, status, **({"cancel": reverse("directive-list")} | more))


urlpatterns = [
    path("directives/", DirectiveList.as_view(), name="directive-list"),
    path("directives/new/", RegisterDirective.as_view(), name="directive-new"),
    path("directives/<int:pk>/", DirectiveDetail.as_view(), name="directive-detail"),
    *pages_of(verbs.DIRECTIVE),
]
