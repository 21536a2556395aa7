"""A real server, a real browser, and the people who walk through the pages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.face import axe
from tests.factories import organization
from tests.factories import tasks as make

SHOTS = os.environ.get("JOURNEY_SHOTS")


@pytest.fixture
def who(transactional_db: None) -> make.Cast:
    """Return the people of the house, each with the common password."""
    return make.cast()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Argon2 is slow by intent, which proves nothing here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


class Person:
    """Somebody at a screen of his own. What the console, the content policy and axe say of each page is kept."""

    def __init__(self, user: Any, page: Page, address: str) -> None:
        self.user, self.page, self.address = user, page, address
        self.said: list[str] = []

    def sign_in(self) -> Person:
        """Sign in on the login page."""
        self.user.set_password(organization.PASSWORD)
        self.user.save()
        self.page.goto(f"{self.address}/login/")
        self.page.get_by_label("用户名").fill(self.user.username)
        self.page.get_by_label("密码").first.fill(organization.PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", level=1, name="工作台")).to_be_visible()
        return self

    def goes_to(self, path: str) -> Person:
        """Open an address of the house and look at it."""
        self.page.goto(self.address + path)
        return self.looks()

    def looks(self) -> Person:
        """Ask axe what is wrong with what stands on the screen."""
        expect(self.page.locator("[data-chart]:not([data-drawn]):visible")).to_have_count(0)
        self.said += [f"{self.page.url} {said}" for said in axe.complaints(self.page)]
        self.said += self.page.evaluate("violations")
        if SHOTS:
            name = re.sub(r"\W+", "-", self.page.url.split("/", 3)[-1]) or "desk"
            self.page.screenshot(path=Path(SHOTS) / f"{self.user.username}-{name}.png", full_page=True)
        return self

    def opens(self, name: str) -> Person:
        """Follow a link of the page."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        return self.looks()

    def turns_to(self, tab: str) -> Person:
        """Turn to a tab of the page."""
        self.page.locator("nav.tabs a", has_text=tab).click()
        self.page.wait_for_load_state()
        return self.looks()

    def presses(self, verb: str) -> Locator:
        """Press the button of a verb, wherever it stands, and return the form that opens."""
        main, dialog = self.page.locator("main"), self.page.get_by_role("dialog")
        button = main.get_by_role("link", name=verb, exact=True)
        if not button.first.is_visible():
            main.locator("details[data-menu] > summary").first.click()
        button.first.click()
        form = self.page.locator("dialog[open] form.form, main .card-form form.form, main .card-narrow form.form").first
        expect(form).to_be_visible()
        if dialog.count():
            self.looks()
        return form

    def does(self, verb: str, done: str | None = None, **fields: Any) -> Person:
        """Press a verb, fill its form by the names of its fields, send it, and read that it is done."""
        form = self.presses(verb)
        fill(form, fields)
        self.sends(form, done or f"已{verb}。")
        return self

    def sends(self, form: Locator, done: str) -> Person:
        """Send a form and read that it is done."""
        form.locator("button[type=submit]").click()
        expect(self.page.locator("#messages")).to_contain_text(done)
        return self.looks()

    def expects(self, status: int) -> Person:
        """Take out what the console notes of a refusal that was meant to come."""
        self.page.complaints[:] = [said for said in self.page.complaints if str(status) not in said]  # type: ignore[attr-defined]
        return self

    def reads(self, text: str) -> Person:
        """Expect a text on the page."""
        expect(self.page.locator("main")).to_contain_text(text)
        return self


def fill(form: Locator, fields: dict[str, Any]) -> None:
    """Fill a form: text, days, choices, several choices, boxes, files."""
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        kind = field.evaluate("e => e.multiple ? 'many' : e.tomselect ? 'pick' : e.type || e.tagName")
        if kind in ("many", "pick"):
            field.evaluate("(e, words) => { for (const o of e.options) o.selected = words.includes(o.text);"
                           " e.tomselect?.sync(); }", [value] if isinstance(value, str) else value)  # fmt: skip
        elif kind == "select-one":
            field.select_option(label=value)
        elif kind == "checkbox":
            for box in form.locator(f"[name={name}]").all():
                box.set_checked(value)
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


@pytest.fixture
def people(live_server: Any, who: make.Cast, sheet: Callable[..., Page]) -> Iterator[Callable[..., Person]]:
    """Return people("handler"): that person, signed in at a screen of his own; at the end nothing was complained of."""
    present: dict[str, Person] = {}

    def arrive(name: str, **options: Any) -> Person:
        if name not in present:
            # Colours on their way to another theme are none of axe's business.
            screen = sheet(reduced_motion="reduce", **options)
            present[name] = Person(getattr(who, name), screen, live_server.url).sign_in()
        return present[name]

    yield arrive
    said = {name: person.said + person.page.complaints for name, person in present.items()}  # type: ignore[attr-defined]
    assert {name: words for name, words in said.items() if words} == {}
