"""The deeds at the workbench as pages of their own, as dialogs, and as answers that change only what they touched."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from tasks import verbs
from tasks.breakdown_inputs import DraftForm
from tasks.models import Breakdown
from tasks.pages import workbench
from workflow.doors.pages import OperationPage, address_of, spoken
from workflow.doors.verbs import Noun, Verb

WHOLE = frozenset({"waive", "issue", "resume", "drop"})
"""Verbs of the breakdown after which every card is another."""
ASKED = ("others", "clause", "clauses", "drafts", "text", "unit", "matter")
"""Fields that a link to a form may fill in."""


class Deed(OperationPage):
    """One verb of a breakdown, its clauses or its drafts."""

    made: Any = None

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Fill in what the link names: the marked drafts, the clause, the name of the paper."""
        if not form.is_bound:
            for name in ASKED:
                if name in self.request.GET and name in form.fields:
                    many = getattr(form.fields[name].widget, "allow_multiple_selected", False)
                    form.initial[name] = self.request.GET.getlist(name) if many else self.request.GET[name]
        return super().show(form, subject, status, **({"cancel": place_of(subject)} | more))

    def target(self, made: Any, subject: Any) -> str:
        """Go back to the card or the clause."""
        self.made = made if made is not None else subject
        return super().target(made, subject) if self.request.POST.get("next") else str(place_of(self.made))

    def leave(self, address: str) -> HttpResponse:
        """Change only what the deed touched where the workbench asked for it; else go there."""
        breakdown = self.made if isinstance(self.made, Breakdown) else self.made.breakdown
        htmx: Any = getattr(self.request, "htmx", False)
        asked_at = urlsplit(htmx.current_url or "").path if htmx else ""
        whole = self.noun is verbs.BREAKDOWN and self.verb is not None and self.verb.name in WHOLE
        if whole or asked_at != breakdown.get_absolute_url():
            return super().leave(address)
        user: Any = self.request.user
        found = Breakdown.objects.visible_to(user).select_related("directive", "organiser").get(pk=breakdown.pk)
        assert self.verb is not None
        answer = render(
            self.request,
            "tasks/breakdown/_changed.html",
            workbench.changed(found, user, self.verb.name) | {"oob": True},
        )
        answer["HX-Reswap"] = "none"
        focus = f"d{self.made.pk}" if self.made._meta.model_name == "draft" else ""
        answer["HX-Trigger-After-Settle"] = json.dumps({"dialog-close": {}, "bench-changed": {"focus": focus}})
        return answer

    def _conflict(self, form: Any, subject: Any) -> list[tuple[Any, Any, Any]]:
        """Return both versions; of a draft that was to be taken or dropped as it stood, what stands now."""
        rows = super()._conflict(form, subject)
        if self.noun is not verbs.DRAFT or isinstance(form, DraftForm):
            return rows
        whole = DraftForm(user=self.request.user, subject=subject)
        stands = DraftForm.first_values(subject, self.request.user)
        told = ((one.label, spoken(one, stands.get(name))) for name, one in whole.fields.items())
        return rows + [(label, _("（按当时看到的办理）"), now) for label, now in told if now]


def place_of(thing: Any) -> str | None:
    """Return the address of the workbench at the card or the clause."""
    noun = thing._meta.model_name if thing is not None else ""
    if noun == "draft":
        return f"{address_of(thing)}?draft={thing.pk}#d{thing.pk}"
    if noun == "clause":
        return f"{address_of(thing)}#c{thing.number}"
    return address_of(thing) if thing is not None else None


def deeds_of(noun: Noun) -> list[URLPattern]:
    """Return ``<plural>/<pk>/<verb>/`` for each verb of the noun that has no page of its own."""
    return [
        path(f"{noun.plural}/<int:pk>/{verb.name}/", _deed(noun, verb), name=f"{noun.name}-{verb.name}")
        for verb in noun.verbs
    ]


def _deed(noun: Noun, verb: Verb) -> Any:
    return Deed.as_view(noun=noun, verb=verb, model=noun.model)
