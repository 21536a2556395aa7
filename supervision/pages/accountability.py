"""问责建议 and 对象说明: one readable sheet from the facts to the answer, and what the object is told and says."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path
from django.utils.translation import gettext_lazy as _

from supervision.filters_answering import AccountabilityFilter, StatementFilter
from supervision.models import Accountability, Statement
from supervision.pages.answering_common import HandOver, LinkedEvidence, Register, Sheet, Shelf
from supervision.states.answering import AccountabilityState as A
from supervision.states.answering import Direction, Ground
from supervision.verbs import answering as verbs
from workflow.doors.pages import pages_of

STEPS: Final = (_("拟稿"), _("听取说明"), _("容错评估"), _("行政首长批准"), _("移送"), _("反馈"))
DONE: Final = {A.PENDING: 3, A.APPROVED: 4, A.TRANSFERRED: 5, A.ANSWERED: 6}
"""How many of the steps are behind a proposal of this state."""


def steps(thing: Any) -> list[tuple[Any, Any, str]]:
    """Return the step bar of a proposal."""
    heard = thing.statement is not None and thing.statement.ended_at is not None
    done = DONE.get(thing.state) or (1 + heard + (heard and thing.assessed_at is not None))
    notes = [
        thing.created_at, thing.statement.ended_at if heard else None, thing.assessed_at, thing.approved_at,
        thing.transferred_at, thing.answered_at,
    ]  # fmt: skip
    stopped = thing.state == A.WITHDRAWN
    return [
        (label, note, "done" if n < done else "todo" if n > done else "stopped" if stopped else "current")
        for n, (label, note) in enumerate(zip(STEPS, notes, strict=True))
    ]


class AccountabilityList(Shelf):
    """The proposals that the person may see, newest first."""

    model = Accountability
    noun = verbs.ACCOUNTABILITY
    filter_class = AccountabilityFilter


class AccountabilityDetail(Sheet):
    """One proposal."""

    model = Accountability
    noun = verbs.ACCOUNTABILITY

    def more(self, thing: Any) -> dict[str, Any]:
        """Add the steps, the suggested forms and the grounds in words."""
        return {
            "steps": steps(thing),
            "directions": [Direction(value).label for value in thing.directions],
            "grounds": [(Ground(row["ground"]).label, row["holds"] == "yes", row["why"]) for row in thing.tolerance],
        }

    def rests_on(self, thing: Any) -> list[Any]:
        """Add the files of the statement."""
        return [thing, thing.statement] if thing.statement else [thing]


class RegisterAccountability(Register):
    """拟问责建议书."""

    model = Accountability
    verb = verbs.REGISTER_ACCOUNTABILITY
    plural = "accountability"
    title = _("拟问责建议书")
    done = _("已拟稿。下一步请听取对象说明，并作容错评估。")


class StatementList(Shelf):
    """The statements of visible proposals, and those asked of the person."""

    model = Statement
    noun = verbs.STATEMENT
    filter_class = StatementFilter


class StatementDetail(Sheet):
    """One statement; the object reads no more than this."""

    model = Statement
    noun = verbs.STATEMENT

    def tells_story(self, thing: Any) -> bool:
        """Tell nobody here: the story is the proposal's."""
        return False


urlpatterns = [
    path("accountability/", AccountabilityList.as_view(), name="accountability-list"),
    path("accountability/new/", RegisterAccountability.as_view(), name="accountability-new"),
    path("accountability/<int:pk>/", AccountabilityDetail.as_view(), name="accountability-detail"),
    path(
        "accountability/<int:pk>/evidence/<int:key>/", LinkedEvidence.as_view(model=Accountability),
        name="accountability-evidence",
    ),
    path(
        "accountability/<int:pk>/transfer/",
        HandOver.as_view(noun=verbs.ACCOUNTABILITY, verb=verbs.ACCOUNTABILITY.verb("transfer"), model=Accountability),
        name="accountability-transfer",
    ),
    *pages_of(verbs.ACCOUNTABILITY),
    path("statements/", StatementList.as_view(), name="statement-list"),
    path("statements/<int:pk>/", StatementDetail.as_view(), name="statement-detail"),
    *pages_of(verbs.STATEMENT),
]  # fmt: skip
