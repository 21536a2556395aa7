"""What a job needs to carry an import on, and what an officer needs to correct its rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0002_calendar"),
        ("tasks", "0002_evidence_is_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="batchrow",
            options={"ordering": ["pk"], "verbose_name": "导入行"},
        ),
        migrations.AddField(
            model_name="batch",
            name="acting_delegation",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organization.delegation",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="acting_post",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organization.post",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="acting_user",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="batch",
            name="good",
            field=models.PositiveIntegerField(default=0, verbose_name="可导入"),
        ),
        migrations.AddField(
            model_name="batch",
            name="leased_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="skipped",
            field=models.PositiveIntegerField(default=0, verbose_name="不导入"),
        ),
        migrations.AddField(
            model_name="batch",
            name="skipped_sheets",
            field=models.JSONField(blank=True, default=list, verbose_name="没有任务表的工作表"),
        ),
        migrations.AddField(
            model_name="batch",
            name="title",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="表题"),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="amended",
            field=models.BooleanField(default=False, verbose_name="已更正"),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="skipped",
            field=models.BooleanField(default=False, verbose_name="不导入"),
        ),
        migrations.AddIndex(
            model_name="batchrow",
            index=models.Index(fields=["batch", "good", "id"], name="batch_row_by_batch"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("task", None), models.Q(("good", True), ("skipped", False)), _connector="OR"),
                name="batch_row_taken_is_good",
            ),
        ),
    ]
