"""Progress from below equals its recomputation, whatever happened in whatever order (R17, F28)."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organization.states import Role
from tasks.models import Task
from tasks.operations import assignments, closures, milestones, progress, reports, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.tasks.acts import undone
from workflow.refusal import Refusal


class House:
    """A task with departments two levels below, and people who act at random."""

    def __init__(self, who, seed):
        self.who, self.chance = who, random.Random(seed)
        self.people = {who.water.pk: (who.handler, who.unit_head)}
        self.units = {who.water.pk: [self.unit(f"{seed}处{n}", who.water) for n in range(3)]}
        for unit in self.units[who.water.pk]:
            self.units[unit.pk] = [self.unit(f"{unit.name}{n}科", unit) for n in range(2)]
        staged = [{"title": "开工"}, {"title": "验收"}] if self.chance.random() < 0.5 else []
        self.top = make.active(who, co_units=[], milestones=staged)

    def unit(self, name, above):
        unit = organization.department(name, above)
        person = organization.person
        self.people[unit.pk] = (person(Role.HANDLER, unit), person(Role.UNIT_HEAD, unit))
        return unit

    def act(self):
        task = self.chance.choice(list(Task.objects.within_task(self.top).select_related("lead", "organiser")))
        handler, head = self.people[task.lead_id]
        try:
            self.chance.choice([self.split, self.report, self.mark, self.close, self.reopen, self.end])(
                task, handler, head
            )
        except Refusal:
            return False
        return True

    def split(self, task, handler, head):
        below = [u for u in self.units.get(task.lead_id, ()) if not task.children.filter(lead=u).exists()]
        if below:
            child = tasks.split(task, by=handler, matter="分", lead=below[0], responsible="某")
            assignments.sign(make.share(child, below[0]), by=self.people[below[0].pk][0])

    def report(self, task, handler, head):
        reports.file(task, by=handler, done="推进", percent=self.chance.choice([None, 10, 55, 90]))

    def mark(self, task, handler, head):
        milestones.mark(task, by=handler, reached=[m for m in task.milestones.all() if self.chance.random() < 0.5])

    def close(self, task, handler, head):
        office = task.organiser_id == self.who.office.pk
        checker, approver = (
            (self.who.supervisor, self.who.leader) if office else self.people[task.organiser_id]
        )  # fmt: skip
        task = closures.sign_off(closures.claim(task, by=handler, summary="完成"), by=head)
        task = closures.verify(task, by=checker, checks=make.CHECKS, opinion="属实")
        closures.close(task, by=approver, conclusion="同意")

    def reopen(self, task, handler, head):
        office = task.organiser_id == self.who.office.pk
        by = self.who.supervisor if office else self.people[task.organiser_id][0]
        tasks.reopen(task, by=by, reason="反弹", due_on=make.in_workdays(15))

    def end(self, task, handler, head):
        if task.pk != self.top.pk:
            tasks.terminate(task, by=self.people[task.organiser_id][1], reason="不再需要")


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_progress_of_every_task_equals_what_follows_from_below(who, seed):
    with undone():
        house = House(who, seed)
        done = sum(house.act() for _ in range(30))

        rows = list(Task.objects.within_task(house.top))
        expected = {task.number: progress.derived(task) for task in rows if task.is_open}

    assert done >= 5
    assert {t.number: t.progress for t in rows if t.is_open and expected[t.number] is not None} == {
        number: percent for number, percent in expected.items() if percent is not None
    }
    assert {t.progress for t in rows if t.state == "closed"} <= {100}
