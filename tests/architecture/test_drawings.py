"""The documents of steps and permissions are what the tables say."""

from io import StringIO

import pytest
from django.core.management import call_command

from supervision import lifecycles as of_supervision
from tasks import lifecycles
from tests.architecture.source import ROOT
from workflow import drawing


def test_the_drawn_documents_are_what_the_tables_say():
    for name, drawn in drawing.documents().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == drawn, f"manage.py draw_lifecycles ({name})"


def test_every_table_and_every_step_is_drawn():
    tables = list(drawing.tables())
    permissions = drawing.documents()["permissions.md"]

    assert {table for room, table in tables if room == "tasks"} == set(lifecycles.ALL)
    assert {table for room, table in tables if room == "supervision"} == set(of_supervision.ALL)
    assert {"organization", "tasks"} <= {room for room, _table in tables}
    assert permissions.count("\n| `") == sum(len(list(table)) for _room, table in tables)
    assert "| `close` | 批准销号 | `approval` | `closed` | `approver` |" in permissions


def test_the_command_compares_and_writes(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(SystemExit):
        call_command("draw_lifecycles", "--check", stdout=StringIO(), stderr=StringIO())

    call_command("draw_lifecycles", stdout=StringIO())
    call_command("draw_lifecycles", "--check", stdout=StringIO())

    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["lifecycles.md", "permissions.md"]
