"""Who sends this request? The answer costs the query that reads the session, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoAuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from organization.models.user import User
from organization.sessions import SessionStore, principal_of

FREE_OF_CHANGE = ("password_change", "logout", "login", "set_language")
"""Pages that somebody with a one-time password may open."""


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """Return the request's user, found once."""
    if not hasattr(request, "_principal"):
        request._principal = principal_of(request)  # type: ignore[attr-defined]
    found: User | AnonymousUser = request._principal  # type: ignore[attr-defined]
    return found


class AuthenticationMiddleware(DjangoAuthenticationMiddleware):
    """Sets ``request.user`` from the session row; a one-time password must be changed before anything else."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the user lazily: a request that never asks costs nothing."""
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]
        request.auser = sync_to_async(lambda: user_of(request))  # type: ignore[assignment]

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Note the person as seen; send somebody with a one-time password to change it (F55)."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        if isinstance(request.session, SessionStore):
            request.session.seen()
        match = request.resolver_match
        if not request.user.must_change_password or (match and match.view_name in FREE_OF_CHANGE):
            return None
        return must_change(request)


def must_change(request: HttpRequest) -> HttpResponse:
    """Answer that the password comes first: a redirect for pages, 403 for REST."""
    if request.path.startswith("/api/"):
        message = _("首次登录须先修改一次性密码，请在网页上修改后再调用接口。")
        request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
        body = {"code": "password.must_change", "message": message, "details": {}, "request_id": request_id}
        return JsonResponse(body, status=403)
    return HttpResponseRedirect(reverse("password_change"))
