"""A house of paper: the pages of this folder drawn by the real components and served under the real content policy."""

import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import django_htmx
import pytest
from django.conf import settings as house
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from tests.face import mocks

ROOT = Path(__file__).resolve().parent.parent.parent
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'"
)
STATIC = {
    "/static/build/": ROOT / "static" / "build",
    "/static/django_htmx/": Path(django_htmx.__file__).parent / "static" / "django_htmx",
}
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
Draw = Callable[..., str]


@pytest.fixture
def draw(settings: Any) -> Draw:
    """Return draw(template, context, path=…, user=…): the HTML of a page or component."""
    settings.ROOT_URLCONF = "tests.face.addresses"
    settings.FORM_RENDERER = "config.ui.FormRenderer"
    return partial(_draw, _engine())


@cache
def _engine() -> DjangoTemplates:
    own = house.TEMPLATES[0]
    processors = ["django.template.context_processors.request"]
    return DjangoTemplates(
        {
            "NAME": "face",
            "APP_DIRS": False,
            "DIRS": [*own["DIRS"], Path(__file__).parent / "pages"],
            "OPTIONS": {**own["OPTIONS"], "context_processors": processors},
        }
    )


def _draw(
    engine: DjangoTemplates, template: str, context: dict[str, Any] | None = None, path: str = "/", user: Any = None
) -> str:
    request: HttpRequest = RequestFactory().get(path)
    request.user = user or mocks.person()
    return str(engine.get_template(template).render(context or {}, request))


class Server(SimpleNamespace):
    """Pages by address (GET and POST apart); a value is HTML or (status, HTML)."""

    url: str
    get: dict[str, Any]
    post: dict[str, Any]
    sent: list[tuple[str, bytes]]


class _Handler(BaseHTTPRequestHandler):
    server_pages: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        for start, folder in STATIC.items():
            if path.startswith(start):
                file = folder / path.removeprefix(start)
                return self._answer(200, file.read_bytes(), KINDS[file.suffix])
        return self._page(self.server_pages.get, path)

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        self.server_pages.sent.append((path, self.rfile.read(int(self.headers.get("Content-Length", 0)))))
        self._page(self.server_pages.post, path)

    def _page(self, pages: dict[str, Any], path: str) -> None:
        found = pages.get(path, (404, "<!doctype html><title>404</title>"))
        status, text = found if isinstance(found, tuple) else (200, found)
        if status == 302:
            self.send_response(302)
            self.send_header("Location", text)
            self.end_headers()
            return
        self._answer(status, text.encode(), "text/html; charset=utf-8")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def paper() -> Iterator[Server]:
    """Serve pages of paper on a free port."""
    assert (ROOT / "static/build/app.css").exists(), "先构建资源：npm ci --ignore-scripts && npm run build"
    pages = Server(url="", get={}, post={}, sent=[])
    handler = type("Handler", (_Handler,), {"server_pages": pages})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        pages.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield pages
        server.shutdown()
        thread.join()


@pytest.fixture
def visitor() -> AnonymousUser:
    """Return somebody who has not logged in."""
    return AnonymousUser()
