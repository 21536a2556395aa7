"""``/api/v1/breakdowns/{id}/list/``, ``table/``, ``matrix/``, ``similar/``: its files, its matrix, what is alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import UnitSerializer
from organization.permissions import left_out
from tasks import breakdown_papers
from tasks.models import Breakdown
from tasks.operations.breakdowns import alike, covering
from tasks.states import Coverage
from workflow.doors.api import found
from workflow.doors.files import send


class MatrixLine(serializers.Serializer[covering.Line]):
    """A task of the matrix: a draft, or what was issued of it."""

    draft = serializers.IntegerField(source="draft.pk")
    task = serializers.IntegerField(source="draft.task_id", allow_null=True)
    matter = serializers.CharField()
    number = serializers.CharField(help_text="任务编号；未下达的为空")
    state = serializers.SerializerMethodField(help_text="任务的状态；未下达的为条目的状态")
    state_label = serializers.CharField(source="state")
    lead = UnitSerializer(allow_null=True)
    joint = UnitSerializer(many=True)
    co_units = UnitSerializer(many=True)

    def get_state(self, line: covering.Line) -> str:
        """Return the state's key."""
        return (line.draft.task or line.draft).state


class MatrixRow(serializers.Serializer[covering.Row]):
    """A clause of the matrix."""

    id = serializers.IntegerField(source="clause.pk")
    key = serializers.CharField(source="clause.key")
    number = serializers.IntegerField(source="clause.number")
    path = serializers.ListField(source="clause.path", child=serializers.CharField())
    text = serializers.CharField(source="words")
    coverage = serializers.ChoiceField(source="clause.coverage", choices=Coverage.choices)
    waived = serializers.BooleanField(help_text="领导准予未落实下达")
    disposition = serializers.CharField(source="clause.disposition")
    reason = serializers.CharField(source="clause.reason")
    ongoing = serializers.IntegerField(source="clause.ongoing_id", allow_null=True)
    tasks = MatrixLine(source="lines", many=True)


class MatrixSerializer(serializers.Serializer[covering.Matrix]):
    """Clause by task by unit (条款落实对照表)."""

    units = UnitSerializer(many=True, help_text="出现的单位，按目录顺序")
    rows = MatrixRow(many=True)


class AlikeSerializer(serializers.Serializer[alike.Alike]):
    """What says nearly the same: a task, or another draft of the paper."""

    score = serializers.IntegerField(help_text="相似度，80 至 100")
    matter = serializers.CharField()
    task = serializers.IntegerField(allow_null=True)
    number = serializers.CharField()
    state = serializers.CharField()
    draft = serializers.IntegerField(allow_null=True)
    clause = serializers.IntegerField(allow_null=True, help_text="另一条目的条款序号")


class SimilarDraft(serializers.Serializer[Any]):
    """A draft with what is alike, the nearest first."""

    draft = serializers.IntegerField()
    similar = AlikeSerializer(many=True)


class SimilarList(serializers.Serializer[Any]):
    """The drafts of which anything is alike. ``left_out``: the scopes that the key lacks."""

    results = SimilarDraft(many=True)
    left_out = serializers.ListField(child=serializers.CharField())


def _download(what: str) -> dict[Any, Any]:
    kind = breakdown_papers.KINDS[what]
    return {(200, kind.content_type): OpenApiResponse(OpenApiTypes.BINARY, "总是作为附件下载")}


class Outgoing:
    """Gives the breakdowns their files, their matrix, and what is alike."""

    @extend_schema(
        summary="下载任务分解表（Excel）", operation_id="breakdowns_list_xlsx", tags=["breakdowns"],
        responses=_download("list"),
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="list", url_name="list_xlsx")
    def list_xlsx(self: Any, request: Request, pk: str) -> HttpResponse:
        """Hand out the task list; the same rows give the same bytes."""
        return _sent(self, pk, "list")

    @extend_schema(
        summary="下载任务分解表（Word）", operation_id="breakdowns_table_docx", tags=["breakdowns"],
        responses=_download("table"),
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="table", url_name="table_docx")
    def table_docx(self: Any, request: Request, pk: str) -> HttpResponse:
        """Hand out the same for Word."""
        return _sent(self, pk, "table")

    @extend_schema(
        summary="条款落实对照表", operation_id="breakdowns_matrix", tags=["breakdowns"],
        description="每条条款落实为哪些任务、由哪些单位承担。密钥没有 tasks:read 的，已下达的任务按分解时的内容列出。",
        responses=MatrixSerializer,
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="matrix", url_name="matrix", pagination_class=None)
    def matrix(self: Any, request: Request, pk: str) -> Response:
        """Return clause by task by unit."""
        matrix = covering.matrix(_whole(self, pk), current=_reads_tasks(request))
        return Response(MatrixSerializer(matrix).data)

    @extend_schema(
        summary="下载条款落实对照表（Excel）", operation_id="breakdowns_matrix_xlsx", tags=["breakdowns"],
        responses=_download("matrix"),
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="matrix/xlsx", url_name="matrix_xlsx")
    def matrix_xlsx(self: Any, request: Request, pk: str) -> HttpResponse:
        """Hand the matrix out as a workbook."""
        return _sent(self, pk, "matrix")

    @extend_schema(
        summary="疑似重复的任务", operation_id="breakdowns_similar", tags=["breakdowns"],
        description="与未下达条目内容相近的在办任务、同一事项的任务和本文件的其他条目，每条最多三项；只提示，不阻止下达。",
        responses=SimilarList,
    )  # fmt: skip
    @action(detail=True, methods=["get"], url_path="similar", url_name="similar", pagination_class=None)
    def similar(self: Any, request: Request, pk: str) -> Response:
        """Tell which drafts say nearly what another draft or a task says; a key without tasks:read hears of no task."""
        near = alike.of(_whole(self, pk), by=self.request.user, tasks=_reads_tasks(request))
        rows = [{"draft": key, "similar": others} for key, others in near.items()]
        return Response(SimilarList({"results": rows, "left_out": left_out(request, ["tasks"])}).data)


def _whole(view: Any, pk: str) -> Breakdown:
    return found(view.visible().select_related("directive", "organiser"), pk)  # type: ignore[no-any-return]


def _reads_tasks(request: Request) -> bool:
    return not left_out(request, ["tasks"])


def _sent(view: Any, pk: str, what: str) -> HttpResponse:
    breakdown, kind = _whole(view, pk), breakdown_papers.KINDS[what]
    content = kind.content(breakdown, current=_reads_tasks(view.request))
    return send(content, kind.filename(breakdown), kind.content_type)
