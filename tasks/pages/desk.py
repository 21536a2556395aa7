"""工作台: what must I do now? The answer differs by role; every number leads to exactly the rows that it counts.

Tasks stand on the desk itself; of what upper rooms add (``tasks.elsewhere``) it shows how many wait, and where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.states import ADMIN_ROLES, Role
from tasks import awaiting, elsewhere, portfolios, shown
from tasks.actors import officer
from tasks.models import Task
from tasks.pages import figures, rows
from tasks.pages.addresses import directives_where, tasks_where
from tasks.querysets import BUSINESS
from tasks.states import OPEN
from workflow.doors.pages import SignedIn

ROWS: Final = 12
"""Rows that the desk shows; the list behind the number shows all."""
ISSUING: Final = ("verify", "review", "declined", "extension_check", "confirm", "suspension_review")
UNIT: Final = ("sign", "redo", "report_again", "report", "resolve")
DECIDING: Final = ("close", "extension_grant", "suspension_grant")
TURNS_OF: Final[dict[str, tuple[str, ...]]] = {
    Role.SUPERVISOR: (*ISSUING, "assign"),
    Role.LEADER: ("read", *DECIDING),
    Role.UNIT_HEAD: ("sign_off", "extension_sign", *UNIT, *ISSUING, *DECIDING),
    Role.HANDLER: (*UNIT, *ISSUING),
}
"""The turns that a role can have, those it meets most often first."""
NOTHING: Final[dict[str, Any]] = {
    Role.INSPECTOR: gettext_lazy(
        "没有等您办理的事项。编入督查组后，要查的督查、要核验的整改、要承办的复核会列在这里。"
    ),
    Role.DISCIPLINE: gettext_lazy("没有等您书面答复的移送。督查机构移送问责建议或问题线索后，会在这里列出。"),
}
"""What is told where nothing waits, to roles whose work does not begin with tasks."""
WORDS: Final = {turn.key: turn.word for turn in awaiting.TURNS}
COLUMNS: Final = ("state", "light", "own_light", "answerable", "answerable_name")


@dataclass
class View:
    """One list of the desk: its key, its name, its rows as a condition and as filters of the task list."""

    key: str
    label: str
    rows: Q
    filters: dict[str, Any]
    tone: str = "grey"
    icon: str = ""
    count: int = field(default=0)

    @property
    def url(self) -> str:
        """Where all the rows stand."""
        return tasks_where(**self.filters)


def views(user: Any) -> list[View]:
    """Return the lists that the desk of this person offers; a leader's are of his portfolio, where he has one."""
    running, own = Q(state__in=OPEN), portfolios.charged(user)
    mark = {"charged": 1} if portfolios.narrows(user) else {}
    found = [
        View("todo", _("我的待办"), awaiting.of_turn(user), {"turn": "any"}, "blue", "inbox"),
        View("near", _("临期"), running & own & Q(own_light=figures.NEAR_DUE),
             {"open": 1, "own_light": figures.NEAR_DUE} | mark, "amber", "clock-exclamation"),
        View("late", _("逾期"), own & Q(own_light=figures.OVERDUE), {"overdue": 1} | mark, "red", "alert-triangle"),
    ]  # fmt: skip
    if user.role == Role.LEADER:
        mine = Q(directive__instructed_by=user.post)
        found += [
            View("blocked", _("受阻"), running & own & Q(blocked_by__isnull=False), {"open": 1, "blocked": 1} | mark,
                 "amber", "hourglass"),
            View("mine", _("我批示的"), running & mine, {"open": 1, "instructed": 1}, "purple", "gavel"),
        ]  # fmt: skip
    found.append(View("open", _("在办任务"), running & own, {"open": 1} | mark, "blue", "list-check"))
    return found


class Desk(SignedIn):
    """The first page of everybody."""

    template_name: ClassVar[str] = "tasks/desk/desk.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the desk of the role acted in: five statements; where there is no business, the session's alone."""
        user: Any = request.user
        if user.role in BUSINESS and user.department is not None:
            return render(request, self.template_name, self._business(user))
        if user.role in NOTHING and user.department is not None:
            opened = self._opened(user) if user.role == Role.INSPECTOR else {}
            return render(request, "tasks/desk/papers.html", self._papers(user) | opened)
        return render(request, "tasks/desk/quiet.html", {"entries": _entries(user)} | _quiet(user))

    def _business(self, user: Any) -> dict[str, Any]:
        now, offered = timezone.now(), views(user)
        groups = _groups(user, offered)
        for view in offered:
            view.count = figures.total(groups, f"view_{view.key}")
        chosen = next((v for v in offered if v.key == self.request.GET.get("tab")), offered[0])
        return {
            "today": timezone.localdate(now),
            "stats": [figures.stat(v.label, v.count, v.url, v.tone, v.icon) for v in offered],
            "turns": _turn_chips(user, groups),
            "tabs": [_tab(view, chosen) for view in offered],
            "view": chosen,
            "tasks": _with_turns(shown.with_faces(self._rows(user, chosen), now)),
            "charts": _charts(user, groups, figures.as_of(now, figures.total(groups))),
            "directives": _directives(user),
            "elsewhere": _elsewhere(user),
            "may_register": officer(user, None),
        }

    def _rows(self, user: Any, view: View) -> QuerySet[Any]:
        found = rows.listed(user).filter(view.rows)
        turns = [turn for turn in awaiting.TURNS if turn.key in TURNS_OF[user.role]]
        todo = Case(
            *(When(turn.rows(user), then=Value(turn.key)) for turn in turns),
            default=Value(""),
            output_field=CharField(),
        )
        return found.annotate(todo=todo).order_by("sort_at", "pk")[:ROWS]

    def _opened(self, user: Any) -> dict[str, Any]:
        found = shown.with_faces(rows.listed(user).order_by("sort_at", "pk")[: ROWS + 1])
        return {"opened": True, "tasks": found[:ROWS], "more": len(found) > ROWS}

    def _papers(self, user: Any) -> dict[str, Any]:
        return {"elsewhere": _elsewhere(user), "sentence": NOTHING[user.role], "today": timezone.localdate()}


def _elsewhere(user: Any) -> list[dict[str, Any]]:
    """Return what upper rooms have waiting for the person, by one statement."""
    return [
        {"label": row.shelf.label, "icon": row.shelf.icon, "count": row.n, "url": row.url}
        for row in elsewhere.waiting(user)
    ]


def _groups(user: Any, offered: list[View]) -> list[dict[str, Any]]:
    """Count the visible tasks by state, light and answerable unit, and within each what every list would hold."""
    counts = {f"view_{view.key}": Count("pk", filter=view.rows) for view in offered}
    counts |= {f"turn_{key}": Count("pk", filter=awaiting.of_turn(user, key)) for key in TURNS_OF[user.role]}
    seen = Task.objects.visible_to(user).with_light().with_answerable()
    seen = seen.annotate(answerable_name=Coalesce("blocked_by__short", "lead__short"))
    return list(seen.order_by().values(*COLUMNS).annotate(n=Count("pk"), **counts))


def _tab(view: View, chosen: View) -> dict[str, Any]:
    return {
        "label": view.label, "url": f"?tab={view.key}", "count": view.count, "active": view is chosen,
        "tone": view.tone if view.count else "grey",
    }  # fmt: skip


def _turn_chips(user: Any, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counted = ((key, figures.total(groups, f"turn_{key}")) for key in TURNS_OF[user.role])
    return [{"label": WORDS[key], "count": count, "url": tasks_where(turn=key)} for key, count in counted if count]


def _with_turns(tasks: list[Any]) -> list[Any]:
    for task in tasks:
        task.todo_word = WORDS.get(task.todo, "")
    return tasks


def _of_own_light(light: str) -> str:
    return tasks_where(open=1, own_light=light)


def _charts(user: Any, groups: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """Return who is late and how the tasks in hand stand, for those who answer for more than one unit's work."""
    if user.role == Role.HANDLER:
        return []
    running = [row for row in groups if row["state"] in OPEN]
    late = [row for row in running if row["own_light"] == figures.OVERDUE]
    units = figures.by(late, "answerable", "answerable_name").most_common(10)
    bars = [(name, count, tasks_where(overdue=1, answerable=pk)) for (pk, name), count in units]
    lights = figures.by(running, "own_light")
    found = (
        [figures.bars("late-units", _("逾期任务（按责任单位）"), _("逾期"), bars, source, lying=True)] if bars else []
    )
    if lights:
        found.append(figures.ring("lights", _("在办任务灯色"), lights, _of_own_light, source))
    return found


def _directives(user: Any) -> dict[str, Any] | None:
    """Return the directives that wait for the person, with where all of them stand; None for roles without."""
    if user.role not in (Role.LEADER, Role.SUPERVISOR):
        return None
    found = list(awaiting.directives_awaiting(user).for_list().order_by("-pk")[: ROWS + 1])
    title = _("待审批立项") if user.role == Role.LEADER else _("登记中的事项")
    return {"title": title, "rows": found[:ROWS], "more": len(found) > ROWS, "url": directives_where(awaiting=1)}


# ------------------------------------------------------------------------------------------------ without business


def _quiet(user: Any) -> dict[str, Any]:
    """Return the sentence for those who have no business here."""
    if user.post is None:
        return {"icon": "user-off", "sentence": _("您目前没有在任职务，看不到业务内容。请联系安全管理员办理任职。")}
    if user.role in ADMIN_ROLES:
        return {"icon": "shield-check", "sentence": _("您的岗位管理系统，不接触督查业务内容。您能办的事都列在这里。")}
    return {"icon": "inbox", "sentence": _("没有需要您办理的事项。")}


DUTIES: Final = {
    Role.SYSTEM_ADMIN: (
        ("calendar", gettext_lazy("维护工作日历")),
        ("unit-list", gettext_lazy("维护机构")),
        ("office-list", gettext_lazy("设置督查机构")),
        ("person-list", gettext_lazy("建立账号")),
    ),
    Role.SECURITY_ADMIN: (("post-list", gettext_lazy("任职与授权")), ("client-list", gettext_lazy("接口密钥"))),
    Role.AUDITOR: (("audit-log", gettext_lazy("查看审计日志")),),
}


def _entries(user: Any) -> list[dict[str, Any]]:
    pairs = ((figures.address_or_none(name), label) for name, label in DUTIES.get(user.role, ()))
    return [{"url": url, "label": label} for url, label in pairs if url]


urlpatterns = [path("", Desk.as_view(), name="desk")]
