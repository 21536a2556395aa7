"""Who hears of 情况通报: notices, bulletins, what names a unit."""

from __future__ import annotations

from django.db.models import Q

from notifications.common import OWN_DESK, Audience, Silent, leading, serving, subject
from organization.models import Post
from organization.states import Role
from supervision.actors.informing import PUBLISHER_RANK, office_of
from supervision.ladder import rung_of
from supervision.states.informing import ReceiptState
from workflow.models import Event

UNIT = (Role.HANDLER, Role.UNIT_HEAD)


def addressed(event: Event) -> Q:
    """The people of the unit that it is sent to, that is named, or whose copy it is."""
    return serving(subject(event).department, *UNIT)


def addressed_head(event: Event) -> Q:
    """The head of the unit that it is sent to."""
    return serving(subject(event).department, Role.UNIT_HEAD)


def office(event: Event) -> Q:
    """The officers of the office whose paper it is."""
    return serving(office_of(subject(event)), Role.SUPERVISOR)


def signer(event: Event) -> Q:
    """The leaders who may sign the notice."""
    notice = subject(event)
    return leading(notice.organiser, rung_of(notice.kind).rank or 0)


def publisher(event: Event) -> Q:
    """The leaders who may issue the bulletin."""
    return leading(subject(event).organiser, PUBLISHER_RANK)


def addressees(event: Event) -> Q:
    """The people of the units to which the bulletin went."""
    copies = subject(event).receipts.exclude(state=ReceiptState.PLANNED).values("department")
    posts = Post.objects.standing().filter(department__in=copies, role__in=UNIT)
    return Q(pk__in=posts.values("user"))


AUDIENCES: dict[str, tuple[Audience, ...] | Silent] = {
    "notice.draft": OWN_DESK,
    "notice.edit": OWN_DESK,
    "notice.submit": (signer,),
    "notice.issue": (addressed,),
    "notice.approve": (addressed, office),
    "notice.send_back": (office,),
    "notice.receive": (office,),
    "notice.answer": (office,),
    "notice.note": (addressed_head,),
    "notice.withdraw": (addressed, office),
    "notice.follow": (addressed, office),
    "bulletin.draft": OWN_DESK,
    "bulletin.edit": OWN_DESK,
    "bulletin.freeze": OWN_DESK,
    "bulletin.name": OWN_DESK,
    "bulletin.consult": Silent("由各单位自己的点名内容告知，单位在印发前看不到通报本身（C10）"),
    "bulletin.reopen": OWN_DESK,
    "bulletin.submit": (publisher,),
    "bulletin.approve": (addressees, office),
    "bulletin.send_back": (office,),
    "bulletin.withdraw": (addressees, office),
    "mention.name": OWN_DESK,
    "mention.edit": OWN_DESK,
    "mention.ask": (addressed,),
    "mention.answer": (office,),
    "mention.accept": (addressed,),
    "mention.refuse": (addressed,),
    "mention.drop": (addressed,),
    "mention.follow": (addressed, office),
    "receipt.receive": Silent("印发单位在通报页上看签收情况，不逐条提醒"),
    "receipt.follow": (addressed,),
}
