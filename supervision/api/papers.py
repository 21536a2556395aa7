"""``GET …/{id}/paper/?as=docx|pdf``: a row of the room as an official paper, the same bytes as on its page."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from supervision import papers
from workflow.doors.api import NounSet, found
from workflow.doors.files import send
from workflow.refusal import Malformed

V = TypeVar("V", bound=type[NounSet])


def with_paper(view: V) -> V:
    """Give a set of a noun the address of its papers."""
    sheet = next(sheet for sheet in papers.SHEETS.values() if sheet.plural == _plural(view))

    @extend_schema(
        summary="下载文书",
        description="按公文格式（GB/T 9704）生成；未编号的草稿只给拟稿人和审批人，文件名以“草稿”开头。",
        operation_id=f"{sheet.plural}_paper",
        tags=[sheet.plural],
        parameters=[OpenApiParameter("as", str, enum=list(papers.TYPES), default="docx", description="文件格式")],
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "总是作为附件下载"),
            400: OpenApiResponse(description="没有这种格式"),
            404: OpenApiResponse(description="不存在，或不在可见范围内"),
            409: OpenApiResponse(description=f"{sheet.noun}.not_issued：尚未签发，没有可以下载的文书"),
        },
    )
    @action(detail=True, methods=["get"], url_path="paper", url_name="paper")
    def paper(self: Any, request: Request, pk: str) -> HttpResponse:
        """Hand out the paper as a download. Refused: Malformed("paper.as") for a layout that is not offered."""
        ending = request.query_params.get("as", "docx")
        if ending not in papers.TYPES:
            raise Malformed("paper.as", _("没有这种格式。请用 docx 或 pdf。"))
        made = papers.printed(sheet, found(sheet.rows(request.user), pk), request.user)
        return send(made.content(ending), made.name(ending), papers.TYPES[ending])

    view.paper = paper  # type: ignore[attr-defined]
    return view


def _plural(view: type[NounSet]) -> str:
    table: Any = getattr(view, "table", None)
    return table.plural if table is not None else view.noun
