"""A small house of one government, its office, three units and the people in them; and tasks at every stage."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from documents.uploads import Upload, accept
from organization.models import Department, User
from organization.states import Kind, Rank, Role
from organization.workdays import calendar
from tasks.models import Directive, Task
from tasks.operations import assignments, closures, directives, tasks
from tests.factories import organization as make

CHECKS = ("facts", "solved", "done", "conclusion", "lawful", "format")


@dataclass
class Cast:
    """The people of the house; ``stranger`` serves in a unit that has nothing to do with anything."""

    government: Department
    office: Department
    water: Department
    finance: Department
    housing: Department
    river: Department
    supervisor: User
    colleague: User
    chief: User
    leader: User
    handler: User
    unit_head: User
    helper: User
    helper_head: User
    below: User
    stranger: User
    stranger_head: User
    inspector: User
    discipline: User
    auditor: User
    system_admin: User
    security_admin: User

    def everyone(self) -> dict[str, User]:
        """Return every person by the name used here."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def cast() -> Cast:
    """Return a fresh house."""
    government = make.government("青澜市人民政府")
    bureau = {n: make.department(n, government, kind=Kind.DEPARTMENT) for n in ("市水务局", "市财政局", "市住建局")}
    water, finance, housing = bureau.values()
    office = make.office("市政府督查室", government)
    river = make.department("河道管理处", water, kind=Kind.INTERNAL)
    person = make.person
    return Cast(
        government=government,
        office=office,
        water=water,
        finance=finance,
        housing=housing,
        river=river,
        supervisor=person(Role.SUPERVISOR, office, "督查员"),
        colleague=person(Role.SUPERVISOR, office, "另一督查员"),
        chief=person(Role.LEADER, government, "市长", rank=Rank.CHIEF),
        leader=person(Role.LEADER, government, "副市长", rank=Rank.DEPUTY),
        handler=person(Role.HANDLER, water, "水务经办"),
        unit_head=person(Role.UNIT_HEAD, water, "水务局长"),
        helper=person(Role.HANDLER, finance, "财政经办"),
        helper_head=person(Role.UNIT_HEAD, finance, "财政局长"),
        below=person(Role.HANDLER, river, "河道处经办"),
        stranger=person(Role.HANDLER, housing, "住建经办"),
        stranger_head=person(Role.UNIT_HEAD, housing, "住建局长"),
        inspector=person(Role.INSPECTOR, office, "督查组员"),
        discipline=person(Role.DISCIPLINE, make.department("市纪委监委", government), "纪检联络员"),
        auditor=person(Role.AUDITOR, office, "审计员"),
        system_admin=person(Role.SYSTEM_ADMIN, office, "系统员"),
        security_admin=person(Role.SECURITY_ADMIN, office, "安全员"),
    )


def in_workdays(n: int) -> date:
    """Return the day ``n`` working days from today."""
    return calendar().after(timezone.localdate(), n)


def upload(name: str = "验收单.txt", content: bytes = "已完成".encode()) -> Upload:
    """Return a file that passed the gate."""
    return accept(io.BytesIO(content), name)


def directive(who: Cast, *, approved: bool = True, **fields: Any) -> Directive:
    """Return a directive of the office, approved unless told otherwise."""
    fields = {"title": "城市内涝治理", "document_no": "青政发〔2026〕3号"} | fields
    made = directives.register(by=who.supervisor, **fields)
    if approved:
        made = directives.submit(made, by=who.supervisor)
        made = directives.approve(made, by=who.leader)
    return made


def draft(who: Cast, of: Directive | None = None, **fields: Any) -> Task:
    """Return a complete draft led by the water bureau, helped by finance."""
    fields = {
        "matter": "整治易涝点",
        "standard": "完成12处易涝点整治",
        "lead": who.water,
        "co_units": [who.finance],
        "responsible": "水务局长",
        "due_on": in_workdays(20),
    } | fields
    return tasks.draft(of or directive(who), by=who.supervisor, **fields)


def assigned(who: Cast, **fields: Any) -> Task:
    """Return a task that waits for signing."""
    return tasks.assign(draft(who, **fields), by=who.supervisor)


def share(task: Task, unit: Department) -> Any:
    """Return the unit's standing share in the task."""
    return task.assignments.exclude(state="released").get(department=unit)


def active(who: Cast, **fields: Any) -> Task:
    """Return a task that all its units have signed."""
    task = assigned(who, **fields)
    assignments.sign(share(task, who.water), by=who.handler)
    if task.assignments.filter(department=who.finance).exists():
        assignments.sign(share(task, who.finance), by=who.helper)
    return fresh(task)


def claimed(who: Cast, **fields: Any) -> Task:
    """Return a task whose lead claims that it is done."""
    task = active(who, **fields)
    for help_ in task.assignments.filter(part="co", state="signed"):
        assignments.finish(help_, by=who.helper)
    return closures.claim(fresh(task), by=who.handler, summary="十二处全部完成")


def in_review(who: Cast, **fields: Any) -> Task:
    """Return a task that waits for the office's checks."""
    return closures.sign_off(claimed(who, **fields), by=who.unit_head)


def in_approval(who: Cast, **fields: Any) -> Task:
    """Return a task that waits for a leader."""
    return closures.verify(in_review(who, **fields), by=who.supervisor, checks=CHECKS, opinion="属实")


def closed(who: Cast, **fields: Any) -> Task:
    """Return a task struck off the list."""
    return closures.close(in_approval(who, **fields), by=who.leader, conclusion="同意销号")


def instruction(who: Cast, **fields: Any) -> Directive:
    """Return the deputy's instruction, approved by the chief."""
    said = {"title": "请水务局抓紧整治易涝点", "source": "instruction", "document_no": "", "instruction": "请抓紧整治"}
    made = directives.register(by=who.supervisor, **(said | {"instructed_by": who.leader.post} | fields))
    return directives.approve(directives.submit(made, by=who.supervisor), by=who.chief)


def fresh(thing: Any) -> Any:
    """Return the row as it is now."""
    return type(thing).objects.get(pk=thing.pk)


def make_late(task: Task, days: int = 3) -> Task:
    """Let the task's time have run out ``days`` ago, as if it had been assigned long before."""
    now = timezone.now()
    shift = now - timedelta(days=days)
    Task.objects.filter(pk=task.pk).update(
        due_at=shift, warn_at=shift - timedelta(days=2), due_on=timezone.localdate(shift),
        assigned_at=shift - timedelta(days=30), original_due_on=timezone.localdate(shift),
    )  # fmt: skip
    return fresh(task)
