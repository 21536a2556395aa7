"""The stage: short words for the operations, each on its day, so that a story reads as one."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from documents.uploads import Upload, accept
from organization.models import Department, User
from organization.states import Role
from organization.workdays import calendar
from seeds import clock
from tasks.models import Assignment, Directive, Task
from tasks.operations import (
    assignments,
    blockers,
    closures,
    directives,
    evidence,
    extensions,
    reports,
    suspensions,
    tasks,
)
from tasks.states import Source

CHECKS = ("facts", "solved", "done", "conclusion", "lawful", "format")
FORENOON, AFTERNOON = time(9, 30), time(15, 10)


@dataclass
class Stage:
    """Units, people and the day called today; days of stories are counted in working days from it."""

    units: dict[str, Department]
    people: dict[str, User]
    today: date
    hour: time = FORENOON
    told: list[str] = field(default_factory=list)

    def day(self, offset: int) -> date:
        """Return the working day ``offset`` working days from today (before it if negative)."""
        return calendar().after(self.today, offset)

    def paper(self, name: str, text: str) -> Upload:
        """Return a text file that has passed the upload gate."""
        return accept(io.BytesIO(text.encode()), name)

    def on(self, offset: int, hour: time | None = None) -> AbstractContextManager[datetime]:
        """Let it be that day; ``hour`` is office time."""
        return clock.at(self.day(offset), hour or self.hour)

    def who(self, unit: str, role: str = Role.HANDLER) -> User:
        """Return somebody who serves in the unit in the role."""
        found = User.objects.filter(posts__department=self.units[unit], posts__role=role, is_active=True).first()
        if found is None:
            raise LookupError(f"nobody is {role} in {unit}")
        return found

    def head(self, unit: str) -> User:
        """Return the unit's head."""
        return self.who(unit, Role.UNIT_HEAD)

    # ------------------------------------------------------------------ the office

    def directive(
        self, offset: int, title: str, source: str = Source.DOCUMENT, *, officer: str = "supervisor",
        leader: str = "leader", approved: bool = True, **fields: Any,
    ) -> Directive:  # fmt: skip
        """Register, submit and have approved, all on one day."""
        by = self.people[officer]
        with self.on(offset):
            fields.setdefault("basis", "列入年度督查计划")
            directive = directives.register(by=by, title=title, source=source, **fields)
            if approved:
                directives.submit(directive, by=by)
        if approved:
            with self.on(offset, AFTERNOON):
                directive = directives.approve(directive, by=self.people[leader], comment="同意立项")
        return directive

    def task(
        self, offset: int, of: Directive, matter: str, lead: str, *, standard: str, due: int,
        co: Sequence[str] = (), joint: Sequence[str] = (), officer: str = "supervisor", issue: bool = True,
        **fields: Any,
    ) -> Task:  # fmt: skip
        """Draft a task and issue it; ``due`` is its day, counted from today."""
        by = self.people[officer]
        fields.setdefault("responsible", self.head(lead).name)
        with self.on(offset):
            task = tasks.draft(
                of, by=by, matter=matter, standard=standard, lead=self.units[lead], due_on=self.day(due),
                co_units=[self.units[u] for u in co], joint=[self.units[u] for u in joint], **fields,
            )  # fmt: skip
            return tasks.assign(task, by=by) if issue else task

    # ------------------------------------------------------------------ the units

    def share(self, task: Task, unit: str) -> Assignment:
        """Return the unit's standing share."""
        found: Assignment = task.assignments.exclude(state="released").get(department=self.units[unit])
        return found

    def sign(self, offset: int, task: Task, *units: str) -> Task:
        """Let the units sign, by default all of them."""
        with self.on(offset, AFTERNOON):
            for share in task.assignments.filter(state="issued").select_related("department"):
                if not units or share.department.short in units:
                    assignments.sign(share, by=self.who(share.department.short))
        return self.fresh(task)

    def report(
        self, offset: int, task: Task, done: str, percent: int | None = None, unit: str = "", **parts: Any
    ) -> Task:
        """Let the lead, or another unit, report; the office accepts what the lead says."""
        short = unit or self.lead(task)
        with self.on(offset, AFTERNOON):
            reports.file(task, by=self.who(short), done=done, percent=percent, **parts)
        return self.fresh(task)

    def prove(self, offset: int, task: Task, name: str, text: str, note: str = "") -> Task:
        """Let the lead upload a text file dated that day."""
        with self.on(offset, AFTERNOON) as moment:
            file = self.paper(name, text)
            evidence.add(task, by=self.who(self.lead(task)), file=file, evidence_on=moment.date(), note=note)
        return self.fresh(task)

    def finish_help(self, offset: int, task: Task) -> Task:
        """Let every helper say that its part is done."""
        with self.on(offset, FORENOON):
            for share in task.assignments.filter(state="signed").exclude(part="lead").select_related("department"):
                assignments.finish(share, by=self.who(share.department.short), note="本单位配合事项已完成")
        return self.fresh(task)

    def claim(self, offset: int, task: Task, summary: str, *, sign_off: bool = True) -> Task:
        """Let the lead claim completion and its head sign."""
        task = self.finish_help(offset, task)
        with self.on(offset, FORENOON):
            task = closures.claim(task, by=self.who(self.lead(task)), summary=summary)
        if sign_off:
            with self.on(offset, AFTERNOON):
                task = closures.sign_off(task, by=self.head(self.lead(task)))
        return task

    def send_back(self, offset: int, task: Task, **failed: str) -> Task:
        """Let the office return the claim, with a reason for each check that failed."""
        rows = [{"check": check, "reason": reason} for check, reason in failed.items()]
        with self.on(offset):
            return closures.send_back(task, by=self.officer(task), failed=rows)

    def verify(self, offset: int, task: Task, opinion: str = "经现场核查，情况属实") -> Task:
        """Let the office pass the six checks."""
        with self.on(offset):
            return closures.verify(task, by=self.officer(task), checks=CHECKS, opinion=opinion)

    def close(self, offset: int, task: Task, conclusion: str = "同意销号", leader: str = "leader") -> Task:
        """Let a leader approve closing."""
        with self.on(offset, AFTERNOON):
            return closures.close(task, by=self.people[leader], conclusion=conclusion)

    def through(self, offset: int, task: Task, summary: str, leader: str = "leader") -> Task:
        """Claim, verify the next working day, approve the day after."""
        task = self.claim(offset, task, summary)
        task = self.verify(offset + 1, task)
        return self.close(offset + 2, task, leader=leader)

    def extend(self, offset: int, task: Task, until: int, reason: str, *, steps: int = 3) -> Task:
        """Ask for more time; ``steps`` 0 asked, 1 signed, 2 checked, 3 granted."""
        lead = self.lead(task)
        with self.on(offset):
            extension = extensions.ask(
                task, by=self.who(lead), reason=reason, progress="主体工作已完成，收尾受影响", until=self.day(until)
            )
            hands: list[Callable[[], Any]] = [
                lambda: extensions.sign_off(extension, by=self.head(lead)),
                lambda: extensions.accept(extension, by=self.officer(task), comment="情况属实，拟同意"),
                lambda: extensions.grant(extension, by=self.people["leader"], comment="同意延期一次"),
            ]
            for hand in hands[:steps]:
                hand()
        return self.fresh(task)

    def block(self, offset: int, task: Task, waiting_on: str, ask: str, *, confirmed: bool = True) -> Task:
        """Let the lead ask for coordination, and the office confirm it."""
        with self.on(offset):
            blocker = blockers.raise_(task, by=self.who(self.lead(task)), waiting_on=self.units[waiting_on], ask=ask)
            if confirmed:
                blockers.confirm(blocker, by=self.officer(task))
        return self.fresh(task)

    def suspend(
        self, offset: int, task: Task, waiting_on: str, cause: str, *, review: int, granted: bool = True
    ) -> Task:
        """Let the lead ask to stop the clock until the day ``review``, and a leader approve."""
        with self.on(offset):
            suspension = suspensions.ask(
                task, by=self.who(self.lead(task)), cause=cause, waiting_on=waiting_on, proof="来函复印件存档备查",
                review_on=self.day(review),
            )  # fmt: skip
            if granted:
                suspensions.grant(suspension, by=self.people["leader"], comment="同意挂起")
        return self.fresh(task)

    # ------------------------------------------------------------------ small questions

    def lead(self, task: Task) -> str:
        """Return the lead's short name."""
        return str(Department.objects.get(pk=int(task.lead_id or 0)).short)

    def officer(self, task: Task) -> User:
        """Return an officer of the office that issued the task."""
        found = User.objects.filter(
            posts__department_id=task.organiser_id, posts__role__in=(Role.SUPERVISOR, Role.HANDLER), is_active=True
        ).first()
        if found is None:
            raise LookupError(f"nobody issues for {task.organiser}")
        return found

    @staticmethod
    def fresh(task: Task) -> Task:
        """Return the row as it is now."""
        found: Task = Task.objects.get(pk=task.pk)
        return found
