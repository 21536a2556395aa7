"""What the pages of this room share: the administrators' gate, and words that are shown once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from organization.states import Role
from workflow.doors.pages import OperationPage, SignedIn
from workflow.doors.verbs import Noun
from workflow.refusal import NotVisible, Refusal

KEEPERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


class KeepersOnly(SignedIn):
    """A page of administrators: for everybody else it does not exist (404, reliability.md §5.4)."""

    keepers: ClassVar[tuple[str, ...]] = KEEPERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Hide the page from all but its keepers, acting in person."""
        user = request.user
        if user.is_authenticated and (user.role not in self.keepers or user.behalf is not None):
            raise NotVisible("not_found", _("没有找到。"))
        return super().dispatch(request, *args, **kwargs)


class AdminOperation(KeepersOnly, OperationPage):
    """An operation of administrators."""


class Secret(AdminOperation):
    """An operation that makes a password or key: its answer shows it, once, and is kept nowhere."""

    shows: ClassVar[str] = "one_time_password"
    secret_hint: ClassVar[Any] = ""

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Perform the operation and show the secret in the answer itself: no redirect could carry it unseen."""
        subject = self.find(pk) if pk is not None else None
        form = self.verb.form(request.POST, request.FILES, user=request.user, subject=subject)  # type: ignore[union-attr]
        try:
            if not form.is_valid():
                return self.show(form, subject, status=400)
            made = self.perform(form, subject)
        except Refusal as refusal:
            return self.refused(refusal, form, subject)
        in_dialog = getattr(request, "htmx", False) and request.htmx.target == "dialog-body"  # type: ignore[attr-defined]
        template = "organization/_secret.html" if in_dialog else "organization/secret.html"
        context = {
            "title": self.heading(),
            "made": made,
            "secret": getattr(made, self.shows),
            "hint": self.secret_hint,
            "back": made.get_absolute_url(),
        }
        response = render(request, template, context)
        response["Cache-Control"] = "no-store"
        return response


def open_buttons(noun: Noun, thing: Any, user: Any) -> list[dict[str, Any]]:
    """Return the buttons of the verbs that are open now; what is not open needs no explaining on these pages."""
    return [button for button in noun.buttons(thing, user) if button["open"]]


def operation(noun: Noun, verb_name: str, base: type[OperationPage], **attributes: Any) -> URLPattern:
    """Return ``<plural>/<pk>/<verb>/``, named ``<noun>-<verb>``, served by a page of the kind ``base``."""
    verb = noun.verb(verb_name)
    name = f"{noun.name.title()}{verb.name.title().replace('_', '')}"
    page: Any = type(name, (base,), {"noun": noun, "verb": verb, "model": noun.model} | attributes)
    return path(f"{noun.plural}/<int:pk>/{verb.name}/", page.as_view(), name=f"{noun.name}-{verb.name}")
