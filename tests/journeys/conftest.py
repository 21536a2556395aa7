"""A real server, a real browser, and the people who walk through the pages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
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


SHAPE = """
() => [
  location.pathname.replace(/[0-9]+/g, "") + location.search, innerWidth,
  document.documentElement.dataset.bsTheme, document.documentElement.dataset.size,
  document.querySelector("dialog[open] h2")?.textContent, document.querySelector("main .state")?.textContent,
].join("|")
"""
"""What tells two pages apart for axe: whose page, how it is shown, in which state, with which dialog."""
SEEN: set[str] = set()
"""The shapes that were looked at in this process, by whichever journey came first."""


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

    def comes_in(self) -> Person:
        """Come in as somebody who signed in before: for who watches something else than the login page."""
        client = Client()
        client.force_login(self.user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}])
        return self

    def goes_to(self, path: str) -> Person:
        """Open an address of the house and look at it."""
        self.page.goto(self.address + path)
        return self.looks()

    def finds_nothing_at(self, path: str) -> Person:
        """Open an address behind which, for this person, there is nothing."""
        answer = self.page.goto(self.address + path)
        assert answer
        assert answer.status == 404, path
        return self.expects(404)

    def downloads(self, name: str) -> bytes:
        """Take the file behind a link of the page, and return what is in it."""
        with self.page.expect_download() as taken:
            self.page.get_by_role("link", name=name).first.click()
        return taken.value.path().read_bytes()

    def looks(self) -> Person:
        """Ask axe what is wrong with what stands on the screen: of each shape of a page once a run."""
        self.said += self.page.evaluate("violations")
        if self._saw():
            return self
        expect(self.page.locator("[data-chart]:not([data-drawn]):visible")).to_have_count(0)
        self.said += [f"{self.page.url} {said}" for said in axe.complaints(self.page)]
        if SHOTS:
            name = re.sub(r"\W+", "-", self.page.url.split("/", 3)[-1]) or "desk"
            self.page.screenshot(path=Path(SHOTS) / f"{self.user.username}-{name}.png", full_page=True)
        return self

    def _saw(self) -> bool:
        shape = self.page.evaluate(SHAPE)
        if shape in SEEN:
            return True
        SEEN.add(shape)
        return False

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

    def does(self, verb: str, done: str | None = None, /, **fields: Any) -> Person:
        """Press a verb, fill its form by the names of its fields, send it, and read that it is done."""
        form = self.presses(verb)
        fill(form, fields)
        self.sends(form, done or f"已{verb}。")
        return self

    def sends(self, form: Locator, done: str) -> Person:
        """Send a form and read that it is done; what was said before does not count."""
        self.page.locator("#messages").evaluate("said => said.replaceChildren()")
        form.locator("button[type=submit]").click()
        expect(self.page.locator("#messages")).to_contain_text(done)
        return self.looks()

    def expects(self, status: int) -> Person:
        """Take out what the console notes of a refusal that was meant to come."""
        self.page.complaints[:] = [said for said in self.page.complaints if str(status) not in said]  # type: ignore[attr-defined]
        return self

    def is_refused(self, form: Locator, reason: str) -> Person:
        """Send a form in the dialog and read there why it cannot be; what was typed stays."""
        typed = said_in(form)
        form.locator("button[type=submit]").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_text(reason).first).to_be_visible()
        assert said_in(dialog.locator("form.form")) == typed
        for status in (400, 403, 422):
            self.expects(status)
        self.looks()
        dialog.get_by_role("button", name="关闭").click()
        return self

    def reads(self, text: str) -> Person:
        """Expect a text on the page."""
        expect(self.page.locator("main")).to_contain_text(text)
        return self


def said_in(form: Locator) -> list[str]:
    """Return what stands in the fields of a form, but for the token and the version that each answer brings anew."""
    fields = "[name]:not([type=hidden]):not([type=file])"
    return form.locator(fields).evaluate_all("all => all.map(e => `${e.name} ${e.checked} ${e.value}`)")


def fill(form: Locator, fields: dict[str, Any]) -> None:
    """Fill a form: text, days, choices, several choices, boxes (all of a name, or those of these labels), files."""
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        kind = field.evaluate("e => e.multiple ? 'many' : e.tomselect ? 'pick' : e.type || e.tagName")
        if kind in ("many", "pick"):
            field.evaluate("(e, words) => { for (const o of e.options) o.selected = words.includes(o.text);"
                           " e.tomselect?.sync(); }", [value] if isinstance(value, str) else value)  # fmt: skip
        elif kind == "select-one":
            field.select_option(label=value)
        elif kind == "checkbox" and isinstance(value, list):
            for label in value:
                form.get_by_role("checkbox", name=label, exact=True).check()
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
    yield from _people(who, sheet, lambda user, page: Person(user, page, live_server.url).sign_in())


@pytest.fixture
def team(live_server: Any, who: make.Cast, sheet: Callable[..., Page]) -> Iterator[Callable[..., Person]]:
    """Return team("handler") like people("handler"), of people who signed in before."""
    yield from _people(who, sheet, lambda user, page: Person(user, page, live_server.url).comes_in())


def _people(who: make.Cast, sheet: Callable[..., Page], enter: Callable[[Any, Page], Person]) -> Any:
    present: dict[str, Person] = {}

    def arrive(name: str, **options: Any) -> Person:
        if name not in present:
            # Colours on their way to another theme are none of axe's business.
            screen = sheet(reduced_motion="reduce", **options)
            present[name] = enter(getattr(who, name), screen)
        return present[name]

    yield arrive
    said = {name: person.said + person.page.complaints for name, person in present.items()}  # type: ignore[attr-defined]
    assert {name: words for name, words in said.items() if words} == {}
