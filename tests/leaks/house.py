"""One house for all that is asked here: every noun in every relation to the callers, each text a canary.

The relation is told from the water bureau and its office: ``own`` is a task they are at; ``child`` what the bureau gave
to its own department; ``parent`` what the province gave to their government; ``sibling`` another bureau's;
``predecessor`` a unit's that was merged into the bureau; ``unrelated`` another city's; ``closed`` and ``draft`` what
they had and may get; ``waiting`` waits for another bureau, ``answered`` waited for it; ``helped`` is the helper's part
of ``own``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from documents import sheets
from organization.models import CalendarYear, Client
from organization.operations import departments
from organization.states import Kind, Rank, Role
from tasks.models import (
    Assignment,
    Batch,
    Blocker,
    Breakdown,
    Clause,
    Closure,
    DirectiveAttachment,
    Evidence,
    Extension,
    Office,
    Report,
    Suspension,
)
from tasks.operations import (
    assignments,
    batch_runs,
    batches,
    blockers,
    closures,
    directives,
    evidence,
    extensions,
    numbering,
    readers,
    readings,
    reports,
    suspensions,
    tasks,
)
from tasks.operations.breakdowns import making, settling
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.factories.deeds import sheet_file
from tests.leaks import house_supervision as supervision
from tests.leaks.canaries import fill, tables, text_file, word
from tests.leaks.policy import PLURALS
from tests.leaks.terms import BESIDE
from workflow.models import Event

SCOPED = (
    "directives", "attachments", "tasks", "assignments", "reports", "evidence", "extensions", "suspensions",
    "blockers", "events", "batches", "offices", "departments", "people",
)  # fmt: skip
SCOPES = tuple(f"{noun}:{access}" for noun in {*SCOPED, *PLURALS.values()} for access in ("read", "write"))
PARTS = {
    "assignment": Assignment, "report": Report, "evidence": Evidence, "extension": Extension,
    "suspension": Suspension, "blocker": Blocker, "closure": Closure,
}  # fmt: skip


@dataclass
class House:
    """Units and people by name, callers by role, and the key of each thing by noun and relation."""

    units: Any = field(default_factory=SimpleNamespace)
    people: Any = field(default_factory=SimpleNamespace)
    callers: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    things: dict[str, dict[str, Any]] = field(default_factory=dict)

    def keep(self, noun: str, relation: str, thing: Any) -> Any:
        """Remember a thing by what it is to the callers."""
        self.things.setdefault(noun, {})[relation] = make.fresh(thing)
        return thing


@dataclass
class Side:
    """Who acts for a task: its lead's people, who issued it, who decides; and for whom the lead waits."""

    lead: Any
    handler: Any
    head: Any
    officer: Any
    leader: Any
    waits_on: Any


def build() -> House:
    """Return the house."""
    house = House()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "next_number", lambda *_args, **_kwargs: f"{word()}〔2030〕1号")
        _found(house)
        _settle(house)
        _tell(house)
        _collect(house)
        supervision.tell(house)
    checked = [model for model in tables() if model._meta.app_label == "supervision" or model in (Breakdown, Clause)]
    fill([model for model in tables() if model not in checked])
    fill(checked, only_said=True)
    _refresh(house)
    return house


# ------------------------------------------------------------------------------------------------ units and people


def _found(house: House) -> None:
    u = house.units
    u.province = org.government(f"{word()}人民政府")
    u.city, u.elsewhere = (org.government(f"{word()}人民政府", u.province) for _ in "12")
    u.province_office, u.office, u.foreign_office = (
        org.office(word(), place) for place in (u.province, u.city, u.elsewhere)
    )
    names = ("water", "old_water", "finance", "housing", "transport", "discipline")
    for name in names:
        setattr(u, name, org.department(word(), u.city))
    u.river = org.department(word(), u.water, kind=Kind.INTERNAL)
    u.foreign_water = org.department(word(), u.elsewhere)
    for office in (u.province_office, u.office, u.foreign_office):
        Office.objects.create(department=office, mark=word())


def _settle(house: House) -> None:
    u, p = house.units, house.people
    serving = {
        "supervisor": (Role.SUPERVISOR, u.office), "leader": (Role.LEADER, u.city),
        "unit_head": (Role.UNIT_HEAD, u.water), "handler": (Role.HANDLER, u.water), "helper": (Role.HANDLER, u.finance),
        "below": (Role.HANDLER, u.river), "neighbour": (Role.HANDLER, u.transport),
        "stranger": (Role.HANDLER, u.housing), "inspector": (Role.INSPECTOR, u.office),
        "discipline": (Role.DISCIPLINE, u.discipline), "auditor": (Role.AUDITOR, u.office),
        "system_admin": (Role.SYSTEM_ADMIN, u.office), "security_admin": (Role.SECURITY_ADMIN, u.office),
    }  # fmt: skip
    beside = {
        "province_officer": (Role.SUPERVISOR, u.province_office), "province_leader": (Role.LEADER, u.province),
        "secretary": (Role.HANDLER, u.city), "secretary_head": (Role.UNIT_HEAD, u.city),
        "transport_head": (Role.UNIT_HEAD, u.transport), "river_head": (Role.UNIT_HEAD, u.river),
        "old_handler": (Role.HANDLER, u.old_water), "old_head": (Role.UNIT_HEAD, u.old_water),
        "foreign_officer": (Role.SUPERVISOR, u.foreign_office), "foreign_leader": (Role.LEADER, u.elsewhere),
        "foreign_handler": (Role.HANDLER, u.foreign_water), "foreign_head": (Role.UNIT_HEAD, u.foreign_water),
    }  # fmt: skip
    everybody = {name: (role, unit, {}) for name, (role, unit) in {**serving, **beside}.items()}
    for name, (role, unit, said) in {**everybody, **supervision.settle(house)}.items():
        rank = {"rank": Rank.DEPUTY} if role == Role.LEADER else {}
        named = {"username": word(), "employee_no": word(), "title": word()}
        setattr(p, name, org.person(role, unit, word(), **{**named, **rank, **said}))
    house.callers = {name: getattr(p, name) for name in (*serving, *BESIDE)}
    key = org.client(u.water, SCOPES, role=Role.HANDLER)
    house.key = key.key
    org.client(u.foreign_water, ("tasks:read",))
    org.delegation(p.foreign_leader.post, p.foreign_handler, reason=word())
    org.delegation(p.leader.post, p.supervisor, reason=word())


# ------------------------------------------------------------------------------------------------ what happened


def _tell(house: House) -> None:
    u, p = house.units, house.people
    water = Side(u.water, p.handler, p.unit_head, p.supervisor, p.leader, u.housing)
    own_source = house.keep("directive", "own", _directive(water))
    house.keep("directive", "draft", _registered(water))
    house.keep("batch", "own", _batch(water, own_source, u))
    _break_down(house, "own", water, own_source)
    own = house.keep("task", "own", _active(water, own_source, u.finance, p.helper))
    _furnish(water, own)
    _help(p.helper, own)
    until = timezone.now() + timedelta(days=30)
    readers.grant(own, to=p.inspector, until=until, because=word(), by=p.supervisor)
    house.keep("task", "child", _child(house, own))
    house.keep("task", "draft", _draft(water, own_source, u.finance))
    transport = Side(u.transport, p.neighbour, p.transport_head, p.supervisor, p.leader, u.housing)
    _furnish(transport, house.keep("task", "sibling", _active(transport, own_source)))
    _wait(house, water)
    _close(house, water)
    _merge(house)
    province = Side(u.city, p.secretary, p.secretary_head, p.province_officer, p.province_leader, u.elsewhere)
    foreign = Side(u.foreign_water, p.foreign_handler, p.foreign_head, p.foreign_officer, p.foreign_leader, u.elsewhere)
    for relation, side in (("parent", province), ("unrelated", foreign)):
        source = house.keep("directive", relation, _directive(side))
        house.keep("batch", relation, _batch(side, source, u))
        _break_down(house, relation, side, source)
        _furnish(side, house.keep("task", relation, _active(side, source)))


def _registered(side: Side, instructed_by: Any = None) -> Any:
    made = directives.register(
        by=side.officer, title=word(), document_no=word(), issuer=word(), basis=word(), instruction=word(),
        instructed_by=instructed_by,
    )  # fmt: skip
    directives.attach(made, by=side.officer, file=text_file())
    return make.fresh(made)


def _directive(side: Side, instructed_by: Any = None) -> Any:
    made = directives.submit(_registered(side, instructed_by), by=side.officer)
    return directives.approve(made, by=side.leader, comment=word())


def _draft(side: Side, source: Any, *helpers: Any) -> Any:
    return tasks.draft(
        source, by=side.officer, matter=word(), standard=word(), measures=word(), clause=word(), lead=side.lead,
        co_units=helpers, responsible=word(), leader=word(), due_on=make.in_workdays(30),
        milestones=[{"title": word()}, {"title": word()}],
    )  # fmt: skip


def _active(side: Side, source: Any, helper: Any = None, helping: Any = None) -> Any:
    task = tasks.assign(_draft(side, source, *([helper] if helper else [])), by=side.officer)
    assignments.sign(make.share(task, side.lead), by=side.handler)
    if helper:
        assignments.sign(make.share(task, helper), by=helping)
    return make.fresh(task)


def _report(by: Any, task: Any, percent: int | None = None) -> Any:
    said = {name: word() for name in ("done", "effect", "problem", "help_needed", "next_step")}
    return reports.file(make.fresh(task), by=by, cause="funds", percent=percent, **said)


def _prove(by: Any, task: Any, report: Any = None) -> None:
    evidence.add(
        make.fresh(task), by=by, file=text_file(), evidence_on=timezone.localdate(), note=word(), report=report
    )


def _furnish(side: Side, task: Any) -> None:
    """Add one of every part: a report with evidence, a request that waits for the office, another for a leader."""
    _prove(side.handler, task, _report(side.handler, task))
    asked = extensions.ask(
        make.fresh(task), by=side.handler, reason=word(), progress=word(), until=make.in_workdays(40)
    )
    extensions.sign_off(asked, by=side.head)
    suspensions.ask(
        make.fresh(task), by=side.handler, cause=word(), waiting_on=word(), proof=word(), review_on=make.in_workdays(10)
    )
    blockers.raise_(make.fresh(task), by=side.handler, waiting_on=side.waits_on, ask=word())


def _help(helper: Any, task: Any) -> None:
    _prove(helper, task, _report(helper, task))


def _child(house: House, own: Any) -> Any:
    u, p = house.units, house.people
    side = Side(u.river, p.below, p.river_head, p.handler, p.unit_head, u.finance)
    child = tasks.split(
        make.fresh(own), by=p.handler, matter=word(), standard=word(), lead=u.river, responsible=word(),
        due_on=make.in_workdays(25),
    )  # fmt: skip
    assignments.sign(make.share(child, u.river), by=p.below)
    _prove(p.below, child, _report(p.below, child))
    until = make.in_workdays(28)
    extensions.sign_off(
        extensions.ask(make.fresh(child), by=p.below, reason=word(), progress=word(), until=until), by=side.head
    )
    suspensions.ask(
        make.fresh(child), by=p.below, cause=word(), waiting_on=word(), proof=word(), review_on=make.in_workdays(10)
    )
    blockers.raise_(make.fresh(child), by=p.below, waiting_on=side.waits_on, ask=word())
    return child


def _wait(house: House, side: Side) -> None:
    """Make one task that waits for the neighbour, and one that did."""
    u, p = house.units, house.people
    for relation in ("waiting", "answered"):
        source = house.keep("directive", relation, _directive(side))
        task = house.keep("task", relation, _active(side, source, u.finance, p.helper))
        _prove(p.handler, task, _report(p.handler, task))
        raised = blockers.raise_(make.fresh(task), by=p.handler, waiting_on=u.transport, ask=word())
        confirmed = blockers.confirm(raised, by=p.supervisor)
        if relation == "answered":
            blockers.resolve(confirmed, by=p.neighbour, resolution=word())


def _closed(side: Side, source: Any, helper: Any = None, helping: Any = None) -> Any:
    task = _active(side, source, helper, helping)
    report = _report(side.handler, task)
    _prove(side.handler, task, report)
    reports.accept(report, by=side.officer, comment=word())
    if helping:
        assignments.finish(make.share(make.fresh(task), helper), by=helping, note=word())
    task = closures.sign_off(closures.claim(make.fresh(task), by=side.handler, summary=word()), by=side.head)
    task = closures.verify(task, by=side.officer, checks=make.CHECKS, opinion=word())
    if source.instructed_by is not None:
        task = readings.read(task, by=side.leader, remark=word())
    return closures.close(task, by=side.leader, conclusion=word())


def _close(house: House, side: Side) -> None:
    u, p = house.units, house.people
    source = house.keep("directive", "closed", _directive(side, p.leader.post))
    house.keep("task", "closed", _closed(side, source, u.finance, p.helper))


def _merge(house: House) -> None:
    u, p = house.units, house.people
    side = Side(u.old_water, p.old_handler, p.old_head, p.supervisor, p.leader, u.housing)
    source = house.keep("directive", "predecessor", _directive(side))
    house.keep("task", "predecessor", _closed(side, source))
    departments.merge(u.old_water, by=p.system_admin, into=u.water)


def _batch(side: Side, source: Any, units: Any) -> Any:
    """Import three lines: two good ones, of which one is taken, and one for a unit that nobody knows."""
    rows = [
        (n, word(), word(), lead.name if lead else word(), "", word(), "2030年6月底前")
        for n, lead in enumerate((side.lead, None), 1)
    ]
    file = sheet_file(*rows)
    with sheets.accept(file, f"{word()}.xlsx") as accepted:
        made = batches.upload(source, by=side.officer, file=accepted)
    batch_runs.carry_on(made.pk)
    return Batch.objects.get(pk=made.pk)


def _break_down(house: House, relation: str, side: Side, source: Any) -> None:
    """Take a paper apart that names a unit which nobody knows."""
    text = f"关于{word()}的工作方案\n\n一、重点任务\n（一）完成{word()}建设。（责任单位：{word()}局）\n"
    text += f"（二）{word()}要常抓不懈。\n"
    paper = making.pasted(source, by=side.officer, text=text)
    made = making.break_down(source, by=side.officer, text=paper)
    Breakdown.objects.filter(pk=made.pk).update(document_no=word(), issuer=word())
    house.keep("breakdown", relation, settling.waive(make.fresh(made), by=side.leader, reason=word()))
    house.keep("draft", relation, made.drafts.first())
    house.keep("clause", relation, made.clauses.filter(state="open").last())


# ------------------------------------------------------------------------------------------------ what came of it


def _collect(house: House) -> None:
    """Find the parts of each task and the files of each directive."""
    for relation, task in house.things["task"].items():
        for noun, model in PARTS.items():
            lead = "helped" if relation == "helped" else relation
            rows = model.objects.filter(task=task).order_by("pk")
            first = rows.filter(department=task.lead).first()
            if first is not None:
                house.keep(noun, lead, first)
            other = rows.exclude(department=task.lead).first()
            if relation == "own" and other is not None:
                house.keep(noun, "helped", other)
        happened = Event.objects.filter(stream=task.stream, kind="task.draft" if relation == "draft" else "task.assign")
        if (first := happened.first() or Event.objects.filter(stream=task.stream).first()) is not None:
            house.keep("event", relation, first)
    u, p = house.units, house.people
    directory = {
        "department": (u.water, u.foreign_water), "person": (p.handler, p.foreign_handler),
        "post": (p.handler.post, p.foreign_handler.post),
        "delegation": (p.leader.post.delegations.get(), p.foreign_leader.post.delegations.get()),
        "registration": Client.objects.order_by("pk"),
        "office": (Office.objects.get(department=u.office), Office.objects.get(department=u.foreign_office)),
    }  # fmt: skip
    for noun, (own, unrelated) in directory.items():
        house.keep(noun, "own", own)
        house.keep(noun, "unrelated", unrelated)
    house.keep("calendar_year", "own", CalendarYear.objects.latest("year"))
    for relation, directive in house.things["directive"].items():
        house.keep("attachment", relation, DirectiveAttachment.objects.get(directive=directive))


def _refresh(house: House) -> None:
    for things in house.things.values():
        for relation, thing in things.items():
            things[relation] = make.fresh(thing)
    house.callers = {name: type(user).objects.get(pk=user.pk) for name, user in house.callers.items()}
    for name, user in vars(house.people).items():
        setattr(house.people, name, type(user).objects.get(pk=user.pk))
