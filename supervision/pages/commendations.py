"""表扬激励: what was done well, by whom, on what proof; and, once published, for everybody to read."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organization.states import Rank
from supervision.actors.answering import keeps
from supervision.filters_answering import CommendationFilter
from supervision.models import Commendation
from supervision.pages.answering_common import LinkedEvidence, Register, Sheet, Shelf
from supervision.verbs import answering as verbs
from workflow.doors.pages import pages_of


class CommendationList(Shelf):
    """The praise that the person may see, newest first."""

    model = Commendation
    noun = verbs.COMMENDATION
    filter_class = CommendationFilter


class CommendationDetail(Sheet):
    """One piece of praise; others than the office and its head do not see the papers behind it."""

    model = Commendation
    noun = verbs.COMMENDATION

    def tells_story(self, thing: Any) -> bool:
        """Tell the office and its head."""
        return keeps(self.request.user, thing, Rank.CHIEF)

    def rests_on(self, thing: Any) -> list[Any]:
        """Return the papers whose files the page shows."""
        return [thing] if self.tells_story(thing) else []


class CommendationEvidence(LinkedEvidence):
    """A piece of a task's evidence that praise rests on."""

    model = Commendation

    def visible(self) -> Any:
        """Begin with the praise whose papers the person reads."""
        return Commendation.objects.managed_by(self.request.user)


class RegisterCommendation(Register):
    """拟表扬激励建议."""

    model = Commendation
    verb = verbs.REGISTER_COMMENDATION
    plural = "commendation"
    title = _("拟表扬激励建议")
    done = _("已拟稿。添加证明材料后，请提请行政首长批准。")


urlpatterns = [
    path("commendations/", CommendationList.as_view(), name="commendation-list"),
    path("commendations/new/", RegisterCommendation.as_view(), name="commendation-new"),
    path("commendations/<int:pk>/", CommendationDetail.as_view(), name="commendation-detail"),
    path(
        "commendations/<int:pk>/evidence/<int:key>/", CommendationEvidence.as_view(), name="commendation-evidence"
    ),
    *pages_of(verbs.COMMENDATION),
]  # fmt: skip
