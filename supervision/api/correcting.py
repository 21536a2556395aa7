"""The nouns of 整改: finding, rectification, conclusion, review at the REST door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from organization.api.serializers import Composite, NameSerializer, UnitSerializer
from organization.workdays import calendar_of
from supervision import clocks, models
from supervision.actors.correcting import reads_opinion
from supervision.api.inspecting import MADE, InspectionBrief, InspectionSet
from supervision.api.papers import with_paper
from supervision.filters import correcting as filters
from supervision.verbs import correcting as verbs
from supervision.verbs import inspecting
from tasks.api.attachments import download
from tasks.api.common import STANDING, TIMED, LightSerializer, TaskBrief
from tasks.api.common import Standing as Stands
from tasks.models import Evidence
from workflow.doors.api import Creation, NounSet, VerbSet, found, with_creation, with_verbs
from workflow.doors.files import serve


class FindingBrief(serializers.ModelSerializer[models.Finding]):
    """A finding where another thing names it."""

    class Meta:
        model = models.Finding
        fields = ("id", "number", "fact", "severity", "state")


class ProofBrief(serializers.ModelSerializer[models.Proof]):
    """A file that proves something, where a finding names it."""

    class Meta:
        model = models.Proof
        fields = ("id", "name", "size", "sha256")


class EvidenceBrief(serializers.ModelSerializer[Evidence]):
    """A task's evidence, where a finding names it."""

    class Meta:
        model = Evidence
        fields = ("id", "name", "size", "sha256")


class CorrectionSerializer(serializers.ModelSerializer[models.Correction]):
    """责令改正."""

    ordered_by = NameSerializer(read_only=True)

    class Meta:
        model = models.Correction
        fields = ("id", "fact", "requirement", "due_on", "ordered_by", "ordered_at")


class ClaimSerializer(serializers.ModelSerializer[models.Claim]):
    """A claim with its check."""

    claimed_by = NameSerializer(read_only=True)
    verified_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = models.Claim
        fields = ("id", "done", "due_on", "claimed_by", "claimed_at", "result", "opinion", "verified_by", "verified_at")


class DeferralSerializer(serializers.ModelSerializer[models.Deferral]):
    """A request for more time with its answer; ``outcome`` is empty while it waits."""

    asked_by = NameSerializer(read_only=True)
    ended_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = models.Deferral
        fields = (
            "id", "reason", "progress", "due_before", "requested_on", "asked_by", "asked_at", "outcome", "granted_on",
            "comment", "ended_by", "ended_at",
        )  # fmt: skip


class VoucherSerializer(serializers.ModelSerializer[models.Voucher]):
    """A file by which a unit shows what it put right: what it is, never where it lies."""

    uploaded_by = NameSerializer(read_only=True)

    class Meta:
        model = models.Voucher
        fields = (
            "id", "rectification", "department_name", "name", "content_type", "size", "sha256", "evidence_on", "note",
            "uploaded_by", "uploaded_at",
        )  # fmt: skip
        read_only_fields = fields


class RectificationSerializer(Stands, serializers.ModelSerializer[models.Rectification]):
    """An item of rectification with its own clock."""

    table = verbs.RECTIFICATION
    finding = FindingBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    verifier = NameSerializer(read_only=True)
    ordered_by = NameSerializer(read_only=True)
    light = serializers.SerializerMethodField(help_text="灯：含义、中文、原因")
    due_at = serializers.SerializerMethodField(help_text="整改期限（时刻）")

    class Meta:
        model = models.Rectification
        fields: tuple[str, ...] = (
            "id", "number", "finding", "department", "requirement", "limit_value", "limit_unit", "asked_until",
            "verifier", "ordered_by", "measures", "responsible", "claimed_on", "result", "rounds", *STANDING, *TIMED,
            "created_at",
        )  # fmt: skip

    @extend_schema_field(LightSerializer)
    def get_light(self, item: Any) -> dict[str, str]:
        """Return the light of the item's own clock."""
        return clocks.told(item, timezone.localdate())

    def get_due_at(self, item: Any) -> datetime:
        """Return the moment at which its day ends."""
        return calendar_of(item.department).end_of(item.due_on)


class RectificationDetail(Composite, RectificationSerializer):
    """An item with its claims, their checks, the unit's files, its requests for more time, and what was ordered."""

    parts = {"vouchers": "vouchers"}
    claims = ClaimSerializer(many=True, read_only=True)
    corrections = CorrectionSerializer(many=True, read_only=True)
    deferrals = DeferralSerializer(many=True, read_only=True)
    vouchers = VoucherSerializer(many=True, read_only=True, allow_null=True)

    class Meta(RectificationSerializer.Meta):
        fields = (*RectificationSerializer.Meta.fields, "claims", "corrections", "deferrals", "vouchers")


class FindingSerializer(Stands, serializers.ModelSerializer[models.Finding]):
    """A problem at one unit. Its task is named only to who sees the task."""

    table = verbs.FINDING
    inspection = InspectionBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    task = serializers.SerializerMethodField(help_text="关联任务；看不到任务的人得到 null")
    standing = serializers.CharField(read_only=True, help_text="统计口径：待答复、认可在改、有异议、已整改、未整改结案")
    recurrence_of = serializers.IntegerField(source="recurrence_of_id", read_only=True, allow_null=True)
    issued_by = NameSerializer(read_only=True, allow_null=True)
    answered_by = NameSerializer(read_only=True, allow_null=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = models.Finding
        fields: tuple[str, ...] = (
            "id", "inspection", "number", "department", "department_name", "task", "fact", "basis", "severity", "cause",
            "standing", "recurrence_of", "issued_at", "issued_by", "answer_until", "answered_at", "answered_by",
            "answer", "decided_at", "decided_by", "decision", "end_reason", "settled_at", "rechecked_at", "relapsed_at",
            "relapses", *STANDING, "created_at",
        )  # fmt: skip

    @extend_schema_field(TaskBrief(allow_null=True))
    def get_task(self, finding: Any) -> Any:
        """Return the task, if the caller sees it."""
        return TaskBrief(finding.task).data if finding.task_id and finding.task_seen else None


class FindingDetail(Composite, FindingSerializer):
    """A finding with its proofs; who is not of the inspection reads their digests, no names (R44)."""

    parts = {"proofs": "proofs", "evidence": "evidence"}
    proofs = ProofBrief(many=True, read_only=True, allow_null=True)
    evidence = EvidenceBrief(many=True, read_only=True, allow_null=True)

    class Meta(FindingSerializer.Meta):
        fields = (*FindingSerializer.Meta.fields, "proofs", "evidence")

    def to_representation(self, finding: Any) -> dict[str, Any]:
        """Leave out the names of files for who does not see the inspection from within."""
        shown: dict[str, Any] = super().to_representation(finding)
        if not finding.whole:
            for file in (*(shown["proofs"] or ()), *(shown["evidence"] or ())):
                file["name"] = ""
        return shown


class ConclusionSerializer(Stands, serializers.ModelSerializer[models.Conclusion]):
    """The part of a conclusion about one unit; ``snapshot`` holds the findings as the paper tells them."""

    table = verbs.CONCLUSION
    inspection = InspectionBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    drafted_by = NameSerializer(read_only=True)
    approved_by = NameSerializer(read_only=True, allow_null=True)
    received_by = NameSerializer(read_only=True, allow_null=True)
    snapshot = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = models.Conclusion
        fields = (
            "id", "number", "inspection", "department", "department_name", "government", "process", "appraisal",
            "requirement", "snapshot", "drafted_by", "approved_by", "approved_at", "received_on", "received_by",
            "review_until", "explanation", "explained_at", "changes", *STANDING, "created_at",
        )  # fmt: skip


class ReviewSerializer(Stands, serializers.ModelSerializer[models.Review]):
    """An application for review. ``decision`` and its grounds are shown once they are decided."""

    table = verbs.REVIEW
    conclusion = serializers.IntegerField(source="conclusion_id", read_only=True)
    department = UnitSerializer(read_only=True)
    asked_by = NameSerializer(read_only=True)
    handler = NameSerializer(read_only=True, allow_null=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)
    overdue = serializers.SerializerMethodField(help_text="超过应作出决定的日期")

    class Meta:
        model = models.Review
        fields = (
            "id", "number", "conclusion", "department", "reason", "asked_by", "asked_on", "due_on", "overdue",
            "handler", "decision", "grounds", "changes", "decided_by", "decided_at", *STANDING, "created_at",
        )  # fmt: skip

    def get_overdue(self, review: Any) -> bool:
        """Tell whether the decision is late today."""
        return bool(review.is_overdue(timezone.localdate()))

    def to_representation(self, review: Any) -> dict[str, Any]:
        """Keep an opinion that is not decided from the unit that waits for it."""
        shown: dict[str, Any] = super().to_representation(review)
        user = self.context["request"].user
        if not reads_opinion(user, review):
            shown |= {"decision": "", "grounds": "", "changes": ""}
        return shown


class VoucherSet(NounSet):
    """Files of items that the caller sees."""

    noun = "vouchers"
    model = models.Voucher
    filter_class = filters.VoucherFilter
    serializer_class = VoucherSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who uploaded it."""
        return super().get_queryset().select_related("uploaded_by")

    @download("vouchers")
    @action(detail=True, methods=["get"], url_path="file", url_name="file")
    def file(self, request: Request, pk: str) -> FileResponse:
        """Hand out the file as a download, after its digest was taken anew."""
        return serve(found(self.visible(), pk))


@with_paper
@with_verbs(verbs.RECTIFICATION)
@with_creation(Creation(verbs.FINDING.verb("order"), verbs.FINDING, "finding"))
class RectificationSet(VerbSet):
    """Items of findings that the caller sees."""

    model = models.Rectification
    filter_class = filters.RectificationFilter
    serializer_class = RectificationSerializer
    detail_class = RectificationDetail
    orders = {"due_on": ("due_on", "pk"), "-due_on": ("-due_on", "-pk")}
    made = {"voucher": VoucherSet}

    def get_queryset(self) -> QuerySet[Any]:
        """Add who ordered it."""
        return super().get_queryset().select_related("ordered_by")

    def for_detail(self) -> QuerySet[Any]:
        """Add its claims, corrections, files and requests for more time."""
        claims = models.Claim.objects.select_related("claimed_by", "verified_by")
        orders = models.Correction.objects.select_related("ordered_by")
        longer = models.Deferral.objects.select_related("asked_by", "ended_by")
        files = models.Voucher.objects.select_related("uploaded_by")
        return self.get_queryset().prefetch_related(
            Prefetch("claims", claims), Prefetch("corrections", orders), Prefetch("deferrals", longer),
            Prefetch("vouchers", files),
        )  # fmt: skip


@with_paper
@with_verbs(verbs.FINDING)
@with_creation(Creation(inspecting.INSPECTION.verb("find"), inspecting.INSPECTION, "inspection"))
class FindingSet(VerbSet):
    """Findings: all for who ordered or does the inspection, a unit's own once they are told to it."""

    model = models.Finding
    filter_class = filters.FindingFilter
    serializer_class = FindingSerializer
    detail_class = FindingDetail
    made = {"rectification": RectificationSet, "inspection": InspectionSet}

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it."""
        rows = super().get_queryset().select_related("issued_by", "answered_by", "decided_by")
        return rows.with_sight(self.request.user)  # type: ignore[attr-defined, no-any-return]

    def for_detail(self) -> QuerySet[Any]:
        """Add its proofs."""
        return self.get_queryset().prefetch_related("proofs", "evidence")


@with_paper
@with_verbs(verbs.REVIEW)
@with_creation(Creation(verbs.CONCLUSION.verb("ask_review"), verbs.CONCLUSION, "conclusion"))
class ReviewSet(VerbSet):
    """Reviews of conclusions that the caller sees."""

    model = models.Review
    filter_class = filters.ReviewFilter
    serializer_class = ReviewSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who asked and who decided."""
        return super().get_queryset().select_related("asked_by", "decided_by")


@with_paper
@with_verbs(verbs.CONCLUSION)
@with_creation(Creation(inspecting.INSPECTION.verb("draft"), inspecting.INSPECTION, "inspection"))
class ConclusionSet(VerbSet):
    """Conclusions: all for who ordered or does the inspection, a unit's own from the day of its issue."""

    model = models.Conclusion
    filter_class = filters.ConclusionFilter
    serializer_class = ConclusionSerializer
    made = {"review": ReviewSet}

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it."""
        return super().get_queryset().select_related("drafted_by", "approved_by", "received_by")


MADE |= {"finding": FindingSet, "conclusion": ConclusionSet}

ROUTES: tuple[tuple[str, Any], ...] = (
    ("findings", FindingSet),
    ("rectifications", RectificationSet),
    ("vouchers", VoucherSet),
    ("conclusions", ConclusionSet),
    ("reviews", ReviewSet),
)
