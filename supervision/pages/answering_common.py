"""What the pages of 监督问责 share: the tabs between the nouns, the story of a paper, its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.states import Role
from supervision import attached
from supervision.models import Exhibit
from supervision.pages.sections import waiting
from supervision.presenters import turns
from supervision.states.answering import Adoption
from supervision.verbs import answering as verbs
from tasks import presenters, shown
from tasks.actors import officer
from tasks.models import Evidence
from workflow.doors.files import serve
from workflow.doors.pages import ListPage, OperationPage, VisiblePage
from workflow.doors.verbs import Noun
from workflow.lifecycle import Text
from workflow.models import Event
from workflow.refusal import Forbidden, NotVisible

T: Final = gettext_lazy
OFFICE: Final = (Role.SUPERVISOR, Role.LEADER)

SHELVES: Final = (
    ("accountability", T("问责建议"), (*OFFICE, Role.DISCIPLINE)),
    ("statement", T("对象说明"), (Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER)),
    ("clue", T("线索移送"), (*OFFICE, Role.DISCIPLINE)),
    ("commendation", T("表扬激励"), (*OFFICE, Role.UNIT_HEAD, Role.HANDLER, Role.INSPECTOR, Role.DISCIPLINE)),
    ("case", T("典型案例"), (*OFFICE, Role.UNIT_HEAD, Role.HANDLER, Role.INSPECTOR, Role.DISCIPLINE)),
)
"""The lists of this theme, and the roles that find something in them."""


def shelves(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """Return the tabs between the lists."""
    role = getattr(request.user, "role", "")
    return [
        {"label": label, "url": reverse(f"{noun}-list"), "count": None, "active": noun == active}
        for noun, label, roles in SHELVES
        if role in roles or noun == active
    ]


class Shelf(ListPage):
    """A list of this theme: narrowed by its filter, with the tabs to the others. A subclass names its ``noun``."""

    noun: Noun
    rows_name = "rows"

    @property
    def template_name(self) -> str:  # type: ignore[override]
        """The page of the noun's list."""
        return f"supervision/{self.noun.name}/list.html"

    @property
    def fragment_name(self) -> str:  # type: ignore[override]
        """The fragment that the page includes."""
        return f"supervision/{self.noun.name}/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the tabs, the chips, and whether the person may draft one."""
        return {
            "shelves": shelves(self.request, self.noun.name),
            "facets": [waiting(self.request)],
            "may_register": officer(self.request.user, None),
        }


class Sheet(VisiblePage):
    """The page of one paper: what it says and what it rests on; or its story (``?tab=history``)."""

    noun: Noun

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four statements at most, whatever tab is open."""
        thing = self.find(pk)
        legible = self.reads(thing)
        story = legible and self.tells_story(thing)
        tab = "history" if request.GET.get("tab") == "history" and story else "sheet"
        context: dict[str, Any] = {
            "thing": thing,
            "turn": turns.of(thing) if legible else None,
            "tab": tab,
            "legible": legible,
            "managed": story,
            "verbs": shown.verbs(self.noun, thing, request.user),
            "tabs": _tabs(tab) if story else [],
        }
        if tab == "history":
            context["events"] = timeline(Event.objects.filter(stream=thing.stream).order_by("-seq"))
        elif legible:
            papers = self.rests_on(thing)
            found = attached.to(*papers) if papers else []
            context["files"] = [row for row in found if row.kind not in ("task", "finding")]
            context["findings"] = [row for row in found if row.kind == "finding"]
            context["tasks"] = [row for row in found if row.kind == "task"]
            context |= self.more(thing)
        return render(request, f"supervision/{self.noun.name}/detail.html", context)

    def reads(self, thing: Any) -> bool:
        """Tell whether the person reads the content of what he sees."""
        return True

    def tells_story(self, thing: Any) -> bool:
        """Tell whether the person reads how the paper came about."""
        return True

    def rests_on(self, thing: Any) -> list[Any]:
        """Return the papers whose files the page shows."""
        return [thing]

    def more(self, thing: Any) -> dict[str, Any]:
        """Return what else the page shows."""
        return {}


def _tabs(active: str) -> list[dict[str, Any]]:
    known = {"sheet": _("正文"), "history": _("经过")}
    return [
        {"label": label, "url": f"?tab={key}", "count": None, "active": key == active} for key, label in known.items()
    ]


class Register(OperationPage):
    """A draft of this theme, by an officer. A subclass names ``model`` and ``verb``."""

    noun = None
    plural = ""

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers draft."""
        if not officer(self.request.user, None):
            raise Forbidden(f"{self.plural}.register.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; who gives up goes back to the list."""
        return super().show(form, subject, status, **({"cancel": reverse(f"{self.plural}-list")} | more))


class HandOver(OperationPage):
    """移送: who hands a paper over may lose sight of it by that, and is led to the list."""

    def target(self, made: Any, subject: Any) -> str:
        """Return the paper's page, or the list where it is not seen any more."""
        if self.visible().filter(pk=made.pk).exists():
            return super().target(made, subject)
        return reverse(f"{self.noun.name}-list")  # type: ignore[union-attr]


class LinkedEvidence(VisiblePage):
    """A piece of a task's evidence that a paper rests on, for whoever reads the paper."""

    def get(self, request: HttpRequest, pk: int, key: int) -> FileResponse:
        """Hand it out. Refused: NotVisible."""
        file = Evidence._base_manager.filter(pk__in=self.find(pk).evidence.values("pk")).filter(pk=key).first()
        if file is None:
            raise NotVisible("not_found", _("没有找到。"))
        return serve(file)


class ExhibitFile(VisiblePage):
    """A file of a paper."""

    model = Exhibit

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out. Refused: NotVisible; Conflict("file.damaged") where its bytes are not those handed in."""
        return serve(self.find(pk))


# ------------------------------------------------------------------------------------------------ events in words

TITLES: Final = {
    "create": T("拟稿"),
    "statement.ask": T("告知事实，听取说明"),
    "exhibit.add": T("上传附证"),
    "follow": T("随机构调整"),
}
SAID: Final = ("number", "receiver", "comment", "reason")
LEFT_OUT: Final = (*(f"{noun.name}.prove" for noun in verbs.NOUNS), "accountability.ask_statement")
"""Told by another event of the same deed."""


def timeline(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the events of a paper in words, by the labels of its tables."""
    return [_told(event) for event in events if event.kind not in LEFT_OUT]


def _told(event: Event) -> dict[str, Any]:
    noun, _dot, verb = event.kind.partition(".")
    return {
        "title": _title(event.kind, noun, verb),
        "at": event.at,
        "by": presenters.who(event),
        "text": event.subject_label if noun == "exhibit" else _said(event.detail),
        "icon": _icon(noun, verb),
        "tone": {"send_back": "red", "withdraw": "grey", "approve": "green", "answer": "green"}.get(verb, "blue"),
    }


def _said(detail: dict[str, Any]) -> str:
    words = [str(detail[name]) for name in SAID if detail.get(name)]
    words += [str(Adoption(detail["adoption"]).label)] if detail.get("adoption") in Adoption.values else []
    return "，".join(words)


def _title(kind: str, noun: str, verb: str) -> Text:
    known = TITLES.get(kind) or TITLES.get(verb)
    return known or next(table.lifecycle.label(verb) for table in verbs.NOUNS if table.name == noun)


def _icon(noun: str, verb: str) -> str:
    found = (v.icon for table in verbs.NOUNS if table.name == noun for v in table.verbs if v.name == verb)
    return next(found, "file-plus")
