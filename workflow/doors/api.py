"""The REST door's shared code: a noun with its verbs as addresses, versions, replay, keyset paging, one error shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError as WrongType
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from workflow.doors import paging, replay
from workflow.doors.inputs import OperationForm, from_json, storable
from workflow.doors.parsers import PARSERS
from workflow.doors.retries import again_without_files
from workflow.doors.schema import DoorSchema
from workflow.doors.verbs import Noun, Verb
from workflow.prepared import one
from workflow.record import refuse_stale
from workflow.refusal import Malformed, NotVisible, Refusal

LONGEST_VERSION = 9
OF_LISTS = ("cursor", "page_size", "ordering", "format")
"""What every list takes besides its filters."""


class VersionRequired(Refusal):
    """A change must say which version the caller saw (428)."""

    status = 428


def expected_version(request: Request) -> int:
    """Return the version named by If-Match. Refused: 428 without it, 400 for what is no version of ours."""
    header = request.headers.get("If-Match")
    if header is None:
        raise VersionRequired("version.required", _("请在 If-Match 中写明您看到的版本（取自 ETag 或 version）。"))
    text = header.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_VERSION):
        raise Malformed("version.malformed", _('If-Match 应为一个版本号，例如 "3"。'))
    return int(text)


def seen_version(request: Request, verb: Verb) -> int | None:
    """Return the version the caller saw; what only adds a part may go without, since it overwrites nothing."""
    if verb.makes and "If-Match" not in request.headers:
        return None
    return expected_version(request)


# ------------------------------------------------------------------------------------------------ lists


class Narrowing(BaseFilterBackend):
    """Applies the view's ``filter_class`` to the query string."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the rows that the query string asks for.

        Refused: 400 for a value that cannot be read and for a name that is no filter: a misspelt one would show all.
        """
        known = view.filter_class.base_filters if view.filter_class else {}
        unknown = sorted(set(request.GET) - set(known) - set(OF_LISTS))
        if unknown:
            raise ValidationError({name: [_("没有这个筛选条件，请查看接口文档。")] for name in unknown})
        if view.filter_class is None:
            return queryset
        chosen = view.filter_class(request.GET, queryset=queryset, request=request)
        for field in chosen.form.fields.values():
            storable(field)
        if not chosen.is_valid():
            raise ValidationError(complaints(chosen.form))
        return chosen.qs  # type: ignore[no-any-return]


class Keyset(BasePagination):
    """``?cursor=…&page_size=…``; answers ``{"next", "previous", "results"}`` with cursors, and counts nothing."""

    page: paging.Page

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that was asked for."""
        size = paging.size_of(request.GET.get("page_size"))
        self.page = paging.page(queryset, view.chosen_order(), request.GET.get("cursor"), size)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows."""
        return Response({"next": self.page.next, "previous": self.page.previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the wrapping."""
        cursor = {"type": "string", "nullable": True, "description": "cursor 参数的值"}
        properties = {"next": cursor, "previous": cursor, "results": schema}
        return {"type": "object", "required": ["next", "previous", "results"], "properties": properties}


def complaints(form: Any) -> dict[str, list[str]]:
    """Return what a form complains of, by field."""
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


# ------------------------------------------------------------------------------------------------ nouns


class NounSet(GenericViewSet[Any]):
    """List and detail of what the caller may see. A subclass names its ``noun``, ``model`` and ``serializer_class``.

    ``order`` is the order of the list, ``orders`` others to be had by ``?ordering=``; the last field of each is unique.
    """

    noun: ClassVar[str] = ""
    model: ClassVar[Any] = None
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    orders: ClassVar[dict[str, tuple[str, ...]]] = {}
    filter_class: ClassVar[Any] = None
    detail_class: ClassVar[type[serializers.BaseSerializer[Any]] | None] = None
    filter_backends = (Narrowing,)
    pagination_class = Keyset
    parser_classes = PARSERS
    metadata_class = None
    lookup_value_regex = "[0-9]{1,18}"
    schema = DoorSchema()

    def visible(self) -> QuerySet[Any]:
        """Begin with what the caller may see."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()  # type: ignore[no-any-return]
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[no-any-return]

    def get_queryset(self) -> QuerySet[Any]:
        """Return what the list shows."""
        return self.visible().for_list()  # type: ignore[attr-defined, no-any-return]

    def for_detail(self) -> QuerySet[Any]:
        """Return what the detail shows; the list's rows unless a subclass needs more."""
        return self.get_queryset()

    def get_serializer_class(self) -> Any:
        """Return the row's serializer for the list, else the detail's."""
        return self.serializer_class if self.action == "list" else self.detail_class or self.serializer_class

    def chosen_order(self) -> tuple[str, ...]:
        """Return the order asked for. Refused: Malformed for one that is not offered."""
        name = self.request.GET.get("ordering")
        if not name:
            return self.order
        if name not in self.orders:
            offered = "、".join(self.orders) or _("无")
            raise Malformed("page.ordering", _("没有这种排序。可用：%(offered)s。") % {"offered": offered})
        return self.orders[name]

    def list(self, request: Request) -> Response:
        """List what the caller may see, page by page."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """Show one; 404 for what is absent or hidden."""
        return self.show(found(self.for_detail(), pk))

    def show(self, thing: Any, status: int = 200) -> Response:
        """Answer with one thing and its version as ETag."""
        return tagged(Response(self.get_serializer(thing).data, status=status), thing)

    def show_again(self, pk: Any, status: int = 200) -> Response:
        """Show the subject fresh; a caller whose own deed took his sight is told no more than that it is done."""
        thing = one(self.for_detail(), pk)
        return self.show(thing, status) if thing is not None else Response(status=204)


def found(rows: QuerySet[Any], pk: Any) -> Any:
    """Return the row with this key. Refused: NotVisible."""
    thing = one(rows, pk)
    if thing is None:
        raise NotVisible("not_found", _("没有找到。"))
    return thing


def tagged(response: Response, thing: Any) -> Response:
    """Return the response with the thing's version as ETag, if it has one."""
    version = getattr(thing, "version", None)
    if version is not None:
        response["ETag"] = f'"{version}"'
    return response


# ------------------------------------------------------------------------------------------------ verbs


class VerbSet(NounSet):
    """A NounSet whose noun has verbs; ``made`` maps what an operation makes to the set that shows it, if not this."""

    table: ClassVar[Noun | None] = None
    made: ClassVar[dict[str, type[NounSet]]] = {}
    creation: ClassVar[Creation | None] = None

    def perform(self, verb: Verb, subject: Any, form: OperationForm) -> Any:
        """Call the verb's operation with what the form holds; again where another transaction broke it off (F29)."""
        arguments, subjects = {"by": self.request.user} | form.arguments(), () if subject is None else (subject,)
        return again_without_files(self.request, lambda: verb.operation(*subjects, **arguments))

    def checked(self, form_class: type[OperationForm], subject: Any = None, besides: str = "") -> OperationForm:
        """Return the form, filled and found in order.

        Refused: ValidationError (400) by field; unknown fields too, so that a misspelt one is not lost. ``besides``
        is a field that the form does not know: the root of what is created.
        """
        data = self.body()
        unknown = sorted(set(data) - set(form_class.base_fields) - {besides})
        if unknown:
            raise ValidationError({name: [_("没有这个字段，请查看接口文档。")] for name in unknown})
        try:
            values = data if hasattr(data, "getlist") else from_json(data, form_class)
        except WrongType as error:
            raise ValidationError(error.message_dict) from error
        form = form_class(values, self.request.FILES, user=self.request.user, subject=subject)
        if not form.is_valid():
            raise ValidationError(complaints(form))
        return form

    def body(self) -> Any:
        """Return the fields that came in. Refused: Malformed for a body that is no object."""
        data = self.request.data
        if not hasattr(data, "get"):
            raise Malformed("input.malformed", _("请求内容应为一个 JSON 对象或表单。"))
        return data

    def once(self, prepare: Callable[[], Any], act: Callable[[Any], Response]) -> HttpResponse | Response:
        """Answer by ``act``, or as before if the Idempotency-Key was used before."""
        return replay.once(self.request, prepare, act, self._rendered)

    def _rendered(self, response: Response) -> bytes:
        renderer: Any = self.request.accepted_renderer
        return renderer.render(response.data, renderer.media_type)  # type: ignore[no-any-return]

    def take(self, verb: Verb, pk: str) -> HttpResponse | Response:
        """Take one step with one thing: version, input, operation, answer."""

        def prepare() -> tuple[Any, OperationForm]:
            subject = found(self.visible(), pk)
            return self.ready(verb, self.table, subject), self.checked(verb.form, subject)

        def act(prepared: tuple[Any, OperationForm]) -> Response:
            made = self.perform(verb, *prepared)
            return self.show_made(verb.makes, made) if verb.makes else self.show_again(pk)

        return self.once(prepare, act)

    def ready(self, verb: Verb, noun: Noun | None, subject: Any) -> Any:
        """Return the subject, expecting the version that was seen.

        Refused early, before the input is looked at: 428 or 400 for the version, 412, 403, 409. The operation asks the
        same again under its lock.
        """
        expected = seen_version(self.request, verb)
        refuse_stale(subject, expected)
        if noun is not None:
            noun.lifecycle.check(subject, verb.name, self.request.user)
        return subject.expecting(expected)

    def make(self, creation: Creation, subject: Any, form: OperationForm) -> Response:
        """Create a thing and show it."""
        return self.show_again(self.perform(creation.verb, subject, form).pk, status=201)

    def show_made(self, noun: str, made: Any) -> Response:
        """Show what came of a verb that makes another noun, as its own address shows it."""
        shower = self.made.get(noun, type(self))(request=self.request, action="retrieve", format_kwarg=None)
        return shower.show_again(made.pk, status=201)


class Creation:
    """How ``POST /<plural>/`` makes a thing: by an operation of its own, or by a verb of its root.

    ``root`` is the field of the body that names the root's key, e.g. ``task`` of ``POST /reports/``, which is the same
    operation as ``POST /tasks/{id}/report/``.
    """

    def __init__(self, verb: Verb, noun: Noun | None = None, root: str = "") -> None:
        self.verb, self.noun, self.root = verb, noun, root

    def subject(self, view: VerbSet) -> Any:
        """Return the root named in the body. Refused: ValidationError (400) where it is missing or not visible."""
        if self.noun is None:
            return None
        key = view.body().get(self.root)
        if key is None or key == "":
            raise ValidationError({self.root: [_("请写明编号。")]})
        if isinstance(key, bool) or not str(key).isascii() or not str(key).isdigit() or len(str(key)) > 18:
            raise ValidationError({self.root: [_("应为一个编号（整数）。")]})
        rows = self.noun.model._default_manager.visible_to(view.request.user)
        thing = one(rows, int(key))
        if thing is None:
            raise ValidationError({self.root: [_("没有找到：它不存在，或不在您的可见范围内。")]})
        return view.ready(self.verb, self.noun, thing)


V = TypeVar("V", bound=type[VerbSet])


def with_verbs(noun: Noun) -> Callable[[V], V]:
    """Give a viewset ``POST …/{id}/{verb}/`` for each verb of the noun, all alike."""

    def dress(view: V) -> V:
        view.table = noun
        for verb in noun.verbs:
            setattr(view, f"do_{verb.name}", _endpoint(verb))
        return view

    return dress


def _endpoint(verb: Verb) -> Any:
    def endpoint(self: VerbSet, request: Request, pk: str) -> Any:
        return self.take(verb, pk)

    endpoint.__name__ = f"do_{verb.name}"
    endpoint.__doc__ = (verb.operation.__doc__ or "").strip()
    return action(detail=True, methods=["post"], url_path=verb.name, url_name=verb.name)(endpoint)


def with_creation(creation: Creation) -> Callable[[V], V]:
    """Give a viewset ``POST …/`` by ``creation``."""

    def create(self: VerbSet, request: Request) -> Any:
        def prepare() -> tuple[Any, OperationForm]:
            subject = creation.subject(self)
            return subject, self.checked(creation.verb.form, subject, creation.root)

        return self.once(prepare, lambda prepared: self.make(creation, *prepared))

    create.__doc__ = (creation.verb.operation.__doc__ or "").strip()

    def dress(view: V) -> V:
        view.creation = creation
        view.create = create  # type: ignore[attr-defined]
        return view

    return dress
