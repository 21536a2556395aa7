"""``/api/v1/assignments/``: who shares in which task, and how each unit signed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import UnitSerializer
from tasks import verbs
from tasks.api.common import STANDING, TIMED, Standing, TaskBrief, Timed, with_task_light
from tasks.filters import AssignmentFilter
from tasks.models import Assignment
from workflow.doors.api import VerbSet, with_verbs

OWN = (
    "id", "department", "department_name", "part", "group", "sign_by", "decline_by", "signed_at", "declined_at",
    "reason",
)  # fmt: skip


class ShareSerializer(Standing, serializers.ModelSerializer[Assignment]):
    """A unit's share, within its task."""

    table = verbs.ASSIGNMENT
    department = UnitSerializer(read_only=True)

    class Meta:
        model = Assignment
        fields = (*OWN, *STANDING)


class AssignmentSerializer(Timed, ShareSerializer):
    """A unit's share, by itself."""

    task = TaskBrief(read_only=True)

    class Meta:
        model = Assignment
        fields = (*OWN, "task", *STANDING, *TIMED, "created_at")


@with_verbs(verbs.ASSIGNMENT)
class AssignmentSet(VerbSet):
    """Shares of visible tasks."""

    model = Assignment
    filter_class = AssignmentFilter
    serializer_class = AssignmentSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add the light of the task."""
        return with_task_light(super().get_queryset())
