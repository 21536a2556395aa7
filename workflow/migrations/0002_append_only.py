"""The record is append-only from here on."""

from django.db import migrations

from workflow.triggers import EVENT


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: EVENT.install(schema_editor),
            lambda apps, schema_editor: EVENT.remove(schema_editor),
        )
    ]
