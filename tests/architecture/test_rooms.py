"""How the rooms are built: verbs take who acts by name, know no door, and import at the top (architecture.md 3, 5)."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOMS, ROOT, functions, modules, text

DOORS = ("django.http", "django.shortcuts", "django.forms", "django.template", "rest_framework", "django_htmx")
VERB_ROOMS = ("tasks", "organization", "supervision")


def test_each_room_knows_only_the_rooms_below_it():
    told = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert told.returncode == 0, told.stdout[-3000:]
    assert "0 broken" in told.stdout


def test_no_room_has_a_module_of_jobs_called_tasks():
    assert [room for room in ROOMS if (ROOT / room / "tasks.py").exists()] == []


def operations():
    """Yield every public operation: what changes things, and is one transaction."""
    for room in VERB_ROOMS:
        folder = ROOT / room / "operations"
        for found in pkgutil.iter_modules([str(folder)]):
            module = importlib.import_module(f"{room}.operations.{found.name}")
            for path, tree in modules(room).items():
                if path != f"{room}/operations/{found.name}.py":
                    continue
                for node in tree.body:
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and is_atomic(node):
                        yield f"{room}.{found.name}.{node.name}", getattr(module, node.name)


def is_atomic(node):
    return any(ast.unparse(decorator).startswith("transaction.atomic") for decorator in node.decorator_list)


BY_HIMSELF = {"organization.people.sign_in", "organization.people.sign_out"}
"""Who acts is the thing itself."""


def test_an_operation_takes_its_thing_first_and_who_acts_by_name():
    found = dict(operations())
    assert len(found) > 60
    assert set(found) >= BY_HIMSELF
    for name, operation in found.items():
        parameters = list(inspect.signature(operation).parameters.values())
        positional = [p for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
        assert len(positional) <= 1, name
        if name in BY_HIMSELF:
            continue
        by = next((p for p in parameters if p.name == "by"), None)
        assert by is not None, name
        assert by.kind is inspect.Parameter.KEYWORD_ONLY, name
        assert by.default is inspect.Parameter.empty, name
        assert operation.__doc__, name


def test_an_operation_knows_no_door():
    for path, tree in modules().items():
        if "/operations/" not in path:
            continue
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.startswith(DOORS)], f"{path}:{node.lineno}"


def test_an_import_inside_a_function_says_why_it_stands_there():
    found = []
    for path, tree in modules().items():
        lines = text(path).splitlines()
        for function in functions(tree):
            for node in ast.walk(function):
                hidden = isinstance(node, ast.Import | ast.ImportFrom)
                if hidden and not re.search(r"noqa: [^(]*PLC0415[^(]*(\(.+\)|- .+)", lines[node.lineno - 1]):
                    found.append(f"{path}:{node.lineno}")

    # Django's and Celery's set-up comes before any model: these three files import after it (pyproject.toml says so).
    assert [f for f in found if not f.startswith(("config/prepare.py", "config/probe.py"))] == []


LONGER = {"seeds/stories.py", "seeds/inspecting.py"}
"""Books of stories, each short."""


def test_files_and_functions_keep_to_their_measure():
    longest = {path: len(text(path).splitlines()) for path in modules()}
    long_files = {path: n for path, n in longest.items() if n > 450 and path not in LONGER}
    long_functions = {
        f"{path}:{f.name}": f.end_lineno - f.lineno
        for path, tree in modules().items()
        for f in functions(tree)
        if f.end_lineno - f.lineno > 60
    }

    assert (long_files, long_functions) == ({}, {})
