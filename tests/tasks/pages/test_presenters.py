"""Every deed is told in words."""

import ast
from pathlib import Path

import pytest

from tasks import lifecycles, presenters
from workflow.models import Event

pytestmark = pytest.mark.once

OPERATIONS = Path(presenters.__file__).parent / "operations"
NOUN_OF = {"child": "task"}  # variables that bear another name than their noun


def _literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _noun(call):
    name = call.args[0].id
    return NOUN_OF.get(name, name)


def recorded_in_code():
    """Return the kinds that the operations write by name: record(kind), begin(thing, verb=…), touch(thing, verb)."""
    for path in OPERATIONS.glob("*.py"):
        for call in (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)):
            name = getattr(call.func, "id", "")
            if name == "record":
                yield _literal(call.args[0])
            elif name == "touch":
                yield f"{_noun(call)}.{_literal(call.args[1])}"
            elif name == "begin":
                verbs = [_literal(k.value) for k in call.keywords if k.arg == "verb"]
                yield f"{_noun(call)}.{verbs[0] if verbs else 'create'}"


def in_lifecycles():
    return {f"{table.noun}.{verb}" for table in lifecycles.ALL for verb in table.verbs}


def test_every_kind_recorded_in_code_has_its_words():
    kinds = {kind for kind in recorded_in_code() if kind} | in_lifecycles()

    assert {"task.assign", "report.file", "task.due_moved", "evidence.add", "task.follow"} <= kinds
    assert kinds - set(presenters.PRESENTED) == set()


def test_what_happened_is_told_whole_and_once(who, beasts):
    told = [presenters.presented(event) for event in Event.objects.order_by("pk")]

    assert all(str(line["title"]) != "其他留痕" and isinstance(str(line["text"]), str) for line in told)
    lines = presenters.timeline(Event.objects.of(beasts["reported"].stream))
    assert [(str(line["title"]), line["by"], str(line["text"])) for line in lines][-2:] == [
        ("签收", "市财政局 财政经办", "配合"),
        ("填报进展", "市水务局 水务经办", "完成比例 50%"),
    ]


@pytest.mark.parametrize("kind", sorted(presenters.PRESENTED))
def test_a_deed_with_an_empty_detail_is_still_told(kind):
    line = presenters.presented(Event(kind=kind, actor_name="张三", unit_name="市水务局", behalf_name="李四"))

    assert str(line["title"])
    assert "%(" not in str(line["text"])
    assert line["by"] == "市水务局 张三（代 李四）"


def test_icons_stand_in_the_font():
    names = Path("static/src/icons.txt").read_text("utf-8").split()

    assert {row.icon for row in presenters.PRESENTED.values()} - set(names) == set()
