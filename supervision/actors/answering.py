"""Who is who: 监督问责: accountability, clue, commendation, case.

Each actor implies sight (a law under test): whoever is named in a paper, and whoever is not named on a sealed one, is
nobody to it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.states import Rank, Role
from supervision.states.answering import HANDED_OVER, CaseKind, SealPart
from tasks.actors import leads_for, rank_of, serves
from workflow.lifecycle import actor
from workflow.persons import identities


def _is_named(user: Any, thing: Any) -> bool:
    """Tell whether the paper is about the user, or about him for whom he acts."""
    return getattr(thing, "person_id", None) in identities(user)


def _bears(user: Any, thing: Any, part: str, *roles: str) -> bool:
    """Tell whether the user is named on the sealed paper as this, acting in person and in the post for which he was."""
    if user.behalf is not None or user.role not in roles or user.department is None:
        return False
    return any(
        seal.part == part and seal.user_id == user.pk and seal.department_id == user.department.pk
        and seal.role == user.role and seal.closed_at is None
        for seal in thing.seals.all()
    )  # fmt: skip


def keeps(user: Any, thing: Any, lowest: int) -> bool:
    """Tell whether a paper that the user sees is his office's, or of the government that he leads at this rank.

    The twin of ``managed_by`` for a row that is seen: such a person reads the papers behind it.
    """
    leads = leads_for(user, thing.organiser) and rank_of(user) <= lowest
    return leads or serves(user, thing.organiser, Role.SUPERVISOR)


# ------------------------------------------------------------------------------------------------ accountability


@actor(_("只有拟稿的督查机构的督查员可以这样做。"))
def office(user: Any, thing: Any) -> bool:
    """An officer of the office whose paper it is; nobody once it is out of its hands."""
    at_work = serves(user, thing.organiser, Role.SUPERVISOR) and thing.state not in HANDED_OVER
    return at_work and not _is_named(user, thing)


@actor(_("须由本级行政首长批准，请提请主要领导。"))
def head(user: Any, thing: Any) -> bool:
    """The head of the government or committee that the office works for (条例 Art. 21, R28, R39)."""
    return leads_for(user, thing.organiser) and rank_of(user) == Rank.CHIEF and not _is_named(user, thing)


@actor(_("只有接收移送的联络员本人可以反馈。"))
def contact(user: Any, thing: Any) -> bool:
    """A discipline contact of the receiving organ who is named on the paper."""
    return _bears(user, thing, SealPart.CONTACT, Role.DISCIPLINE) and not _is_named(user, thing)


@actor(_("只有被告知的单位负责人或本人可以说明。"))
def addressee(user: Any, statement: Any) -> bool:
    """Who answers: the cadre himself in person, or the head of the unit."""
    if statement.person_id is not None:
        return bool(statement.person_id == user.pk and user.behalf is None and user.department is not None)
    return serves(user, statement.department, Role.UNIT_HEAD)


@actor(_("只有拟稿的督查机构的督查员可以这样做。"))
def asking_office(user: Any, statement: Any) -> bool:
    """An officer of the office that asked, as long as the proposal is its own affair."""
    return office(user, statement.accountability)


# ------------------------------------------------------------------------------------------------ clues


@actor(_("线索只由拟稿人本人办理。"))
def clue_drafter(user: Any, clue: Any) -> bool:
    """The officer who drafted it, in person, until it is handed over."""
    return _bears(user, clue, SealPart.DRAFTER, Role.SUPERVISOR) and not _is_named(user, clue)


@actor(_("须由提请批准的行政首长本人批准。"))
def clue_approver(user: Any, clue: Any) -> bool:
    """The head of the government, named and in person: a clue is not lent with the post."""
    is_head = leads_for(user, clue.organiser) and rank_of(user) == Rank.CHIEF
    return is_head and _bears(user, clue, SealPart.APPROVER, Role.LEADER) and not _is_named(user, clue)


@actor(_("线索由拟稿人本人移交经办；拟稿人已离岗的，由本级行政首长本人指定。"))
def clue_entruster(user: Any, clue: Any) -> bool:
    """The drafter himself; once he has left his post, the head of the government, who reads no word of it."""
    if clue_drafter(user, clue):
        return True
    is_head = user.behalf is None and leads_for(user, clue.organiser) and rank_of(user) == Rank.CHIEF
    return is_head and not _is_named(user, clue) and bool(clue.abandoned)


@actor(_("反映人的身份只对经手的拟稿人、接收人开放，每次查看都会留痕。"))
def clue_handler(user: Any, clue: Any) -> bool:
    """Who handles it now: the drafter before the hand-over, the receiving contacts after it (R44)."""
    return clue_drafter(user, clue) or contact(user, clue)


# ------------------------------------------------------------------------------------------------ cases


@actor(_("须由本级分管以上领导批准；点名的反面典型须由行政首长批准。"))
def case_approver(user: Any, case: Any) -> bool:
    """A leader of deputy rank or above; to criticise by name, the head (R28, R42)."""
    named = case.kind == CaseKind.NEGATIVE and not case.anonymised
    return leads_for(user, case.organiser) and rank_of(user) <= (Rank.CHIEF if named else Rank.DEPUTY)
