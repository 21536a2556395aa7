from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0004_suspension_has_a_review_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="default_limit",
            field=models.BooleanField(default=False, verbose_name="没有写时限的行按来源默认时限"),
        ),
    ]
