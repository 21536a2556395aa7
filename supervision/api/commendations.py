"""``/api/v1/commendations/``: praise, from the draft to its publication."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.states import Rank
from supervision.actors.answering import keeps
from supervision.api.answering_common import ATTACHED, ExhibitSet, HandsOutEvidence, WithAttached
from supervision.filters_answering import CommendationFilter
from supervision.models import Commendation
from supervision.verbs import answering as verbs
from tasks.api.common import STANDING, Standing
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class CommendationSerializer(Standing, serializers.ModelSerializer[Commendation]):
    """Praise: who did what well, on what basis, and whether it is published."""

    table = verbs.COMMENDATION
    organiser = UnitSerializer(read_only=True)
    department = UnitSerializer(read_only=True)
    person = NameSerializer(read_only=True, allow_null=True)
    drafted_by = NameSerializer(read_only=True)

    class Meta:
        model = Commendation
        fields: tuple[str, ...] = (
            "id", "number", "title", "form", "department", "department_name", "person", "person_name", "person_post",
            "deed", "basis", "exempt_until", "organiser", "drafted_by", "approved_at", "published_at",
            "withdrawn_reason", *STANDING, "created_at",
        )  # fmt: skip
        read_only_fields = fields


class CommendationDetail(WithAttached, CommendationSerializer):
    """Praise with what it rests on, for the office and its head."""

    class Meta(CommendationSerializer.Meta):
        fields = (*CommendationSerializer.Meta.fields, *ATTACHED)

    def reads(self, thing: Any) -> bool:
        """Tell whether the caller reads the papers behind it."""
        return keeps(self.context["request"].user, thing, Rank.CHIEF)


@with_creation(Creation(verbs.REGISTER_COMMENDATION))
@with_verbs(verbs.COMMENDATION)
class CommendationSet(HandsOutEvidence, VerbSet):
    """Praise: the office's and its head's; what is published, for everybody at work."""

    model = Commendation
    filter_class = CommendationFilter
    serializer_class = CommendationSerializer
    detail_class = CommendationDetail
    made = {"exhibit": ExhibitSet}

    def legible(self) -> QuerySet[Any]:
        """Begin with the praise whose papers the caller reads."""
        rows: QuerySet[Any] = Commendation.objects.managed_by(self.request.user)
        return rows
