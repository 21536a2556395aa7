"""Every kind of event that the code can record, read from the tables of steps and from the calls that record."""

import ast

from tests.architecture.source import calls, modules
from workflow.drawing import tables

NOUN_OF = {"child": "task", "heir": "department", "unit": "department", "twin": "post", "made": "task"}
"""Local names in operations that are not the noun's own."""

BY_ARGUMENT = {"client.create": "organization/operations/clients.py: _issue"}
"""Verbs that reach their call as an argument."""


def kinds() -> dict[str, str]:
    """Return every kind with the place that can record it."""
    found = {f"{table.noun}.{verb}": f"{room}/lifecycles.py" for room, table in tables() for verb in table.verbs}
    found |= BY_ARGUMENT
    nouns = {table_name: table.noun for _room, table in tables() for table_name in [table.noun.upper()]}
    for path, tree in modules().items():
        if path == "workflow/record.py" or "/operations/deeds.py" in path:
            continue
        for name, call in calls(tree):
            kind = told(name, call, nouns)
            if kind:
                found[kind] = f"{path}:{call.lineno}"
    return found


def told(name: str, call: ast.Call, nouns: dict[str, str]) -> str:
    """Return the kind that a call records; "" where it is a step's own."""
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name == "record" and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value)
    if name == "begin" and len(call.args) > 1:
        verb = next((k.value.value for k in call.keywords if k.arg == "verb"), "create")
        return f"{noun(call)}.{verb}"
    if name == "touch":
        return f"{noun(call)}.{words[0]}"
    if name in ("made", "deed") and len(call.args) > 2 and isinstance(call.args[1], ast.Name):
        table = nouns.get(call.args[1].id)
        return f"{table}.{words[0]}" if table and words else ""
    return ""


def noun(call: ast.Call) -> str:
    """Return the noun of what a call is about."""
    word = ast.unparse(call.args[0])
    return NOUN_OF.get(word, word)
