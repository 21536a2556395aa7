from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0005_batch_may_ask_for_the_default_limit"),
    ]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="returned_for",
            field=models.JSONField(blank=True, default=dict, verbose_name="未通过的原因"),
        ),
    ]
