"""``/api/v1/events/``: what happened. Nothing is ever changed here, so it is also what other systems follow."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from organization.states import Role
from tasks.filters import Day, Filters, Key
from tasks.models import Directive, Task
from tasks.querysets import events_visible_to
from workflow.doors.api import NounSet
from workflow.models import Event

CONTENT = ("subject_label", "detail")
"""What tells of the matter itself: administrators read who did what and when, never this (reliability.md 5.2)."""


class EventSerializer(serializers.ModelSerializer[Event]):
    """One deed: who, in which post and unit, for whom, did what to which thing, and its place in the chain."""

    actor = serializers.IntegerField(source="actor_id", read_only=True, allow_null=True)
    detail = serializers.DictField(read_only=True)

    class Meta:
        model = Event
        fields = (
            "id", "stream", "seq", "kind", "subject_type", "subject_id", "subject_label", "old_state", "new_state",
            "actor", "actor_name", "post_label", "unit_id", "unit_name", "behalf_name", "at", "detail", "request_id",
            "alg", "prev", "hash",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, event: Event) -> dict[str, Any]:
        """Show the deed; to the audit administrator without its content."""
        shown: dict[str, Any] = super().to_representation(event)
        if self.context["request"].user.role == Role.AUDITOR:
            shown |= {"subject_label": "", "detail": {}}
        return shown


class EventFilter(Filters):
    """Events: by chain, subject, kind, actor, unit and day."""

    stream = filters.CharFilter(field_name="stream", max_length=64, label=_("链，例如 task:12"))
    task = Key("task", method="of_task", label=_("任务"))
    kind = filters.CharFilter(field_name="kind", max_length=48, label=_("种类，例如 task.assign"))
    subject_type = filters.CharFilter(field_name="subject_type", max_length=32, label=_("对象种类"))
    subject_id = Key("subject_id", label=_("对象编号"))
    actor = Key("actor", label=_("办理人"))
    unit = Key("unit_id", label=_("办理单位"))
    at_from = Day("at__date", "gte", label=_("日期起"))
    at_to = Day("at__date", "lte", label=_("日期止"))

    class Meta:
        model = Event
        fields: list[str] = []

    def of_task(self, rows: Any, name: str, value: int) -> Any:
        """Keep the chain of the task."""
        return rows.filter(stream=f"task:{value}")


class EventSet(NounSet):
    """Deeds about visible tasks and directives; all of them, without content, for the audit administrator."""

    noun = "events"
    model = Event
    filter_class = EventFilter
    serializer_class = EventSerializer
    orders = {"-id": ("-pk",), "id": ("pk",)}

    def visible(self) -> QuerySet[Any]:
        """Begin with what the caller may see."""
        return events_visible_to(self.request.user, Task.objects, Directive.objects)

    def get_queryset(self) -> QuerySet[Any]:
        """Return what the list shows."""
        return self.visible()
