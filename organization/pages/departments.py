"""单位: the directory for everybody, and its upkeep for the system administrator."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from organization import verbs
from organization.filters import DepartmentFilter
from organization.models import Department, Post
from organization.pages.base import AdminOperation, KeepersOnly, open_buttons, operation
from organization.states import Role
from workflow.doors.pages import ListPage, VisiblePage

SYSTEM_ADMIN = (Role.SYSTEM_ADMIN,)


class DepartmentList(ListPage):
    """The directory: units in the order of the tree."""

    model = Department
    filter_class = DepartmentFilter
    order = ("path",)
    rows_name = "departments"
    template_name = "organization/department/list.html"
    fragment_name = "organization/department/_list.html"


class DepartmentDetail(VisiblePage):
    """A unit: what it is, where it stands, who serves there. Other rooms add what it owes as fragments."""

    model = Department

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the unit; three queries beside the session's."""
        unit = self.find(pk)
        relatives = list(self.visible().filter(Q(path__in=unit.ancestor_paths()) | Q(parent=unit)).order_by("path"))
        context = {
            "department": unit,
            "ancestors": [one for one in relatives if one.parent_id != unit.pk],
            "children": [one for one in relatives if one.parent_id == unit.pk and one.is_current()],
            "posts": Post.objects.visible_to(request.user).standing().of_people().filter(department=unit).for_list(),
            "verbs": open_buttons(verbs.DEPARTMENT, unit, request.user),
        }
        return render(request, "organization/department/detail.html", context)


class DepartmentHistory(VisiblePage):
    """The names a unit has borne, and the units it succeeded; a fragment with a page of its own."""

    model = Department

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the history."""
        unit = self.find(pk)
        context = {"department": unit, "names": unit.names.all(), "predecessors": unit.predecessors.all()}
        return render(request, "organization/department/history.html", context)


class UnitList(KeepersOnly, DepartmentList):
    """机构: the same units as their keeper looks at them."""

    keepers = SYSTEM_ADMIN
    template_name = "organization/department/admin.html"
    fragment_name = "organization/department/_admin.html"


class CreateDepartment(AdminOperation):
    """A new unit."""

    keepers = SYSTEM_ADMIN
    model = Department
    verb = verbs.CREATE_DEPARTMENT
    title = _("新建单位")


urlpatterns = [
    path("departments/", DepartmentList.as_view(), name="department-list"),
    path("departments/create/", CreateDepartment.as_view(), name="department-create"),
    path("departments/<int:pk>/", DepartmentDetail.as_view(), name="department-detail"),
    path("departments/<int:pk>/history/", DepartmentHistory.as_view(), name="department-history"),
    path("system/units/", UnitList.as_view(), name="unit-list"),
    *(operation(verbs.DEPARTMENT, verb.name, AdminOperation, keepers=SYSTEM_ADMIN) for verb in verbs.DEPARTMENT.verbs),
]
