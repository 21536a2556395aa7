"""Worksheets, proofs and exhibits are immutable from here on."""

from typing import Any

from django.db import migrations

from supervision.triggers import AT_FIRST


def install(apps: Any, schema_editor: Any) -> None:
    for guard in AT_FIRST:
        guard.install(schema_editor)


def remove(apps: Any, schema_editor: Any) -> None:
    for guard in AT_FIRST:
        guard.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
