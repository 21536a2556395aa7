"""The whole loop, by operations: from an instruction to 销号."""

from tasks.models import Task
from tasks.operations import closures, extensions, reports
from tests.factories import tasks as make
from workflow import audit
from workflow.models import Event


def test_a_task_goes_from_an_instruction_to_being_struck_off(who):
    task = make.active(who)
    reports.file(task, by=who.handler, done="完成 6 处", percent=50)
    extension = extensions.ask(task, by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30))
    extension = extensions.sign_off(extension, by=who.unit_head)
    extension = extensions.accept(extension, by=who.supervisor)
    extensions.grant(extension, by=who.leader)
    original = task.original_due_on
    from tasks.operations import assignments

    assignments.finish(make.share(task, who.finance), by=who.helper)
    task = closures.claim(make.fresh(task), by=who.handler, summary="完成")
    task = closures.sign_off(task, by=who.unit_head)
    task = closures.send_back(task, by=who.supervisor, failed=[{"check": "facts", "reason": "缺验收单"}])
    task = closures.claim(task, by=who.handler, summary="已补")
    task = closures.sign_off(task, by=who.unit_head)
    task = closures.verify(task, by=who.supervisor, checks=make.CHECKS, opinion="属实")
    task = closures.close(task, by=who.leader, conclusion="同意销号")

    task = Task.objects.with_light().get(pk=task.pk)
    assert (task.state, task.light, task.returns, task.progress) == ("closed", "closed", 1, 100)
    assert task.original_due_on == original < task.due_on == make.in_workdays(30)
    assert list(audit.verify()) == []
    assert Event.objects.of(task.stream).last().kind == "task.close"
