"""What the nouns of 监督问责 show alike at the REST door."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import FileResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from organization.api.serializers import NameSerializer
from organization.permissions import left_out, need, scope_of
from supervision import attached, models
from tasks.api.attachments import download
from tasks.filters import Filters, Key
from workflow.doors.api import NounSet, found
from workflow.doors.files import serve


class AttachedSerializer(serializers.Serializer[Any]):
    """A file, a piece of evidence or a task on which the paper rests."""

    kind = serializers.ChoiceField(choices=attached.KINDS)
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    more = serializers.CharField(help_text="附证的说明、佐证的单位、任务的编号", allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()


class WithAttached(serializers.Serializer[Any]):
    """A detail that names what the paper rests on."""

    attached = serializers.SerializerMethodField(help_text="附证、佐证材料、关联任务；接口密钥无权阅看的种类不列出")
    left_out = serializers.SerializerMethodField(help_text="因接口密钥没有相应权限而未列出的种类，以权限名表示")

    @extend_schema_field(AttachedSerializer(many=True))
    def get_attached(self, thing: Any) -> Any:
        """Return what the paper rests on; nothing where the caller does not read the content."""
        reads = getattr(self, "reads", None)
        if reads is not None and not reads(thing):
            return []
        lacking = self.get_left_out(thing)
        rows = [row for row in attached.to(thing) if scope_of(attached.NOUNS[row.kind], "GET") not in lacking]
        return AttachedSerializer(rows, many=True).data

    def get_left_out(self, thing: Any) -> list[str]:
        """Return the scopes that the caller's key lacks for what papers rest on, whether or not this one does."""
        return left_out(self.context["request"], attached.NOUNS.values())


ATTACHED = ("attached", "left_out")


class SealSerializer(serializers.ModelSerializer[models.Seal]):
    """Who is named on a sealed paper, as what, until when he reads it."""

    part_label = serializers.CharField(source="get_part_display", read_only=True)
    user = serializers.IntegerField(source="user_id", read_only=True)

    class Meta:
        model = models.Seal
        fields = ("user", "user_name", "part", "part_label", "opened_at", "closed_at")


class ExhibitSerializer(serializers.ModelSerializer[models.Exhibit]):
    """A file that proves what a paper says: what it is, never where it lies."""

    uploaded_by = NameSerializer(read_only=True)

    class Meta:
        model = models.Exhibit
        fields = (
            "id", "accountability", "clue", "commendation", "case", "statement", "name", "content_type", "size",
            "sha256", "note", "uploaded_by", "uploaded_at",
        )  # fmt: skip
        read_only_fields = fields


class ExhibitFilter(Filters):
    """Exhibits: by paper."""

    accountability = Key("accountability", label="问责建议书")
    clue = Key("clue", label="线索移送单")
    commendation = Key("commendation", label="表扬激励")
    case = Key("case", label="典型案例")
    statement = Key("statement", label="对象说明")

    class Meta:
        model = models.Exhibit
        fields: list[str] = []


class ExhibitSet(NounSet):
    """Files of papers that the caller reads."""

    noun = "exhibits"
    model = models.Exhibit
    filter_class = ExhibitFilter
    serializer_class = ExhibitSerializer

    @download("exhibits")
    @action(detail=True, methods=["get"], url_path="file", url_name="file")
    def file(self, request: Request, pk: str) -> FileResponse:
        """Hand out the file as a download, after its digest was taken anew."""
        return serve(found(self.visible(), pk))


class HandsOutEvidence:
    """A set of papers that hands out the tasks' evidence linked to them, to whoever reads the paper."""

    visible: ClassVar[Any]

    @action(detail=True, methods=["get"], url_path="evidence/(?P<key>[0-9]{1,18})", url_name="evidence")
    def evidence(self, request: Request, pk: str, key: str) -> FileResponse:
        """Hand out a piece of evidence that the paper rests on. Refused: a key without the scope of evidence too."""
        need(request, scope_of("evidence", "GET"))
        return serve(found(found(self.legible(), pk).evidence.all(), key))

    def legible(self) -> Any:
        """Begin with the papers whose content the caller reads."""
        return self.visible()
