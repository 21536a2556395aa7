"""Evidence is immutable from here on."""

from django.db import migrations

from tasks.triggers import EVIDENCE


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: EVIDENCE.install(schema_editor),
            lambda apps, schema_editor: EVIDENCE.remove(schema_editor),
        )
    ]
