"""The reference corpus: the two task tables read and matched as well as an officer would.

The figures are those of the corpus' own scorer; where CORPUS_DIR names its folder, all its workbooks are read, else the
two that are kept here.
"""

import json
import os
from pathlib import Path

import pytest

from tests.documents.predict import directory, predict

CORPUS = Path(os.environ.get("CORPUS_DIR") or Path(__file__).parent / "decomposition")
UNITS = directory(json.loads((CORPUS / "departments.json").read_text(encoding="utf-8")))
TABLES = sorted(CORPUS.glob("*.xlsx"))


def _gold(path: Path) -> dict:
    return json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))


def _f1(pairs: list[tuple[set, set]]) -> float:
    """Give F1 over all tasks: agreed names against missing and extra ones."""
    agreed = sum(len(gold & found) for gold, found in pairs)
    everything = sum(len(gold) + len(found) for gold, found in pairs)
    return 2 * agreed / everything if everything else 1.0


def _share(pairs: list[tuple[object, object]]) -> float:
    return sum(gold == found for gold, found in pairs) / len(pairs)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem[:2])
def test_a_real_task_table_is_read_as_an_officer_reads_it(path: Path) -> None:
    gold, found = _gold(path)["tasks"], predict(path, UNITS)["tasks"]

    assert [task["clause"] for task in found] == [task["clause"] for task in gold]
    both = list(zip(gold, found, strict=True))
    figures = {
        "lead": _share([(set(g["lead"]), set(f["lead"])) for g, f in both]),
        "cooperating": _f1([(set(g["cooperating"]), set(f["cooperating"])) for g, f in both]),
        "groups": _f1([(set(g["groups"]), set(f["groups"])) for g, f in both]),
        "unresolved": _f1([(set(g["unresolved"]), set(f["unresolved"])) for g, f in both]),
        "deadline": _share([(g["deadline"], f["deadline"]) for g, f in both]),
        "cycle": _share([(g["cycle"], f["cycle"]) for g, f in both]),
        "leader": _share([(g["responsible_leader"], f["responsible_leader"]) for g, f in both]),
    }
    assert figures == dict.fromkeys(figures, 1.0)


def test_both_tables_of_the_corpus_are_here() -> None:
    assert [path.stem[:2] for path in TABLES] == ["05", "12"]


def test_stages_in_one_deadline_become_milestones() -> None:
    gold = [task for path in TABLES for task in _gold(path)["tasks"] if task.get("milestones")]
    found = [task for path in TABLES for task in predict(path, UNITS)["tasks"] if len(task["milestones"]) > 1]

    assert [task["milestones"] for task in found] == [task["milestones"] for task in gold]
