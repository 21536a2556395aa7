"""线索移送: what the named persons see; after the hand-over the drafter sees that it was handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from supervision.filters_answering import ClueFilter
from supervision.models import Clue
from supervision.pages.answering_common import HandOver, LinkedEvidence, Register, Sheet, Shelf
from supervision.verbs import answering as verbs
from workflow.doors.pages import OperationPage, pages_of


class ClueList(Shelf):
    """The clues on which the person is named, newest first."""

    model = Clue
    noun = verbs.CLUE
    filter_class = ClueFilter

    def more(self, found: Any, shown_rows: list[Any]) -> dict[str, Any]:
        """Tell of each whether its content is to be shown."""
        for row in shown_rows:
            row.is_legible = row.legible_to(self.request.user)
        return super().more(found, shown_rows)


class ClueDetail(Sheet):
    """One clue."""

    model = Clue
    noun = verbs.CLUE

    def reads(self, thing: Any) -> bool:
        """Tell whether the person's name on the paper still opens its content."""
        return bool(thing.legible_to(self.request.user))


class ClueEvidence(LinkedEvidence):
    """A piece of a task's evidence that a clue rests on."""

    model = Clue

    def visible(self) -> Any:
        """Begin with the clues whose content the person reads."""
        return Clue.objects.legible_to(self.request.user)


class RegisterClue(Register):
    """拟线索移送单."""

    model = Clue
    verb = verbs.REGISTER_CLUE
    plural = "clue"
    title = _("拟线索移送单")
    done = _("已拟稿，只有您本人可以看到。")


class Unmask(OperationPage):
    """查看反映人: shown once, on the answer to the deed that recorded the look; never kept, never on another page."""

    model = Clue
    noun = verbs.CLUE
    verb = verbs.CLUE.verb("unmask")

    def perform(self, form: Any, subject: Any) -> Any:
        """Record the look and keep who told it for the answer."""
        self.informant = super().perform(form, subject)
        return self.informant

    def leave(self, address: str) -> HttpResponse:
        """Show who told it."""
        context = {"informant": self.informant, "clue": self.informant.clue}
        part = "_" if getattr(self.request, "htmx", False) else ""
        answer = render(self.request, f"supervision/clue/{part}informant.html", context)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def told(self, made: Any) -> str:
        """Say that the look is on record."""
        return str(_("本次查看已留痕。"))


urlpatterns = [
    path("clues/", ClueList.as_view(), name="clue-list"),
    path("clues/new/", RegisterClue.as_view(), name="clue-new"),
    path("clues/<int:pk>/", ClueDetail.as_view(), name="clue-detail"),
    path("clues/<int:pk>/evidence/<int:key>/", ClueEvidence.as_view(), name="clue-evidence"),
    path("clues/<int:pk>/unmask/", Unmask.as_view(), name="clue-unmask"),
    path(
        "clues/<int:pk>/transfer/",
        HandOver.as_view(noun=verbs.CLUE, verb=verbs.CLUE.verb("transfer"), model=Clue), name="clue-transfer",
    ),
    *pages_of(verbs.CLUE),
]  # fmt: skip
