"""``/api/v1/notices/``: 催办函, 督办单, 约谈. ``POST`` drafts one about a task."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.workdays import calendar_of
from supervision.api.papers import with_paper
from supervision.filters.informing import NoticeFilter
from supervision.models import Notice
from supervision.states.informing import UNANSWERED
from supervision.verbs import informing as verbs
from tasks.api.common import STANDING, LightSerializer, Standing, Tasked, light_of, with_task_seen
from tasks.states import Light
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class NoticeSerializer(Standing, Tasked, serializers.ModelSerializer[Notice]):
    """A notice. Its clock is its own: ``answer_due_on`` is until when the unit answers."""

    table = verbs.NOTICE
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    colour_label = serializers.CharField(source="get_colour_display", read_only=True)
    ground_label = serializers.CharField(source="get_ground_display", read_only=True)
    organiser = UnitSerializer(read_only=True)
    department = UnitSerializer(read_only=True)
    drafted_by = NameSerializer(read_only=True, allow_null=True, help_text="空：系统拟稿")
    approved_by = NameSerializer(read_only=True, allow_null=True)
    issued_by = NameSerializer(read_only=True, allow_null=True)
    received_by = NameSerializer(read_only=True, allow_null=True)
    answered_by = NameSerializer(read_only=True, allow_null=True)
    light = serializers.SerializerMethodField(help_text="灯：答复时限自己的钟")

    class Meta:
        model = Notice
        fields = (
            "id", "number", "kind", "kind_label", "colour", "colour_label", "task", "organiser", "department",
            "department_name", "ground", "ground_label", "workdays_late", "repeats", "returns", "text",
            "answer_due_on", "skip_reason", "drafted_by", "approved_by", "approved_at", "issued_by", "issued_at",
            "received_by", "received_at", "answer", "answered_by", "answered_at", "held_on", "attended", "minutes",
            "commitments", "withdrawn_reason", *STANDING, "light", "created_at",
        )  # fmt: skip

    @extend_schema_field(LightSerializer(allow_null=True))
    def get_light(self, notice: Any) -> dict[str, str] | None:
        """Return the light of the answer's own clock; None while nobody owes one."""
        if notice.state not in UNANSWERED:
            return None
        today = timezone.localdate()
        late = (today - notice.answer_due_on).days
        if late > 0:
            return light_of(Light.OVERDUE, ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", late) % {"days": late})
        left = calendar_of(notice.department).between(today, notice.answer_due_on)
        said = ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", left) % {"days": left}
        return light_of(Light.ON_TRACK, said)


@with_paper
@with_creation(Creation(verbs.DRAFT_NOTICE))
@with_verbs(verbs.NOTICE)
class NoticeSet(VerbSet):
    """Notices: the office's own, a leader's government's, and what was sent to the caller's unit."""

    model = Notice
    filter_class = NoticeFilter
    serializer_class = NoticeSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it, and whether the caller sees the task."""
        return with_task_seen(super().get_queryset().select_related("issued_by", "received_by"), self.request.user)
