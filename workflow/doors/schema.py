"""The OpenAPI document, drawn from what the door really does: tables of verbs, forms, filters and lifecycles."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from workflow.doors import paging
from workflow.doors.inputs import OperationForm, serializer_of
from workflow.doors.verbs import Verb

HEADER: Final = OpenApiParameter.HEADER
QUERY: Final = OpenApiParameter.QUERY
IF_MATCH = '看到的版本，例如 "3"（取自 ETag 或 version）；已有别人改过时 412，未写时 428'
KEY = "一个 UUID；同一请求重发时不会办两次，24 小时内得到同样的回答；用于另一请求时 422"
REASONS = {
    400: "内容有误：details 按字段说明",
    401: "没有登录，或接口密钥无效",
    403: "看得到但无权这样做：message 说明理由",
    404: "不存在，或不在可见范围内",
    409: "现在的状态不能这样做：details 含当前状态",
    412: "If-Match 的版本已旧：details 含当前版本",
    422: "不符合办理规则：code 与 message 说明是哪一条",
    428: "没有写 If-Match",
}


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every error."""

    code = serializers.CharField(help_text="稳定的错误码，例如 extension.pending")
    message = serializers.CharField(help_text="给人看的中文说明：发生了什么，为什么，接下来怎么办")
    details = serializers.DictField(help_text="机器可读的细节；400 时为字段 → 说明列表")
    request_id = serializers.CharField(help_text="请求编号，与日志对应")


class DoorSchema(AutoSchema):
    """Describes a NounSet and its verbs."""

    @property
    def door(self) -> Any:
        """The NounSet that is described."""
        return self.view

    @property
    def verb(self) -> Verb | None:
        """The verb behind the address, None for looking."""
        action = getattr(self.door, "action", "") or ""
        if action == "create" and getattr(self.door, "creation", None):
            return self.door.creation.verb  # type: ignore[no-any-return]
        if action.startswith("do_"):
            return self.door.table.verb(action.removeprefix("do_"))  # type: ignore[no-any-return]
        return None

    @property
    def plural(self) -> str:
        """The noun as it goes in addresses."""
        table = getattr(self.door, "table", None)
        return table.plural if table else self.door.noun  # type: ignore[no-any-return]

    def get_operation_id(self) -> str:
        """Name the operation by noun and verb: ``tasks_assign``, ``tasks_list``."""
        return f"{self.plural}_{self.door.action.removeprefix('do_')}"

    def get_tags(self) -> list[str]:
        """Group by noun."""
        return [self.plural]

    def get_summary(self) -> str | None:
        """Return the step's label."""
        table = getattr(self.door, "table", None)
        verb = self.verb
        known = verb and table and verb.name in table.lifecycle.verbs and self.door.action != "create"
        return str(table.lifecycle.label(verb.name)) if known else None  # type: ignore[union-attr]

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters of lists, or the headers of changes."""
        if self.door.action == "list":
            return [*self._filters(), *self._of_lists()]
        verb = self.verb
        if verb is None:
            return []
        key = OpenApiParameter("Idempotency-Key", str, HEADER, required=False, description=KEY)
        if verb.makes or self.door.action == "create":
            return [key]
        return [OpenApiParameter("If-Match", str, HEADER, required=True, description=IF_MATCH), key]

    def _filters(self) -> list[OpenApiParameter]:
        filters = self.door.filter_class.base_filters if self.door.filter_class else {}
        return [parameter(name, found.field, str(found.label or "")) for name, found in filters.items()]

    def _of_lists(self) -> list[OpenApiParameter]:
        size = {"type": "integer", "minimum": 1, "maximum": paging.MOST, "default": paging.SIZE}
        found = [
            OpenApiParameter("cursor", str, QUERY, description="翻页位置，取自 next 或 previous"),
            OpenApiParameter("page_size", size, QUERY, description="每页条数"),
        ]
        if self.door.orders:
            found.append(OpenApiParameter("ordering", str, QUERY, enum=list(self.door.orders), description="排序"))
        return found

    def get_request_serializer(self) -> Any:
        """Return what the verb's form takes, as JSON, or as multipart where there is a file."""
        verb = self.verb
        if verb is None:
            return None
        creation = self.door.creation if self.door.action == "create" else None
        described = input_of(verb.form, _camel(self.plural, verb.name), creation.root if creation else "")
        has_file = any(isinstance(field, forms.FileField) for field in verb.form.base_fields.values())
        return {"multipart/form-data" if has_file else "application/json": described}

    def get_response_serializers(self) -> Any:
        """Return what each status answers."""
        verb = self.verb
        if verb is None:
            seen = super().get_response_serializers()
            return {200: seen} | _errors(400 if self.door.action == "list" else 404, 401, 403)
        if self.door.action == "create":
            return {201: super().get_response_serializers()} | _errors(400, 401, 403, 409, 412, 422)
        if verb.makes:
            shower = self.door.made.get(verb.makes, type(self.door))
            return {201: shower.detail_class or shower.serializer_class} | _errors(400, 401, 403, 404, 409, 412, 422)
        gone = OpenApiResponse(description="已办成；办成后调用者不再看得到它")
        answers = {200: super().get_response_serializers(), 204: gone}
        return answers | _errors(400, 401, 403, 404, 409, 412, 422, 428)


def _errors(*statuses: int) -> dict[int, OpenApiResponse]:
    return {status: OpenApiResponse(ErrorSerializer, REASONS[status]) for status in sorted(statuses)}


def _camel(*words: str) -> str:
    return "".join(part.title() for word in words for part in word.split("_"))


@cache
def input_of(form_class: type[OperationForm], name: str, root: str = "") -> type[serializers.Serializer[Any]]:
    """Return the serializer that describes a form, with the key of its root where the address does not name it."""
    described = serializer_of(form_class, name)
    if not root:
        return described
    field = serializers.IntegerField(help_text="所属对象的编号")
    return type(f"{name}Input", (described,), {root: field, "__doc__": form_class.__doc__})


def parameter(name: str, field: forms.Field, label: str) -> OpenApiParameter:
    """Return a filter as a parameter."""
    if isinstance(field, forms.MultipleChoiceField):
        return OpenApiParameter(name, str, QUERY, enum=_values(field), many=True, explode=True, description=label)
    if isinstance(field, forms.ChoiceField):
        return OpenApiParameter(name, str, QUERY, enum=_values(field), description=label)
    if isinstance(field, forms.IntegerField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        schema: Any = {"type": "integer"} | {key: value for key, value in bounds.items() if value is not None}
        return OpenApiParameter(name, schema, QUERY, description=label)
    if isinstance(field, forms.DateField):
        return OpenApiParameter(name, {"type": "string", "format": "date"}, QUERY, description=label)
    if isinstance(field, forms.DecimalField):
        return OpenApiParameter(name, {"type": "integer", "minimum": 1}, QUERY, description=label)
    return OpenApiParameter(name, str, QUERY, description=label)


def _values(field: Any) -> list[str]:
    return [value for value, _label in field.choices if value]
