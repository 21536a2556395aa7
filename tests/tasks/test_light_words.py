"""A light says why, in one short phrase."""

import pytest
from django.utils import timezone

from tasks import lights
from tasks.models import Task
from tasks.operations import blockers
from tests.factories import tasks as make


def told(task):
    row = Task.objects.for_list().get(pk=task.pk)
    return lights.told(row, timezone.now())


def test_a_task_on_its_way_tells_the_working_days_left(who):
    assert told(make.active(who)) == {"meaning": "on_track", "word": "正常", "reason": "还有 20 个工作日"}


def test_a_late_task_tells_the_calendar_days(who):
    task = make.make_late(make.active(who), days=3)

    assert told(task) == {"meaning": "overdue", "word": "逾期", "reason": "逾期 3 天"}


def test_a_blocked_task_tells_who_is_waited_for(who):
    task = make.active(who)
    blocker = blockers.raise_(task, by=who.handler, waiting_on=who.finance, ask="拨款")
    blockers.confirm(blocker, by=who.supervisor)

    assert told(task) == {"meaning": "blocked", "word": "受阻", "reason": "等待市财政局"}


@pytest.mark.parametrize(
    ("stage", "word"),
    [("draft", "未交办"), ("assigned", "正常"), ("in_review", "待核验"), ("closed", "按期销号")],
)
def test_every_stage_has_its_word(who, stage, word):
    assert told(getattr(make, stage)(who))["word"] == word


def test_a_parent_tells_that_the_light_comes_from_below(who):
    from tasks.operations import tasks

    parent = make.active(who)
    child = tasks.split(parent, by=who.handler, matter="清淤", lead=who.river, responsible="处长")
    make.make_late(child, days=2)

    assert told(parent) == {"meaning": "overdue", "word": "逾期", "reason": "下级任务逾期"}
