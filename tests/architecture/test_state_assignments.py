"""A state changes by a step of its table and in no other way: nothing outside workflow writes one."""

import ast

from django.apps import apps

from tests.architecture.source import calls, modules


def targets(node):
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def is_state(target):
    if isinstance(target, ast.Tuple | ast.List):
        return any(is_state(part) for part in target.elts)
    return isinstance(target, ast.Attribute) and target.attr == "state"


def outside():
    return {path: tree for path, tree in modules().items() if not path.startswith("workflow/")}


def test_nothing_outside_workflow_assigns_a_state():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in outside().items()
        for node in ast.walk(tree)
        if any(is_state(target) for target in targets(node))
    ]

    assert found == []


def test_nothing_outside_workflow_writes_a_state_by_another_way():
    found = []
    for path, tree in outside().items():
        for name, call in calls(tree):
            by_name = any(keyword.arg == "state" for keyword in call.keywords)
            texts = {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}
            if name in ("update", "update_or_create") and by_name:
                found.append(f"{path}:{call.lineno} {name}(state=…)")
            if name in ("setattr", "bulk_update") and "state" in texts:
                found.append(f"{path}:{call.lineno} {name}(… 'state')")

    assert found == []


def test_a_new_row_begins_in_the_first_state_of_its_noun():
    stateful = {m.__name__: m for m in apps.get_models() if any(f.name == "state" for f in m._meta.concrete_fields)}
    made = []
    for path, tree in outside().items():
        for name, call in calls(tree):
            for keyword in call.keywords:
                if keyword.arg == "state" and name in stateful and not path.startswith("seeds/"):
                    made.append((path, name, ast.unparse(keyword.value).rpartition(".")[2]))

    assert len(made) >= 3
    for path, name, state in made:
        first = stateful[name]._meta.get_field("state").default
        assert first.name == state, (path, name, state)
