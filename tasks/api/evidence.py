"""``/api/v1/evidence/``: files that prove something. Upload only; ``POST`` is the same as the task's ``prove``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from organization.api.serializers import NameSerializer, UnitSerializer
from tasks import verbs
from tasks.api.attachments import download
from tasks.api.common import TIMED, TaskBrief, Timed, with_task_light
from tasks.filters import EvidenceFilter
from tasks.models import Evidence
from workflow.doors.api import Creation, VerbSet, found, with_creation
from workflow.doors.files import serve

STORED = "stored"


class EvidenceSerializer(Timed, serializers.ModelSerializer[Evidence]):
    """A file that proves something: what it is, never where it lies. It never changes, so its state is always one."""

    state = serializers.SerializerMethodField(help_text="总是 stored：只增不改")
    state_label = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text="总是空：佐证材料不能修改或删除")
    version = serializers.SerializerMethodField(help_text="总是 1")
    task = TaskBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    uploaded_by = NameSerializer(read_only=True)
    report = serializers.IntegerField(source="report_id", read_only=True, allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            "id", "task", "report", "department", "department_name", "uploaded_by", "name", "content_type", "size",
            "sha256", "evidence_on", "note", "uploaded_at", "state", "state_label", "steps", "version", *TIMED,
        )  # fmt: skip

    def get_state(self, evidence: Evidence) -> str:
        """Return the one state."""
        return STORED

    def get_state_label(self, evidence: Evidence) -> str:
        """Return the one state in words."""
        return _("已归集")

    def get_steps(self, evidence: Evidence) -> list[str]:
        """Return nothing: it is never changed."""
        return []

    def get_version(self, evidence: Evidence) -> int:
        """Return the only version."""
        return 1


@with_creation(Creation(verbs.TASK.verb("prove"), verbs.TASK, "task"))
class EvidenceSet(VerbSet):
    """Evidence: a co-unit sees its own, the lead and the offices above see all."""

    noun = "evidence"
    model = Evidence
    filter_class = EvidenceFilter
    serializer_class = EvidenceSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who uploaded it, and the light of the task."""
        return with_task_light(super().get_queryset().select_related("uploaded_by"))

    @download("evidence")
    @action(detail=True, methods=["get"], url_path="file", url_name="file")
    def file(self, request: Request, pk: str) -> FileResponse:
        """Hand out the file as a download, after its digest was taken anew."""
        return serve(found(self.visible(), pk))
