"""``/api/v1/accountability/`` and ``/api/v1/statements/``: proposals, and the object's own words to them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from organization.api.serializers import Composite, NameSerializer, UnitSerializer
from supervision.api.answering_common import (
    ATTACHED,
    ExhibitSet,
    HandsOutEvidence,
    SealSerializer,
    WithAttached,
)
from supervision.api.papers import with_paper
from supervision.filters_answering import AccountabilityFilter, StatementFilter
from supervision.models import Accountability, Statement
from supervision.states.answering import Direction, Ground, Holds
from supervision.verbs import answering as verbs
from tasks.api.common import STANDING, Standing
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class GroundSerializer(serializers.Serializer[Any]):
    """A ground of tolerance, weighed."""

    ground = serializers.ChoiceField(choices=Ground.choices)
    holds = serializers.ChoiceField(choices=Holds.choices)
    why = serializers.CharField()


class StatementSerializer(Standing, serializers.ModelSerializer[Statement]):
    """The request for the object's own words, and what came of it."""

    table = verbs.STATEMENT
    department = UnitSerializer(read_only=True)
    person = NameSerializer(read_only=True, allow_null=True)
    asked_by = NameSerializer(read_only=True)
    ended_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Statement
        fields: tuple[str, ...] = (
            "id", "about", "department", "person", "facts", "asked_by", "due_on", "text", "stated_on", "ended_at",
            "ended_by", *STANDING, "created_at",
        )  # fmt: skip
        read_only_fields = fields


class StatementDetail(WithAttached, StatementSerializer):
    """The same with its files."""

    class Meta(StatementSerializer.Meta):
        fields = (*StatementSerializer.Meta.fields, *ATTACHED)


class ToldSerializer(serializers.ModelSerializer[Statement]):
    """The statement where its proposal names it."""

    state_label = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Statement
        fields = ("id", "state", "state_label", "due_on", "facts", "text", "stated_on")


class AccountabilitySerializer(Composite, Standing, serializers.ModelSerializer[Accountability]):
    """A proposal of accountability. It decides nothing: ``directions`` are suggestions, ``adoption`` is the answer."""

    table = verbs.ACCOUNTABILITY
    parts = {"statement": "statements"}
    organiser = UnitSerializer(read_only=True)
    department = UnitSerializer(read_only=True)
    receiver = UnitSerializer(read_only=True)
    person = NameSerializer(read_only=True, allow_null=True)
    drafted_by = NameSerializer(read_only=True)
    directions = serializers.ListField(child=serializers.ChoiceField(choices=Direction.choices), read_only=True)
    tolerance = GroundSerializer(many=True, read_only=True)
    statement = ToldSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Accountability
        fields: tuple[str, ...] = (
            "id", "number", "title", "subject", "department", "department_name", "person", "person_name", "person_post",
            "facts", "basis", "directions", "suggestion", "receiver", "statement", "tolerance", "tolerance_opinion",
            "assessed_at", "organiser", "drafted_by", "approved_at", "transferred_at", "adoption", "reply",
            "answered_at", "withdrawn_reason", *STANDING, "created_at",
        )  # fmt: skip
        read_only_fields = fields


class AccountabilityDetail(WithAttached, AccountabilitySerializer):
    """A proposal with what it rests on and to whom it is open."""

    seals = SealSerializer(many=True, read_only=True)

    class Meta(AccountabilitySerializer.Meta):
        fields = (*AccountabilitySerializer.Meta.fields, *ATTACHED, "seals")


@with_verbs(verbs.STATEMENT)
class StatementSet(VerbSet):
    """Statements: of visible proposals, and those asked of the caller."""

    model = Statement
    filter_class = StatementFilter
    serializer_class = StatementSerializer
    detail_class = StatementDetail


@with_paper
@with_creation(Creation(verbs.REGISTER_ACCOUNTABILITY))
@with_verbs(verbs.ACCOUNTABILITY)
class AccountabilitySet(HandsOutEvidence, VerbSet):
    """Proposals: the office's and its head's, from the hand-over on those sealed to the caller."""

    model = Accountability
    filter_class = AccountabilityFilter
    serializer_class = AccountabilitySerializer
    detail_class = AccountabilityDetail
    made = {"statement": StatementSet, "exhibit": ExhibitSet}
