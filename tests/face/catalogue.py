"""Every message of the product, read from its source, and the catalogue that translates them.

Written in Python because ``xgettext`` reads neither a renamed ``gettext_lazy`` nor the inside of an f-string. After a
change of words ``python -m tests.face.catalogue`` brings the catalogue up to date: it keeps what is translated, adds
what is new with an empty translation, drops what is gone, and prints what is left to do.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages import Message as Entry
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent.parent
ENGLISH: Final = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
ROOMS: Final = (
    "config", "documents", "notifications", "organization", "seeds", "supervision", "tasks", "workflow",
)  # fmt: skip
HOMES: Final = ("django.utils.translation", "workflow.tongue")
FORMS: Final = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
"""How many of its first arguments are message ids."""
IN_TEMPLATE: Final = re.compile(r"(?<!\w)(n?gettext|_)\((?=u?[\"'])")
HEADER: Final = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
Message = str | tuple[str, str]


def messages() -> list[Message]:
    """Return every message id once, in the order of the source; a pair has a plural and stands for its first half."""
    found: dict[str, Message] = {}
    for one in everywhere():
        name = one if isinstance(one, str) else one[0]
        if not isinstance(found.get(name), tuple):
            found[name] = one
    return list(found.values())


def everywhere() -> Iterator[Message]:
    """Yield every message id as often as the source asks for it."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from of_python(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from of_template(path.read_text(encoding="utf-8"))


def of_python(source: str, name: str = "") -> Iterator[Message]:
    """Yield the messages of a module; refuses a message that is not written out, since nobody could translate it."""
    tree = ast.parse(source)
    calls = _translators(tree)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    for node in sorted(found, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node.func, ast.Name) and node.func.id in calls:
            written = node.args[: FORMS[calls[node.func.id]]]
            ids = [one.value for one in written if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            assert len(ids) == FORMS[calls[node.func.id]], f"{name}:{node.lineno} {ast.unparse(node)}"
            yield _message(ids)


def _translators(tree: ast.AST) -> dict[str, str]:
    """Return under which names a module calls which function of gettext: imported as, or assigned to."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in HOMES:
            known |= {entry.asname or entry.name: entry.name for entry in node.names if entry.name in FORMS}
    for node in ast.walk(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Name) and value.id in known:
            known[target.id] = known[value.id]
    return known


def of_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    code = templatize(source)
    for call in IN_TEMPLATE.finditer(code):
        rest = code[call.end() :]
        ids: list[str] = []
        for literal in re.finditer(r"""\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*([,)])""", rest):
            ids.append(ast.literal_eval(literal[1]))
            if literal[2] == ")" or len(ids) == (2 if call[1] == "ngettext" else 1):
                break
        yield _message(ids)


def _message(ids: list[str]) -> Message:
    return ids[0] if len(ids) == 1 else (ids[0], ids[1])


def catalogue() -> Catalog:
    """Return the English catalogue as it is."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def refresh() -> list[str]:
    """Write the catalogue anew from the source; returns the ids that still lack a translation."""
    old, new = catalogue(), Catalog(locale="en")
    for one in messages():
        name = one if isinstance(one, str) else one[0]
        before = old.get(name)
        said = before.string if before and before.pluralizable == isinstance(one, tuple) else None
        new.add(one, string=said)
    with ENGLISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, new, width=0, no_location=True, omit_header=True)
    return [str(entry.id) for entry in new if entry.id and not all(strings(entry))]


def strings(entry: Entry) -> tuple[str, ...]:
    """Return the translations of an entry: one, or one for each of the two numbers."""
    return tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string or "",)


if __name__ == "__main__":
    missing = refresh()
    sys.stdout.write("\n".join([*missing, f"还缺 {len(missing)} 条译文：{ENGLISH.relative_to(ROOT)}", ""]))
