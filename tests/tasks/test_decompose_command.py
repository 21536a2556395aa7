"""``manage.py decompose``: files in, predictions out, and no database (these tests have none)."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchmarks import papers
from benchmarks.paper_words import directory


@pytest.fixture
def departments(tmp_path: Path) -> Path:
    path = tmp_path / "departments.json"
    path.write_text(json.dumps(directory(), ensure_ascii=False), encoding="utf-8")
    return path


def run(*files: Path, departments: Path, out: Path) -> tuple[str, str]:
    told, warned = StringIO(), StringIO()
    call_command("decompose", *map(str, files), departments=departments, out=out, stdout=told, stderr=warned)
    return told.getvalue(), warned.getvalue()


def test_every_file_gives_a_prediction_of_the_corpus_shape(tmp_path, departments):
    text, gold = papers.minutes(5)
    source = tmp_path / "纪要.txt"
    source.write_text(text, encoding="gb18030")

    told, _warned = run(source, departments=departments, out=tmp_path / "out")

    found = json.loads((tmp_path / "out" / "纪要.pred.json").read_text(encoding="utf-8"))
    assert [task["clause"] for task in found["tasks"]] == [task["clause"] for task in gold["tasks"]]
    assert [task["lead"] for task in found["tasks"]] == [task["lead"] for task in gold["tasks"]]
    assert all(text[task["span"][0] : task["span"][1]] == task["clause"] for task in found["tasks"])
    assert "12 项任务" in told


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, departments):
    good, bad = tmp_path / "好.txt", tmp_path / "坏.docx"
    good.write_text(papers.minutes(5)[0], encoding="utf-8")
    bad.write_bytes(b"no document")
    told, warned = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 份文件没有读成"):
        call_command(
            "decompose", str(bad), str(good), departments=departments, out=tmp_path, stdout=told, stderr=warned
        )

    assert (tmp_path / "好.pred.json").exists()
    assert "坏.docx：" in warned.getvalue()


def test_a_directory_that_is_none_is_said_plainly(tmp_path):
    broken = tmp_path / "departments.json"
    broken.write_text("[]", encoding="utf-8")

    with pytest.raises(CommandError, match="单位目录"):
        run(tmp_path / "a.txt", departments=broken, out=tmp_path)
