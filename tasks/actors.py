"""Who is who to a task, its parts and its directive. Each actor implies sight (a law under test)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organization.actors import system_admin
from organization.states import Role, UserKind
from tasks.states import HELD, AssignmentState, Part
from workflow.lifecycle import actor, either

UNIT_ROLES = (Role.HANDLER, Role.UNIT_HEAD)


def task_of(thing: Any) -> Any:
    """Return the task that ``thing`` is or belongs to."""
    return getattr(thing, "task", thing)


def unit_of(by: Any) -> Any:
    """Return the unit the user acts for; an operation asks after its check, so there is one."""
    return by.department


def lead_of(task: Any) -> Any:
    """Return the lead of a task that has one."""
    return task.lead


def rank_of(by: Any) -> int:
    """Return the rank of the post acted in; 1 is highest."""
    return by.post.rank if by.post else 99


def serves(user: Any, department: Any, *roles: str) -> bool:
    """Tell whether the user acts in exactly this unit in one of the roles."""
    unit = user.department
    return bool(unit is not None and department is not None and unit.pk == department.pk and user.role in roles)


def leads_for(user: Any, organiser: Any) -> bool:
    """Tell whether the user leads the government or committee that ``organiser`` works for.

    A leader decides in person: no system does, whatever post it was given (R28, R39).
    """
    unit = user.department
    return bool(
        user.role == Role.LEADER
        and user.kind == UserKind.PERSON
        and unit is not None
        and organiser is not None
        and unit.path == organiser.jurisdiction_path
    )


# ------------------------------------------------------------------------------------------------ directives


@actor(_("只有督查机构的督查员可以登记督查事项。"))
def officer(user: Any, thing: Any) -> bool:
    """A supervision officer of any office."""
    return bool(user.role == Role.SUPERVISOR and user.department is not None and user.department.is_office)


@actor(_("只有登记该事项的督查机构的督查员可以这样做。"))
def registrar(user: Any, directive: Any) -> bool:
    """An officer of the office that registered the directive."""
    return serves(user, directive.organiser, Role.SUPERVISOR)


@actor(_("只有本级分管以上领导可以审批立项，请提请领导审批。"))
def directive_approver(user: Any, directive: Any) -> bool:
    """A leader of the office's government, up to the secretary's rank."""
    return leads_for(user, directive.organiser) and user.post.rank <= 3


# ------------------------------------------------------------------------------------------------ who issued


@actor(_("只有交办这项任务的督查机构可以这样做。"))
def issuer(user: Any, thing: Any) -> bool:
    """Who issued the task: an officer of the office, or, where a unit broke its task down, that unit's people."""
    organiser = task_of(thing).organiser
    if organiser.is_office:
        return serves(user, organiser, Role.SUPERVISOR)
    return serves(user, organiser, *UNIT_ROLES)


@actor(_("需由层级足够的本级领导批准；领导批示件不低于批示领导的层级。"))
def approver(user: Any, thing: Any) -> bool:
    """Who approves closing: a leader of sufficient rank, or the head of the unit that broke its task down (R33)."""
    task = task_of(thing)
    if task.organiser.is_office:
        return leads_for(user, task.organiser) and user.post.rank <= task.approval_rank
    return serves(user, task.organiser, Role.UNIT_HEAD)


@actor(_("需由本级分管以上领导批准。"))
def leader(user: Any, thing: Any) -> bool:
    """Who decides on time: a leader of deputy rank or above, or the head of the unit that broke its task down (R24)."""
    task = task_of(thing)
    if task.organiser.is_office:
        return leads_for(user, task.organiser) and user.post.rank <= 2
    return serves(user, task.organiser, Role.UNIT_HEAD)


@actor(_("只有批示领导本人或受其委托代理的人可以阅示、再作批示；批示领导离任的，由接任同一职务的人办理。"))
def instructor(user: Any, thing: Any) -> bool:
    """Whose instruction it is: in person or by his delegate; where his post has ended, who took up the same one.

    Of what an office issued only: what a unit broke down is answered to that unit, and by it to the leader.
    """
    task = task_of(thing)
    source = task.directive
    if source.instructed_by_id is None or not task.organiser.is_office or user.kind != UserKind.PERSON:
        return False
    if user.post is None or user.role != Role.LEADER:
        return False
    return user.post.pk == source.instructed_by_id or (
        leads_for(user, task.organiser) and takes_up(user.post, source.instructed_by)
    )


def takes_up(post: Any, former: Any) -> bool:
    """Tell whether a post succeeds one that has ended: same unit and title, begun when the former ended or later."""
    return bool(
        former.ended_on is not None
        and not former.stands()
        and post.title
        and (post.department_id, post.role, post.title) == (former.department_id, former.role, former.title)
        and post.started_on >= former.ended_on
    )


@actor(_("需由本级分管以上领导批准终止；领导批示件不低于批示领导的层级。"))
def ender(user: Any, thing: Any) -> bool:
    """Who ends a task undone: never somebody who could not approve its closing, and of deputy rank at least."""
    return leader(user, thing) and approver(user, thing)


# ------------------------------------------------------------------------------------------------ who does


@actor(_("只有牵头单位的经办人或负责人可以这样做。"))
def lead_people(user: Any, thing: Any) -> bool:
    """The people of the lead, who answers for the whole; only while its share stands."""
    task = task_of(thing)
    return serves(user, task.lead, *UNIT_ROLES) and _share(user, task) is not None


@actor(_("须由牵头单位负责人签批，经办人不能代替。"))
def lead_head(user: Any, thing: Any) -> bool:
    """The head of the lead."""
    task = task_of(thing)
    return serves(user, task.lead, Role.UNIT_HEAD) and _share(user, task) is not None


@actor(_("只有承担这项任务的单位可以这样做。"))
def assigned_people(user: Any, thing: Any) -> bool:
    """The people of any unit with a signed share."""
    share = _share(user, task_of(thing))
    return share is not None and user.role in UNIT_ROLES and share.state == AssignmentState.SIGNED


@actor(_("只有该单位的经办人或负责人可以这样做。"))
def share_people(user: Any, assignment: Any) -> bool:
    """The people of the very unit whose share this is."""
    return serves(user, assignment.department, *UNIT_ROLES)


@actor(_("只有配合单位可以这样做；牵头单位请用“申报办结”结束任务。"))
def helping_people(user: Any, assignment: Any) -> bool:
    """The people of a unit that helps or leads jointly; who answers for the whole ends by claiming completion."""
    return bool(assignment.part != Part.LEAD and share_people(user, assignment))


@actor(_("只有交办单位可以这样处理配合单位；牵头单位请在任务上改派、维持交办或终止。"))
def issuer_to_helper(user: Any, assignment: Any) -> bool:
    """Who issued the task, towards a unit that helps: the lead's share is dealt with on the task."""
    return bool(assignment.part != Part.LEAD and issuer(user, assignment))


@actor(_("只有提出申请的单位可以这样做。"))
def asking_people(user: Any, part: Any) -> bool:
    """The people of the unit that asked."""
    return serves(user, part.department, *UNIT_ROLES)


@actor(_("须由提出申请的单位负责人签批。"))
def asking_head(user: Any, part: Any) -> bool:
    """The head of the unit that asked."""
    return serves(user, part.department, Role.UNIT_HEAD)


@actor(_("只有被请求协调的单位可以这样做。"))
def blocking_people(user: Any, blocker: Any) -> bool:
    """The people of the unit that is waited on."""
    return serves(user, blocker.waiting_on, *UNIT_ROLES)


def _share(user: Any, task: Any) -> Any:
    """Return the share of the user's unit; walks the prefetched rows so that buttons cost no query."""
    unit = user.department
    if unit is None:
        return None
    shares = task.assignments.all()
    return next((s for s in shares if s.department_id == unit.pk and s.state in HELD), None)


office_keeper = system_admin


@actor(_("只有该督查机构的督查员和本级领导可以核查编号。"))
def gap_reader(user: Any, office: Any) -> bool:
    """An officer of the office, or a leader of its government: the reasons are business."""
    return serves(user, office, Role.SUPERVISOR) or leads_for(user, office)


issuer_or_blocking = either(issuer, blocking_people)
