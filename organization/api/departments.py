"""``/api/v1/departments/``: the directory of units."""

from __future__ import annotations

from rest_framework.permissions import IsAuthenticated

from organization.api.serializers import DepartmentSerializer
from organization.filters import DepartmentFilter
from organization.models import Department
from organization.permissions import HasScope
from workflow.doors.api import NounSet


class DepartmentSet(NounSet):
    """Units that exist today (``ended=1``: also those that have ended), in the order of the tree."""

    noun = "departments"
    model = Department
    order = ("path",)
    filter_class = DepartmentFilter
    serializer_class = DepartmentSerializer
    permission_classes = [IsAuthenticated, HasScope]
