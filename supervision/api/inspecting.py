"""The nouns of 督促检查: plan, inspection, team, worksheet at the REST door."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organization.api.serializers import Composite, NameSerializer, UnitSerializer
from supervision import models, verification
from supervision.api.papers import with_paper
from supervision.filters import inspecting as filters
from supervision.operations import plans
from supervision.verbs import inspecting as verbs
from tasks.api.attachments import download
from tasks.api.common import STANDING, Standing, TaskBrief
from workflow.doors.api import Creation, NounSet, VerbSet, found, with_creation, with_verbs
from workflow.doors.files import serve

# ------------------------------------------------------------------------------------------------ plans


class PlanItemSerializer(serializers.ModelSerializer[models.PlanItem]):
    """One planned inspection."""

    class Meta:
        model = models.PlanItem
        fields = ("id", "topic", "kind", "targets", "month_from", "month_to", "on_site")


class PlanSerializer(Standing, serializers.ModelSerializer[models.Plan]):
    """A plan: how many items, and how many stood in the year before."""

    table = verbs.PLAN
    organiser = UnitSerializer(read_only=True)
    drafted_by = NameSerializer(read_only=True)
    approved_by = NameSerializer(read_only=True, allow_null=True)
    count = serializers.IntegerField(read_only=True, help_text="本年度项数")

    class Meta:
        model = models.Plan
        fields: tuple[str, ...] = (
            "id", "year", "organiser", "count", "base_count", "drafted_by", "approved_by", "approved_at", *STANDING,
            "created_at",
        )  # fmt: skip


class PlanDetail(PlanSerializer):
    """A plan with its items and what who approves should know."""

    items = PlanItemSerializer(many=True, read_only=True)
    warnings = serializers.SerializerMethodField(help_text="提示，例如项数多于上年度；不妨碍批准")

    class Meta(PlanSerializer.Meta):
        fields = (*PlanSerializer.Meta.fields, "items", "warnings")

    def get_warnings(self, plan: models.Plan) -> list[str]:
        """Return the warnings."""
        return plans.warnings(plan)


@with_creation(Creation(verbs.DRAFT_PLAN))
@with_verbs(verbs.PLAN)
class PlanSet(VerbSet):
    """Yearly plans of the offices of the caller's own government."""

    model = models.Plan
    filter_class = filters.PlanFilter
    serializer_class = PlanSerializer
    detail_class = PlanDetail

    def for_detail(self) -> QuerySet[Any]:
        """Add the items."""
        return self.get_queryset().prefetch_related("items")

    def show_made(self, noun: str, made: Any) -> Response:
        """Show the whole plan: an item has no address of its own."""
        return self.show_again(made.plan_id, status=201)


# ------------------------------------------------------------------------------------------------ inspections


class InspectionBrief(serializers.ModelSerializer[models.Inspection]):
    """An inspection where another thing names it."""

    class Meta:
        model = models.Inspection
        fields = ("id", "number", "title", "state")


class ObjectSerializer(serializers.ModelSerializer[models.InspectionObject]):
    """An inspected unit."""

    department = UnitSerializer(read_only=True)

    class Meta:
        model = models.InspectionObject
        fields = ("department", "necessity", "notified_at")


class InspectionSerializer(Standing, serializers.ModelSerializer[models.Inspection]):
    """An inspection. An inspected unit reads of the objects its own only, and not the report."""

    table = verbs.INSPECTION
    organiser = UnitSerializer(read_only=True)
    registered_by = NameSerializer(read_only=True)
    objects = ObjectSerializer(source="targets", many=True, read_only=True)
    head = serializers.CharField(source="head_name", read_only=True, allow_null=True, help_text="组长")

    class Meta:
        model = models.Inspection
        fields: tuple[str, ...] = (
            "id", "number", "code", "title", "topic", "kind", "methods", "subject_kind", "party", "joint", "covert",
            "disclosed_at", "organiser", "registered_by", "basis", "basis_text", "basis_document", "plan_item",
            "unplanned_reason", "overlap_reason", "objects", "head", "starts_on", "ends_on", "approved_at",
            "started_at", "reported_at", "end_reason", *STANDING, "created_at",
        )  # fmt: skip


class Units(serializers.Serializer[Any]):
    """An object as a scheme names it."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class SchemeText(serializers.ModelSerializer[models.Scheme]):
    """What a version of the scheme says; of the objects an inspected unit reads nothing here."""

    units = serializers.SerializerMethodField(help_text="督查对象；被督查单位看不到其他对象")

    @extend_schema_field(Units(many=True))
    def get_units(self, scheme: Any) -> list[dict[str, Any]]:
        """Return the objects to who sees the inspection whole."""
        return scheme.units if scheme.whole else []

    class Meta:
        model = models.Scheme
        fields = (
            "id", "version_no", "state", "content", "units", "scope", "starts_on", "ends_on", "discipline",
            "materials", "reason",
        )  # fmt: skip


class InspectionDetail(Composite, InspectionSerializer):
    """An inspection with the versions of its scheme and, for who sees it whole, its report."""

    parts = {"schemes": "schemes"}
    schemes = SchemeText(many=True, read_only=True, allow_null=True, source="seen_schemes")
    report = serializers.SerializerMethodField(help_text="督查报告；督查对象看到的是结论，不是报告")

    class Meta(InspectionSerializer.Meta):
        fields = (
            *InspectionSerializer.Meta.fields, "schemes", "report", "designation_matter", "designation_scope",
            "designation_duty", "designation_document", "designated_from", "designated_until",
        )  # fmt: skip

    def get_report(self, inspection: Any) -> str:
        """Return the report; nothing to an inspected unit."""
        return inspection.report if inspection.whole else ""


@with_paper
@with_creation(Creation(verbs.REGISTER))
@with_verbs(verbs.INSPECTION)
class InspectionSet(VerbSet):
    """Inspections: the organiser's, a leader's government's, a member's in his time, an inspected unit's."""

    model = models.Inspection
    filter_class = filters.InspectionFilter
    serializer_class = InspectionSerializer
    detail_class = InspectionDetail

    def get_queryset(self) -> QuerySet[Any]:
        """Add what the caller is in each team; of the objects keep what he may know."""
        return super().get_queryset().with_membership(self.request.user).with_own_targets(self.request.user)  # type: ignore[attr-defined, no-any-return]

    def for_detail(self) -> QuerySet[Any]:
        """Add the schemes that the caller may read."""
        seen = models.Scheme.objects.visible_to(self.request.user).with_whole(self.request.user)
        return self.get_queryset().prefetch_related(Prefetch("schemes", seen, to_attr="seen_schemes"))


# ------------------------------------------------------------------------------------------------ parts


class SchemeSerializer(Standing, SchemeText):
    """A version of a scheme; what was said at its approval stays with who sees the inspection whole."""

    table = verbs.SCHEME
    inspection = InspectionBrief(read_only=True)
    drafted_by = NameSerializer(read_only=True)
    decided_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = models.Scheme
        fields = (
            "id", "inspection", "version_no", "content", "units", "scope", "starts_on", "ends_on", "discipline",
            "materials", "reason", "drafted_by", "decided_by", "decided_at", "comment", *STANDING,
            "created_at",
        )  # fmt: skip

    def to_representation(self, scheme: Any) -> dict[str, Any]:
        """Keep the approver's words from the inspected unit."""
        shown: dict[str, Any] = super().to_representation(scheme)
        return shown if scheme.whole else shown | {"comment": ""}


@with_paper
@with_creation(Creation(verbs.INSPECTION.verb("amend"), verbs.INSPECTION, "inspection"))
@with_verbs(verbs.SCHEME)
class SchemeSet(VerbSet):
    """Versions of schemes; an inspected unit reads those that were approved."""

    model = models.Scheme
    filter_class = filters.SchemeFilter
    serializer_class = SchemeSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add whether the caller sees all of the inspection."""
        return super().get_queryset().with_whole(self.request.user)  # type: ignore[attr-defined, no-any-return]


class MemberSerializer(Standing, serializers.ModelSerializer[models.Member]):
    """A member of a team."""

    table = verbs.MEMBER
    inspection = InspectionBrief(read_only=True)
    user = NameSerializer(read_only=True)

    class Meta:
        model = models.Member
        fields = (
            "id", "inspection", "user", "role", "body", "external", "trained_on", "pledged_on", "ground",
            "declared_at", "decided_at", "left_at", *STANDING, "created_at",
        )  # fmt: skip


@with_creation(Creation(verbs.INSPECTION.verb("add_member"), verbs.INSPECTION, "inspection"))
@with_verbs(verbs.MEMBER)
class MemberSet(VerbSet):
    """Members of the teams of inspections that the caller sees whole."""

    model = models.Member
    filter_class = filters.MemberFilter
    serializer_class = MemberSerializer


class ProofSerializer(serializers.ModelSerializer[models.Proof]):
    """A file of an inspection: what it is, never where it lies."""

    inspection = serializers.IntegerField(source="inspection_id", read_only=True)
    worksheet = serializers.IntegerField(source="worksheet_id", read_only=True, allow_null=True)
    uploaded_by = NameSerializer(read_only=True)

    class Meta:
        model = models.Proof
        fields = (
            "id", "inspection", "worksheet", "name", "content_type", "size", "sha256", "note", "uploaded_by",
            "uploaded_at",
        )  # fmt: skip


@with_creation(Creation(verbs.INSPECTION.verb("prove"), verbs.INSPECTION, "inspection"))
class ProofSet(VerbSet):
    """Files of inspections that the caller sees whole. They never change."""

    noun = "proofs"
    model = models.Proof
    filter_class = filters.ProofFilter
    serializer_class = ProofSerializer

    @download("proofs")
    @action(detail=True, methods=["get"], url_path="file", url_name="file")
    def file(self, request: Request, pk: str) -> FileResponse:
        """Hand out the file as a download, after its digest was taken anew."""
        return serve(found(self.visible(), pk))


class WorksheetSerializer(serializers.ModelSerializer[models.Worksheet]):
    """A worksheet. It never changes; ``corrected`` tells whether a later one corrects it."""

    inspection = InspectionBrief(read_only=True)
    department = UnitSerializer(read_only=True)
    task = TaskBrief(read_only=True, allow_null=True)
    filed_by = NameSerializer(read_only=True)
    corrects = serializers.IntegerField(source="corrects_id", read_only=True, allow_null=True)

    class Meta:
        model = models.Worksheet
        fields = (
            "id", "inspection", "department", "department_name", "task", "standard", "checked_at", "place", "fact",
            "result", "object_note", "corrects", "filed_by", "filed_at",
        )  # fmt: skip


@with_creation(Creation(verbs.INSPECTION.verb("note"), verbs.INSPECTION, "inspection"))
class WorksheetSet(VerbSet):
    """Worksheets of inspections that the caller sees whole. They never change."""

    noun = "worksheets"
    model = models.Worksheet
    filter_class = filters.WorksheetFilter
    serializer_class = WorksheetSerializer


MADE: dict[str, type[NounSet]] = {
    "scheme": SchemeSet,
    "member": MemberSet,
    "proof": ProofSet,
    "worksheet": WorksheetSet,
}
InspectionSet.made = MADE

# ------------------------------------------------------------------------------------------------ verification


class VerifiedSerializer(serializers.Serializer[Any]):
    """What a genuine code vouches for."""

    number = serializers.CharField()
    title = serializers.CharField()
    organiser = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    objects = serializers.ListField(child=serializers.CharField())
    head = serializers.CharField()


class Verify(APIView):
    """Whether a notice is genuine; asked without a login. Everything that is not answers 404 alike (R10)."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ("get", "head")

    @extend_schema(
        operation_id="verify",
        tags=["verify"],
        summary="核验督查",
        parameters=[OpenApiParameter("unit", str, description="本单位全称或简称；填写后一并核对督查对象")],
        responses={200: VerifiedSerializer},
    )
    def get(self, request: Request, code: str) -> Response:
        """Tell what the code vouches for. Refused: 404 不予认可 for anything else, 429 for guessing."""
        verification.refuse_guessing(request)
        inspection = verification.find(code, request.query_params.get("unit", ""))
        return Response(VerifiedSerializer(verification.told(inspection)).data)


ROUTES: tuple[tuple[str, Any], ...] = (
    ("plans", PlanSet),
    ("inspections", InspectionSet),
    ("schemes", SchemeSet),
    ("members", MemberSet),
    ("worksheets", WorksheetSet),
    ("proofs", ProofSet),
)
