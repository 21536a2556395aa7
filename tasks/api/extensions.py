"""``/api/v1/extensions/``: requests for more time. ``POST`` is the same as the task's ``extend``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from tasks import verbs
from tasks.api.common import STANDING, TIMED, Standing, TaskBrief, Timed, with_task_light
from tasks.filters import ExtensionFilter
from tasks.models import Extension
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class ExtensionSerializer(Standing, Timed, serializers.ModelSerializer[Extension]):
    """A request for more time, from the unit's head to the leader."""

    table = verbs.EXTENSION
    task = TaskBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    requested_by = NameSerializer(read_only=True)
    signed_by = NameSerializer(read_only=True, allow_null=True)
    checked_by = NameSerializer(read_only=True, allow_null=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Extension
        fields = (
            "id", "task", "department", "reason", "progress", "due_before", "requested_on", "granted_on",
            "requested_by", "signed_by", "checked_by", "decided_by", "decided_at", "comment", *STANDING, *TIMED,
            "created_at",
        )  # fmt: skip


@with_creation(Creation(verbs.TASK.verb("extend"), verbs.TASK, "task"))
@with_verbs(verbs.EXTENSION)
class ExtensionSet(VerbSet):
    """Extensions of visible tasks, as far as the caller sees the unit's part."""

    model = Extension
    filter_class = ExtensionFilter
    serializer_class = ExtensionSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it, and the light of the task."""
        handled = super().get_queryset().select_related("requested_by", "signed_by", "checked_by", "decided_by")
        return with_task_light(handled)
