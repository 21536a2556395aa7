"""``/api/v1/breakdowns/``, ``clauses/``, ``drafts/``: a paper taken apart, and what its parts have come to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.models import Department
from tasks import verbs
from tasks.api.breakdown_exports import Outgoing
from tasks.api.common import STANDING, DirectiveBrief, Standing, TaskBrief
from tasks.breakdown_filters import BreakdownFilter, ClauseFilter, DraftFilter
from tasks.models import Breakdown, Clause, Draft
from tasks.operations.breakdowns import drafts as lines
from tasks.operations.breakdowns import proposing, revising, settling
from tasks.states import Coverage
from workflow.doors.api import VerbSet, with_verbs


class BreakdownSerializer(Standing, serializers.ModelSerializer[Breakdown]):
    """A paper taken apart: what it says of itself."""

    table = verbs.BREAKDOWN
    directive = DirectiveBrief(read_only=True)
    organiser = UnitSerializer(read_only=True)
    made_by = NameSerializer(read_only=True)

    class Meta:
        model = Breakdown
        fields: tuple[str, ...] = (
            "id", "directive", "organiser", "made_by", "uploaded_at", "name", "size", "sha256", "title", "document_no",
            "issuer", "issued_on", "annotated", *STANDING, "created_at",
        )  # fmt: skip


class CountsSerializer(serializers.Serializer[Any]):
    """How many clauses have come to what."""

    covered = serializers.IntegerField(help_text="已有任务")
    proposed = serializers.IntegerField(help_text="有条目待采纳")
    disposed = serializers.IntegerField(help_text="已处置")
    open = serializers.IntegerField(help_text="未落实")
    frame = serializers.IntegerField(help_text="无需处置（标题、文号、落款）")


class WaiverSerializer(serializers.Serializer[Any]):
    """Which clauses a leader let go, when and why."""

    clauses = serializers.ListField(child=serializers.CharField(), help_text="条款标识")
    by = NameSerializer()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class StepSerializer(serializers.Serializer[Any]):
    """The deed that ``undo`` would undo."""

    verb = serializers.CharField()
    by = NameSerializer()
    at = serializers.DateTimeField()


class BreakdownDetail(BreakdownSerializer):
    """A paper taken apart, with its text, which the spans of the clauses slice."""

    coverage = serializers.SerializerMethodField(help_text="各条款的落实情况")
    waiver = serializers.SerializerMethodField(help_text="领导准予未落实下达的条款")
    last_step = serializers.SerializerMethodField(help_text="可以撤销的上一步")

    class Meta(BreakdownSerializer.Meta):
        fields = (*BreakdownSerializer.Meta.fields, "text", "coverage", "waiver", "last_step")

    @extend_schema_field(CountsSerializer)
    def get_coverage(self, breakdown: Breakdown) -> dict[str, int]:
        """Count the clauses by what they have come to."""
        return counted(breakdown)

    @extend_schema_field(WaiverSerializer(allow_null=True))
    def get_waiver(self, breakdown: Breakdown) -> Any:
        """Return what a leader let go."""
        if breakdown.waived_by is None:
            return None
        told = {"clauses": breakdown.waived, "by": breakdown.waived_by, "at": breakdown.waived_at}
        return WaiverSerializer(told | {"reason": breakdown.waived_reason}).data

    @extend_schema_field(StepSerializer(allow_null=True))
    def get_last_step(self, breakdown: Breakdown) -> Any:
        """Return the last deed that is not undone."""
        last = revising.last(breakdown)
        return StepSerializer(last).data if last else None


def counted(breakdown: Breakdown) -> dict[str, int]:
    """Return the number of clauses by ``Coverage``, by one statement."""
    rows = breakdown.clauses.with_coverage().order_by().values_list("coverage").annotate(n=Count("pk"))
    return dict.fromkeys(Coverage.values, 0) | dict(rows)


class ClauseBrief(serializers.ModelSerializer[Clause]):
    """A clause where another thing names it."""

    class Meta:
        model = Clause
        fields = ("id", "key", "number")


class ClauseSerializer(Standing, serializers.ModelSerializer[Clause]):
    """A clause: its place in the paper, its words, what it has come to."""

    table = verbs.CLAUSE
    breakdown = serializers.IntegerField(source="breakdown_id", read_only=True)
    path = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="所在的各级标题")
    text = serializers.CharField(read_only=True, help_text="原文 start 至 end 的文字")
    coverage = serializers.ChoiceField(choices=Coverage.choices, read_only=True, help_text="落实情况")
    ongoing = serializers.IntegerField(source="ongoing_id", read_only=True, allow_null=True)

    class Meta:
        model = Clause
        fields = (
            "id", "breakdown", "key", "number", "path", "start", "end", "text", "kind", "hint", "coverage",
            "disposition", "reason", "ongoing", *STANDING,
        )  # fmt: skip


class UnclearSerializer(serializers.Serializer[Any]):
    """A name of the paper of which nobody said yet whom it means."""

    text = serializers.CharField()
    role = serializers.CharField(help_text="lead 牵头、joint 共同牵头、co 配合")
    candidates = UnitSerializer(many=True, help_text="可能是")


class ObstacleSerializer(serializers.Serializer[Any]):
    """What keeps the draft from being accepted."""

    code = serializers.CharField()
    message = serializers.CharField()


class DraftSerializer(Standing, serializers.ModelSerializer[Draft]):
    """A drafted task. ``proposed`` uses the names of ``edit``, so that it can be sent back with what was corrected."""

    table = verbs.DRAFT
    breakdown = serializers.IntegerField(source="breakdown_id", read_only=True)
    clause = ClauseBrief(read_only=True)
    matter = serializers.SerializerMethodField(help_text="工作事项")
    lead = serializers.SerializerMethodField(help_text="牵头单位")
    joint = serializers.SerializerMethodField(help_text="共同牵头单位")
    co_units = serializers.SerializerMethodField(help_text="配合单位，泛称能确定的已展开")
    suggested = serializers.SerializerMethodField(help_text="按单位职责建议的牵头单位，要由人选定")
    unclear = serializers.SerializerMethodField(help_text="还没有定下是哪个单位的名称")
    problem = serializers.SerializerMethodField(help_text="为什么还不能采纳")
    missing = serializers.SerializerMethodField(help_text="下达前还缺的项（R14）")
    proposed = serializers.DictField(read_only=True)
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    task = TaskBrief(read_only=True, allow_null=True)

    class Meta:
        model = Draft
        fields = (
            "id", "breakdown", "clause", "matter", "lead", "joint", "co_units", "suggested", "unclear", "problem",
            "missing", "proposed", "merged_into", "task", *STANDING,
        )  # fmt: skip

    def get_matter(self, draft: Draft) -> str:
        """Return the matter."""
        return str(draft)

    @extend_schema_field(UnitSerializer(allow_null=True))
    def get_lead(self, draft: Draft) -> Any:
        """Return the lead."""
        return next(iter(self._units([draft.proposed["lead"]])), None)

    @extend_schema_field(UnitSerializer(many=True))
    def get_joint(self, draft: Draft) -> Any:
        """Return the joint leads."""
        return self._units(draft.proposed["joint"])

    @extend_schema_field(UnitSerializer(many=True))
    def get_co_units(self, draft: Draft) -> Any:
        """Return the helpers."""
        return self._units(draft.proposed["co_units"])

    @extend_schema_field(UnitSerializer(many=True))
    def get_suggested(self, draft: Draft) -> Any:
        """Return whose work it is by the directory's duties."""
        return self._units(draft.proposed["suggested"])

    @extend_schema_field(UnclearSerializer(many=True))
    def get_unclear(self, draft: Draft) -> Any:
        """Return the unclear names with whom each may mean."""
        found = proposing.unclear(draft.proposed)
        return [
            {"text": one["text"], "role": one["role"], "candidates": self._units(one["candidates"])} for one in found
        ]

    @extend_schema_field(ObstacleSerializer(allow_null=True))
    def get_problem(self, draft: Draft) -> Any:
        """Return what keeps a live draft from being accepted."""
        refusal = lines.obstacle(draft) if draft.state in lines.LIVE else None
        return {"code": refusal.code, "message": str(refusal.message)} if refusal else None

    def get_missing(self, draft: Draft) -> list[str]:
        """Return what assigning will ask for."""
        return settling.missing(draft.proposed) if draft.state in lines.LIVE else []

    def _units(self, keys: list[int | None]) -> list[Any]:
        units = self.context["units"]
        return [UnitSerializer(units[key]).data for key in keys if key in units]


def named_in(drafts: list[Draft]) -> dict[int, Department]:
    """Return the units that drafts name or might name, by one statement."""
    keys = {key for draft in drafts for key in draft.units}
    keys |= {key for draft in drafts for key in draft.proposed["suggested"]}
    keys |= {key for draft in drafts for one in draft.proposed["mentions"] for key in one["candidates"]}
    return Department.objects.in_bulk(keys)


@with_verbs(verbs.DRAFT)
class DraftSet(VerbSet):
    """The drafts of breakdowns, in the order of the paper."""

    model = Draft
    filter_class = DraftFilter
    serializer_class = DraftSerializer
    order = ("breakdown_id", "clause__number", "position", "pk")

    def get_serializer(self, *rows: Any, **options: Any) -> Any:
        """Fetch the units that are named in all rows at once."""
        shown = [row for one in rows for row in (one if options.get("many") else [one])]
        context = options.pop("context", None) or self.get_serializer_context()
        return self.get_serializer_class()(*rows, context={**context, "units": named_in(shown)}, **options)


@with_verbs(verbs.CLAUSE)
class ClauseSet(VerbSet):
    """The clauses of breakdowns, in the order of the paper."""

    model = Clause
    filter_class = ClauseFilter
    serializer_class = ClauseSerializer
    order = ("breakdown_id", "number", "pk")

    def get_queryset(self) -> QuerySet[Any]:
        """Add the words, and what each has come to."""
        return worded(super().get_queryset())


def worded(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add ``text``, the words of the clause, and ``coverage``."""
    words = Substr("breakdown__text", F("start") + 1, F("end") - F("start"))
    return rows.with_coverage().annotate(text=words)  # type: ignore[attr-defined, no-any-return]


@with_verbs(verbs.BREAKDOWN)
class BreakdownSet(Outgoing, VerbSet):
    """The breakdowns of the officer's own office, or of the leader's government."""

    model = Breakdown
    filter_class = BreakdownFilter
    serializer_class = BreakdownSerializer
    detail_class = BreakdownDetail
    orders: ClassVar[dict[str, tuple[str, ...]]] = {"-id": ("-pk",), "id": ("pk",)}
    made = {"draft": DraftSet}

    def for_detail(self) -> QuerySet[Any]:
        """Fetch the text too."""
        return self.visible().select_related("directive", "organiser", "made_by", "waived_by")
