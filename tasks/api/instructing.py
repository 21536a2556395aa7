"""``POST /api/v1/directives/instruct/``: a leader's instruction as source and task at once; ``dry_run`` only reads."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import UnitSerializer
from tasks import clock, instruction_inputs, verbs
from tasks.actors import officer
from tasks.operations import instructions
from tasks.states import Source
from workflow.doors.schema import HEADER, KEY, input_of
from workflow.refusal import Forbidden


class ProposedLimitSerializer(serializers.Serializer[Any]):
    """A limit: so many days of a kind."""

    value = serializers.IntegerField()
    unit = serializers.CharField(help_text="days 日历日，workdays 工作日")


class ProposalSerializer(serializers.Serializer[Any]):
    """What the text says of the other fields; empty where it says nothing."""

    matter = serializers.CharField()
    lead = UnitSerializer(allow_null=True)
    co_units = UnitSerializer(many=True)
    responsible = serializers.CharField(help_text="牵头单位现任负责人；没有则为空")
    urgency = serializers.CharField()
    standard = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    default_limit = ProposedLimitSerializer(help_text="没有写明日期时适用的默认时限")
    unresolved = serializers.ListField(child=serializers.CharField(), help_text="目录中没有或不止一个的单位名称")
    others = serializers.IntegerField(help_text="原文中另外似有几项任务")


class Instructing:
    """Gives the directives ``instruct``: 登记批示."""

    @extend_schema(
        summary="登记领导批示（即批即办）",
        operation_id="directives_instruct",
        tags=["directives"],
        description=(
            "一次登记批示件、拟办任务并提请立项审批；任何一步不成立则全部不登记。dry_run 只从批示原文识别单位、"
            "时限等供核对（200），不改动任何数据，此时只需 instruction；登记成功返回 201 和督查事项。"
        ),
        parameters=[OpenApiParameter("Idempotency-Key", str, HEADER, required=False, description=KEY)],
        request=input_of(instruction_inputs.RehearsedInstructionForm, "DirectivesInstruct"),
        responses={200: ProposalSerializer},
    )
    @action(detail=False, methods=["post"], url_path="instruct", url_name="instruct")
    def instruct(self: Any, request: Request) -> HttpResponse | Response:
        """Register an instruction with its task and ask for approval; or only say what its text says."""

        def prepare() -> instruction_inputs.RehearsedInstructionForm:
            if not officer(self.request.user, None):
                raise Forbidden("directive.register.forbidden", officer.reason)
            return self.checked(instruction_inputs.RehearsedInstructionForm)  # type: ignore[no-any-return]

        def act(form: instruction_inputs.RehearsedInstructionForm) -> Response:
            if form.cleaned_data["dry_run"]:
                return Response(_told(instructions.propose(form.cleaned_data["instruction"], by=self.request.user)))
            return self.show_again(self.perform(verbs.INSTRUCT, None, form).pk, status=201)  # type: ignore[no-any-return]

        return self.once(prepare, act)  # type: ignore[no-any-return]


def _told(found: instructions.Proposal) -> Any:
    limit = clock.default_limit(Source.INSTRUCTION, found.urgency)
    return ProposalSerializer(vars(found) | {"default_limit": limit}).data
