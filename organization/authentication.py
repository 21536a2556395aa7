"""Who calls the REST door: a browser's session, or another system's key. Either costs one query."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from organization import keys
from organization.models.client import Client
from organization.models.user import User

KEYWORD = "Api-Key"
REFUSED = _("接口密钥无效、已过期或已吊销，请向安全管理员申请新的密钥。")


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session; changes need the CSRF token."""

    def authenticate_header(self, request: Request) -> str:
        """Name the way in, so that the answer to nobody is 401."""
        return "Session"


class ClientAuthentication(authentication.BaseAuthentication):
    """``Authorization: Api-Key <prefix>.<secret>``; sets ``request.auth`` to the Client."""

    def authenticate(self, request: Request) -> tuple[User, Client] | None:
        """Return the system's account, acting in the key's post, and the key; None without such a header.

        Refused alike, so that nothing is learned: unknown, false, expired and revoked keys, a deactivated
        account, a post that has ended.
        """
        keyword, _space, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if keyword.lower() != KEYWORD.lower():
            return None
        client = keys.find(key.strip())
        if client is None:
            raise AuthenticationFailed(REFUSED)
        return client.user.act_in(client.post), client

    def authenticate_header(self, request: Request) -> str:
        """Name the way in, so that the answer to nobody is 401."""
        return KEYWORD


class SessionScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names the session."""

    target_class = "organization.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Describe the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "session"}


class ClientScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names the key."""

    target_class = "organization.authentication.ClientAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Describe the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": f"{KEYWORD} <prefix>.<secret>",
        }
