"""Who hears of what: every kind of event has a row, and where nobody is told, the reason why.

A row names audiences: functions from an event to accounts. ``recipients`` joins them, leaves out who did the deed and
everybody who may not see what it is about. Nothing is delivered yet; the reminders of a later issue read this table.
A test demands a row for every kind that the code can record, and no row for a kind that it cannot.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from notifications import answering, correcting, informing, inspecting
from notifications.common import (
    HOUSEKEEPING,
    NOT_TOLD,
    OWN_ACCOUNT,
    OWN_DESK,
    WITH_ANOTHER,
    Audience,
    Silent,
    leading,
    serving,
    subject,
)
from organization.models import Post, User
from organization.states import Rank, Role
from tasks import models, portfolios
from tasks.operations import readings
from tasks.states import HELD, Part
from workflow.models import Event


def recipients(event: Event) -> list[User]:
    """Return whom the event is told to: the row's audiences without the actor, his principal and who may not see it."""
    decision = AUDIENCES[event.kind]
    if isinstance(decision, Silent):
        return []
    meant = Q(pk__in=())
    for audience in decision:
        meant |= audience(event)
    people = User.objects.active().people().filter(meant).exclude(pk__in=(event.actor_id or 0, event.behalf_id or 0))
    thing = subject(event)
    return [user for user in people.order_by("pk") if type(thing).objects.visible_to(user).filter(pk=thing.pk).exists()]


# ------------------------------------------------------------------------------------------------ audiences


def _task(event: Event) -> Any:
    thing = subject(event)
    return getattr(thing, "task", thing)


def lead(event: Event) -> Q:
    """The people of the unit that answers for the task."""
    return serving(_task(event).lead, Role.HANDLER, Role.UNIT_HEAD)


def lead_head(event: Event) -> Q:
    """The head of the unit that answers for the task."""
    return serving(_task(event).lead, Role.UNIT_HEAD)


def units(event: Event) -> Q:
    """The people of every unit that holds a share in the task."""
    shares = models.Assignment.objects.filter(task=_task(event), state__in=HELD).values("department")
    posts = Post.objects.standing().filter(department__in=shares, role__in=(Role.HANDLER, Role.UNIT_HEAD))
    return Q(pk__in=posts.values("user"))


def helpers(event: Event) -> Q:
    """The people of the units that help or lead jointly."""
    shares = models.Assignment.objects.filter(task=_task(event), state__in=HELD).exclude(part=Part.LEAD)
    posts = Post.objects.standing().filter(department__in=shares.values("department"))
    return Q(pk__in=posts.filter(role__in=(Role.HANDLER, Role.UNIT_HEAD)).values("user"))


def own_unit(event: Event) -> Q:
    """The people of the very unit whose share, report or request this is."""
    return serving(subject(event).department, Role.HANDLER, Role.UNIT_HEAD)


def own_head(event: Event) -> Q:
    """The head of the very unit whose request this is."""
    return serving(subject(event).department, Role.UNIT_HEAD)


def waited_on(event: Event) -> Q:
    """The people of the unit that is waited for."""
    return serving(subject(event).waiting_on, Role.HANDLER, Role.UNIT_HEAD)


def issuer(event: Event) -> Q:
    """Who issued the task: the office's officers, or the people of the unit that broke its task down."""
    organiser = _task(event).organiser
    return serving(organiser, *((Role.SUPERVISOR,) if organiser.is_office else (Role.HANDLER, Role.UNIT_HEAD)))


def approver(event: Event) -> Q:
    """Who may approve closing: leaders of sufficient rank, or the head of the unit that broke its task down."""
    task = _task(event)
    return _deciding(task, task.approval_rank)


def leader(event: Event) -> Q:
    """Who decides on time: leaders of deputy rank or above, or the head of the unit that broke its task down."""
    return _deciding(_task(event), Rank.DEPUTY)


def instructor(event: Event) -> Q:
    """The leader whose instruction it was, or who took up his post: whoever reads the answer."""
    return Q(pk__in=[post.user_id for post in readings.holders(_task(event))])


def registrar(event: Event) -> Q:
    """The officers of the office that registered the directive, or took its paper apart."""
    return serving(subject(event).organiser, Role.SUPERVISOR)


def directive_leader(event: Event) -> Q:
    """The leaders who may approve the directive."""
    return leading(subject(event).organiser, 3)


def uploader(event: Event) -> Q:
    """Who uploaded the sheet."""
    return Q(pk=subject(event).uploaded_by_id)


def _deciding(task: models.Task, rank: int) -> Q:
    """Those whom a decision on the task awaits, as 我的待办 has it: a leader with a portfolio for his own units."""
    if not task.organiser.is_office:
        return serving(task.organiser, Role.UNIT_HEAD)
    posts = Post.objects.standing().filter(role=Role.LEADER, department__path=task.organiser.jurisdiction_path)
    leaders = list(posts.prefetch_related("portfolio"))
    deputies = [post for post in leaders if post.rank <= Rank.DEPUTY]
    awaited = [post for post in leaders if post.rank <= rank and portfolios.is_for(post, task, deputies)]
    return Q(pk__in=[post.user_id for post in awaited])


def holder(event: Event) -> Q:
    """Who holds the post."""
    return Q(pk=subject(event).user_id)


def parties(event: Event) -> Q:
    """Who lends a post, and who borrows it."""
    loan = subject(event)
    return Q(pk__in=(loan.principal_post.user_id, loan.delegate_id))


# ------------------------------------------------------------------------------------------------ the table

AUDIENCES: dict[str, tuple[Audience, ...] | Silent] = {
    **inspecting.AUDIENCES,
    **correcting.AUDIENCES,
    **informing.AUDIENCES,
    **answering.AUDIENCES,
    "directive.create": OWN_DESK,
    "directive.edit": OWN_DESK,
    "directive.attach": OWN_DESK,
    "directive.draft": OWN_DESK,
    "directive.upload": OWN_DESK,
    "directive.refuse_marked": Silent("只留痕，不传播，按保密要求由上传人处理（R43）"),
    "directive.submit": (directive_leader,),
    "directive.approve": (registrar,),
    "directive.send_back": (registrar,),
    "directive.withdraw": (registrar, directive_leader),
    "directive.follow": (registrar,),
    "batch.upload": OWN_DESK,
    "batch.read": (uploader,),
    "batch.fail": (uploader,),
    "batch.amend": OWN_DESK,
    "batch.take": OWN_DESK,
    "batch.finish": (uploader,),
    "batch.drop": OWN_DESK,
    "breakdown.accept": OWN_DESK,
    "breakdown.add": OWN_DESK,
    "breakdown.create": OWN_DESK,
    "breakdown.dispose": OWN_DESK,
    "breakdown.drop": OWN_DESK,
    "breakdown.fill": OWN_DESK,
    "breakdown.resume": OWN_DESK,
    "breakdown.undo": OWN_DESK,
    "clause.dispose": OWN_DESK,
    "clause.restore": OWN_DESK,
    "clause.undo": OWN_DESK,
    "directive.break_down": OWN_DESK,
    "draft.accept": OWN_DESK,
    "draft.choose": OWN_DESK,
    "draft.create": OWN_DESK,
    "draft.drop": OWN_DESK,
    "draft.edit": OWN_DESK,
    "draft.join": OWN_DESK,
    "draft.merge": OWN_DESK,
    "draft.reconsider": OWN_DESK,
    "draft.release": OWN_DESK,
    "draft.split": OWN_DESK,
    "draft.undo": OWN_DESK,
    "breakdown.waive": (registrar,),
    "breakdown.issue": WITH_ANOTHER,
    "draft.issue": WITH_ANOTHER,
    "task.draft": OWN_DESK,
    "task.edit": OWN_DESK,
    "task.drop": OWN_DESK,
    "task.assign": (units,),
    "task.reassign": (units,),
    "task.insist": (lead,),
    "task.add_units": (units,),
    "task.name": (issuer,),
    "task.start": WITH_ANOTHER,
    "task.return": WITH_ANOTHER,
    "task.report": WITH_ANOTHER,
    "task.prove": WITH_ANOTHER,
    "task.mark": (issuer,),
    "task.split": WITH_ANOTHER,
    "task.extend": WITH_ANOTHER,
    "task.suspend": WITH_ANOTHER,
    "task.raise": WITH_ANOTHER,
    "task.claim": (lead_head,),
    "task.sign_off": (issuer,),
    "reading.create": (issuer, lead),
    "task.read": WITH_ANOTHER,
    "task.remark": (issuer,),
    "task.verify": (approver, lead, instructor),
    "task.close": (units, issuer, instructor),
    "task.send_back": (lead, issuer),
    "task.withdraw": (issuer,),
    "task.hold_clock": WITH_ANOTHER,
    "task.stand_on": WITH_ANOTHER,
    "task.resume": (units,),
    "task.reopen": (units, approver),
    "task.terminate": (units, issuer),
    "task.blocked": WITH_ANOTHER,
    "task.freed": WITH_ANOTHER,
    "task.due_moved": (helpers,),
    "task.settle": WITH_ANOTHER,
    "task.follow": (units, issuer),
    "task.hold": NOT_TOLD,
    "task.lift": NOT_TOLD,
    "reader.grant": NOT_TOLD,
    "reader.withdraw": NOT_TOLD,
    "assignment.sign": (issuer,),
    "assignment.decline": (issuer, lead),
    "assignment.insist": (own_unit,),
    "assignment.finish": (issuer, lead),
    "assignment.excuse": (own_unit, lead),
    "assignment.recall": (own_unit, lead),
    "report.file": (issuer,),
    "report.accept": (own_unit,),
    "report.send_back": (own_unit,),
    "evidence.add": (issuer,),
    "extension.ask": (own_head,),
    "extension.sign_off": (issuer,),
    "extension.accept": (leader,),
    "extension.grant": (own_unit, issuer),
    "extension.refuse": (own_unit, issuer),
    "extension.withdraw": (issuer,),
    "suspension.ask": (leader, issuer),
    "suspension.grant": (own_unit, issuer),
    "suspension.refuse": (own_unit, issuer),
    "suspension.prolong": (own_unit, leader),
    "suspension.withdraw": (issuer,),
    "suspension.end": WITH_ANOTHER,
    "blocker.raise": (issuer,),
    "blocker.confirm": (own_unit, waited_on),
    "blocker.refuse": (own_unit,),
    "blocker.resolve": (own_unit, issuer, waited_on),
    "blocker.withdraw": (issuer,),
    "post.appoint": (holder,),
    "post.end": (holder,),
    "post.follow": (holder,),
    "post.set_portfolio": (holder,),
    "post.delegate": WITH_ANOTHER,
    "delegation.grant": (parties,),
    "delegation.revoke": (parties,),
    "user.sign_in": OWN_ACCOUNT,
    "user.sign_out": OWN_ACCOUNT,
    "user.take_up": OWN_ACCOUNT,
    "user.change_password": OWN_ACCOUNT,
    **dict.fromkeys(
        (
            "user.create", "user.activate", "user.appoint", "user.rename", "user.reset_password", "user.deactivate",
            "user.restore", "client.create", "client.rotate", "client.retire", "client.revoke", "calendar.set_day",
            "calendar.clear_day", "calendar.import_days", "calendar.publish", "department.create", "department.amend",
            "department.alias", "department.rename", "department.move", "department.merge", "department.dissolve",
            "department.inherit", "office.set_up", "office.amend",
        ),
        HOUSEKEEPING,
    ),
}  # fmt: skip
