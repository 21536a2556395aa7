"""``/api/v1/offices/``: the word in an office's numbers, the look of its lights, and the gaps in its numbers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import UnitSerializer
from tasks import shown, verbs
from tasks.api.common import STANDING, Standing
from tasks.models import Office
from tasks.operations import gaps
from workflow.doors.api import Creation, VerbSet, found, with_creation, with_verbs


class LookSerializer(serializers.Serializer[Any]):
    """How a light looks in an office."""

    meaning = serializers.CharField()
    word = serializers.CharField()
    tone = serializers.CharField(help_text="颜色")
    icon = serializers.CharField(help_text="图标")


class OfficeSerializer(Standing, serializers.ModelSerializer[Office]):
    """What is set for a supervision office."""

    table = verbs.OFFICE
    department = UnitSerializer(read_only=True)
    lights = serializers.SerializerMethodField(help_text="每种灯的文字、颜色、图标；未另行设置的为通用方案")

    class Meta:
        model = Office
        fields = ("id", "department", "mark", "lights", *STANDING, "created_at")

    @extend_schema_field(LookSerializer(many=True))
    def get_lights(self, office: Office) -> list[dict[str, str]]:
        """Return every light as it looks there."""
        return [
            {"meaning": light.value, "word": str(light.label)} | shown.look(light, office.lights)
            for light in shown.ORDER
        ]


class GapSerializer(serializers.Serializer[Any]):
    """A serial of the year that no standing paper bears."""

    series = serializers.CharField(help_text="编号系列，即年份前的文字")
    serial = serializers.IntegerField()
    number = serializers.CharField()
    given = serializers.BooleanField(help_text="曾经给出，后来撤销或终止")
    reason = serializers.CharField(help_text="留痕中的原因；没有则为空")


@with_creation(Creation(verbs.SET_UP_OFFICE))
@with_verbs(verbs.OFFICE)
class OfficeSet(VerbSet):
    """The settings of supervision offices; changed by the system administrator."""

    model = Office
    serializer_class = OfficeSerializer
    orders = {"-id": ("-pk",), "id": ("pk",)}

    @extend_schema(
        summary="编号核查",
        operation_id="offices_gaps",
        tags=["offices"],
        parameters=[OpenApiParameter("year", int, description="年份；不写为今年")],
        responses=GapSerializer(many=True),
        filters=False,
    )
    @action(detail=True, methods=["get"], url_path="gaps", url_name="gaps", pagination_class=None)
    def gaps(self, request: Request, pk: str) -> Response:
        """List the serials of a year that no standing paper bears. Refused: 403 to all but officers and leaders."""
        office = found(self.get_queryset(), pk)
        asked = request.GET.get("year") or str(timezone.localdate().year)
        if not (asked.isascii() and asked.isdecimal() and len(asked) == 4):
            raise ValidationError({"year": [_("年份应为四位数字，例如 2026。")]})
        return Response(GapSerializer(gaps.of(office, by=request.user, year=int(asked)), many=True).data)  # type: ignore[arg-type]
