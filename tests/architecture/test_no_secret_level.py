"""There is no place for a level of secrecy: not in a table, not in a form, not in a filter, not on a page (R43)."""

import re

from django.apps import apps
from django.urls import get_resolver

from tests.architecture.source import ROOT, modules
from tests.architecture.themes import THEMES

LEVEL = re.compile(
    r"密级(?!标志)|定密等级|涉密等级|保密期限|(?i:secret_?level|security_?level|confidential|classification|classified|miji)"
)
NAMES = re.compile(r"(?i)(^|_)(secret|secrecy|classified|confidential|miji)(_|$)")


def test_no_column_holds_a_level_of_secrecy():
    told = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            words = [str(getattr(field, "verbose_name", "")), str(getattr(field, "help_text", ""))]
            words += [str(label) for _value, label in getattr(field, "choices", None) or ()]
            if NAMES.search(field.name) or any(LEVEL.search(word) for word in words):
                told.append(f"{model.__name__}.{field.name}")

    assert told == []


def test_no_input_asks_for_a_level_of_secrecy():
    forms = {verb.form for theme in THEMES for noun in theme.nouns for verb in noun.verbs}
    forms |= {verb.form for theme in THEMES for verb in theme.lone}
    fields = [(form.__name__, name, field) for form in forms for name, field in form.base_fields.items()]

    assert len(fields) > 60
    assert [(form, name) for form, name, f in fields if NAMES.search(name) or LEVEL.search(str(f.label or ""))] == []


def test_no_page_and_no_address_speaks_of_a_level_of_secrecy():
    spoken = [
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "static/src")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and LEVEL.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    addresses = [str(pattern.pattern) for pattern in get_resolver().url_patterns]

    assert spoken == []
    assert [address for address in addresses if LEVEL.search(address)] == []


def test_no_code_names_a_level_of_secrecy_but_the_gate_that_refuses_it():
    gate = "documents/"
    named = [
        path for path in modules() if not path.startswith(gate) and LEVEL.search((ROOT / path).read_text("utf-8"))
    ]  # fmt: skip

    assert named == []
