"""通报: the list, the page of one with its figures and the units it names, and what a named unit is shown."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision import figures, wording
from supervision.actors.informing import reads_content, reads_inside
from supervision.filters.informing import BulletinFilter, MentionFilter
from supervision.models import Bulletin, Mention, Receipt
from supervision.models.bulletin import SECTIONS
from supervision.operations.mentions import BEING_WRITTEN
from supervision.pages.chips import chips
from supervision.pages.sections import waiting
from supervision.presenters import turns
from supervision.presenters.informing import OUTWARD, PRESENTED
from supervision.states.informing import BulletinState, MentionState, ReceiptState
from supervision.verbs import informing as verbs
from tasks import shown
from tasks.actors import officer
from tasks.presenters import timeline
from workflow.doors.pages import ListPage, OperationPage, VisiblePage, pages_of
from workflow.models import Event
from workflow.refusal import Forbidden

LEDGER: Final = {
    "": gettext_lazy("全部"),
    figures.ON_TIME: gettext_lazy("按期办结"),
    figures.LATE: gettext_lazy("逾期办结"),
    figures.RUNNING: gettext_lazy("正在办理"),
    figures.OPEN_LATE: gettext_lazy("逾期未办结"),
    figures.ENDED_UNDONE: gettext_lazy("终止"),
}
"""What became of a task, as the ledger names it."""


def _number(model: Any, narrower: Q | None = None) -> Any:
    rows = model.objects.filter(narrower or Q(), bulletin=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("bulletin").annotate(n=Count("pk")).values("n")), 0)


RECEIVED: Final = Q(state=ReceiptState.RECEIVED)


class BulletinList(ListPage):
    """The bulletins that the person may see, newest first."""

    model = Bulletin
    filter_class = BulletinFilter
    rows_name = "bulletins"
    template_name = "supervision/bulletin/list.html"
    fragment_name = "supervision/bulletin/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return them with how many copies went out and came home."""
        return super().visible().annotate(n_sent=_number(Receipt), n_received=_number(Receipt, RECEIVED))  # type: ignore[no-any-return]

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips."""
        for row in shown_rows:
            row.inside = reads_inside(self.request.user, row)
        seen = Bulletin.objects.visible_to(self.request.user)
        facets, count = chips(self.request, BulletinFilter, seen, {"state": (_("状态"), BulletinState)})
        return {
            "facets": [waiting(self.request), *facets],
            "count": count,
            "may_draft": officer(self.request.user, None),
        }


class BulletinDetail(VisiblePage):
    """One bulletin: the paper as it reads, the units it names, receipts, the ledger behind its numbers."""

    model = Bulletin

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with figures and numbers of copies."""
        rows = self.model.objects.visible_to(self.request.user).select_related(
            "organiser", "drafted_by", "approved_by", "withdrawn_by"
        )
        return rows.annotate(n_sent=_number(Receipt), n_received=_number(Receipt, RECEIVED))  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: four statements at most, whatever tab is open."""
        bulletin = self.find(pk)
        inside = reads_inside(request.user, bulletin)
        offered = {"text": self._text, "ledger": self._ledger, "receipts": self._receipts, "history": self._history}
        key = request.GET.get("tab", "text")
        if not inside or key not in offered:
            key = "text"
        context = {
            "bulletin": bulletin,
            "turn": turns.of(bulletin),
            "inside": inside,
            "content": reads_content(request.user, bulletin),
            "verbs": shown.verbs(verbs.BULLETIN, bulletin, request.user),
            "receipt": None if inside else self._own(bulletin),
            "tabs": self._tabs(bulletin, key) if inside else [],
            "tab": key,
        } | offered[key](bulletin)
        return render(request, "supervision/bulletin/detail.html", context)

    def _own(self, bulletin: Any) -> dict[str, Any] | None:
        """Return the own unit's copy with its verb."""
        user: Any = self.request.user
        copies = Receipt.objects.visible_to(user).filter(bulletin=bulletin, department=user.department)
        copy = copies.select_related("department").first() if bulletin.state == BulletinState.ISSUED else None
        if copy is None:
            return None
        copy.bulletin = bulletin
        return {"copy": copy, "verbs": shown.verbs(verbs.RECEIPT, copy, user)}

    def _text(self, bulletin: Any) -> dict[str, Any]:
        named = (
            Mention.objects.filter(bulletin=bulletin)
            .with_sight(self.request.user)
            .select_related("department", "task", "answered_by", "decided_by")
        )
        mentions = list(named.order_by("pk"))
        for mention in mentions:
            mention.bulletin = bulletin
        bulletin._prefetched_objects_cache = {"mentions": mentions}
        labels = {field.name: field.verbose_name for field in Bulletin._meta.fields if field.name in SECTIONS}
        inside = reads_inside(self.request.user, bulletin)
        back = bulletin.get_absolute_url()
        return {
            "sections": [(labels[name], getattr(bulletin, name)) for name in SECTIONS if getattr(bulletin, name)],
            "passages": wording.passages(bulletin),
            "tables": _linked(bulletin.snapshot["tables"]) if inside else bulletin.snapshot["tables"],
            "mentions": [(row, _doors(row, self.request.user, back)) for row in mentions] if inside else [],
            "warnings": wording.warnings(bulletin) if inside else [],
        }

    def _ledger(self, bulletin: Any) -> dict[str, Any]:
        """Return the rows behind the numbers, as they were frozen."""
        asked = self.request.GET
        was = asked.get("was", "") if asked.get("was", "") in LEDGER else ""
        unit = int(asked["unit"]) if asked.get("unit", "").isdecimal() else None
        rows = figures.counted(bulletin.snapshot, was, unit)
        outcomes = Counter(row["was"] for row in figures.counted(bulletin.snapshot, "", unit))
        units = Counter((row["unit"], row["name"]) for row in figures.counted(bulletin.snapshot, was))
        return {
            "ledger": [row | {"word": LEDGER[row["was"]]} for row in rows],
            "outcomes": [
                _chip(label, outcomes[key] if key else outcomes.total(), key == was, was=key, unit=unit)
                for key, label in LEDGER.items()
            ],
            "units": [
                _chip(_("全部"), units.total(), unit is None, was=was),
                *(_chip(name, number, key == unit, was=was, unit=key) for (key, name), number in units.items()),
            ],
        }

    def _receipts(self, bulletin: Any) -> dict[str, Any]:
        rows = Receipt.objects.filter(bulletin=bulletin).annotate(unit=F("department__name"), by=F("received_by__name"))
        return {"receipts": rows.order_by("department__path", "pk")}

    def _history(self, bulletin: Any) -> dict[str, Any]:
        return {"events": timeline(Event.objects.of(bulletin.stream).reverse(), PRESENTED)}

    def _tabs(self, bulletin: Any, active: str) -> list[dict[str, Any]]:
        known = {
            "text": (_("通报"), None),
            "ledger": (_("数据台账"), len(bulletin.snapshot["ledgers"]["tasks"])),
            "receipts": (_("主送和签收"), bulletin.n_sent),
            "history": (_("经过"), None),
        }
        return [
            {"label": label, "count": count, "url": f"?tab={key}", "active": key == active}
            for key, (label, count) in known.items()
        ]


def _chip(label: Any, count: int, active: bool, **query: Any) -> dict[str, Any]:
    """Return a chip over the ledger; what is empty in the query is left out."""
    return {"label": label, "count": count, "active": active, "url": _ledger_url(**query)}


def _ledger_url(**query: Any) -> str:
    """Return the address of the ledger's rows that fit; what is empty in the query is left out."""
    return "?" + urlencode({"tab": "ledger"} | {name: value for name, value in query.items() if value})


COUNTED: Final = ("", None, figures.ON_TIME, figures.LATE, figures.RUNNING, figures.OPEN_LATE, figures.ENDED_UNDONE)
"""The ledger's filter behind each column of the tasks by unit; the sum of two outcomes has none."""


def _linked(tables: list[Any]) -> list[Any]:
    """Return the tables of a snapshot, in the one of tasks by unit each number with the ledger rows that it counts."""
    return [table | _with_links(table) if table["key"] == "units" else table for table in tables]


def _with_links(table: Any) -> dict[str, Any]:
    keys, rows = (*table["keys"], None), (*table["rows"], table["sum"])
    linked = [[row[0], *_cells(row[1:], key)] for key, row in zip(keys, rows, strict=True)]
    return {"rows": linked[:-1], "sum": linked[-1]}


def _cells(cells: list[Any], unit: int | None) -> list[Any]:
    wheres = [*COUNTED, *(None for _cell in cells[len(COUNTED) :])]
    return [
        {"text": cell, "url": _ledger_url(was=where, unit=unit)} if cell and where is not None else cell
        for cell, where in zip(cells, wheres, strict=True)
    ]


class DraftBulletin(OperationPage):
    """起草通报."""

    model = Bulletin
    verb = verbs.DRAFT_BULLETIN
    title = gettext_lazy("起草通报")
    done = gettext_lazy("已按当前数据拟稿。核对正文和点名后，征求意见或提请批准。")

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers draft."""
        if not officer(self.request.user, None):
            raise Forbidden("bulletin.draft.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; who gives up goes back to the list."""
        return super().show(form, subject, status, **({"cancel": reverse("bulletin-list")} | more))


# ------------------------------------------------------------------------------------------------ mentions


def _doors(mention: Any, user: Any, back: str = "") -> Any:
    """Return the doors of a mention while its bulletin is being written; afterwards none: they would only refuse."""
    if mention.bulletin.state not in BEING_WRITTEN:
        return None
    return shown.verbs(verbs.MENTION, mention, user, back)


class MentionList(ListPage):
    """The passages about which the person's unit was asked, and for the office all of them."""

    model = Mention
    filter_class = MentionFilter
    rows_name = "mentions"
    template_name = "supervision/mention/list.html"
    fragment_name = "supervision/mention/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return them with whether the person sees the task."""
        return super().visible().with_sight(self.request.user)  # type: ignore[attr-defined, no-any-return]

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips."""
        seen = Mention.objects.visible_to(self.request.user)
        facets, count = chips(self.request, MentionFilter, seen, {"state": (_("状态"), MentionState)})
        return {"facets": [waiting(self.request), *facets], "count": count}


class MentionDetail(VisiblePage):
    """What names one unit, with the unit's own line of the figures, and its answer."""

    model = Mention

    def visible(self) -> QuerySet[Any]:
        """Return the visible ones with the figures, and whether the person sees the task."""
        rows = self.model.objects.visible_to(self.request.user).with_sight(self.request.user)
        return rows.select_related("bulletin__organiser", "department", "task", "answered_by", "decided_by")  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it: three statements."""
        mention = self.find(pk)
        until = mention.bulletin.answer_until
        inside, events = reads_inside(request.user, mention.bulletin), Event.objects.about(mention)
        if not inside:
            events = events.filter(kind__in=OUTWARD)
        context = {
            "mention": mention,
            "turn": turns.of(mention) if mention.bulletin.state in BEING_WRITTEN else None,
            "verbs": _doors(mention, request.user),
            "inside": inside,
            "tables": figures.lines_of(mention.bulletin.snapshot, mention.department_id),
            "open": mention.state == MentionState.ASKED and until is not None and timezone.now() < until,
            "events": timeline(events.reverse(), PRESENTED),
        }
        return render(request, "supervision/mention/detail.html", context)


urlpatterns = [
    path("bulletins/", BulletinList.as_view(), name="bulletin-list"),
    path("bulletins/new/", DraftBulletin.as_view(), name="bulletin-new"),
    path("bulletins/<int:pk>/", BulletinDetail.as_view(), name="bulletin-detail"),
    path("mentions/", MentionList.as_view(), name="mention-list"),
    path("mentions/<int:pk>/", MentionDetail.as_view(), name="mention-detail"),
    *pages_of(verbs.BULLETIN),
    *pages_of(verbs.MENTION),
    *pages_of(verbs.RECEIPT),
]
