"""What members read: the linked tasks are opened to them while they inspect, and shut at once when they no longer do.

The inspection itself is open to them by their rows and the same days (``querysets.inspecting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from organization.models import User
from supervision.models import Inspection, Member
from supervision.states.inspecting import InspectionState, MemberState
from tasks.models import Task
from tasks.operations import readers

OPEN = (InspectionState.RUNNING, InspectionState.REPORTED, InspectionState.CONCLUDED)


def ground(inspection: Inspection) -> str:
    """Return the ground by which the rights of this inspection are known apart from others'."""
    return inspection.stream


def ends_at(inspection: Inspection) -> datetime:
    """Return the moment at which the members' time ends: midnight after their last day."""
    return timezone.make_aware(datetime.combine(inspection.access_ends_on + timedelta(days=1), time.min))


def give(
    inspection: Inspection, *, by: User, members: Sequence[Member] | None = None, tasks: Sequence[Task] | None = None
) -> None:
    """Open the linked tasks to the standing members (or to those named); nothing before the inspection runs."""
    until = ends_at(inspection)
    if inspection.state not in OPEN or until <= timezone.now():
        return
    if members is None:
        members = list(inspection.members.filter(state=MemberState.STANDING).select_related("user"))
    if tasks is None:
        tasks = [link.task for link in inspection.links.select_related("task")]
    readers.grant_all(
        tasks, to=[member.user for member in members], until=until, because=ground(inspection), about=inspection, by=by
    )


def take(inspection: Inspection, *, by: User, member: Member | None = None) -> None:
    """Shut the linked tasks to everybody of the team, or to one member."""
    readers.withdraw_all(ground(inspection), about=inspection, by=by, of=member.user if member else None)
