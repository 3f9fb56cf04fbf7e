"""A browser for the session, a server for a folder, and pages that are watched."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebSocket, expect, sync_playwright

from tests.browser.chromium import NoBrowserError, launch

PATIENCE = 60_000
"""How many milliseconds anything is waited for: a machine may be busy."""


@pytest.fixture(scope="package")
def browser(shared: Path, plain_environment: Mapping[str, str]) -> Iterator[Browser]:
    """Return the one browser of these tests; without any they fail, they are not skipped.

    It is closed after the last of them: Playwright leaves an event loop running, which other tests don't expect.
    """
    expect.set_options(timeout=PATIENCE)
    with ExitStack() as ending:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("XDG_CACHE_HOME")
            for name in plain_environment.keys() & {"XDG_CACHE_HOME"}:  # where Playwright keeps its browsers
                patch.setenv(name, plain_environment[name])
            playwright = ending.enter_context(sync_playwright())
            try:
                running = launch(playwright.chromium, shared)
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

    def end_headers(self) -> None:
        """Let no page find what one before it has asked for."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

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


@dataclass(frozen=True)
class Lasting:
    """What can't be changed any more once a page is there."""

    javascript: bool
    timezone: str
    locale: str
    clock: Literal["fixed", "running"] | None
    """A clock can be set anew, but not be taken out again."""
    script: str


Listener = tuple[BrowserContext | Page, Any, Callable[[Any], None]]


class OpenPage:
    """Opens pages and notes what goes wrong in them.

    A page that was there before takes a quarter of the time of a new one in a new context, so that most tests
    get one that another has left, where it suits. Two pages of one test have nothing in common.
    """

    def __init__(self, browser: Browser, left: dict[Lasting, Page]) -> None:
        self.browser = browser
        self.left = left
        self.taken: list[tuple[Lasting | None, Page]] = []
        self.listeners: dict[Page, list[Listener]] = {}
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
        script: str = "",
        fresh: bool = False,
        allow: Sequence[str] = (),
    ) -> Page:
        """Open a served address or a file; a trouble that holds one of the texts in `allow` is none.

        `script` runs before those of each page that is opened. `fresh` is for pages that put something away.
        """
        lasting = Lasting(javascript, timezone, locale, clock if now and javascript else None, script)
        if isinstance(address, Path):
            address = address.resolve(strict=True).as_uri()
        left = None if fresh else self.left.pop(lasting, None)
        page = left or self._make(lasting)
        self.taken.append((None if fresh or clock == "running" else lasting, page))
        self._watch(page, urlsplit(address).netloc, allow)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            media="null", color_scheme=color_scheme, reduced_motion=reduced_motion, forced_colors=forced_colors
        )
        if now and javascript:
            if clock == "fixed":
                page.clock.set_fixed_time(now)
            else:
                page.clock.install(time=now)
        if script and not left:
            page.add_init_script(script)  # behind the clock, so that it finds that
        page.goto(address)
        return page

    def close(self) -> None:
        """Leave the pages; whatever they still had to report has arrived by then."""
        while self.taken:
            lasting, page = self.taken.pop()
            context = page.context
            others = [each for each in context.pages if each != page]
            if lasting is None or lasting in self.left or others or page.is_closed():
                context.close()
            else:
                page.unroute_all()
                page.goto("about:blank")
                self.left[lasting] = page
            for emitter, event, listener in self.listeners.pop(page):
                emitter.remove_listener(event, listener)

    def _make(self, lasting: Lasting) -> Page:
        context = self.browser.new_context(
            java_script_enabled=lasting.javascript, timezone_id=lasting.timezone, locale=lasting.locale
        )
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    def _watch(self, page: Page, host: str, allow: Sequence[str]) -> None:
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

        def note_socket(socket: WebSocket) -> None:
            note_request(socket.url)

        context = page.context
        self.listeners[page] = [
            (context, "console", note_message),
            (context, "weberror", lambda raised: note(f"uncaught error: {raised.error}")),
            (context, "request", lambda request: note_request(request.url)),
            (context, "page", lambda other: other.on("websocket", note_socket)),
            (page, "websocket", note_socket),
        ]
        for emitter, event, listener in self.listeners[page]:
            emitter.on(event, listener)


@pytest.fixture(scope="package")
def left(browser: Browser) -> dict[Lasting, Page]:
    """Return the pages that no test uses now; they end with the browser."""
    return {}


@pytest.fixture
def open_page(browser: Browser, left: dict[Lasting, Page]) -> Iterator[OpenPage]:
    """Open pages; at the end none may have asked another host or put an error on the console."""
    opener = OpenPage(browser, left)
    yield opener
    opener.close()
    assert opener.troubles == []
