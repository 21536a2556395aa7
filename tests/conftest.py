"""What every test may lean on."""

import gc
import json
import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest import runner
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.utils import translation
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, Page, sync_playwright

from documents import safety, sandbox
from organization.sessions import SessionStore
from tests.ground import Ground
from tests.selection import is_of_the_database, is_transactional, touches_database
from tests.services import chromium, redis_url

# The same examples in every run: what decides on a change must not depend on luck.
hypothesis.register_profile("house", derandomize=True, deadline=None)
hypothesis.load_profile("house")

GROUND = pytest.StashKey[Ground]()

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (e) => {
  violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`);
});
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the run on a second database, on which the rest would prove nothing new."""
    parser.addoption("--database-only", action="store_true", help="only what another database may answer differently")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the run is not about; skip, and so count, what this machine cannot do.

    tests/run.py tells the reasons.
    """
    if config.getoption("--database-only"):
        kept = [item for item in items if is_of_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    lacking = {
        "services": None if redis_url() else "services: no Redis answers (TEST_REDIS_URL or 127.0.0.1:6379)",
        "postgresql": None if os.environ.get("DATABASE_URL") else "postgresql: no PostgreSQL in this run",
        "browser": None if chromium() else "browser: no Chromium found",
    }
    for item in items:
        for mark, reason in lacking.items():
            if reason and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Keep what stays to the end of the run (modules, tests, models) out of every further search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let no commit wait for the disk: the database of a run need not outlive a power cut."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] += "; PRAGMA synchronous=OFF"
    else:
        options["options"] += " -c synchronous_commit=off"


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """Return what stands from one test to the next; which floors there are stands in tests/factories/floors.py."""
    from tests.factories.floors import FLOORS

    found = request.config.stash[GROUND] = Ground(FLOORS, django_db_blocker.unblock)
    yield found
    found.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test that does not touch the database find nothing of it."""
    if not touches_database(item):
        _leave_ground(item.config)


def _roomy(run: Callable[..., Any], *arguments: Any) -> Any:
    """Call ``run`` from a frame so wide that all frames above it find their place beside it.

    Python keeps frames in chunks of 16 KiB (PyThreadState): a call that crosses the end of one maps the next, its
    return unmaps it. A loop that happens to stand there, deep under a request, does so a thousand times a second.
    """
    return run(*arguments)


_roomy.__code__ = _roomy.__code__.replace(co_stacksize=40_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test as pytest does, with room for its frames."""
    return bool(_roomy(runner.pytest_runtest_protocol, item, nextitem))


def _leave_ground(config: pytest.Config) -> None:
    ground = config.stash.get(GROUND, None)
    if ground:
        ground.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> None:
    """Before a test enters the database, let exactly those floors stand that it asks for."""
    if fixturedef.argname == "_django_db_helper":
        ground: Ground = request.getfixturevalue("ground")
        wanted = [name for name in ground.builders if name in request.fixturenames]
        wanted += [name for mark in request.node.iter_markers("floor") for name in mark.args]
        assert not (wanted and is_transactional(request.node)), "a test that commits builds its own house"
        ground.be(wanted)


@pytest.fixture
def cast(db: None, ground: Ground) -> Any:
    """Return the people of the house (tests.factories.tasks.Cast), who were there before the test."""
    return ground.found("cast")


@pytest.fixture
def zoo(cast: Any, ground: Ground) -> Any:
    """Return one task of every kind by name (tests/factories/zoo.py), all of them there before the test."""
    return ground.found("zoo")


@pytest.fixture(autouse=True, scope="session")
def _sign_in_at_once() -> Iterator[None]:
    """Let a test take a person as signed in by the row of the session alone; signing in has its own tests."""

    def force_login(client: Client, user: Any, backend: str = settings.AUTHENTICATION_BACKENDS[-1]) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = backend
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", force_login)
        yield


@pytest.fixture(autouse=True)
def _sandbox_at_hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be looked through without a process of their own, but for tests marked ``sandbox``."""
    if request.node.get_closest_marker("sandbox") is None:
        monkeypatch.setattr(safety, "subprocess", SimpleNamespace(run=_look_through, TimeoutExpired=TimeoutError))


def _look_through(command: list[str], stdin: Any, **_more: Any) -> SimpleNamespace:
    reply = json.dumps(sandbox.answer(*command[-2:], stdin.read()), ensure_ascii=False)
    return SimpleNamespace(returncode=0, stdout=reply.encode("utf-8", "replace"))


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    """Let a transactional test empty the tables afterwards, which the append-only triggers would refuse.

    They are away during the flush only; the calendar that the migrations brought is put back.
    """
    from tests.factories.organization import seed_calendar
    from tests.guards import GUARDS

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(operations: Any, statements: Any) -> None:
        with operations.connection.cursor() as cursor:
            hand = SimpleNamespace(connection=operations.connection, execute=cursor.execute)
            for guard in GUARDS:
                guard.remove(hand)
            flush(operations, statements)
            for guard in GUARDS:
                guard.install(hand)
        seed_calendar()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_unguarded)
        yield


@pytest.fixture(autouse=True)
def _as_if_alone() -> None:
    """Let no test see what another one cached, nor speak the language of another one's last request."""
    cache.clear()
    translation.deactivate()


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
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Start the system's Chromium once.

    Its loop runs in this thread, and Django has another connection inside a loop than outside of it: what stands on
    one of them cannot be taken away from the other.
    """
    _leave_ground(request.config)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()
        _leave_ground(request.config)


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
