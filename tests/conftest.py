"""What every test may lean on."""

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from playwright.sync_api import Browser, Page, sync_playwright

from tests.services import chromium, redis_url

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => {
  violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`);
});
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip, and so count, what this machine or this run cannot do; tests/run.py tells the reasons."""
    lacking = {
        "services": None if redis_url() else "services: no Redis answers (TEST_REDIS_URL or 127.0.0.1:6379)",
        "postgresql": None if os.environ.get("DATABASE_URL") else "postgresql: no PostgreSQL in this run",
        "browser": None if chromium() else "browser: no Chromium found",
    }
    for item in items:
        for mark, reason in lacking.items():
            if reason and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    """Let a transactional test empty the tables afterwards, which the append-only triggers would refuse.

    They are away during the flush only; the calendar that the migrations brought is put back.
    """
    from tasks.triggers import EVIDENCE
    from tests.factories.organization import seed_calendar
    from workflow.triggers import EVENT

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(operations: Any, statements: Any) -> None:
        with operations.connection.cursor() as cursor:
            hand = SimpleNamespace(connection=operations.connection, execute=cursor.execute)
            for guard in (EVENT, EVIDENCE):
                guard.remove(hand)
            flush(operations, statements)
            for guard in (EVENT, EVIDENCE):
                guard.install(hand)
        seed_calendar()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_unguarded)
        yield


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Let no test see what another one cached."""
    cache.clear()


@pytest.fixture
def services() -> str:
    """Return the address of the Redis that tests marked ``services`` may use."""
    url = redis_url()
    assert url, "mark the test with `services`"
    return url


@pytest.fixture
def vendor(db: None) -> str:
    """Return ``sqlite`` or ``postgresql``."""
    return connection.vendor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return sheet(): a page that keeps what the console and the content policy complain about."""
    contexts = []

    def opened(width: int = 1440, height: int = 1000, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))  # type: ignore[attr-defined]
        return page

    yield opened
    for context in contexts:
        context.close()
