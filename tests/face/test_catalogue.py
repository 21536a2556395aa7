"""Whoever chooses English reads English everywhere: every message of the source has its translation."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from django.test import Client
from django.utils.translation import activate, deactivate, gettext, override

from tasks import verbs
from tests.architecture.theme import Theme, house_of
from tests.architecture.themes import THEMES
from tests.face import catalogue
from tests.factories import organization as make
from workflow import drawing
from workflow.models import Event

pytestmark = pytest.mark.once

PLACES = re.compile(r"%(?:\([\w.]+\))?[sdr%]|\{\w*\}")
CHINESE = re.compile("[一-鿿]")
REFRESH = "python -m tests.face.catalogue，然后补上译文 (then translate what it lists)"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the compiled catalogue, as ``pybabel compile`` makes it for the start."""
    folder = tmp_path_factory.mktemp("locale")
    target = folder / "en" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue.catalogue())
    return folder


@pytest.fixture
def english(compiled: Path, settings: Any) -> Iterator[Client]:
    """Return a browser that asks for English, in a house whose only catalogue is today's."""
    settings.LOCALE_PATHS = [compiled]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    yield Client(headers={"accept-language": "en"})
    deactivate()


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_every_message_is_translated() -> None:
    entries = {entry.id: entry for entry in catalogue.catalogue() if entry.id}
    found = catalogue.messages()

    lacking = [one for one in found if one not in entries or not all(catalogue.strings(entries[one]))]
    stale = set(entries) - set(found)
    assert not lacking, REFRESH
    assert not stale, REFRESH


def test_a_message_with_a_plural_is_never_asked_for_without_its_number() -> None:
    found = list(catalogue.everywhere())
    plural = {one[0] for one in found if isinstance(one, tuple)}

    assert not plural & {one for one in found if isinstance(one, str)}


def test_no_translation_is_a_guess_or_a_copy() -> None:
    for entry in catalogue.catalogue():
        assert not entry.fuzzy or not entry.id, entry.id
        assert entry.string != entry.id or not CHINESE.search(str(entry.id)), entry.id


def test_every_placeholder_is_kept() -> None:
    for entry in catalogue.catalogue():
        ids = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id,)
        if entry.id:
            expected = sorted(PLACES.findall(ids[0]))
            assert all(sorted(PLACES.findall(said)) == expected for said in catalogue.strings(entry)), entry.id


def test_the_catalogue_names_nobody_and_no_machine() -> None:
    head = catalogue.ENGLISH.read_text(encoding="utf-8").split("\n\n")[0] + "\n\n"

    assert head == catalogue.HEADER


# --- how messages are found ------------------------------------------------------------------------------------------


def test_messages_are_found_under_any_name_and_inside_an_f_string() -> None:
    source = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext
T = gettext_lazy
said = f"{_('甲') % 1}" + T("乙") + ngettext("丙", "丙丙", 2) + other("丁")
"""

    assert list(catalogue.of_python(source)) == ["甲", "乙", ("丙", "丙丙")]


def test_a_message_that_is_not_written_out_is_refused() -> None:
    source = "from django.utils.translation import gettext as _\n_(word)"

    with pytest.raises(AssertionError, match="_\\(word\\)"):
        list(catalogue.of_python(source, "room.py"))


def test_messages_of_a_template_are_found() -> None:
    source = """{% load i18n %}{% translate "甲" %}{{ x|default:_("乙") }}
{% blocktranslate with n=a count m=b %}丙 {{ n }}{% plural %}丙丙 {{ n }}{% endblocktranslate %}"""

    assert list(catalogue.of_template(source)) == ["甲", "乙", ("丙 %(n)s", "丙丙 %(n)s")]


# --- what people read ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_login_page_speaks_english(english: Client) -> None:
    page = english.get("/login/").content.decode()

    assert '<html lang="en"' in page
    assert '<h1 class="h2">Log in</h1>' in page
    assert "This system must not store or process state secrets" in page
    assert not CHINESE.findall(page.replace("简体中文", ""))


@pytest.mark.django_db
def test_a_refusal_speaks_english_on_both_doors(english: Client) -> None:
    said = english.get("/api/v1/tasks/").json()["message"]
    english.force_login(make.person("supervisor"))
    page = english.get("/tasks/999999/")

    assert said == "Log in first, or provide a valid API key."
    assert page.status_code == 404
    assert "Not found: it does not exist, or you may not see it." in page.content.decode()


@pytest.mark.django_db
def test_a_page_without_a_wish_is_chinese(english: Client) -> None:
    assert '<h1 class="h2">登录</h1>' in Client().get("/login/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/password/"])
def test_a_language_is_chosen_by_a_plain_form(english: Client, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    if path != "/login/":
        browser.force_login(make.person("handler"))
    form = browser.get(path).content.decode().split("data-language>")[1].split("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token
    assert 'value="zh-hans" lang="zh-hans" aria-pressed="true"' in form

    answer = browser.post("/i18n/setlang/", {"language": "en", "next": path, "csrfmiddlewaretoken": token[1]})

    assert answer["Location"] == path
    assert 'value="en" lang="en" aria-pressed="true"' in browser.get(path).content.decode()


@pytest.mark.django_db
def test_numbers_have_their_grammar(english: Client) -> None:
    from config import ui

    activate("en")

    assert [ui.workdays_left(days) for days in (2, 1, -1, -4)] == [
        "2 workdays left", "1 workday left", "1 workday late", "4 workdays late",
    ]  # fmt: skip


def test_words_put_together_are_english_too(english: Client) -> None:
    from tasks import shown
    from tasks.operations.tasks import REQUIRED

    activate("en")
    task: Any = SimpleNamespace(
        limit_value=20, limit_unit="workdays", original_due_on=None, suspended_workdays=0, due_provisional=False
    )

    assert list(shown._clock_notes(task)) == ["Limit 20 working days, counted from the day after assignment"]
    assert not CHINESE.search(" ".join(str(word) for word in REQUIRED.values()))


# --- words that must not fall together -------------------------------------------------------------------------------


def test_a_state_and_a_button_that_differ_in_chinese_differ_in_english(english: Client) -> None:
    with override("zh-hans"):
        models = {type(noun.model()) for noun in verbs.NOUNS}
        states = {str(label) for model in models for _value, label in model._meta.get_field("state").flatchoices}
        steps = {str(step.label) for _room, table in drawing.tables() for step in table}
    activate("en")
    said = {word: str(gettext(word)).lower() for word in states | steps}
    deactivate()

    together = {(state, step) for state in states for step in steps if state != step and said[state] == said[step]}
    assert together == set()
    assert said["已销号"] == "struck off"


# --- the record ------------------------------------------------------------------------------------------------------


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_record_keeps_no_sentence_in_the_language_of_whoever_acts(theme: Theme, db: None) -> None:
    activate("en")
    house_of(theme)
    deactivate()
    translated = {
        text for entry in catalogue.catalogue() if CHINESE.search(str(entry.id)) for text in strings_of(entry)
    }
    long = {text for text in translated if len(text) > 12 and "%" not in text}

    kept = list(Event.objects.values("kind", "detail", "actor_name", "post_label", "unit_name", "subject_label"))
    assert len(kept) > 60
    found = {
        (row["kind"], text)
        for row in kept
        for text in texts(row | {"kind": ""})
        if not re.fullmatch("[a-z_]+", text) and (text in translated or any(one in text for one in long))  # no code
    }

    assert found == set()


def strings_of(entry: Any) -> list[str]:
    return [text for text in catalogue.strings(entry) if len(text) > 2]
