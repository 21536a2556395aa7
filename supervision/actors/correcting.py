"""Who is who: 整改: finding, rectification, conclusion, review. Each actor implies sight (a law under test).

Whether somebody took part, and therefore decides no objection and handles no review, is asked of the record by the
operations (``supervision.operations.partakers``): a predicate here must cost nothing.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.states import Role
from supervision.actors.inspecting import head as head_of
from supervision.actors.inspecting import registrar, team
from supervision.states.correcting import ReviewState
from supervision.turns.correcting import WORKING
from tasks.actors import UNIT_ROLES, leads_for, serves
from workflow.lifecycle import actor, either
from workflow.persons import identities


def inspection_of(thing: Any) -> Any:
    """Return the inspection of which a finding, an item, a conclusion or a review came."""
    for way in ("finding", "conclusion"):
        thing = getattr(thing, way, thing)
    return thing.inspection


# ------------------------------------------------------------------------------------------------ who found it


@actor(_("只有组织这次督查的单位可以这样做；暗访在公开前由拟制人本人办理。"))
def officer(user: Any, thing: Any) -> bool:
    """Who runs the inspection: an officer of the office, or the people of a designated department."""
    return registrar(user, inspection_of(thing))


@actor(_("只有督查组成员在督查期间可以这样做。"))
def member(user: Any, thing: Any) -> bool:
    """A member of the team, in his time."""
    return team(user, inspection_of(thing))


@actor(_("督查组实行组长负责制，须由组长下达。"))
def head(user: Any, thing: Any) -> bool:
    """The one who answers for the team, in his time (R6)."""
    return head_of(user, inspection_of(thing))


# ------------------------------------------------------------------------------------------------ the unit


@actor(_("只有该单位的经办人或负责人可以这样做。"))
def unit_people(user: Any, thing: Any) -> bool:
    """The people of the very unit that it is about."""
    return serves(user, thing.department, *UNIT_ROLES)


@actor(_("须由该单位负责人办理，经办人不能代替。"))
def unit_head(user: Any, thing: Any) -> bool:
    """The head of the very unit that it is about."""
    return serves(user, thing.department, Role.UNIT_HEAD)


@actor(_("只有督查结论所涉单位的负责人可以申请复核；党委督查事项请提交情况说明。"))
def applicant(user: Any, conclusion: Any) -> bool:
    """The head of the unit, where the government's rules give the right of review (条例 Art. 17)."""
    return not inspection_of(conclusion).party and unit_head(user, conclusion)


@actor(_("只有党委督查事项以情况说明代替复核，由所涉单位负责人提交。"))
def explainer(user: Any, conclusion: Any) -> bool:
    """The head of the unit, where the party's rules know no review (domain.md 2.3)."""
    return inspection_of(conclusion).party and unit_head(user, conclusion)


# ------------------------------------------------------------------------------------------------ who decides


@actor(_("异议由没有参与这次督查的本级领导或督查员裁定。"))
def judge(user: Any, thing: Any) -> bool:
    """Who decides an objection: a leader up to the secretary's rank, or an officer; none who took part."""
    organiser = inspection_of(thing).organiser
    return officer(user, thing) or (leads_for(user, organiser) and user.post.rank <= 3)


@actor(_("需由本级分管以上领导批准。"))
def leader(user: Any, thing: Any) -> bool:
    """A leader of the organiser's government, of deputy rank or above."""
    return leads_for(user, inspection_of(thing).organiser) and user.post.rank <= 2


@actor(_("只有指定的核验人可以核验整改。"))
def verifier(user: Any, rectification: Any) -> bool:
    """Who was named to verify, or acts for him."""
    return user.role in WORKING and user.department is not None and rectification.verifier_id in identities(user)


@actor(_("延期由指定的核验人批复，且须有申请在等待批复。"))
def granter(user: Any, rectification: Any) -> bool:
    """The verifier, while a request for more time waits."""
    return rectification.asked_until is not None and verifier(user, rectification)


@actor(_("延期申请由整改单位负责人撤回，且须尚未批复。"))
def withdrawer(user: Any, rectification: Any) -> bool:
    """The head of the unit, while its request for more time waits."""
    return rectification.asked_until is not None and unit_head(user, rectification)


@actor(_("最后一项整改核验通过时，问题随之了结，不单独办理。"))
def with_its_last_item(user: Any, finding: Any) -> bool:
    """Nobody by himself: a finding is settled when its last item is verified as done."""
    return False


@actor(_("只有指定的承办人可以办理复核。"))
def handler(user: Any, review: Any) -> bool:
    """Who was named to handle the review, or acts for him."""
    return user.role in WORKING and user.department is not None and review.handler_id in identities(user)


finder = either(member, officer)
issuer = either(head, officer)


def reads_opinion(user: Any, review: Any) -> bool:
    """Tell whether the user reads what is proposed before it is decided: never the unit that waits for it."""
    return review.state == ReviewState.DECIDED or any(who(user, review) for who in (handler, leader, officer))
