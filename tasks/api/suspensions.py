"""``/api/v1/suspensions/``: requests to stop the clock. ``POST`` is the same as the task's ``suspend``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from tasks import verbs
from tasks.api.common import STANDING, TIMED, Standing, TaskBrief, Timed, with_task_light
from tasks.filters import SuspensionFilter
from tasks.models import Suspension
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class SuspensionSerializer(Standing, Timed, serializers.ModelSerializer[Suspension]):
    """A request to stop the clock."""

    table = verbs.SUSPENSION
    task = TaskBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    requested_by = NameSerializer(read_only=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Suspension
        fields = (
            "id", "task", "department", "cause", "waiting_on", "proof", "requested_by", "decided_by", "decided_at",
            "comment", "review_on", "started_on", "ended_on", "workdays", *STANDING, *TIMED, "created_at",
        )  # fmt: skip


@with_creation(Creation(verbs.TASK.verb("suspend"), verbs.TASK, "task"))
@with_verbs(verbs.SUSPENSION)
class SuspensionSet(VerbSet):
    """Suspensions of visible tasks, as far as the caller sees the unit's part."""

    model = Suspension
    filter_class = SuspensionFilter
    serializer_class = SuspensionSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it, and the light of the task."""
        return with_task_light(super().get_queryset().select_related("requested_by", "decided_by"))
