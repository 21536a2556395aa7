"""The light is told alike by Python and by the database, for the task itself and with all that lies below it (R23)."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tasks import lights
from tasks.models import Task


def test_python_and_the_database_tell_the_same_light(who, beasts):
    for days in (-40, -3, 0, 2, 19, 60):
        now = timezone.now() + timedelta(days=days)
        told = {task.pk: (task.own_light, task.light) for task in Task.objects.with_light(now)}
        plain = {task.pk: task for task in Task.objects.all()}
        for task in plain.values():
            lower = [one for one in plain.values() if task.path < one.path < task.path_end]
            below = max((lights.severity(lights.own(one, now)) for one in lower), default=None)
            own = lights.own(task, now)
            assert told[task.pk] == (own, lights.combined(task.state, own, below)), (task.matter, days)


def test_a_statement_with_lights_stays_short(who):
    with CaptureQueriesContext(connection) as asked:
        list(Task.objects.visible_to(who.supervisor).for_list())

    assert len(asked[0]["sql"]) < 12_000
