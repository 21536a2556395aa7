"""Reorganisation: open duties follow the same second, nothing is orphaned or owned twice, papers keep names (F49)."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organization.models import Department
from organization.operations import departments
from organization.states import Role
from tasks.models import Assignment, Batch, Blocker, Closure, Directive, Extension, Report, Suspension, Task
from tasks.operations import (
    assignments,
    blockers,
    closures,
    directives,
    extensions,
    reports,
    suspensions,
    tasks,
    transfers,
)
from tasks.states import EXTENSION_PENDING, HELD
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import told, undone
from workflow import audit
from workflow.refusal import RuleBroken


def merge(unit, into):
    departments.merge(make.fresh(unit), by=None, into=make.fresh(into))


def parts(task):
    rows = task.assignments.exclude(state="released").order_by("pk")
    return {(row.department.name, row.department_name, row.part) for row in rows}


def test_the_duties_of_a_merged_unit_pass_to_its_heir_and_the_papers_keep_its_name(who):
    task, ended = make.active(who), make.closed(who)
    report = reports.file(task, by=who.handler, done="完成6处")
    asked = extensions.ask(make.fresh(task), by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))

    merge(who.water, who.housing)

    task, ended = make.fresh(task), make.fresh(ended)
    assert (task.lead, task.lead_name, make.fresh(asked).department) == (who.housing, "市水务局", who.housing)
    assert parts(task) == {("市住建局", "市水务局", "lead"), ("市财政局", "市财政局", "co")}
    assert (ended.lead, parts(ended)) == (who.water, {("市水务局", "市水务局", "lead"), ("市财政局", "市财政局", "co")})
    assert (make.fresh(report).department_name, make.fresh(report).department) == ("市水务局", who.water)
    assert told("task.follow") == [{"from": "市水务局", "to": "市住建局"}]
    assert list(audit.verify()) == []


def test_the_people_of_the_merged_unit_go_on_with_their_work_in_the_heir(who):
    task, ended = make.active(who), make.closed(who)
    assignments.finish(make.share(task, who.finance), by=who.helper)

    merge(who.water, who.housing)

    handler, head = (make.fresh(person) for person in (who.handler, who.unit_head))
    for reader in (handler, make.fresh(who.stranger)):
        assert set(Task.objects.visible_to(reader)) == {task, ended}
    task = closures.sign_off(closures.claim(make.fresh(task), by=handler, summary="完成"), by=head)
    assert task.state == "review"


def test_of_two_parts_in_one_task_the_weightier_remains(who):
    task = make.active(who)

    merge(who.finance, who.water)
    assert parts(make.fresh(task)) == {("市水务局", "市水务局", "lead")}

    other = make.active(who, lead=who.water, co_units=[who.housing])
    merge(who.water, who.housing)
    assert parts(make.fresh(other)) == {("市住建局", "市水务局", "lead")}
    assert make.fresh(other).lead == who.housing


def test_a_unit_that_would_wait_for_itself_waits_no_longer(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="移交图纸")
    blocker = blockers.confirm(blocker, by=who.supervisor)

    merge(who.housing, who.water)

    blocker, task = make.fresh(blocker), make.fresh(task)
    assert (blocker.state, task.blocked_by, task.answerable_id) == ("withdrawn", None, who.water.pk)
    assert blocker.resolution


def test_a_blocker_follows_the_unit_that_is_waited_for(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="移交图纸")
    blockers.confirm(blocker, by=who.supervisor)

    merge(who.housing, who.finance)

    assert make.fresh(blocker).waiting_on == make.fresh(task).blocked_by == who.finance


def test_an_office_hands_over_what_it_issued_and_what_it_may_take_up_again(who):
    task, ended = make.active(who), make.closed(who)
    heir = organization.office("新督查室", who.government)
    officer = organization.person(Role.SUPERVISOR, heir)

    merge(who.office, heir)

    assert {make.fresh(t).organiser for t in (task, ended)} == {heir}
    assert {d.organiser for d in Directive.objects.all()} == {heir}
    assert set(Task.objects.visible_to(officer)) == {task, ended}
    again = tasks.reopen(make.fresh(ended), by=officer, reason="反弹", due_on=make.in_workdays(20))
    assert again.state == "active"


def test_a_task_taken_up_again_goes_to_those_who_stand_for_the_units_that_have_gone(who):
    task = make.closed(who)
    merge(who.water, who.housing)
    merge(who.finance, who.housing)

    task = tasks.reopen(make.fresh(task), by=who.supervisor, reason="反弹", due_on=make.in_workdays(20))

    assert (task.lead, task.lead_name, parts(task)) == (
        who.housing, "市水务局", {("市住建局", "市水务局", "lead")},
    )  # fmt: skip


def test_a_unit_with_open_duties_is_not_dissolved_without_an_heir(who):
    make.active(who)

    assert [transfers.open_duties(unit) for unit in (who.water, who.finance, who.office, who.housing)] == [1, 1, 1, 0]


# ------------------------------------------------------------------------------------------------ at random


def played(who, chance):
    """Return a house of eight more units in which tasks stand everywhere, with requests under way."""
    units = [organization.department(f"{chance.random()}局", who.government) for _ in range(8)]
    for unit in units:
        organization.person(Role.HANDLER, unit)
        organization.person(Role.UNIT_HEAD, unit)
    everywhere = [who.water, who.finance, who.housing, *units]
    directive = make.directive(who)
    stages = (make.draft, make.assigned, make.active, make.active, make.active, make.claimed, make.closed)
    for _ in range(8):
        lead = who.water if chance.random() < 0.7 else chance.choice(everywhere)
        others = [u for u in everywhere if u not in (lead, who.finance)]
        joint, waited = chance.sample(others, 2)
        stage = chance.choice(stages) if lead == who.water else chance.choice(stages[:2])
        more = {"joint": [joint]} if stage in (make.draft, make.assigned) and chance.random() < 0.5 else {}
        task = stage(who, of=directive, lead=lead, co_units=[who.finance] if lead != who.finance else [], **more)
        if task.state == "active":
            chance.choice([ask_for_time, ask_for_pause, wait, report])(who, task, waited)
    return everywhere


def ask_for_time(who, task, waited):
    extensions.ask(task, by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))


def ask_for_pause(who, task, waited):
    words = {"cause": "等批复", "waiting_on": "省厅", "proof": "函", "review_on": make.in_workdays(10)}
    suspensions.grant(suspensions.ask(task, by=who.handler, **words), by=who.leader)


def wait(who, task, waited):
    blockers.confirm(blockers.raise_(task, by=who.handler, waiting_on=waited, ask="移交图纸"), by=who.supervisor)


def report(who, task, waited):
    reports.file(task, by=who.handler, done="完成6处")


def papers():
    """Return what stands on papers: nothing of it may change by a reorganisation."""
    return (
        list(Task.objects.order_by("pk").values("pk", "lead_name", "number", "matter", "due_on", "original_due_on")),
        list(Assignment.objects.order_by("pk").values("pk", "department_name", "part", "group")),
        list(Report.objects.order_by("pk").values("pk", "department_name", "done")),
        list(Closure.objects.exclude(outcome="").order_by("pk").values()),
    )


def orphans():
    """Return every open duty that rests with a unit that is no more, and every task with not exactly one lead."""
    gone = Department.objects.exclude(valid_to=None)
    living = Task.objects.exclude(state__in=("closed", "terminated"))
    found = [*living.filter(lead__in=gone), *Task.objects.filter(organiser__in=gone)]
    found += [*living.filter(blocked_by__in=gone)]
    found += Assignment.objects.filter(task__in=living, state__in=("planned", *HELD), department__in=gone)
    found += Extension.objects.filter(state__in=EXTENSION_PENDING, department__in=gone)
    found += Suspension.objects.filter(state__in=("requested", "granted"), department__in=gone)
    found += Closure.objects.filter(outcome="", department__in=gone)
    standing = Blocker.objects.filter(state__in=("raised", "confirmed"))
    found += [*standing.filter(department__in=gone), *standing.filter(waiting_on__in=gone)]
    found += [*Directive.objects.filter(organiser__in=gone), *Batch.objects.filter(organiser__in=gone)]
    for task in living.exclude(lead=None):
        leads = task.assignments.filter(part="lead", state__in=("planned", *HELD))
        if [share.department_id for share in leads] != [task.lead_id]:
            found.append(task)
    return found


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_no_reorganisation_orphans_a_duty_or_gives_it_two_owners_or_changes_a_paper(who, seed):
    with undone():
        chance = random.Random(seed)
        units = played(who, chance)
        before = papers()
        for _ in range(5):
            old, new = chance.sample(units, 2)
            units.remove(old)
            merge(old, new)
            assert orphans() == []
            for task in Task.objects.open():
                lead = task.lead
                assert all(task in Task.objects.visible_to(post.user) for post in lead.posts.standing())
        assert papers() == before
        assert list(audit.verify()) == []


def test_what_a_unit_is_asked_to_coordinate_counts_before_anybody_has_confirmed_it(who):
    blocker = blockers.raise_(make.active(who), by=who.handler, waiting_on=who.housing, ask="移交图纸")

    with refused("department.duties_open", who.housing, kind=RuleBroken) as caught:
        departments.dissolve(make.fresh(who.housing), by=who.system_admin)

    assert caught.value.details == {"open": 1}
    blockers.refuse(blocker, by=who.supervisor, resolution="不成立")
    assert departments.dissolve(make.fresh(who.housing), by=who.system_admin).state == "ended"


@pytest.mark.parametrize("submitted", [False, True])
def test_a_directive_that_waits_for_approval_is_a_duty_of_its_office(who, submitted):
    made = make.directive(who, approved=False)
    if submitted:
        made = directives.submit(made, by=who.supervisor)

    with refused("department.duties_open", who.office, made, kind=RuleBroken):
        departments.dissolve(make.fresh(who.office), by=who.system_admin)


def test_a_directive_follows_its_office_with_an_event_and_a_version_of_its_own(who):
    made, heir = make.directive(who), organization.office("市政府办公室督查处", who.government)

    departments.merge(make.fresh(who.office), by=who.system_admin, into=heir)

    fresh = make.fresh(made)
    assert (fresh.organiser, fresh.version, fresh.state) == (heir, made.version + 1, "approved")
    assert told("directive.follow") == [{"from": "市政府督查室", "to": "市政府办公室督查处"}]
    assert list(audit.verify()) == []
