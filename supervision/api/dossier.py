"""``GET /api/v1/directives/{id}/dossier/``: the whole story of one directive, as far as the caller sees its parts."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organization.api.serializers import Composite
from organization.permissions import left_out, scope_of
from supervision import dossier
from tasks.api.common import TaskBrief
from tasks.models import Task
from workflow.doors.api import found


class DossierTask(Composite, serializers.ModelSerializer[Task]):
    """A task of the directive: its light, its units, its days."""

    parts = {"helpers": "assignments"}
    light = serializers.CharField(source="face.light.word", read_only=True)
    lead = serializers.CharField(source="lead.name", read_only=True, default="")
    helpers = serializers.SerializerMethodField(help_text="共同牵头和协办单位；只含可见的")
    original_due_on = serializers.DateField(read_only=True, allow_null=True)
    due_on = serializers.DateField(read_only=True, allow_null=True)
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Task
        fields = (*TaskBrief.Meta.fields, "light", "lead", "helpers", "original_due_on", "due_on", "closed_at")

    def get_helpers(self, task: Any) -> list[str] | None:
        """Return the names of the other units that the caller sees."""
        return [share.department_name for share in task.helpers]


class EntrySerializer(serializers.Serializer[Any]):
    """One part of the story."""

    kind = serializers.ChoiceField(choices=[(kind, section.title) for kind, section in dossier.SECTIONS.items()])
    id = serializers.IntegerField(source="key")
    task = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    text = serializers.CharField()
    more = serializers.CharField()
    state = serializers.CharField(source="stands")
    state_label = serializers.CharField(source="state")
    on = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


NOUNS = ("tasks", "assignments", *(section.noun for section in dossier.SECTIONS.values()))
"""The nouns whose rows a dossier holds beside the directive."""


class DossierSerializer(Composite):
    """The dossier of a directive: to a key, the sections whose nouns its scopes let it read; the others are named."""

    parts = {"tasks": "tasks"}
    id = serializers.IntegerField(source="directive.pk")
    number = serializers.CharField(source="directive.number", allow_null=True)
    title = serializers.CharField(source="directive.title")
    instruction = serializers.CharField(source="directive.instruction")
    approved_at = serializers.DateTimeField(source="directive.approved_at", allow_null=True)
    tasks = DossierTask(many=True, allow_null=True)
    entries = serializers.SerializerMethodField(help_text="各环节；接口密钥无权阅看的环节不列出，见 left_out")
    left_out = serializers.SerializerMethodField(help_text="因接口密钥没有相应权限而未列出的内容，以权限名表示")

    @extend_schema_field(EntrySerializer(many=True))
    def get_entries(self, told: dossier.Dossier) -> Any:
        """Return the parts of the nouns that the caller reads."""
        lacking = self.get_left_out(told)
        rows = [row for row in told.entries if scope_of(row.section.noun, "GET") not in lacking]
        return EntrySerializer(rows, many=True).data

    def get_left_out(self, told: dossier.Dossier) -> list[str]:
        """Return the scopes that the caller's key lacks, whether or not there is anything to be read with them."""
        return left_out(self.context["request"], NOUNS)


class DossierView(APIView):
    """The dossier of a directive that the caller sees."""

    noun = "directives"
    http_method_names = ("get", "head")

    @extend_schema(
        operation_id="directives_dossier",
        tags=["directives"],
        summary="闭环卷宗",
        responses={200: DossierSerializer, 404: OpenApiResponse(description="不存在，或不在可见范围内")},
    )
    def get(self, request: Request, pk: str) -> Response:
        """Tell the whole story, every part as far as the caller sees it."""
        directive = found(dossier.directives(request.user), pk)
        told = dossier.read(directive, request.user)
        return Response(DossierSerializer(told, context={"request": request}).data)
