"""``/api/v1/directives/``: where tasks come from. ``POST`` registers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Min, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from organization.api.serializers import Composite, NameSerializer, UnitSerializer
from organization.models import Post
from tasks import lights, models, verbs
from tasks.api.attachments import AttachmentSerializer, AttachmentSet
from tasks.api.batches import BatchSet
from tasks.api.breakdowns import BreakdownSet
from tasks.api.common import STANDING, TIMED, LightSerializer, Standing, Timed, light_of
from tasks.api.decomposing import Decomposing
from tasks.api.instructing import Instructing, ProposalSerializer
from tasks.api.issuing import Issuing
from tasks.api.tasks import TaskSet
from tasks.filters import DirectiveFilter
from tasks.models import Directive, DirectiveAttachment
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class InstructorSerializer(serializers.ModelSerializer[Post]):
    """The leader whose instruction it is."""

    user = NameSerializer(read_only=True)
    department = UnitSerializer(read_only=True)

    class Meta:
        model = Post
        fields = ("id", "user", "department", "role", "title", "rank")


class DirectiveSerializer(Standing, Timed, serializers.ModelSerializer[Directive]):
    """A directive. Its clock is that of its open tasks that the caller sees: the worst light, the next due day."""

    table = verbs.DIRECTIVE
    organiser = UnitSerializer(read_only=True)
    instructed_by = InstructorSerializer(read_only=True, allow_null=True)
    registered_by = NameSerializer(read_only=True)
    approved_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Directive
        fields: tuple[str, ...] = (
            "id", "number", "title", "source", "document_no", "issuer", "issued_on", "handling", "urgency", "basis",
            "instruction", "instructed_by", "organiser", "registered_by", "approved_by", "approved_at",
            "withdrawn_reason", *STANDING, *TIMED, "created_at",
        )  # fmt: skip

    @extend_schema_field(LightSerializer(allow_null=True))
    def get_light(self, directive: Any) -> dict[str, str] | None:
        """Return the worst light among the open tasks; None while there is none."""
        if directive.worst is None:
            return None
        return light_of(lights.of_severity(directive.worst), _("在办任务中最急的一项"))

    def get_due_on(self, directive: Any) -> date | None:
        """Return the next day on which an open task is due."""
        return directive.next_due_on  # type: ignore[no-any-return]

    def get_due_at(self, directive: Any) -> datetime | None:
        """Return nothing: a moment belongs to one task."""
        return None

    def get_original_due_on(self, directive: Any) -> date | None:
        """Return nothing: days are set task by task."""
        return None


class DirectiveDetail(Composite, DirectiveSerializer):
    """A directive with its files."""

    parts = {"attachments": "attachments"}
    attachments = AttachmentSerializer(many=True, read_only=True, allow_null=True)

    class Meta(DirectiveSerializer.Meta):
        fields = (*DirectiveSerializer.Meta.fields, "attachments")


@extend_schema_view(instruct=extend_schema(responses={200: ProposalSerializer, 201: DirectiveDetail}))
@with_creation(Creation(verbs.REGISTER))
@with_verbs(verbs.DIRECTIVE)
class DirectiveSet(Instructing, Issuing, Decomposing, VerbSet):
    """Directives: the office's own, a leader's government's, and those of which a task is visible."""

    model = Directive
    filter_class = DirectiveFilter
    serializer_class = DirectiveSerializer
    detail_class = DirectiveDetail
    made = {"task": TaskSet, "attachment": AttachmentSet, "batch": BatchSet, "breakdown": BreakdownSet}

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it, and the clock of its visible open tasks."""
        rows = super().get_queryset().select_related("registered_by", "approved_by")
        return with_clock(rows, self.request.user)

    def for_detail(self) -> QuerySet[Any]:
        """Add the files."""
        files = DirectiveAttachment.objects.select_related("uploaded_by")
        return self.get_queryset().prefetch_related(Prefetch("attachments", files))


def with_clock(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Add ``worst`` and ``next_due_on`` of the open tasks that the user sees."""
    tasks = models.Task.objects.visible_to(user).open().filter(directive=OuterRef("pk")).order_by()
    weighed = tasks.annotate(weight=lights.weight_case(timezone.now()))
    first = tasks.values("directive").annotate(first=Min("due_on")).values("first")
    return rows.annotate(worst=Subquery(weighed.order_by("-weight").values("weight")[:1]), next_due_on=Subquery(first))
