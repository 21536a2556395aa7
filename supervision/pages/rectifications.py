"""整改清单: the list with its clock, and the page of one item with its claims and their checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision import clocks
from supervision.filters.correcting import RectificationFilter
from supervision.models import Claim, Rectification, Voucher
from supervision.pages import item_parts
from supervision.pages.sections import chips, waiting
from supervision.presenters import turns
from supervision.states.correcting import RectificationState
from supervision.verbs import correcting as verbs
from tasks import shown
from workflow.doors.files import serve
from workflow.doors.pages import ListPage, VisiblePage, pages_of


def with_light(item: Any) -> Any:
    """Give an item its light, as components/_light.html draws it."""
    told = clocks.told(item, timezone.localdate())
    item.light = shown.look(told["meaning"]) | {"word": told["word"], "reason": told["reason"]}
    return item


def with_faces(items: Iterable[Any], user: Any, back: str = "") -> list[dict[str, Any]]:
    """Return the items with their light and their verbs."""
    return [{"item": with_light(item), "verbs": shown.verbs(verbs.RECTIFICATION, item, user, back)} for item in items]


class RectificationList(ListPage):
    """The items that the person may see, the next due first."""

    model = Rectification
    filter_class = RectificationFilter
    rows_name = "items"
    order = ("due_on", "pk")
    template_name = "supervision/rectification/list.html"
    fragment_name = "supervision/rectification/_list.html"

    def more(self, found: QuerySet[Any], shown_rows: list[Any]) -> dict[str, Any]:
        """Add the chips and the light of each."""
        for row in shown_rows:
            with_light(row)
        rows = [
            waiting(self.request),
            chips(self.request, "state", _("状态"), RectificationState.choices),
            chips(self.request, "overdue", _("期限"), [("1", _("逾期"))]),
        ]
        return {"facets": rows, "section": "rectifications"}


class RectificationDetail(VisiblePage):
    """An item: what is demanded, what was done and shown, what the verifier found, what more time was asked for."""

    model = Rectification

    def visible(self) -> QuerySet[Any]:
        """Add who ordered it."""
        return super().visible().select_related("ordered_by")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        item = with_light(self.find(pk))
        claims = Claim.objects.filter(rectification=item).order_by("-pk")
        context = {
            "item": item,
            "turn": turns.of(item),
            "verbs": shown.verbs(verbs.RECTIFICATION, item, request.user),
            "claims": claims.select_related("claimed_by", "verified_by", "correction"),
        }
        return render(request, "supervision/rectification/detail.html", context | item_parts.of(item))


class VoucherFile(VisiblePage):
    """A file of an item."""

    model: Any = Voucher

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out. Refused: NotVisible; Conflict("file.damaged") where its bytes are not those handed in."""
        return serve(self.find(pk))


urlpatterns = [
    path("rectifications/", RectificationList.as_view(), name="rectification-list"),
    path("rectifications/<int:pk>/", RectificationDetail.as_view(), name="rectification-detail"),
    path("vouchers/<int:pk>/file/", VoucherFile.as_view(), name="voucher-file"),
    *pages_of(verbs.RECTIFICATION),
]
