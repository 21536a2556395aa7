"""One mapping for both doors: an error becomes the same status and sentence on a page and in JSON.

Not visible 404, visible but not allowed 403, wrong moment 409, an old version 412, a rule 422, malformed input 400.
"""

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from workflow.refusal import NotVisible, Refusal

log = structlog.get_logger(__name__)

NOT_FOUND = _("没有找到：它不存在，或不在您的可见范围内。请回到列表重新查找。")
FORBIDDEN = _("您没有权限这样做。如职责有变动，请联系本单位管理员。")
AUTH_REQUIRED = _("请先登录，或提供有效的接口密钥。")
INVALID = _("填写的内容有误，请按提示改正后重新提交。")
MALFORMED = _("请求的格式有误，无法读取。请检查后重新提交。")
CSRF = _("页面已过期，为安全起见未作处理。请刷新页面后重新提交。")
BUSY = _("系统繁忙，这次没有办成，数据未改动。请稍后再试。")
BROKEN = _("系统出错，已记录，数据未改动。请稍后再试；若仍出错，请把请求编号告诉管理员。")

# Exception of the REST framework → code and sentence. The first class that fits counts.
REST_ERRORS: tuple[tuple[type[exceptions.APIException], str, Any], ...] = (
    (exceptions.ParseError, "input.malformed", MALFORMED),
    (exceptions.NotAuthenticated, "auth.required", AUTH_REQUIRED),
    (exceptions.PermissionDenied, "auth.forbidden", FORBIDDEN),
    (exceptions.NotFound, "not_found", NOT_FOUND),
    (exceptions.MethodNotAllowed, "method.not_allowed", _("这个地址不支持该方法，请查看接口文档。")),
    (exceptions.NotAcceptable, "media.not_acceptable", _("只提供 application/json，请修改 Accept。")),
    (exceptions.UnsupportedMediaType, "media.unsupported", _("不支持这种内容类型，请使用 application/json 或表单。")),
    (exceptions.Throttled, "throttled", _("请求过于频繁，请稍后再试。")),
)


def request_id() -> str:
    """Return the id that ties this answer to its log lines."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def body(code: str, message: Any, details: Any = None) -> dict[str, Any]:
    """Return the one error shape of the REST door."""
    return {"code": code, "message": force_str(message), "details": details or {}, "request_id": request_id()}


# The REST door --------------------------------------------------------------------------------------------------------


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an error of the REST door; None leaves it to be loud (500)."""
    if isinstance(error, Refusal):
        set_rollback()
        return Response(shown(error), status=error.status)
    if isinstance(error, OperationalError):
        set_rollback()
        log.error("database_busy", exc_info=error)
        return Response(body("busy", BUSY), status=503, headers={"Retry-After": "3"})
    answer = exception_handler(error, context)
    if answer is None:
        return None
    answer.data = body(*described(error))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        answer.status_code = 401  # the framework says 403 when the first way in has no challenge of its own
    return answer


def shown(refusal: Refusal) -> dict[str, Any]:
    """Return what a refusal tells; what is not visible tells nothing of itself."""
    if isinstance(refusal, NotVisible):
        return body("not_found", NOT_FOUND)
    return body(refusal.code, refusal.message, refusal.details)


def described(error: Exception) -> tuple[str, Any, Any]:
    """Return code, sentence and details of an error that is not a Refusal."""
    if isinstance(error, Http404):
        return "not_found", NOT_FOUND, None
    if isinstance(error, PermissionDenied):
        return "auth.forbidden", FORBIDDEN, None
    if isinstance(error, exceptions.ValidationError):
        return "input.invalid", INVALID, by_field(error.detail)
    if isinstance(error, exceptions.PermissionDenied) and str(error.detail).startswith("CSRF Failed"):
        return "csrf.failed", CSRF, None
    if isinstance(error, exceptions.AuthenticationFailed):
        return "auth.required", error.detail, None
    for kind, code, message in REST_ERRORS:
        if isinstance(error, kind):
            return code, message, None
    return "error", getattr(error, "detail", BROKEN), None


def by_field(detail: Any) -> dict[str, Any]:
    """Return the complaints of a ValidationError as field → sentences."""
    if isinstance(detail, dict):
        return {name: said if isinstance(said, list | dict) else [said] for name, said in detail.items()}
    return {"__all__": detail if isinstance(detail, list) else [detail]}


# The pages ------------------------------------------------------------------------------------------------------------


def wants_json(request: HttpRequest) -> bool:
    """Say whether the answer belongs to the REST door."""
    return request.path.startswith("/api/")


def as_json(told: dict[str, Any], status: int) -> JsonResponse:
    """Return the REST door's shape from outside the REST framework."""
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show a refusal as a page, or as the fragment that htmx asked for."""
    if isinstance(refusal, NotVisible):
        return not_found(request, refusal)
    if wants_json(request):
        return as_json(shown(refusal), refusal.status)
    return _refusal_page(request, shown(refusal), refusal.status)


def _refusal_page(request: HttpRequest, told: dict[str, Any], status: int) -> HttpResponse:
    fragment = bool(getattr(request, "htmx", False)) and not getattr(request.htmx, "boosted", False)  # type: ignore[attr-defined]
    template = "errors/_refusal.html" if fragment else "errors/refusal.html"
    response = render(request, template, {"refusal": told, "status": status, **told}, status=status)
    if fragment:
        # A button swaps its own place; a refusal belongs into the place for refusals and must not eat the button.
        response["HX-Retarget"], response["HX-Reswap"] = "#refusal", "innerHTML"
    return response


def _error_page(request: HttpRequest, status: int, code: str, message: Any, template: str) -> HttpResponse:
    told = body(code, message)
    if wants_json(request):
        return as_json(told, status)
    if getattr(request, "htmx", False):
        return _refusal_page(request, told, status)
    return render(request, f"errors/{template}.html", {"status": status, **told}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request cannot be read."""
    return _error_page(request, 400, "input.malformed", MALFORMED, "400")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the reason, where one was given in words for people."""
    return _error_page(request, 403, "auth.forbidden", FORBIDDEN, "403")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, the same for what is absent and for what is hidden."""
    return _error_page(request, 404, "not_found", NOT_FOUND, "404")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a word of the inside."""
    return _error_page(request, 500, "server.error", BROKEN, "500")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is old or foreign."""
    log.warning("csrf_failure", reason=reason)
    return _error_page(request, 403, "csrf.failed", CSRF, "csrf")


def busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """Answer 503 when the database refused to wait any longer."""
    log.error("database_busy", exc_info=error)
    if wants_json(request):
        response: HttpResponse = as_json(body("busy", BUSY), 503)
    else:
        response = _refusal_page(request, body("busy", BUSY), 503)
    response["Retry-After"] = "3"
    return response
