"""A suspension has its review day; one that stands already is looked at as soon as this is installed."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def stands_until_today(apps: Any, schema_editor: Any) -> None:
    tasks = apps.get_model("tasks", "Task").objects.filter(state="suspended")
    tasks.update(suspended_until=timezone.localdate())


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_batch_is_carried_on")]

    operations = [
        migrations.AddField(
            model_name="suspension",
            name="review_on",
            field=models.DateField(default=timezone.localdate, verbose_name="复核日"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="task",
            name="suspended_until",
            field=models.DateField(editable=False, null=True, verbose_name="挂起复核日"),
        ),
        migrations.RunPython(stands_until_today, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="task", name="task_suspended_iff_suspended_on"),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "suspended"), ("suspended_on__isnull", False), ("suspended_until__isnull", False)
                    ),
                    models.Q(
                        models.Q(("state", "suspended"), _negated=True),
                        ("suspended_on", None),
                        ("suspended_until", None),
                    ),
                    _connector="OR",
                ),
                name="task_suspended_iff_suspended_on",
            ),
        ),
    ]
