"""A browser for the session, a server for a folder, and pages that are watched."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.chromium import NoBrowserError, launch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last and in one process: one of them finds or brings a browser, for all."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.is_relative_to(here))
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return the one browser of these tests; without any they fail, they are not skipped.

    It is closed after the last of them: Playwright leaves an event loop running, which other tests don't expect.
    """
    with sync_playwright() as playwright:
        try:
            running = launch(playwright.chromium)
        except NoBrowserError as error:
            raise pytest.fail.Exception(str(error), pytrace=False) from None
        yield running
        running.close()


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, with the same types on every machine, in silence."""

    extensions_map = {  # noqa: RUF012  (http.server declares it so)
        "": "application/octet-stream",
        ".bib": "text/plain; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".ics": "text/calendar; charset=utf-8",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *args: Any, base: str, **options: Any) -> None:
        self.base = base
        super().__init__(*args, **options)

    def send_head(self) -> Any:
        if not self.path.startswith(self.base):
            return self.send_error(404)
        self.path = "/" + self.path.removeprefix(self.base)
        return super().send_head()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Serve(Protocol):
    """Serves a folder on this machine and returns its address, which ends in a slash."""

    def __call__(self, folder: Path, *, base: str = "/") -> str: ...


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve folders till the end of the session; `base="/course/"` puts one below a path."""
    addresses: dict[tuple[Path, str], str] = {}
    with ExitStack() as servers:

        def start(folder: Path, *, base: str = "/") -> str:
            if (folder, base) not in addresses:
                handler = partial(Handler, directory=str(folder), base=base)
                server = servers.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
                thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
                thread.start()
                servers.callback(thread.join)
                servers.callback(server.shutdown)
                addresses[folder, base] = f"http://127.0.0.1:{server.server_port}{base}"
            return addresses[folder, base]

        yield start


class OpenPage:
    """Opens pages, each in a context of its own, and notes what goes wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []

    def __call__(
        self,
        address: str | Path,
        *,
        javascript: bool = True,
        now: datetime | None = None,
        clock: Literal["fixed", "running"] = "fixed",
        timezone: str = "UTC",
        locale: str = "en-US",
        width: int = 1280,
        height: int = 800,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        forced_colors: Literal["active", "none"] = "none",
        allow: Sequence[str] = (),
    ) -> Page:
        """Open a served address or a file; a trouble that holds one of the texts in `allow` is none."""
        context = self.browser.new_context(
            java_script_enabled=javascript,
            timezone_id=timezone,
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            forced_colors=forced_colors,
        )
        self.contexts.append(context)
        if isinstance(address, Path):
            address = address.resolve(strict=True).as_uri()
        self._watch(context, urlsplit(address).netloc, allow)
        if now and javascript:
            if clock == "fixed":
                context.clock.set_fixed_time(now)
            else:
                context.clock.install(time=now)
        page = context.new_page()
        page.goto(address)
        return page

    def close(self) -> None:
        """Close the pages; whatever they still had to report has arrived by then."""
        while self.contexts:
            self.contexts.pop().close()

    def _watch(self, context: BrowserContext, host: str, allow: Sequence[str]) -> None:
        def note(trouble: str) -> None:
            if not any(text in trouble for text in allow):
                self.troubles.append(trouble)

        def note_request(address: str) -> None:
            parts = urlsplit(address)
            if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
                note(f"request to another host: {address}")

        def note_message(said: ConsoleMessage) -> None:
            if said.type == "error":
                note(f"console error: {said.text} ({said.location['url']})")

        context.on("console", note_message)
        context.on("weberror", lambda raised: note(f"uncaught error: {raised.error}"))
        context.on("request", lambda request: note_request(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: note_request(socket.url)))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages; at the end none may have asked another host or put an error on the console."""
    opener = OpenPage(browser)
    yield opener
    opener.close()
    assert opener.troubles == []
