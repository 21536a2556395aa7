"""What the nouns of this room show alike at the REST door: where they stand, what the clock says, who may do what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tasks import lights, models
from tasks.states import Light
from workflow.doors.verbs import Noun


class LightSerializer(serializers.Serializer[Any]):
    """The light: what it means, its word, and why."""

    meaning = serializers.ChoiceField(choices=Light.choices)
    word = serializers.CharField()
    reason = serializers.CharField(help_text="为什么是这个灯，例如“逾期 4 天”")


class TaskBrief(serializers.ModelSerializer[models.Task]):
    """A task where another thing names it."""

    class Meta:
        model = models.Task
        fields = ("id", "number", "matter", "state")


class SeenTask(TaskBrief):
    """A task where another thing names it to somebody who may not see the task itself."""

    class Meta(TaskBrief.Meta):
        extra_kwargs = {"matter": {"allow_null": True}, "state": {"allow_null": True}}


class Tasked(serializers.Serializer[Any]):
    """What names its task also to who does not see it: ``unseen`` is null to him. The row brings ``task_seen``."""

    unseen: ClassVar[tuple[str, ...]] = ("state",)

    task = serializers.SerializerMethodField(help_text="任务；调用者看不到任务时，不宜告知的各项为 null")

    @extend_schema_field(SeenTask(allow_null=True))
    def get_task(self, thing: Any) -> dict[str, Any] | None:
        """Return the task as far as it is told to the caller."""
        if thing.task_id is None:
            return None
        told = SeenTask(thing.task).data
        return told if thing.task_seen else told | dict.fromkeys(self.unseen)


def with_task_seen(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Add ``task_seen``: whether the user sees the task that the row names."""
    return rows.annotate(task_seen=Exists(models.Task.objects.visible_to(user).filter(pk=OuterRef("task"))))


class DirectiveBrief(serializers.ModelSerializer[models.Directive]):
    """A directive where another thing names it."""

    class Meta:
        model = models.Directive
        fields = ("id", "number", "title", "source")


class Standing(serializers.Serializer[Any]):
    """Where a thing stands, in a word for machines and one for people, and the verbs open to the caller now."""

    table: ClassVar[Noun]

    state_label = serializers.CharField(source="get_state_display", read_only=True, help_text="状态的中文")
    steps = serializers.SerializerMethodField(help_text="调用者现在可以做的动词，即 POST …/{id}/{verb}/")

    def get_steps(self, thing: Any) -> list[str]:
        """Return the verbs open to the caller."""
        return self.table.steps(thing, self.context["request"].user)


class Timed(serializers.Serializer[Any]):
    """The clock of a thing, which is its task's unless a subclass says otherwise."""

    light = serializers.SerializerMethodField(help_text="灯：含义、中文、原因（任务各组成部分显示所属任务的灯）")
    due_on = serializers.SerializerMethodField(help_text="办结时限（日）")
    due_at = serializers.SerializerMethodField(help_text="办结时限（时刻）")
    original_due_on = serializers.SerializerMethodField(help_text="原定时限，交办后不变")

    @extend_schema_field(LightSerializer(allow_null=True))
    def get_light(self, thing: Any) -> dict[str, str] | None:
        """Return the light in words."""
        task, now = thing.task, timezone.now()
        task.own_light = lights.own(task, now)
        task.light = lights.combined(task.state, task.own_light, thing.below)
        return lights.told(task, now)

    def get_due_on(self, thing: Any) -> date | None:
        """Return the due day."""
        return thing.task.due_on  # type: ignore[no-any-return]

    def get_due_at(self, thing: Any) -> datetime | None:
        """Return the due moment."""
        return local(thing.task.due_at)

    def get_original_due_on(self, thing: Any) -> date | None:
        """Return the first due day."""
        return thing.task.original_due_on  # type: ignore[no-any-return]


def light_of(meaning: str, reason: str) -> dict[str, str]:
    """Return a light that is not a task's own."""
    return {"meaning": meaning, "word": str(Light(meaning).label), "reason": reason}


TIMED = ("light", "due_on", "due_at", "original_due_on")
STANDING = ("state", "state_label", "steps", "version")


def local(moment: datetime | None) -> datetime | None:
    """Return the moment as the office's clock shows it."""
    return timezone.localtime(moment) if moment else None


def with_task_light(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add what the light of each part's task needs from below in the cascade."""
    return rows.annotate(below=models.Task.objects.all().worst_below(timezone.now(), "task"))
