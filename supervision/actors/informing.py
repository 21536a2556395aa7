"""Who is who: 情况通报: notice, bulletin. Each actor implies sight."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision import ladder
from supervision.states.informing import BulletinState, NoticeKind
from tasks.actors import UNIT_ROLES, leads_for, rank_of, serves
from workflow.lifecycle import actor

PUBLISHER_RANK = 2
"""Who approves a bulletin: leaders of deputy rank and above (R28)."""


def office_of(thing: Any) -> Any:
    """Return the office behind a notice, a bulletin or a part of one."""
    return getattr(thing, "bulletin", thing).organiser


@actor(_("只有拟稿的督查机构的督查员可以这样做。"))
def office_officer(user: Any, thing: Any) -> bool:
    """An officer of the office whose paper it is."""
    return serves(user, office_of(thing), Role.SUPERVISOR)


# ------------------------------------------------------------------------------------------------ notices


def _signs(user: Any, notice: Any) -> bool:
    rank = ladder.rung_of(notice.kind).rank
    return rank is not None and leads_for(user, notice.organiser) and rank_of(user) <= rank


@actor(_("催办函由督查机构的督查员签发；督办单和约谈须由领导批准签发，请提请批准。"))
def chaser(user: Any, notice: Any) -> bool:
    """An officer of the office, for the one paper that needs no leader (R28)."""
    return bool(notice.kind == NoticeKind.CHASE and office_officer(user, notice))


@actor(_("只有拟稿的督查机构可以提请批准；催办函不需领导批准，请直接签发。"))
def proposer(user: Any, notice: Any) -> bool:
    """An officer of the office, for the papers that a leader approves."""
    return bool(notice.kind != NoticeKind.CHASE and office_officer(user, notice))


@actor(_("须由层级足够的本级领导批准：督办单由秘书长以上领导，约谈由分管以上领导。"))
def signer(user: Any, notice: Any) -> bool:
    """A leader of the office's government whose rank suffices for this paper (R27, R28)."""
    return _signs(user, notice)


@actor(_("只有收文单位的经办人或负责人可以签收。"))
def addressed_people(user: Any, notice: Any) -> bool:
    """The people of the unit to which it is sent."""
    return serves(user, notice.department, *UNIT_ROLES)


@actor(_("只有收文单位可以答复；督办单和约谈须由单位负责人答复。"))
def answering_people(user: Any, notice: Any) -> bool:
    """Who answers for the unit: its people; to what a leader signed, its head."""
    roles = UNIT_ROLES if notice.kind == NoticeKind.CHASE else (Role.UNIT_HEAD,)
    return serves(user, notice.department, *roles)


@actor(_("只有发出约谈的督查机构可以登记约谈记录。"))
def recorder(user: Any, notice: Any) -> bool:
    """An officer of the office that arranged the talk."""
    return bool(notice.kind == NoticeKind.TALK and office_officer(user, notice))


@actor(_("已签发的催办函由督查机构撤销，督办单和约谈由批准它的层级撤销。"))
def revoker(user: Any, notice: Any) -> bool:
    """Who may take back what was sent: who could have sent it."""
    return bool(chaser(user, notice)) or _signs(user, notice)


# ------------------------------------------------------------------------------------------------ bulletins


@actor(_("通报须由本级分管以上领导批准，请提请领导批准。"))
def publisher(user: Any, thing: Any) -> bool:
    """A leader of the office's government of deputy rank or above (R28)."""
    return leads_for(user, office_of(thing)) and rank_of(user) <= PUBLISHER_RANK


@actor(_("只有被点名的单位可以提出意见。"))
def named_people(user: Any, mention: Any) -> bool:
    """The people of the unit that is named."""
    return serves(user, mention.department, *UNIT_ROLES)


@actor(_("只有主送单位的经办人或负责人可以签收。"))
def receiving_people(user: Any, receipt: Any) -> bool:
    """The people of the unit whose copy it is."""
    return serves(user, receipt.department, *UNIT_ROLES)


def reads_inside(user: Any, paper: Any) -> bool:
    """Tell whether the user works on the notice or bulletin: the office, and the leaders of its government."""
    return bool(office_officer(user, paper)) or leads_for(user, paper.organiser)


def reads_content(user: Any, bulletin: Any) -> bool:
    """Tell whether the user, who sees the bulletin, reads what it says: an addressee while it stands, not after."""
    return reads_inside(user, bulletin) or bulletin.state == BulletinState.ISSUED
