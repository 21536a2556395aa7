"""督查机构设置 under 系统, and 编号核查: which numbers of a year no standing paper bears."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy

from organization.models import Department
from organization.pages.base import AdminOperation, KeepersOnly
from organization.states import Role
from tasks import shown, verbs
from tasks.actors import gap_reader
from tasks.models import Office
from tasks.operations import gaps
from tasks.operations.numbering import COMMON_MARK
from workflow.doors.pages import ListPage, SignedIn, pages_of
from workflow.refusal import Forbidden

SYSTEM_ADMIN = (Role.SYSTEM_ADMIN,)


class OfficeList(KeepersOnly, ListPage):
    """The supervision offices: each with its word in numbers and its lights."""

    keepers = SYSTEM_ADMIN
    model = Department
    order = ("path",)
    rows_name = "offices"
    template_name = "tasks/office/list.html"
    fragment_name = "tasks/office/_list.html"

    def visible(self) -> QuerySet[Any]:
        """Return the offices in use with what is set for each; None where nothing is."""
        settings = Office.objects.visible_to(self.request.user).filter(department=OuterRef("pk"))
        rows = Department.objects.visible_to(self.request.user).current().filter(is_office=True)
        told = {name: Subquery(settings.values(column)[:1]) for name, column in COLUMNS.items()}
        return rows.for_list().annotate(**told)  # type: ignore[no-any-return]

    def more(self, rows: QuerySet[Any], found: list[Any]) -> dict[str, Any]:
        """Draw the lights of each as they look there."""
        for office in found:
            office.looks = [{"label": light.label} | shown.look(light, office.scheme) for light in shown.ORDER]
        return {"common": COMMON_MARK}


COLUMNS = {"settings": "pk", "mark": "mark", "scheme": "lights"}


class SetUpOffice(AdminOperation):
    """Settings for an office that has none."""

    keepers = SYSTEM_ADMIN
    model = Office
    verb = verbs.SET_UP_OFFICE
    title = gettext_lazy("设置督查机构")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form with the office that was clicked."""
        wanted = request.GET.get("department", "")
        initial = {"department": wanted} if wanted.isdecimal() else {}
        return self.show(self.verb.form(user=request.user, initial=initial), None)


class Numbers(SignedIn):
    """编号核查: the gaps of a year, of the officer's own office or of those of the leader's government."""

    def get(self, request: Any) -> HttpResponse:
        """Show them. Refused: Forbidden to everybody else."""
        offices = gaps.readable(request.user)
        if not offices:
            raise Forbidden("office.gaps.forbidden", gap_reader.reason)
        this, asked = timezone.localdate().year, request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else this
        found = gaps.found_in(offices, year)
        rows = [(office, found[office.pk]) for office in offices]
        return render(
            request, "tasks/office/numbers.html", {"offices": rows, "year": year, "last": year - 1, "this": this}
        )


urlpatterns = [
    path("system/offices/", OfficeList.as_view(), name="office-list"),
    path("system/offices/set_up/", SetUpOffice.as_view(), name="office-set_up"),
    path("numbers/", Numbers.as_view(), name="number-gaps"),
    *pages_of(verbs.OFFICE),
]
