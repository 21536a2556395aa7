"""Who hears of 督促检查. Whoever may not see the inspection is left out later: of a covert visit hears nobody (R11)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from notifications.common import OWN_DESK, WITH_ANOTHER, Audience, Silent, governing, serving, subject
from organization.models import Post
from organization.states import Role
from supervision.states.inspecting import MemberState
from workflow.models import Event


def _inspection(event: Event) -> Any:
    thing = subject(event)
    return getattr(thing, "inspection", thing)


def organisers(event: Event) -> Q:
    """The officers of the office that organises, or the people of the designated department."""
    organiser = _inspection(event).organiser
    return serving(organiser, *((Role.SUPERVISOR,) if organiser.is_office else (Role.HANDLER, Role.UNIT_HEAD)))


def inspection_leaders(event: Event) -> Q:
    """The leaders who may approve the inspection."""
    inspection = _inspection(event)
    return governing(inspection.organiser, inspection.approval_rank)


def inspected(event: Event) -> Q:
    """The people of the inspected units."""
    units = _inspection(event).targets.values("department")
    posts = Post.objects.standing().filter(department__in=units, role__in=(Role.HANDLER, Role.UNIT_HEAD))
    return Q(pk__in=posts.values("user"))


def team(event: Event) -> Q:
    """The standing members of the team."""
    return Q(pk__in=_inspection(event).members.filter(state=MemberState.STANDING).values("user"))


def joined(event: Event) -> Q:
    """The member himself."""
    return Q(pk=subject(event).user_id)


def plan_leaders(event: Event) -> Q:
    """The leaders who may approve the plan."""
    return governing(subject(event).organiser, 2)


def planners(event: Event) -> Q:
    """The officers of the office whose plan it is."""
    return serving(subject(event).organiser, Role.SUPERVISOR)


PAPERS = Silent("督查组的工作底稿，组内查阅，不逐份提醒")

AUDIENCES: dict[str, tuple[Audience, ...] | Silent] = {
    "plan.draft": OWN_DESK,
    "plan.add_item": OWN_DESK,
    "plan.drop_item": OWN_DESK,
    "plan.submit": (plan_leaders,),
    "plan.approve": (planners,),
    "plan.send_back": (planners,),
    "inspection.register": OWN_DESK,
    "inspection.edit": OWN_DESK,
    "inspection.link": OWN_DESK,
    "inspection.unlink": OWN_DESK,
    "inspection.add_member": WITH_ANOTHER,
    "inspection.prove": WITH_ANOTHER,
    "inspection.submit": (inspection_leaders,),
    "inspection.approve": (organisers, inspected),
    "inspection.send_back": (organisers,),
    "inspection.amend": WITH_ANOTHER,
    "inspection.amended": (inspected, team),
    "inspection.start": (team,),
    "inspection.note": WITH_ANOTHER,
    "inspection.report": (organisers, inspection_leaders),
    "inspection.disclose": (organisers, inspected),
    "inspection.conclude": WITH_ANOTHER,
    "inspection.finish": (organisers,),
    "inspection.withdraw": (organisers, inspected),
    "inspection.follow": (organisers,),
    "scheme.draft": (inspection_leaders,),
    "scheme.approve": (organisers,),
    "scheme.send_back": (organisers,),
    "scheme.supersede": WITH_ANOTHER,
    "member.add": (joined,),
    "member.declare": (organisers,),
    "member.recuse": (joined,),
    "member.keep": (joined,),
    "member.leave": (joined,),
    "worksheet.file": PAPERS,
    "proof.add": PAPERS,
}
