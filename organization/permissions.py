"""What another system's key allows at the REST door, on top of what its post allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from organization.models import Client
from workflow.refusal import Forbidden


def scope_of(noun: str, method: str) -> str:
    """Return the scope that a request needs: ``tasks:read`` for looking, ``tasks:write`` for every change."""
    return f"{noun}:{'read' if method in SAFE_METHODS else 'write'}"


def noun_of(view: Any) -> str:
    """Return the plural under which a view's rows go in addresses and scopes; empty for a view that names none."""
    table = getattr(view, "table", None)
    return str(table.plural if table is not None else getattr(view, "noun", ""))


def left_out(request: Request, nouns: Iterable[str]) -> list[str]:
    """Return the scopes for reading these nouns that the caller's key lacks, each once; people lack none.

    One scope never opens the rows of another noun: an answer that is made of several leaves those out.
    """
    if not isinstance(request.auth, Client):
        return []
    return [scope for noun in dict.fromkeys(nouns) if not request.auth.allows(scope := scope_of(noun, "GET"))]


def need(request: Request, scope: str) -> None:
    """Refuse with Forbidden("client.scope") a key that lacks the scope, naming it; people pass."""
    if isinstance(request.auth, Client) and not request.auth.allows(scope):
        raise Forbidden(
            "client.scope",
            _("接口密钥没有“%(scope)s”权限。请向安全管理员申请。") % {"scope": scope},
            details={"scope": scope},
        )


class HasScope(BasePermission):
    """Lets people pass, and systems whose key holds the scope of the view's ``noun``; a view without noun is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Refuse with Forbidden("client.scope") a key that lacks the scope, naming it."""
        need(request, scope_of(noun_of(view), request.method or "GET"))
        return True
