"""登记批示: the one form of the fast lane; its first button reads the text and fills in what it says."""

from __future__ import annotations

from time import time_ns
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks import verbs
from tasks.actors import officer
from tasks.instruction_inputs import LONGEST
from tasks.models import Directive
from tasks.operations import instructions
from workflow.doors.pages import OperationPage
from workflow.refusal import Forbidden, Refusal

MANY: Final = ("co_units",)
STEPS: Final = (
    ("instruction", "instructed_by"),
    ("matter", "lead", "co_units", "responsible", "standard"),
    ("urgency", "due_on", "hard", "file"),
)
"""The fields as the page groups them: what was said, who does what, until when."""


class RegisterInstruction(OperationPage):
    """登记领导批示: paste the words, let them be read, look through the form, send it. It needs no script."""

    model = Directive
    verb = verbs.INSTRUCT
    title = gettext_lazy("登记领导批示")
    template_name = "tasks/instruction/new.html"
    done = gettext_lazy("批示已登记，并已提请立项审批。批准后即可交办。")

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers register."""
        if not officer(self.request.user, None):
            raise Forbidden("directive.register.forbidden", officer.reason)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Read the text where that was asked for; else do it."""
        return self._proposed(request) if "propose" in request.POST else super().post(request, pk)

    def _proposed(self, request: HttpRequest) -> HttpResponse:
        """Show the form with what the text says in the fields that were left empty; what was typed stays."""
        self.refuse_early(None)
        typed = {name: values if name in MANY else values[-1] for name, values in request.POST.lists()}
        form_class, text = verbs.INSTRUCT.form, str(typed.get("instruction", "")).strip()
        readable = 0 < len(text) <= LONGEST
        try:
            found = instructions.propose(text, by=request.user) if readable else None  # type: ignore[arg-type]
        except Refusal as refusal:
            return self.refused(refusal, form_class(user=request.user, initial=typed), None)
        said = found.values() if found else {}
        filled = [name for name in said if _is_empty(name, typed)]
        form = form_class(user=request.user, initial=typed | {name: said[name] for name in filled})
        words = [str(form.fields[name].label) for name in filled]
        if words:
            messages.info(request, _("已按批示原文填入：%(words)s。请逐项核对。") % {"words": "、".join(words)})
        else:
            messages.info(request, _("没有从批示原文中认出单位和时限，请直接填写。"))
        return self.show(form, None, proposal=found, draft=f"{request.path}:{time_ns()}")

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form in its three groups; who gives up goes back to the list."""
        names = (_("批示"), _("任务"), _("时限与附件"))
        groups = [
            {"name": name, "fields": [form[key] for key in keys]} for name, keys in zip(names, STEPS, strict=True)
        ]
        told = {"cancel": reverse("directive-list"), "groups": groups, "submit": _("登记并提请立项")}
        return super().show(form, subject, status, **(told | more))


def _is_empty(name: str, typed: dict[str, Any]) -> bool:
    """Tell whether a field says nothing yet; the urgency says something only where it is not the usual."""
    value = typed.get(name)
    return not value or (name == "urgency" and value == "ordinary")


urlpatterns = [path("instructions/new/", RegisterInstruction.as_view(), name="instruction-new")]
