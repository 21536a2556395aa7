"""问责建议书 and 线索移送单."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from documents import papers
from documents.papers import Finding as Fact
from documents.papers import Paper
from supervision import attached
from supervision.lifecycles.answering import ACCOUNTABILITY, CLUE
from supervision.models import Accountability, Clue
from supervision.papers.sheet import Sheet, cover, day_of, may, name_of, subject_of
from supervision.states.answering import HANDED_OVER, AccountabilityState, ClueState, Direction, Ground, Holds

FILES = ("exhibit", "statement", "evidence")


def _approved(user: Any, paper: Any) -> bool:
    return paper.state in (*HANDED_OVER, AccountabilityState.APPROVED, ClueState.APPROVED)


# ------------------------------------------------------------------------------------------------ 问责建议书


def _proposals(user: Any) -> QuerySet[Any]:
    rows: Any = Accountability.objects.visible_to(user).for_list()
    return rows.select_related("approved_by", "statement")  # type: ignore[no-any-return]


def _proposal(thing: Any, draft: bool) -> Paper:
    files = [row for row in attached.to(*filter(None, (thing, thing.statement))) if row.kind in FILES]
    about = f"{thing.about}：{thing.facts}"
    weighed = [f"{Ground(row['ground']).label}：{Holds(row['holds']).label}。{row['why']}" for row in thing.tolerance]
    return papers.accountability(
        cover(thing, thing.organiser.name, thing.approved_at, draft=draft, to=[thing.receiver.name]),
        subject=subject_of(thing.title, "问责建议"),
        facts=[Fact(about, [f"{place}.{row.title}" for place, row in enumerate(files, start=1)])],
        explanation=thing.statement.text if thing.statement else "",
        basis=thing.basis,
        tolerance="\n".join(filter(None, (*weighed, thing.tolerance_opinion))),
        direction="\n".join(filter(None, (_directions(thing), thing.suggestion))),
        approved_by="" if draft else name_of(thing.approved_by),
        approved_on=day_of(thing.approved_at) if thing.approved_at else None,
    )


def _directions(thing: Any) -> str:
    named = "、".join(str(Direction(value).label) for value in thing.directions)
    return f"建议：{named}。是否问责、如何处理，请依照管理权限决定。" if named else ""


# ------------------------------------------------------------------------------------------------ 线索移送单


def _clues(user: Any) -> QuerySet[Any]:
    """Only what is open to the user: whoever merely knows that it was handed over has no paper of it."""
    rows: Any = Clue.objects.legible_to(user).for_list()
    return rows.select_related("approved_by")  # type: ignore[no-any-return]


def _handover(clue: Any, draft: bool) -> Paper:
    files = [row.title for row in attached.to(clue) if row.kind in FILES]
    return papers.handover(
        cover(clue, clue.organiser.name, clue.approved_at, draft=draft, to=[clue.receiver.name]),
        clue=f"{clue.about}：{clue.facts}\n线索类别：{clue.get_kind_display()}",
        origin=clue.source,
        materials=files,
        basis="《政府督查工作条例》第二十三条",
        approved_by="" if draft else name_of(clue.approved_by),
        approved_on=day_of(clue.approved_at) if clue.approved_at else None,
        handler=clue.drafted_by.name,
    )


SHEETS = (
    Sheet("accountability", "accountability", _proposals, _approved, may(ACCOUNTABILITY, "edit", "approve"), _proposal),
    Sheet("clue", "clues", _clues, _approved, may(CLUE, "edit", "approve"), _handover),
)
