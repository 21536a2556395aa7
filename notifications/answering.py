"""Who hears of 监督问责. Whoever may not see the paper is left out later: of what is sealed hear the named alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from notifications.common import OWN_DESK, WITH_ANOTHER, Audience, Silent, governing, serving, subject
from organization.states import Rank, Role
from supervision.states.answering import CaseKind, SealPart
from workflow.models import Event


def _paper(event: Event) -> Any:
    thing = subject(event)
    return getattr(thing, "accountability", thing)


def paper_office(event: Event) -> Q:
    """The officers of the office whose paper it is."""
    return serving(_paper(event).organiser, Role.SUPERVISOR)


def government_head(event: Event) -> Q:
    """The head of the government or committee that the office works for."""
    return governing(_paper(event).organiser, Rank.CHIEF)


def case_leaders(event: Event) -> Q:
    """The leaders who may approve a case; the head, where it criticises by name."""
    case = subject(event)
    by_name = case.kind == CaseKind.NEGATIVE and not case.anonymised
    return governing(case.organiser, Rank.CHIEF if by_name else Rank.DEPUTY)


def heard(event: Event) -> Q:
    """Who is asked for his words: the cadre himself, or the head of the unit."""
    statement = subject(event)
    if statement.person_id is not None:
        return Q(pk=statement.person_id)
    return serving(statement.department, Role.UNIT_HEAD)


def contacts(event: Event) -> Q:
    """The contacts of the receiving organ who are named on the paper."""
    return Q(pk__in=subject(event).seals.filter(part=SealPart.CONTACT).values("user"))


def named_before(event: Event) -> Q:
    """Who drafted and who approved the paper that was handed over."""
    return Q(pk__in=subject(event).seals.exclude(part=SealPart.CONTACT).values("user"))


def named_head(event: Event) -> Q:
    """The head before whom the clue was put, by name."""
    return Q(pk=subject(event).approver_id or 0)


def clue_drafter(event: Event) -> Q:
    """The officer who sees to the clue: who drafted it, or in whose hands it was put."""
    bearers = subject(event).seals.filter(part=SealPart.DRAFTER, closed_at=None)
    return Q(pk__in=bearers.values("user"))


def praised_unit(event: Event) -> Q:
    """The people of the unit that is praised."""
    return serving(subject(event).department, Role.UNIT_HEAD, Role.HANDLER)


ON_THE_SHELF = Silent("公布在页面上供查阅，不逐人打扰")
SEALED_DESK = Silent("线索从拟稿起只对本人开放，不告知任何人")
ON_RECORD = Silent("只留痕备查，不告知任何人（R44）")

AUDIENCES: dict[str, tuple[Audience, ...] | Silent] = {
    "accountability.create": OWN_DESK,
    "accountability.edit": OWN_DESK,
    "accountability.prove": WITH_ANOTHER,
    "accountability.ask_statement": WITH_ANOTHER,
    "accountability.assess": OWN_DESK,
    "accountability.submit": (government_head,),
    "accountability.approve": (paper_office,),
    "accountability.send_back": (paper_office,),
    "accountability.transfer": (contacts, named_before),
    "accountability.answer": (named_before,),
    "accountability.withdraw": (government_head, paper_office),
    "statement.ask": (heard,),
    "statement.state": (paper_office,),
    "statement.record": (heard,),
    "statement.decline": (heard,),
    "statement.withdraw": (heard,),
    "accountability.follow": (paper_office,),
    "statement.follow": (heard,),
    "clue.follow": (clue_drafter,),
    "commendation.follow": (paper_office,),
    "case.follow": (paper_office,),
    "exhibit.add": OWN_DESK,
    "clue.create": SEALED_DESK,
    "clue.edit": SEALED_DESK,
    "clue.prove": SEALED_DESK,
    "clue.unmask": ON_RECORD,
    "clue.entrust": (clue_drafter,),
    "clue.submit": (named_head,),
    "clue.approve": (clue_drafter,),
    "clue.send_back": (clue_drafter,),
    "clue.transfer": (contacts, named_before),
    "clue.answer": (named_before,),
    "clue.withdraw": (named_head,),
    "commendation.create": OWN_DESK,
    "commendation.edit": OWN_DESK,
    "commendation.prove": WITH_ANOTHER,
    "commendation.submit": (government_head,),
    "commendation.approve": (paper_office, praised_unit),
    "commendation.send_back": (paper_office,),
    "commendation.publish": (praised_unit,),
    "commendation.withdraw": (government_head,),
    "case.create": OWN_DESK,
    "case.edit": OWN_DESK,
    "case.prove": WITH_ANOTHER,
    "case.submit": (case_leaders,),
    "case.approve": (paper_office,),
    "case.send_back": (paper_office,),
    "case.review": (paper_office,),
    "case.expire": ON_THE_SHELF,
    "case.withdraw": (case_leaders,),
}
