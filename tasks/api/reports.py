"""``/api/v1/reports/``: progress as the units tell it. ``POST`` is the same as the task's ``report``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from tasks import verbs
from tasks.api.common import STANDING, TIMED, Standing, TaskBrief, Timed, with_task_light
from tasks.filters import ReportFilter
from tasks.models import Report
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class ReportSerializer(Standing, Timed, serializers.ModelSerializer[Report]):
    """A progress report."""

    table = verbs.REPORT
    task = TaskBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    author = NameSerializer(read_only=True)
    reviewed_by = NameSerializer(read_only=True, allow_null=True)
    files = serializers.IntegerField(read_only=True, help_text="所附佐证材料件数")

    class Meta:
        model = Report
        fields = (
            "id", "task", "department", "department_name", "author", "unchanged", "done", "effect", "problem", "cause",
            "help_needed", "next_step", "percent", "files", "reviewed_by", "reviewed_at", "comment", *STANDING, *TIMED,
            "created_at",
        )  # fmt: skip


@with_creation(Creation(verbs.TASK.verb("report"), verbs.TASK, "task"))
@with_verbs(verbs.REPORT)
class ReportSet(VerbSet):
    """Reports: a co-unit sees its own, the lead and the offices above see all."""

    model = Report
    filter_class = ReportFilter
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who wrote and who read it, and the light of the task."""
        return with_task_light(super().get_queryset().select_related("author", "reviewed_by"))
