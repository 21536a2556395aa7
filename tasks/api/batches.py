"""``/api/v1/batches/``: imported task tables. ``POST`` uploads one, or with ``dry_run`` only tells what would come."""

from __future__ import annotations

from typing import Any, cast

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.models import Department, User
from tasks import import_inputs, verbs, workbooks
from tasks.actors import officer
from tasks.api.common import STANDING, DirectiveBrief, Standing
from tasks.import_filters import BatchFilter
from tasks.models import Batch, BatchRow
from tasks.operations import batches
from tasks.states import RowState
from workflow.doors.api import Creation, VerbSet, found, with_creation, with_verbs
from workflow.doors.inputs import OperationForm
from workflow.doors.verbs import Verb
from workflow.refusal import Forbidden

WORKBOOK = {(200, workbooks.XLSX): OpenApiResponse(OpenApiTypes.BINARY, "Excel 工作簿，总是作为附件下载")}


class BatchSerializer(Standing, serializers.ModelSerializer[Batch]):
    """An imported task table: how far it was read, and what came of its lines."""

    table = verbs.BATCH
    directive = DirectiveBrief(read_only=True)
    organiser = UnitSerializer(read_only=True)
    uploaded_by = NameSerializer(read_only=True)
    kept = serializers.IntegerField(read_only=True, help_text="留待更正的行数")
    waiting = serializers.IntegerField(read_only=True, help_text="现在可以导入的行数")

    class Meta:
        model = Batch
        fields = (
            "id", "directive", "organiser", "uploaded_by", "uploaded_at", "name", "size", "sha256", "title",
            "skipped_sheets", "default_limit", "total", "good", "skipped", "kept", "waiting", "handled", "taken",
            "problem", "problem_code", *STANDING, "created_at",
        )  # fmt: skip


class ProblemSerializer(serializers.Serializer[Any]):
    """What is wrong in a cell; ``blocking`` keeps the line for correction, else it is a hint."""

    cell = serializers.CharField(help_text="单元格，例如 E5")
    column = serializers.CharField(help_text="列名，例如 牵头单位")
    code = serializers.CharField()
    message = serializers.CharField(help_text="什么问题、为什么、怎么办")
    blocking = serializers.BooleanField()


class RowSerializer(serializers.ModelSerializer[BatchRow]):
    """One line: its cells, the units that were matched, what it would become, and what is wrong in which cell.

    ``proposed`` uses the names of ``amend``, so that it can be sent back with what was corrected.
    """

    state = serializers.SerializerMethodField(help_text="good 可导入、kept 待更正、taken 已导入、skipped 不导入")
    cells = serializers.SerializerMethodField(help_text="原表各列的文字")
    lead = serializers.SerializerMethodField(help_text="匹配到的牵头单位")
    joint = serializers.SerializerMethodField(help_text="共同牵头单位")
    co_units = serializers.SerializerMethodField(help_text="配合单位，泛称能确定的已展开")
    proposed = serializers.DictField(read_only=True)
    problems = ProblemSerializer(many=True, read_only=True)
    task = serializers.IntegerField(source="task_id", read_only=True, allow_null=True)

    class Meta:
        model = BatchRow
        fields = (
            "id", "sheet", "line", "state", "cells", "lead", "joint", "co_units", "proposed", "problems", "good",
            "skipped", "amended", "task",
        )  # fmt: skip
        read_only_fields = fields

    def get_state(self, row: BatchRow) -> str:
        """Return what is to become of the line."""
        return row.standing

    def get_cells(self, row: BatchRow) -> dict[str, str]:
        """Return the cells by heading."""
        return row.read["cells"]  # type: ignore[no-any-return]

    @extend_schema_field(UnitSerializer(allow_null=True))
    def get_lead(self, row: BatchRow) -> Any:
        """Return the lead."""
        return next(iter(self._units([row.proposed["lead"]])), None)

    @extend_schema_field(UnitSerializer(many=True))
    def get_joint(self, row: BatchRow) -> Any:
        """Return the joint leads."""
        return self._units(row.proposed["joint"])

    @extend_schema_field(UnitSerializer(many=True))
    def get_co_units(self, row: BatchRow) -> Any:
        """Return the co-units."""
        return self._units(row.proposed["co_units"])

    def _units(self, keys: list[int | None]) -> list[Any]:
        units = self.context["units"]
        return [UnitSerializer(units[key]).data for key in keys if key in units]


def shown(rows: list[BatchRow]) -> Any:
    """Return lines as they are shown, their units fetched by one statement."""
    keys = {key for row in rows for key in row.units}
    return RowSerializer(rows, many=True, context={"units": Department.objects.in_bulk(keys)}).data


class PreviewSerializer(serializers.Serializer[Any]):
    """What an upload would come to; nothing of it is kept."""

    title = serializers.CharField()
    skipped_sheets = serializers.ListField(child=serializers.CharField())
    total = serializers.IntegerField()
    good = serializers.IntegerField()
    kept = serializers.IntegerField()
    rows = RowSerializer(many=True)


@with_creation(Creation(Verb("upload", batches.upload, import_inputs.RehearsedImportForm)))
@with_verbs(verbs.BATCH)
class BatchSet(VerbSet):
    """The imports of the officer's own office."""

    model = Batch
    filter_class = BatchFilter
    serializer_class = BatchSerializer
    orders = {"-id": ("-pk",), "id": ("pk",)}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse an upload by anybody but an officer before anything is looked at."""
        super().initial(request, *args, **kwargs)
        if self.action == "create" and not officer(request.user, None):
            raise Forbidden("directive.upload.forbidden", officer.reason)

    def make(self, creation: Creation, subject: Any, form: OperationForm) -> Response:
        """Upload, or only tell what would come of it."""
        given, by = form.arguments(), cast(User, self.request.user)
        directive, rehearses = given.pop("directive"), given.pop("dry_run")
        if not rehearses:
            return self.show_again(batches.upload(directive, by=by, **given).pk, 201)
        seen = batches.preview(directive, by=by, **given)
        told = {"title": seen.title, "skipped_sheets": seen.skipped_sheets, "total": len(seen.rows)}
        good = sum(row.good for row in seen.rows)
        return Response(told | {"good": good, "kept": len(seen.rows) - good, "rows": shown(seen.rows)})

    @extend_schema(
        summary="逐行结果",
        operation_id="batches_rows",
        tags=["batches"],
        parameters=[
            OpenApiParameter("state", str, enum=list(RowState.values), description="只要某一类行"),
            OpenApiParameter("cursor", str, description="翻页位置，取自 next 或 previous"),
            OpenApiParameter("page_size", int, description="每页条数，最多 200"),
        ],
        responses=RowSerializer(many=True),
    )
    @action(detail=True, methods=["get"], url_path="rows", url_name="rows")
    def rows(self, request: Request, pk: str) -> Response:
        """List the lines in the order of the sheet, page by page. Refused: 400 for a state that there is not."""
        batch = found(self.visible(), pk)
        rows = BatchRow.objects.filter(batch=batch)
        state = request.GET.get("state", "")
        if state and state not in RowState.values:
            offered = "、".join(RowState.values)
            raise ValidationError({"state": [_("没有这一类。可用：%(offered)s。") % {"offered": offered}]})
        page = self.paginate_queryset(rows.standing(state) if state else rows)
        return self.get_paginated_response(shown(page or []))

    @extend_schema(operation_id="batches_kept", summary="下载待更正的行", tags=["batches"], responses=WORKBOOK)
    @action(detail=True, methods=["get"], url_path="kept", url_name="kept")
    def kept(self, request: Request, pk: str) -> FileResponse:
        """Hand out the lines kept for correction as a workbook that says what is wrong with each."""
        batch = found(self.visible(), pk)
        return workbooks.kept(batch)

    @extend_schema(operation_id="batches_template", summary="下载模板", tags=["batches"], responses=WORKBOOK)
    @action(detail=False, methods=["get"], url_path="template", url_name="template")
    def template(self, request: Request) -> FileResponse:
        """Hand out the workbook to fill in, with the caller's units to choose from."""
        return workbooks.template(request.user)

    def chosen_order(self) -> tuple[str, ...]:
        """Keep the order of the sheet for its lines."""
        return ("pk",) if self.action == "rows" else super().chosen_order()
