"""What the preview answers: files of the site from memory, its own few files, and the socket of livereload.

Of livereload comes the socket: its protocol, and the pages that wait for a message. Its own watching drops an edit that
follows another within three seconds, its server takes any Host and any Origin, and its script knows no kept scroll; in
their place stand the watcher, `Door` and `preview.js`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.web import Application, HTTPError, RequestHandler

from courseweek.commands.serve.live import Live
from courseweek.preview.addresses import Address, find_file, read_address, read_path, type_of
from courseweek.preview.frame import OWN_FILES, REPORT, SOCKET, hold_clock, is_clocked
from courseweek.preview.sites import Shown

LARGEST_MESSAGE = 4_096


def make_application(live: Live) -> Application:
    """Return the application that answers for a preview."""
    for name in ("tornado.access", "tornado.general", "livereload"):
        # A request that is no HTTP, a socket that is gone: nothing that the author of a course can mend.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return Application(
        [(SOCKET, Socket, {"live": live}), (r"[\s\S]*", Files, {"live": live})],
        websocket_max_message_size=LARGEST_MESSAGE,
    )


def days_open() -> Iterator[datetime | None]:
    """Yield the day that each open page shows."""
    for waiter in tuple(LiveReloadHandler.waiters):
        yield waiter.day


def send(path: str) -> None:
    """Tell all open pages that a file of the site has changed, `*` for several."""
    Socket.reload_waiters(path)


class Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload states no types
    """The socket of one open page."""

    live_css = True
    watcher = SimpleNamespace(filepath=None)  # livereload names it in its log

    def initialize(self, live: Live) -> None:
        """Take what the requests share."""
        self.live = live
        self.day: datetime | None = None

    def prepare(self) -> None:
        """Refuse other hosts, and whoever does not say where the page comes from: each browser does."""
        if not self.live.door.admits_host(self.request.headers.get("Host", "")):
            raise HTTPError(403)
        if not self.live.door.admits_origin(self.request.headers.get("Origin", "")):
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Tell whether a page of this origin may listen."""
        return self.live.door.admits_origin(origin)

    def on_message(self, message: str | bytes) -> None:
        """Answer a greeting, and note which page says that it waits; what is no message of the protocol is ignored."""
        try:
            said = json.loads(message)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict) or said.get("command") not in ("hello", "info"):
            return
        url = said.get("url")
        if said["command"] == "info":
            address = read_address(_path_of(url)) if isinstance(url, str) else None
            if address is None:
                return
            self.day = address.day
        super().on_message(message)
        if said["command"] == "info" and said.get("version") != self.live.version:
            # The course changed while the page was on its way.
            self.send_message({"command": "reload", "path": "*", "liveCSS": False})

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in a line what is wrong."""
        self.finish(f"{status_code}\n")

    def log_exception(self, *_: Any) -> None:
        """Say nothing of a page that is gone."""


class Files(RequestHandler):
    """The files of the site."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, live: Live) -> None:
        """Take what the requests share."""
        self.live = live

    def set_default_headers(self) -> None:
        """Let nothing be kept, guessed or read by another page."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def compute_etag(self) -> None:
        """Return none: nothing is kept."""

    def prepare(self) -> None:
        """Refuse other hosts, and requests that come from other pages."""
        headers = self.request.headers
        if not self.live.door.admits_host(headers.get("Host", "")):
            raise HTTPError(403)
        if "Origin" in headers and not self.live.door.admits_origin(headers["Origin"]):
            raise HTTPError(403)

    async def get(self) -> None:
        """Answer with a file of the site, or of the preview's own."""
        path = read_path(self.request.path)
        if path is not None and path in OWN_FILES:
            self._send(OWN_FILES[path].read_bytes(), path)
        elif path == REPORT:
            address = read_address(self.get_query_argument("page", "/")) or Address(None, "")
            shown = await self.live.look(address.day, fresh=False)
            self._send(self.live.frames.report(shown, address, self.live.version), "report.html")
        else:
            await self._answer(read_address(self.request.path))

    head = get

    async def _answer(self, address: Address | None) -> None:
        wanted = address or Address(None, "")
        is_page = address is None or type_of(wanted.path or "index.html").startswith("text/html")
        shown = await self.live.look(wanted.day, fresh=is_page or wanted.path.endswith("/") or "." not in wanted.path)
        if shown.good is None:
            self.set_status(500)
            self._send(self.live.frames.stand_in(shown, wanted, self.live.version), "index.html")
            return
        files = shown.good.artifacts
        found = find_file(wanted.path, files) if address is not None else None
        if found is None:
            self._miss(shown, wanted)
        elif found not in files:
            self.redirect(Address(wanted.day, found).link)
        else:
            self._send_file(shown, replace(wanted, path=found), found)

    def _miss(self, shown: Shown, address: Address) -> None:
        """Answer with the page for what there is not; what begins with the site's own folder is there after all."""
        assert shown.good is not None
        folder = urlsplit(shown.good.plan.course.url or "").path.strip("/")
        inner = address.path.removeprefix(f"{folder}/")
        if folder and inner != address.path and find_file(inner, shown.good.artifacts) is not None:
            self.redirect(Address(address.day, inner).link)
            return
        self.set_status(404)
        if "404.html" in shown.good.artifacts:
            self._send_file(shown, address, "404.html")
        else:
            self._send(b"There is no such page.\n", "404.txt")

    def _send_file(self, shown: Shown, address: Address, file: str) -> None:
        assert shown.good is not None
        body = shown.good.artifacts[file]
        if file.endswith(".html"):
            socket = f"ws://{self.request.host}{SOCKET}"
            body = self.live.frames.dress(body, shown, address, self.live.version, socket)
        elif is_clocked(file) and (address.day is not None or self.live.sites.today is not None):
            body = hold_clock(body, shown.good.plan.now)
        self._send(body, file)

    def _send(self, body: bytes, file: str) -> None:
        self.set_header("Content-Type", type_of(file))
        self.finish(body)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in a line what is wrong."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        words = {403: "This preview answers only its own pages.", 405: "This preview only shows.", 400: "What is that?"}
        self.finish(f"{words.get(status_code, 'The preview failed; the terminal says how.')}\n")


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
