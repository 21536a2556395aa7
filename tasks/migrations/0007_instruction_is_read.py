"""The instructing leader reads the answer; his new remark makes a task that follows. Readings are immutable."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import workflow.moments
from tasks.triggers import READING


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0006_closure_says_why_each_check_failed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="tasks.task",
                verbose_name="接续的任务",
            ),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "read_at",
                    models.DateTimeField(default=workflow.moments.moment, editable=False, verbose_name="阅示时间"),
                ),
                ("remark", models.TextField(blank=True, default="", verbose_name="批示")),
                ("by_closing", models.BooleanField(default=False, verbose_name="批准销号时阅示")),
                (
                    "closure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading",
                        to="tasks.closure",
                        verbose_name="办结申报",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="阅示人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={"verbose_name": "阅示", "ordering": ["-pk"]},
        ),
        migrations.RunPython(
            lambda apps, schema_editor: READING.install(schema_editor),
            lambda apps, schema_editor: READING.remove(schema_editor),
        ),
    ]
