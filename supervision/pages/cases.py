"""典型案例: stories to follow or to be warned by; others than the office and its leaders read them without names."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organization.states import Rank
from supervision.actors.answering import keeps
from supervision.filters_answering import CaseFilter
from supervision.models import Case
from supervision.pages.answering_common import Register, Sheet, Shelf
from supervision.verbs import answering as verbs
from workflow.doors.pages import pages_of


class CaseList(Shelf):
    """The cases that the person may see, newest first."""

    model = Case
    noun = verbs.CASE
    filter_class = CaseFilter


class CaseDetail(Sheet):
    """One case."""

    model = Case
    noun = verbs.CASE

    def tells_story(self, thing: Any) -> bool:
        """Tell the office and its leaders."""
        return keeps(self.request.user, thing, Rank.DEPUTY)

    def rests_on(self, thing: Any) -> list[Any]:
        """Return the papers whose files the page shows."""
        return [thing] if self.tells_story(thing) else []


class RegisterCase(Register):
    """拟典型案例."""

    model = Case
    verb = verbs.REGISTER_CASE
    plural = "case"
    title = _("拟典型案例")
    done = _("已拟稿。核对后请提请批准发布。")


urlpatterns = [
    path("cases/", CaseList.as_view(), name="case-list"),
    path("cases/new/", RegisterCase.as_view(), name="case-new"),
    path("cases/<int:pk>/", CaseDetail.as_view(), name="case-detail"),
    *pages_of(verbs.CASE),
]
