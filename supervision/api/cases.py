"""``/api/v1/cases/``: model cases; others than the office and its leaders read them without names."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.states import Rank
from supervision.actors.answering import keeps
from supervision.api.answering_common import ATTACHED, ExhibitSet, WithAttached
from supervision.filters_answering import CaseFilter
from supervision.models import Case
from supervision.verbs import answering as verbs
from tasks.api.common import STANDING, Standing
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class NameRowSerializer(serializers.Serializer[Any]):
    """A name and what stands in its place."""

    name = serializers.CharField()
    shown = serializers.CharField()


class CaseSerializer(Standing, serializers.ModelSerializer[Case]):
    """A case as the caller may read it: ``title`` and ``story`` without names for others than office and leaders."""

    table = verbs.CASE
    organiser = UnitSerializer(read_only=True)
    drafted_by = NameSerializer(read_only=True)
    names = NameRowSerializer(many=True, read_only=True)
    review_is_due = serializers.BooleanField(read_only=True, help_text="待复审：已到复审日期，其他人看不到")

    class Meta:
        model = Case
        fields: tuple[str, ...] = (
            "id", "kind", "title", "story", "anonymised", "names", "review_on", "review_is_due", "organiser",
            "drafted_by", "approved_at", "reviewed_at", "ended_reason", *STANDING, "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def reads(self, thing: Any) -> bool:
        """Tell whether the caller reads the names, and the papers behind the case."""
        return keeps(self.context["request"].user, thing, Rank.DEPUTY)

    def to_representation(self, case: Any) -> dict[str, Any]:
        """Replace the names for others."""
        shown: dict[str, Any] = super().to_representation(case)
        if self.reads(case):
            return shown
        return shown | {"title": case.told_title, "story": case.told_story, "names": [], "attached": []}


class CaseDetail(WithAttached, CaseSerializer):
    """A case with what stands behind it."""

    class Meta(CaseSerializer.Meta):
        fields = (*CaseSerializer.Meta.fields, *ATTACHED)


@with_creation(Creation(verbs.REGISTER_CASE))
@with_verbs(verbs.CASE)
class CaseSet(VerbSet):
    """Cases: the office's and its leaders'; what is published and not due for review, for everybody at work."""

    model = Case
    filter_class = CaseFilter
    serializer_class = CaseSerializer
    detail_class = CaseDetail
    made = {"exhibit": ExhibitSet}
