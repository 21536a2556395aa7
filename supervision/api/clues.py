"""``/api/v1/clues/``: clues for the persons named on them; who told it only by ``unmask``, which is on record."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from supervision.api.answering_common import ATTACHED, ExhibitSet, HandsOutEvidence, SealSerializer, WithAttached
from supervision.api.papers import with_paper
from supervision.filters_answering import ClueFilter
from supervision.models import Clue, Informant
from supervision.verbs import answering as verbs
from tasks.api.common import STANDING, Standing
from workflow.doors.api import Creation, NounSet, VerbSet, with_creation, with_verbs

CONTENT = (
    "kind", "department", "department_name", "person", "person_name", "person_post", "facts", "source", "outcome",
    "reply",
)  # fmt: skip
"""What is null for those named on a clue who no longer read it."""


class ClueSerializer(Standing, serializers.ModelSerializer[Clue]):
    """A clue. Whoever handed it over reads that it was handed over; its content is null then."""

    table = verbs.CLUE
    organiser = UnitSerializer(read_only=True)
    department = UnitSerializer(read_only=True, allow_null=True)
    receiver = UnitSerializer(read_only=True)
    person = NameSerializer(read_only=True, allow_null=True)
    drafted_by = NameSerializer(read_only=True)
    approver = NameSerializer(read_only=True, allow_null=True)
    legible = serializers.SerializerMethodField(help_text="是否还能阅看内容；不能时内容各项为 null")

    class Meta:
        model = Clue
        fields: tuple[str, ...] = (
            "id", "number", "legible", *CONTENT, "receiver", "organiser", "drafted_by", "approver", "approved_at",
            "transferred_at", "answered_at", "withdrawn_reason", *STANDING, "created_at",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {name: {"allow_null": True} for name in CONTENT if name not in ("department", "person")}

    def reads(self, clue: Any) -> bool:
        """Tell whether the caller reads the content."""
        return bool(clue.legible_to(self.context["request"].user))

    def get_legible(self, clue: Any) -> bool:
        """Say whether the caller reads the content."""
        return self.reads(clue)

    def to_representation(self, clue: Any) -> dict[str, Any]:
        """Leave the content out for whom it is closed."""
        shown: dict[str, Any] = super().to_representation(clue)
        return shown if shown["legible"] else shown | dict.fromkeys(CONTENT)


class ClueDetail(WithAttached, ClueSerializer):
    """A clue with what it rests on and to whom it is open."""

    seals = SealSerializer(many=True, read_only=True)

    class Meta(ClueSerializer.Meta):
        fields = (*ClueSerializer.Meta.fields, *ATTACHED, "seals")


class InformantSerializer(serializers.ModelSerializer[Informant]):
    """Who told it."""

    class Meta:
        model = Informant
        fields = ("id", "clue", "name", "contact", "wishes")
        read_only_fields = fields


class InformantSet(NounSet):
    """Shows the answer of ``unmask``; has no address of its own."""

    noun = "informants"
    model = Informant
    serializer_class = InformantSerializer


@with_paper
@with_creation(Creation(verbs.REGISTER_CLUE))
@with_verbs(verbs.CLUE)
class ClueSet(HandsOutEvidence, VerbSet):
    """Clues on which the caller is named."""

    model = Clue
    filter_class = ClueFilter
    serializer_class = ClueSerializer
    detail_class = ClueDetail
    made: ClassVar[dict[str, type[NounSet]]] = {"exhibit": ExhibitSet, "informant": InformantSet}

    def once(self, prepare: Any, act: Any) -> Any:
        """Keep no answer to a look at who told it: a second one is a second look, and on record as such (R44)."""
        return act(prepare()) if self.action == "do_unmask" else super().once(prepare, act)

    def legible(self) -> QuerySet[Any]:
        """Begin with the clues whose content the caller reads."""
        rows: QuerySet[Any] = Clue.objects.legible_to(self.request.user)
        return rows
