"""``/api/v1/tasks/``: what is done by whom until when. ``POST`` drafts, as the directive's ``draft`` does."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import Composite, NameSerializer, UnitSerializer
from tasks import lights, verbs
from tasks.api.assignments import ShareSerializer
from tasks.api.blockers import BlockerSet
from tasks.api.common import STANDING, DirectiveBrief, LightSerializer, Standing, TaskBrief
from tasks.api.evidence import EvidenceSet
from tasks.api.extensions import ExtensionSet
from tasks.api.reports import ReportSet
from tasks.api.suspensions import SuspensionSet
from tasks.filters import TaskFilter
from tasks.models import Closure, Milestone, Reading, Task
from workflow.doors.api import Creation, VerbSet, found, with_creation, with_verbs


class LinkSerializer(serializers.ModelSerializer[Task]):
    """A task above in the cascade, by its number: whoever may not see it learns no more than his own number tells."""

    class Meta:
        model = Task
        fields = ("id", "number")


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    """A point on the way."""

    class Meta:
        model = Milestone
        fields = ("id", "title", "due_on", "done_on")


class TaskSerializer(Standing, serializers.ModelSerializer[Task]):
    """A task as a list shows it."""

    table = verbs.TASK
    directive = DirectiveBrief(read_only=True, allow_null=True)
    parent = LinkSerializer(read_only=True, allow_null=True)
    organiser = UnitSerializer(read_only=True)
    lead = UnitSerializer(read_only=True, allow_null=True)
    blocked_by = UnitSerializer(read_only=True, allow_null=True)
    answerable = serializers.IntegerField(
        source="answerable_id",
        read_only=True,
        allow_null=True,
        help_text="逾期记在哪个单位名下：受阻期间为被等待的单位",
    )
    light = serializers.SerializerMethodField(help_text="灯：含义、中文、原因；下级任务更急时随下级")

    class Meta:
        model = Task
        fields: tuple[str, ...] = (
            "id", "number", "matter", "standard", "measures", "clause", "directive", "parent", "organiser", "lead",
            "lead_name", "responsible", "leader", "urgency", "cycle", "approval_rank", "blocked_by", "answerable",
            *STANDING, "light", "due_on", "due_at", "original_due_on", "due_provisional", "limit_value", "limit_unit",
            "assigned_at", "sign_by", "finished_at", "closed_at", "conclusion", "end_reason", "suspended_on",
            "suspended_until", "suspended_workdays", "progress", "returns", "reopened", "reported_at", "created_at",
        )  # fmt: skip

    def to_representation(self, task: Any) -> dict[str, Any]:
        """Show the task; to a unit that is only waited for without its source and the source's words."""
        shown: dict[str, Any] = super().to_representation(task)
        return shown if task.known else shown | {"directive": None, "clause": ""}

    @extend_schema_field(LightSerializer)
    def get_light(self, task: Any) -> dict[str, str]:
        """Return the light in words."""
        return lights.told(task, timezone.now())


class SourceClauseSerializer(serializers.Serializer[Any]):
    """The clause of which a task was made: where its words stand in the paper."""

    breakdown = serializers.IntegerField(source="source_breakdown")
    key = serializers.CharField(source="source_key", help_text="条款标识")
    number = serializers.IntegerField(source="source_number", help_text="条款序号")
    start = serializers.IntegerField(source="source_start")
    end = serializers.IntegerField(source="source_end")
    text = serializers.CharField(source="source_text", help_text="原文 start 至 end 的文字")


class TaskDetail(Composite, TaskSerializer):
    """A task with its units, its milestones and the numbers of the tasks above it, the top first."""

    parts = {"assignments": "assignments", "source_clause": "breakdowns"}
    assignments = ShareSerializer(many=True, read_only=True, allow_null=True)
    milestones = MilestoneSerializer(many=True, read_only=True)
    chain = serializers.SerializerMethodField(help_text="上级任务的编号，自上而下")
    follows = serializers.SerializerMethodField(help_text="本任务由哪项任务的再批示而来；看不到时为 null")
    followers = serializers.SerializerMethodField(help_text="由本任务的再批示而来的任务")
    source_clause = serializers.SerializerMethodField(help_text="分解自哪份文件的哪一条；看不到分解的为 null")

    class Meta(TaskSerializer.Meta):
        fields = (
            *TaskSerializer.Meta.fields, "assignments", "milestones", "chain", "follows", "followers", "source_clause",
        )  # fmt: skip

    @extend_schema_field(LinkSerializer(many=True))
    def get_chain(self, task: Any) -> Any:
        """Return what stands above; fetched with the task."""
        above: list[Task] = []
        while task.parent is not None:
            task = task.parent
            above.insert(0, task)
        return LinkSerializer(above, many=True).data

    @extend_schema_field(TaskBrief(allow_null=True))
    def get_follows(self, task: Any) -> Any:
        """Return the task before, as far as the caller sees it."""
        before = self._linked(pk=task.follows_id).first() if task.follows_id else None
        return TaskBrief(before).data if before else None

    @extend_schema_field(TaskBrief(many=True))
    def get_followers(self, task: Any) -> Any:
        """Return the tasks after, as far as the caller sees them."""
        return TaskBrief(self._linked(follows=task), many=True).data if task.n_followers else []

    @extend_schema_field(SourceClauseSerializer(allow_null=True))
    def get_source_clause(self, task: Any) -> Any:
        """Return the clause, where the caller sees the breakdown; fetched with the task."""
        return SourceClauseSerializer(task).data if task.source_breakdown else None

    def _linked(self, **which: Any) -> QuerySet[Any]:
        seen = Task.objects.visible_to(self.context["request"].user)
        return seen.filter(**which).order_by("pk")  # type: ignore[no-any-return]


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    """That the instructing leader has read the claim: who, when, with which remark."""

    reader = NameSerializer(read_only=True)

    class Meta:
        model = Reading
        fields = ("reader", "read_at", "remark", "by_closing")


class ClosureSerializer(serializers.ModelSerializer[Closure]):
    """One claim of completion: who said what at each turn."""

    returned_for = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="未通过的核验项及各自的原因"
    )
    outcome_label = serializers.CharField(source="get_outcome_display", read_only=True)
    department = UnitSerializer(read_only=True)
    claimed_by = NameSerializer(read_only=True)
    signed_by = NameSerializer(read_only=True, allow_null=True)
    verified_by = NameSerializer(read_only=True, allow_null=True)
    approved_by = NameSerializer(read_only=True, allow_null=True)
    reading = serializers.SerializerMethodField(help_text="批示领导的阅示；没有则为 null")

    class Meta:
        model = Closure
        fields = (
            "id", "outcome", "outcome_label", "department", "summary", "completed_on", "claimed_by", "claimed_at",
            "signed_by", "signed_at", "checks", "opinion", "verified_by", "verified_at", "approved_by", "approved_at",
            "returned_reason", "returned_for", "reading",
        )  # fmt: skip

    @extend_schema_field(ReadingSerializer(allow_null=True))
    def get_reading(self, closure: Any) -> Any:
        """Return the reading; None while it is unread, or needs none."""
        found = getattr(closure, "reading", None)
        return ReadingSerializer(found).data if found else None


@with_creation(Creation(verbs.DIRECTIVE.verb("draft"), verbs.DIRECTIVE, "directive"))
@with_verbs(verbs.TASK)
class TaskSet(VerbSet):
    """Tasks: an office's own and what came of them below; a unit's share; what was opened to an inspector."""

    model = Task
    filter_class = TaskFilter
    serializer_class = TaskSerializer
    detail_class = TaskDetail
    orders = {"-id": ("-pk",), "id": ("pk",)}
    made = {
        "report": ReportSet,
        "evidence": EvidenceSet,
        "extension": ExtensionSet,
        "suspension": SuspensionSet,
        "blocker": BlockerSet,
    }

    def get_queryset(self) -> QuerySet[Any]:
        """Add the shares: whose turn it is follows from them."""
        return super().get_queryset().with_known(self.request.user).prefetch_related("assignments")  # type: ignore[attr-defined, no-any-return]

    def for_detail(self) -> QuerySet[Any]:
        """Add units, milestones and the five levels that may stand above."""
        user = self.request.user
        rows = self.visible().for_page().with_known(user).with_followers(user).with_source_clause(user)  # type: ignore[attr-defined]
        rows = rows.select_related("parent__parent__parent__parent__parent")
        return rows.prefetch_related("milestones")  # type: ignore[no-any-return]

    @extend_schema(summary="办结申报", tags=["tasks"], responses=ClosureSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], url_path="closures", url_name="closures", pagination_class=None)
    def closures(self, request: Request, pk: str) -> Response:
        """List the claims of completion, the last first, as far as the caller sees the lead's part."""
        task = found(self.visible(), pk)
        rows = Closure.objects.visible_to(request.user).filter(task=task)
        people = rows.select_related(
            "department", "claimed_by", "signed_by", "verified_by", "approved_by", "reading__reader"
        )
        return Response(ClosureSerializer(people, many=True).data)
