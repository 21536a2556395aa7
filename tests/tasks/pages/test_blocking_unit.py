"""A unit that others wait for sees what counts under it (C13, C9), and no more than that."""

from tasks.models import Blocker, Task
from tasks.operations import blockers
from tests.factories import tasks as make


def test_a_unit_sees_the_task_that_waits_for_it_while_that_is_confirmed(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="请移交管线图")
    assert list(Task.objects.visible_to(who.stranger)) == []

    blockers.confirm(blocker, by=who.supervisor)
    assert list(Task.objects.visible_to(who.stranger)) == [task]
    assert list(Task.objects.visible_to(who.stranger_head)) == [task]
    assert list(Task.objects.whole_to(who.stranger)) == []

    blockers.resolve(make.fresh(blocker), by=who.stranger, resolution="已移交")
    assert list(Task.objects.visible_to(who.stranger)) == []
    assert list(Blocker.objects.visible_to(who.stranger)) == [blocker]


def test_a_page_of_a_task_costs_two_queries(who, django_assert_num_queries):
    make.active(who)

    with django_assert_num_queries(2):
        task = Task.objects.visible_to(who.supervisor).for_page().get()
        assert [str(share.department) for share in task.assignments.all()] == ["市水务局", "市财政局"]
        assert task.assignments.all()[0].task is task
