"""``/api/v1/directives/{id}/document/``, ``clauses/``, ``drafts/``, ``issue/``: the directive's paper taken apart."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tasks import breakdown_inputs, verbs
from tasks.api.breakdowns import (
    BreakdownDetail,
    BreakdownSet,
    ClauseSerializer,
    ClauseSet,
    DraftSerializer,
    DraftSet,
    named_in,
)
from tasks.api.issuing import IssuedSerializer
from tasks.models import Breakdown, Directive
from tasks.operations import issuing
from tasks.operations.breakdowns import making, settling
from workflow.doors.api import found
from workflow.doors.schema import HEADER, KEY, input_of
from workflow.refusal import NotVisible

IDEMPOTENCY = [OpenApiParameter("Idempotency-Key", str, HEADER, required=False, description=KEY)]
PAGED = [OpenApiParameter("cursor", str), OpenApiParameter("page_size", int)]


class PreviewClause(serializers.Serializer[Any]):
    """A clause of a rehearsal."""

    key = serializers.CharField()
    number = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()


class PreviewDraft(serializers.Serializer[Any]):
    """A draft of a rehearsal."""

    clause = serializers.CharField(source="clause.key")
    proposed = serializers.DictField()


class PreviewSerializer(serializers.Serializer[Any]):
    """What a paper would come to; nothing of it is kept."""

    title = serializers.CharField()
    annotated = serializers.BooleanField()
    clauses = PreviewClause(many=True)
    drafts = PreviewDraft(many=True)


def standing(view: Any, pk: str) -> Breakdown:
    """Return the breakdown that stands for a visible directive. Refused: NotVisible (404) where there is none."""
    directive = found(view.visible(), pk)
    rows = Breakdown.objects.visible_to(view.request.user).standing().filter(directive=directive)
    breakdown: Breakdown | None = rows.select_related("directive", "organiser", "made_by", "waived_by").first()
    if breakdown is None:
        raise NotVisible("not_found", _("这个事项还没有分解文件，或者您看不到它。"))
    return breakdown


class Decomposing:
    """Gives the directives the breakdown of their paper."""

    @extend_schema(
        methods=["GET"], summary="分解的文件", operation_id="directives_document", tags=["directives"],
        responses=BreakdownDetail,
    )  # fmt: skip
    @extend_schema(
        methods=["POST"], summary="分解文件", operation_id="directives_document_create", tags=["directives"],
        description="上传文件（file）或粘贴文字（text）；dry_run 只试分解，不保存。",
        parameters=IDEMPOTENCY, request=input_of(breakdown_inputs.RehearsedDocumentForm, "DirectivesDocument"),
        responses={
            201: BreakdownDetail,
            200: PreviewSerializer,
        },
    )  # fmt: skip
    @action(detail=True, methods=["get", "post"], url_path="document", url_name="document")
    def document(self: Any, request: Request, pk: str) -> HttpResponse | Response:
        """Show the paper that stands, or take one apart. Refused: as ``making.break_down``."""
        if request.method == "GET":
            return _shown(self, BreakdownSet).show(standing(self, pk))  # type: ignore[no-any-return]

        def prepare() -> tuple[Directive, dict[str, Any]]:
            directive = found(self.visible(), pk)
            verbs.DIRECTIVE.lifecycle.check(directive, "break_down", request.user)
            return directive, self.checked(breakdown_inputs.RehearsedDocumentForm, directive).arguments()

        def act(prepared: tuple[Directive, dict[str, Any]]) -> Response:
            directive, given = prepared
            if given.pop("dry_run"):
                return Response(_previewed(making.only_one(**given)))
            made = making.break_down(directive, by=self.request.user, **given)
            return _shown(self, BreakdownSet).show_again(made.pk, 201)  # type: ignore[no-any-return]

        return self.once(prepare, act)  # type: ignore[no-any-return]

    @extend_schema(
        methods=["GET"], summary="条款及落实情况", operation_id="directives_clauses", tags=["directives"],
        parameters=PAGED, responses=ClauseSerializer(many=True),
    )  # fmt: skip
    @extend_schema(
        methods=["POST"], summary="批量处置条款", operation_id="directives_clauses_dispose", tags=["directives"],
        description="同 POST /breakdowns/{id}/dispose/，需 If-Match 写明分解的版本。",
        parameters=IDEMPOTENCY, request=input_of(breakdown_inputs.DisposeManyForm, "DirectivesClauses"),
        responses=BreakdownDetail,
    )  # fmt: skip
    @action(detail=True, methods=["get", "post"], url_path="clauses", url_name="clauses")
    def clauses(self: Any, request: Request, pk: str) -> HttpResponse | Response:
        """List the clauses of the paper that stands, or dispose of several."""
        breakdown = standing(self, pk)
        if request.method == "POST":
            return _shown(self, BreakdownSet).take(verbs.BREAKDOWN.verb("dispose"), str(breakdown.pk))  # type: ignore[no-any-return]
        return _listed(self, ClauseSet, ClauseSerializer, breakdown)

    @extend_schema(
        methods=["GET"], summary="分解条目", operation_id="directives_drafts", tags=["directives"],
        parameters=PAGED, responses=DraftSerializer(many=True),
    )  # fmt: skip
    @extend_schema(
        methods=["POST"], summary="补拟一条", operation_id="directives_drafts_add", tags=["directives"],
        parameters=IDEMPOTENCY, request=input_of(breakdown_inputs.AddForm, "DirectivesDrafts"),
        responses={201: DraftSerializer},
    )  # fmt: skip
    @action(detail=True, methods=["get", "post"], url_path="drafts", url_name="drafts")
    def drafts(self: Any, request: Request, pk: str) -> HttpResponse | Response:
        """List the drafts of the paper that stands, or add one by hand."""
        breakdown = standing(self, pk)
        if request.method == "POST":
            return _shown(self, BreakdownSet).take(verbs.BREAKDOWN.verb("add"), str(breakdown.pk))  # type: ignore[no-any-return]
        return _listed(self, DraftSet, DraftSerializer, breakdown)

    @extend_schema(
        summary="下达分解的任务", operation_id="directives_issue", tags=["directives"],
        description=(
            "把已采纳的条目立为任务并一次交办；还有条款未落实的拒绝（409，details 给出条款标识）。"
            "dry_run 只预演谁会得到什么、何时到期，不改动任何数据。"
        ),
        parameters=IDEMPOTENCY, request=input_of(breakdown_inputs.RehearsalForm, "DirectivesIssue"),
        responses=IssuedSerializer,
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="issue", url_name="issue")
    def issue(self: Any, request: Request, pk: str) -> HttpResponse | Response:
        """Issue the accepted drafts as tasks, or only say what would come of it. Refused: as ``settling.issue``."""

        def prepare() -> tuple[Breakdown, dict[str, Any]]:
            breakdown = standing(self, pk)
            verbs.BREAKDOWN.lifecycle.check(breakdown, "issue", request.user)
            return breakdown, self.checked(breakdown_inputs.RehearsalForm, breakdown).arguments()

        def act(prepared: tuple[Breakdown, dict[str, Any]]) -> Response:
            breakdown, given = prepared
            if given["dry_run"]:
                outcomes = settling.rehearse(breakdown, by=self.request.user)
            else:
                outcomes = settling.outcomes(settling.issue(breakdown, by=self.request.user))
            done = sum(outcome.done for outcome in outcomes)
            told = {"dry_run": given["dry_run"], "done": done, "refused": len(outcomes) - done, "results": outcomes}
            remaining = issuing.drafts(breakdown.directive).count()
            return Response(IssuedSerializer(told | {"remaining": remaining}).data)

        return self.once(prepare, act)  # type: ignore[no-any-return]


def _shown(view: Any, kind: Any) -> Any:
    """Return the set that shows another noun, for the same request."""
    return kind(request=view.request, action="retrieve", format_kwarg=None)


def _listed(view: Any, kind: Any, serializer: Any, breakdown: Breakdown) -> Response:
    """List the parts of one breakdown, in its order, page by page."""
    shower = kind(request=view.request, action="list", format_kwarg=None)
    rows = shower.paginate_queryset(shower.get_queryset().filter(breakdown=breakdown))
    context: dict[str, Any] = {"request": view.request}
    if kind is DraftSet:
        context["units"] = named_in(rows)
    return shower.get_paginated_response(serializer(rows, many=True, context=context).data)  # type: ignore[no-any-return]


def _previewed(document: making.Document) -> Any:
    text, apart = document.paper.text, document.apart
    for clause in apart.clauses:
        clause.text = text[clause.start : clause.end]  # type: ignore[attr-defined]
    told = {"title": apart.facts.title, "annotated": apart.facts.annotated}
    return PreviewSerializer(told | {"clauses": apart.clauses, "drafts": apart.drafts}).data
