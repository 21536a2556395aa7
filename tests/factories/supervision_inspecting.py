"""Plans and inspections at every stage, in the house of ``tests.factories.tasks``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from organization.models import User
from organization.states import Role
from supervision.models import Inspection, Member, Plan, Worksheet
from supervision.operations import inspections, members, plans, worksheets
from tests.factories import organization as make
from tests.factories.tasks import Cast


@dataclass
class Team:
    """Who inspects: the head and a member of the office's own, an expert from outside."""

    head: User
    member: User
    expert: User


def team(who: Cast) -> Team:
    """Return the house's inspector as head, and two people more with such posts."""
    return Team(who.inspector, *(make.person(Role.INSPECTOR, who.office, name) for name in ("组员乙", "专家丙")))


def today() -> Any:
    """Return the day of today."""
    return timezone.localdate()


def fresh(thing: Any) -> Any:
    """Return the row as it is now."""
    return type(thing).objects.get(pk=thing.pk)


def plan(who: Cast, *, approved: bool = True, year: int | None = None, **item: Any) -> Plan:
    """Return the office's plan of the year with one item, approved unless told otherwise."""
    made = plans.draft(by=who.supervisor, year=year or today().year, base_count=5)
    item = {"topic": "城市内涝治理", "targets": "市直部门", "month_from": 1, "month_to": 12} | item
    plans.add_item(made, by=who.supervisor, **item)
    made = fresh(made)
    if approved:
        made = plans.approve(plans.submit(made, by=who.supervisor), by=who.leader)
    return made


def words(who: Cast, **said: Any) -> dict[str, Any]:
    """Return what is said when an inspection of the water bureau is drafted, outside the plan."""
    return {
        "title": "城市内涝治理专项督查",
        "topic": "城市内涝治理",
        "kind": "special",
        "methods": ["on_site", "files"],
        "subject_kind": "deployment",
        "basis": "decision",
        "basis_text": "市政府常务会议决定",
        "basis_document": "青政阅〔2026〕12号",
        "unplanned_reason": "汛期突发积水，一事一报",
        "objects": [who.water],
        "starts_on": today(),
        "ends_on": today() + timedelta(days=10),
        "content": "易涝点整治进度与质量",
        "scope": "中心城区12处易涝点",
        "discipline": "不打招呼、不陪同",
        "materials": "整治台账",
    } | said


def draft(who: Cast, **said: Any) -> Inspection:
    """Return a draft without a team."""
    return inspections.register(by=who.supervisor, **words(who, **said))


def join(who: Cast, inspection: Inspection, user: User, role: str = "member", **said: Any) -> Member:
    """Add somebody to the team."""
    fields = {"trained_on": today(), "pledged_on": today(), "body": "市政府督查室", "by": who.supervisor} | said
    return members.add(fresh(inspection), user=user, role=role, **fields)


def manned(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return a draft with a head and a member."""
    crew = crew or team(who)
    made = draft(who, **said)
    join(who, made, crew.head, "head")
    join(who, made, crew.member, body="市水利学会")
    return fresh(made)


def pending(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return an inspection that waits for the chief."""
    return inspections.submit(manned(who, crew, **said), by=who.supervisor)


def approved(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return an approved inspection."""
    return inspections.approve(pending(who, crew, **said), by=who.chief)


def running(who: Cast, crew: Team | None = None, tasks: Any = (), **said: Any) -> Inspection:
    """Return an inspection under way, with these tasks linked."""
    made = approved(who, crew, **said)
    if tasks:
        made = inspections.link(made, by=who.supervisor, tasks=list(tasks))
    return inspections.start(made, by=who.supervisor)


def sheet(inspection: Inspection, by: User, **said: Any) -> Worksheet:
    """Return a filed worksheet about the first object."""
    fields = {
        "department": inspection.targets.first().department, "checked_at": timezone.now(), "place": "人民路下穿通道",
        "fact": "泵站未通电", "result": "fails", "standard": "完成12处易涝点整治",
    } | said  # fmt: skip
    return worksheets.file(fresh(inspection), by=by, **fields)


def head_of(inspection: Inspection) -> User:
    """Return the head of the team, afresh."""
    found: User = User.objects.get(pk=inspection.members.get(role="head", state="standing").user_id)
    return found


def reported(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return an inspection whose head has filed the report."""
    made = running(who, crew, **said)
    head = head_of(made)
    sheet(made, head)
    return inspections.report(fresh(made), by=head, report="抽查12处，3处未通电。")


def concluded(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return an inspection of which every object has its part of the conclusion."""
    return inspections.conclude(reported(who, crew, **said), by=who.supervisor)


def finished(who: Cast, crew: Team | None = None, **said: Any) -> Inspection:
    """Return an inspection that is over."""
    return inspections.finish(concluded(who, crew, **said), by=who.supervisor)
