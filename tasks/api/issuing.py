"""``POST /api/v1/directives/{id}/assign/``: assign many drafts of a directive, each with its own answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import UnitSerializer
from tasks import import_inputs
from tasks.models import Assignment, Directive
from tasks.operations import issuing
from workflow.doors.api import found
from workflow.doors.schema import HEADER, KEY, input_of


class PlannedShareSerializer(serializers.ModelSerializer[Assignment]):
    """A unit and what it is to the task."""

    unit = UnitSerializer(source="department", read_only=True)

    class Meta:
        model = Assignment
        fields = ("unit", "part")


class OutcomeSerializer(serializers.Serializer[Any]):
    """What came of one draft, or would: done, or why not."""

    task = serializers.IntegerField(source="task.pk")
    matter = serializers.CharField(source="task.matter")
    number = serializers.CharField(source="task.number", allow_null=True)
    done = serializers.BooleanField()
    code = serializers.CharField(help_text="未交办的错误码，如 task.incomplete")
    message = serializers.CharField(help_text="未交办的原因")
    details = serializers.DictField()
    units = PlannedShareSerializer(many=True)
    responsible = serializers.CharField(source="task.responsible")
    due_on = serializers.DateField(allow_null=True)
    sign_by = serializers.DateTimeField(allow_null=True)


class IssuedSerializer(serializers.Serializer[Any]):
    """What came of all of them."""

    dry_run = serializers.BooleanField()
    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="仍是拟办的任务数")
    results = OutcomeSerializer(many=True)


class Issuing:
    """Gives the directives ``assign``: 批量交办."""

    @extend_schema(
        summary="批量交办",
        operation_id="directives_assign",
        tags=["directives"],
        description=(
            "逐项交办该事项下的拟办任务（最多 200 项）：不写 tasks 即按拟办先后取前 200 项。每项单独成败，"
            "未交办的说明原因；dry_run 只预演谁会得到什么、何时到期，不改动任何数据。"
        ),
        parameters=[OpenApiParameter("Idempotency-Key", str, HEADER, required=False, description=KEY)],
        request=input_of(import_inputs.RehearsedIssueForm, "DirectivesAssign"),
        responses={200: IssuedSerializer},
    )
    @action(detail=True, methods=["post"], url_path="assign", url_name="assign")
    def assign(self: Any, request: Request, pk: str) -> HttpResponse | Response:
        """Assign the drafts named, or the first 200, each by itself; or only say what would come of it."""

        def prepare() -> tuple[Directive, dict[str, Any]]:
            directive = found(self.visible(), pk)
            return directive, self.checked(import_inputs.RehearsedIssueForm, directive).arguments()

        def act(prepared: tuple[Directive, dict[str, Any]]) -> Response:
            directive, given = prepared
            chosen = list(given["tasks"]) or None
            if given["dry_run"]:
                outcomes = issuing.rehearse(directive, by=self.request.user, chosen=chosen)
            else:
                outcomes = issuing.assign(directive, by=self.request.user, chosen=chosen)
            done = sum(outcome.done for outcome in outcomes)
            told = {"dry_run": given["dry_run"], "done": done, "refused": len(outcomes) - done, "results": outcomes}
            return Response(IssuedSerializer(told | {"remaining": issuing.drafts(directive).count()}).data)

        return self.once(prepare, act)  # type: ignore[no-any-return]
