"""Claims, what was found of them, and corrections are immutable from here on."""

from typing import Any

from django.db import migrations

from supervision.triggers import OF_CLAIMS


def install(apps: Any, schema_editor: Any) -> None:
    for guard in OF_CLAIMS:
        guard.install(schema_editor)


def remove(apps: Any, schema_editor: Any) -> None:
    for guard in OF_CLAIMS:
        guard.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_paper_numbers")]

    operations = [migrations.RunPython(install, remove)]
