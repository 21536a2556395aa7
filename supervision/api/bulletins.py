"""``/api/v1/bulletins/``, ``mentions/``, ``receipts/``: 通报 with the units it names and to which it goes."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from supervision import wording
from supervision.actors.informing import reads_content
from supervision.api.papers import with_paper
from supervision.filters.informing import BulletinFilter, MentionFilter, ReceiptFilter
from supervision.models import Bulletin, Mention, Receipt
from supervision.models.bulletin import SECTIONS
from supervision.verbs import informing as verbs
from tasks.api.common import STANDING, Standing, TaskBrief
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class BulletinBrief(serializers.ModelSerializer[Bulletin]):
    """A bulletin where another thing names it."""

    class Meta:
        model = Bulletin
        fields = ("id", "number", "title", "state")


class MentionSerializer(Standing, serializers.ModelSerializer[Mention]):
    """The naming of one unit, with its answer and what became of it."""

    table = verbs.MENTION
    bulletin = BulletinBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    task = serializers.SerializerMethodField(help_text="涉及任务；看不到任务的人得到 null")
    answered_by = NameSerializer(read_only=True, allow_null=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)
    answer_until = serializers.DateTimeField(source="bulletin.answer_until", read_only=True, allow_null=True)

    class Meta:
        model = Mention
        fields = (
            "id", "bulletin", "department", "department_name", "task", "negative", "text", "answer", "answered_by",
            "answered_at", "answer_until", "decision", "decided_by", "decided_at", *STANDING, "created_at",
        )  # fmt: skip

    @extend_schema_field(TaskBrief(allow_null=True))
    def get_task(self, mention: Any) -> Any:
        """Return the task, if the caller sees it."""
        return TaskBrief(mention.task).data if mention.task_id and mention.task_seen else None


class ReceiptSerializer(Standing, serializers.ModelSerializer[Receipt]):
    """One addressee's copy."""

    table = verbs.RECEIPT
    bulletin = BulletinBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    received_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Receipt
        fields = ("id", "bulletin", "department", "received_by", "received_at", *STANDING, "created_at")


class BulletinSerializer(Standing, serializers.ModelSerializer[Bulletin]):
    """A bulletin as a list shows it."""

    table = verbs.BULLETIN
    organiser = UnitSerializer(read_only=True)
    drafted_by = NameSerializer(read_only=True)
    approved_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Bulletin
        fields: tuple[str, ...] = (
            "id", "number", "title", "organiser", "first_on", "last_on", "frozen_at", "sha256", "drafted_by",
            "answer_until", "approved_by", "approved_at", "withdrawn_at", "withdrawn_reason", *STANDING, "created_at",
        )  # fmt: skip


class PassageSerializer(serializers.Serializer[Any]):
    """What the bulletin says of a unit."""

    unit = serializers.CharField(source="department_name")
    negative = serializers.BooleanField()
    text = serializers.CharField()


class TableSerializer(serializers.Serializer[Any]):
    """A table of the snapshot."""

    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(), help_text="第一格为名称，其余为数字或百分比")
    sum = serializers.ListField(help_text="合计行")


class BulletinDetail(BulletinSerializer):
    """A bulletin with its text, its tables and what should be looked at before it goes on.

    Withdrawn, it says to its addressees only that it was withdrawn, and why.
    """

    passages = serializers.SerializerMethodField(help_text="点名内容")
    tables = serializers.SerializerMethodField(help_text="数据快照中的表")
    warnings = serializers.SerializerMethodField(help_text="提醒：与前两期相同的句子、篇幅过长；不影响办理")

    class Meta(BulletinSerializer.Meta):
        fields = (*BulletinSerializer.Meta.fields, *SECTIONS, "passages", "tables", "warnings")

    def to_representation(self, bulletin: Any) -> dict[str, Any]:
        """Leave out what a withdrawn bulletin said."""
        shown: dict[str, Any] = super().to_representation(bulletin)
        if not reads_content(self.context["request"].user, bulletin):
            shown |= dict.fromkeys(SECTIONS, "") | {"passages": [], "tables": [], "warnings": []}
        return shown

    @extend_schema_field(PassageSerializer(many=True))
    def get_passages(self, bulletin: Any) -> Any:
        """Return what is said of the units."""
        return PassageSerializer(wording.passages(bulletin), many=True).data

    @extend_schema_field(TableSerializer(many=True))
    def get_tables(self, bulletin: Any) -> Any:
        """Return the tables as they were frozen."""
        return TableSerializer(bulletin.snapshot["tables"], many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, bulletin: Any) -> list[str]:
        """Return what should be looked at; only while it is written."""
        return wording.warnings(bulletin)


@with_verbs(verbs.MENTION)
class MentionSet(VerbSet):
    """The naming of units: the office's own, and what the caller's unit was asked about."""

    model = Mention
    filter_class = MentionFilter
    serializer_class = MentionSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add whether the caller sees its task."""
        return super().get_queryset().with_sight(self.request.user)  # type: ignore[attr-defined, no-any-return]


@with_verbs(verbs.RECEIPT)
class ReceiptSet(VerbSet):
    """Copies: of the office's bulletins, and the own unit's."""

    model = Receipt
    filter_class = ReceiptFilter
    serializer_class = ReceiptSerializer


@with_paper
@with_creation(Creation(verbs.DRAFT_BULLETIN))
@with_verbs(verbs.BULLETIN)
class BulletinSet(VerbSet):
    """Bulletins: the office's own, a leader's government's, and those issued to the caller's unit."""

    model = Bulletin
    filter_class = BulletinFilter
    serializer_class = BulletinSerializer
    detail_class = BulletinDetail
    made = {"mention": MentionSet}

    def for_detail(self) -> QuerySet[Any]:
        """Add the figures and the passages."""
        rows = self.visible().select_related("organiser", "drafted_by", "approved_by")
        return rows.prefetch_related(Prefetch("mentions", Mention.objects.order_by("pk")))
