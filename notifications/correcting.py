"""Who hears of 整改: findings, rectification, conclusions, reviews. Who may not see it is left out later."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from notifications.common import OWN_DESK, WITH_ANOTHER, Audience, Silent, governing, serving, subject
from organization.states import Role
from supervision.actors.correcting import inspection_of
from supervision.models import Finding
from supervision.states.inspecting import MemberRole, MemberState
from workflow.models import Event


def _inspection(event: Event) -> Any:
    thing = subject(event)
    return inspection_of(getattr(thing, "rectification", thing))


def accused(event: Event) -> Q:
    """The people of the unit that it is about."""
    return serving(subject(event).department, Role.HANDLER, Role.UNIT_HEAD)


def accused_head(event: Event) -> Q:
    """The head of the unit that it is about."""
    return serving(subject(event).department, Role.UNIT_HEAD)


def inspectors(event: Event) -> Q:
    """The officers of the organiser, or the people of the designated department, and the head of the team."""
    inspection = _inspection(event)
    roles = (Role.SUPERVISOR,) if inspection.organiser.is_office else (Role.HANDLER, Role.UNIT_HEAD)
    heads = inspection.members.filter(state=MemberState.STANDING, role=MemberRole.HEAD)
    return serving(inspection.organiser, *roles) | Q(pk__in=heads.values("user"))


def judges(event: Event) -> Q:
    """Who may decide an objection: leaders up to the secretary's rank, and officers; none who took part decides."""
    organiser = _inspection(event).organiser
    return governing(organiser, 3) | serving(organiser, Role.SUPERVISOR)


def governors(event: Event) -> Q:
    """The leaders who approve conclusions and reviews."""
    return governing(_inspection(event).organiser, 2)


def item_verifiers(event: Event) -> Q:
    """Who verifies the item."""
    return Q(pk=subject(event).verifier_id)


def finding_verifiers(event: Event) -> Q:
    """Who verifies the items of the finding."""
    finding: Finding = subject(event)
    return Q(pk__in=finding.rectifications.values("verifier"))


def review_handler(event: Event) -> Q:
    """Who handles the review."""
    return Q(pk=subject(event).handler_id)


PART_OF_THE_CLAIM = Silent("随整改申报一并查看，不为每份材料单独打扰核验人")
BEFORE_IT_IS_TOLD = Silent("尚未下达给单位，只在督查组和督查机构内部办理")

AUDIENCES: dict[str, tuple[Audience, ...] | Silent] = {
    "inspection.find": WITH_ANOTHER,
    "inspection.draft": WITH_ANOTHER,
    "inspection.recheck": WITH_ANOTHER,
    "finding.find": BEFORE_IT_IS_TOLD,
    "finding.edit": BEFORE_IT_IS_TOLD,
    "finding.discard": BEFORE_IT_IS_TOLD,
    "finding.issue": (accused,),
    "finding.accept": (inspectors,),
    "finding.object": (judges, inspectors),
    "finding.take_as_accepted": (accused,),
    "finding.uphold": (accused, inspectors),
    "finding.drop": (accused, inspectors),
    "finding.order": WITH_ANOTHER,
    "finding.settle": (accused, inspectors),
    "finding.recheck": OWN_DESK,
    "finding.confirm": (accused,),
    "finding.relapse": (accused, inspectors),
    "finding.waive": (accused, inspectors, finding_verifiers),
    "finding.annul": (accused, inspectors, finding_verifiers),
    "finding.follow": (accused, inspectors),
    "rectification.order": (accused, item_verifiers),
    "rectification.plan": (inspectors, item_verifiers),
    "rectification.claim": (item_verifiers,),
    "rectification.prove": WITH_ANOTHER,
    "voucher.add": PART_OF_THE_CLAIM,
    "rectification.ask_longer": (item_verifiers,),
    "rectification.withdraw_longer": (item_verifiers,),
    "rectification.grant_longer": (accused, inspectors),
    "rectification.refuse_longer": (accused, inspectors),
    "rectification.verify": (accused, inspectors),
    "rectification.return": (accused, inspectors),
    "rectification.expose": (accused, inspectors),
    "rectification.reassign": (item_verifiers,),
    "correction.order": (accused_head, governors),
    "conclusion.draft": OWN_DESK,
    "conclusion.edit": OWN_DESK,
    "conclusion.discard": OWN_DESK,
    "conclusion.submit": (governors,),
    "conclusion.approve": (accused, inspectors),
    "conclusion.send_back": (inspectors,),
    "conclusion.receive": (inspectors,),
    "conclusion.ask_review": WITH_ANOTHER,
    "conclusion.explain": (inspectors, governors),
    "conclusion.change": (accused, inspectors),
    "conclusion.annul": (accused, inspectors),
    "conclusion.follow": (accused, inspectors),
    "review.ask": (inspectors, governors),
    "review.assign": (review_handler, accused_head),
    "review.propose": (governors,),
    "review.send_back": (review_handler,),
    "review.approve": (accused, inspectors, review_handler),
    "review.withdraw": (inspectors, review_handler),
}
