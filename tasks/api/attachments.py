"""``/api/v1/attachments/``: files that came with directives. They are added by the directive's ``attach``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from organization.api.serializers import NameSerializer
from tasks.filters import Filters, Key
from tasks.models import DirectiveAttachment
from workflow.doors.api import NounSet, found
from workflow.doors.files import serve


class AttachmentSerializer(serializers.ModelSerializer[DirectiveAttachment]):
    """A file that came with a directive: what it is, never where it lies."""

    directive = serializers.IntegerField(source="directive_id", read_only=True)
    uploaded_by = NameSerializer(read_only=True)

    class Meta:
        model = DirectiveAttachment
        fields = ("id", "directive", "name", "content_type", "size", "sha256", "uploaded_by", "uploaded_at")


class AttachmentFilter(Filters):
    """Attachments: by directive."""

    directive = Key("directive", label="来源事项")

    class Meta:
        model = DirectiveAttachment
        fields: list[str] = []


def download(noun: str) -> Any:
    """Describe the address under which a file is handed out."""
    return extend_schema(
        summary="下载",
        operation_id=f"{noun}_file",
        tags=[noun],
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "总是作为附件下载"),
            404: OpenApiResponse(description="不存在，或不在可见范围内"),
            409: OpenApiResponse(description="文件与上传时的校验值不一致"),
        },
    )


class AttachmentSet(NounSet):
    """Files of visible directives."""

    noun = "attachments"
    model = DirectiveAttachment
    filter_class = AttachmentFilter
    serializer_class = AttachmentSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who uploaded it."""
        return super().get_queryset().select_related("uploaded_by")

    @download("attachments")
    @action(detail=True, methods=["get"], url_path="file", url_name="file")
    def file(self, request: Request, pk: str) -> FileResponse:
        """Hand out the file as a download, after its digest was taken anew."""
        return serve(found(self.visible(), pk))
