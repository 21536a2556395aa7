"""Every kind of page in Chromium, wide and narrow, light and dark, normal and large: nobody is left out.

``FACE_SHOTS=<folder>`` keeps the pictures for looking at.
"""

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from playwright.sync_api import Page, expect

from tests.face import axe, mocks
from tests.face.conftest import Draw, Server

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("FACE_SHOTS")
# width, theme, size of text
LOOKS = {
    "wide": (1440, "light", "normal"),
    "wide-dark": (1440, "dark", "normal"),
    "phone-dark": (390, "dark", "normal"),
    "phone-large": (390, "light", "large"),
}
# What the margins of @page leave, in CSS pixels.
A4 = {"width": 672, "height": 986}
WIDTHS = (360, 768, 1024, 1280, 1920, 2560)
PAGER = {"previous": None, "next": "?after=81", "count": 126, "more": False}


def desk() -> dict[str, Any]:
    charts = {"unit_chart": mocks.UNIT_CHART, "state_chart": mocks.STATE_CHART}
    return {"tasks": mocks.TASKS, "tabs": mocks.TABS, "pager": PAGER, **charts}


def task() -> dict[str, Any]:
    shown = {"task": mocks.TASKS[0], "steps": mocks.STEPS, "events": mocks.EVENTS}
    return {**shown, "verbs": mocks.VERBS, "clock": mocks.CLOCK, "form": mocks.report_form()}


def lists() -> dict[str, Any]:
    job = SimpleNamespace(label="正在导入 十五五任务分解表.xlsx", done=820, total=2000, text="预计还需 8 秒", url="")
    return {
        "chips": mocks.CHIPS,
        "pager": {"previous": "?before=1", "next": None, "count": 1000, "more": True},
        "job": job,
        "messages": [Message(SUCCESS, "已交办 3 项任务，市水务局等 3 个单位已收到提醒。")],
        "heat_chart": mocks.HEAT_CHART,
        "trend_chart": mocks.TREND_CHART,
    }


def refusal() -> dict[str, Any]:
    return {
        "status": 412,
        "code": "version.stale",
        "message": "这个任务刚刚被李雪梅改过，您看到的是旧版本。请核对两边后再提交。",
        "request_id": "3f9c2b7a-11",
        "conflict": mocks.CONFLICT,
        "latest": "/tasks/118/",
        "typed": [("申请理由", "管线迁改滞后，需要协调燃气公司。")],
    }


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "desk": ("desk.html", desk),
    "task": ("task.html", task),
    "list": ("list.html", lists),
    "form": ("form.html", lambda: {"form": mocks.assign_form()}),
    "refusal": ("errors/refusal.html", refusal),
    "missing": ("errors/404.html", lambda: {"status": 404}),
    "broken": ("errors/500.html", lambda: {"status": 500, "request_id": "3f9c2b7a-11"}),
    "login": ("login.html", lambda: {"form": mocks.ReportForm()}),
}


def settle(page: Page) -> None:
    """Wait until every chart stands."""
    expect(page.locator("[data-chart]:not([data-drawn]):visible")).to_have_count(0)


def put_on(page: Page, width: int, theme: str, size: str) -> None:
    """Show the page at a width, in a theme and size of text, as a person would choose them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"localStorage.setItem('theme','{theme}');localStorage.setItem('size','{size}')")
    page.reload()
    settle(page)


def complaints(page: Page) -> list[str]:
    """Return what axe (WCAG 2.1 A and AA), the content policy, the console and the width complain about."""
    said = axe.complaints(page)
    return said + page.evaluate("violations") + page.complaints + too_wide(page)  # type: ignore[attr-defined]


def too_wide(page: Page) -> list[str]:
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{over} px wider than the screen"] if over > 0 else []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_readable_by_everyone(
    name: str, draw: Draw, visitor: Any, paper: Server, sheet: Callable[..., Page]
) -> None:
    template, context = PAGES[name]
    paper.get["/"] = draw(template, context(), path="/tasks/118/", user=visitor if name == "login" else None)
    page = sheet()
    page.goto(paper.url)

    said = {}
    for look, (width, theme, size) in LOOKS.items():
        put_on(page, width, theme, size)
        if SHOTS:
            page.wait_for_timeout(400)
            page.screenshot(path=Path(SHOTS) / f"{name}-{look}.png", full_page=True)
        said[look] = complaints(page)

    assert said == {look: [] for look in LOOKS}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_is_readable_too(theme: str, draw: Draw, paper: Server, sheet: Callable[..., Page]) -> None:
    paper.get |= {"/": draw("desk.html", desk()), "/new/": draw("form.html", {"form": mocks.assign_form()})}
    page = sheet()
    page.goto(paper.url)
    put_on(page, 1440, theme, "normal")

    said = {}
    for opener in (".identity", "[aria-label=显示设置]", "[data-help]", "a[data-dialog]"):
        page.locator(opener).click()
        page.wait_for_timeout(300)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"open-{theme}-{len(said)}.png")
        said[opener] = complaints(page)
        page.keyboard.press("Escape")

    assert said == {opener: [] for opener in said}


@pytest.mark.parametrize("name", ["desk", "task", "list", "form"])
def test_a_page_fits_every_width(name: str, draw: Draw, paper: Server, sheet: Callable[..., Page]) -> None:
    template, context = PAGES[name]
    paper.get["/"] = draw(template, context(), path="/tasks/118/")
    page = sheet()
    page.goto(paper.url)

    said = {}
    for size in ("normal", "large"):
        put_on(page, 1440, "light", size)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            said[size, width] = too_wide(page)

    assert {look: over for look, over in said.items() if over} == {}


@pytest.mark.parametrize("name", ["task", "desk"])
def test_paper_is_white_and_shows_no_buttons(name: str, draw: Draw, paper: Server, sheet: Callable[..., Page]) -> None:
    template, context = PAGES[name]
    paper.get["/"] = draw(template, context(), path="/tasks/118/")
    page = sheet()
    page.goto(paper.url)
    put_on(page, 1440, "dark", "normal")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(A4)

    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=Path(SHOTS) / f"{name}-print.png", full_page=True)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("button:visible, .btn:visible, nav:visible, input:visible").count() == 0
    assert page.get_by_role("heading", level=1).is_visible()
    assert too_wide(page) == []


def test_without_scripts_everything_can_be_reached(draw: Draw, paper: Server, sheet: Callable[..., Page]) -> None:
    paper.get["/"] = draw("task.html", task(), path="/tasks/118/")
    page = sheet(width=390, java_script_enabled=False)
    page.goto(paper.url)

    page.get_by_role("link", name="打开导航").click()

    assert page.get_by_role("link", name="逾期看板").is_visible()
    assert page.get_by_role("button", name="提交反馈").count() == 1
    assert page.locator(".needs-js:visible").count() == 0
