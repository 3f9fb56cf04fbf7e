"""What the preview answers: files of the site from memory, its own few files, and the socket of livereload.

livereload provides the socket: its protocol, and the pages that wait for a message. Its own watcher drops an edit that
follows another within three seconds, its server takes any Host and any Origin, and its script does not keep the scroll
position; the watcher, `OriginCheck` and `preview.js` are used instead.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler

from courseweek.checks.site.scripts import may_run
from courseweek.files.stored import Changed, Content, StoredFile, read_whole
from courseweek.regex import lazy_pattern
from courseweek.serve.days import Snapshot
from courseweek.serve.frame import OWN_FILES, REPORT, SOCKET, hold_clock, is_clocked
from courseweek.serve.policy import ASSET_POLICY
from courseweek.serve.preview import Preview
from courseweek.serve.urls import Address, find_file, read_address, read_path, type_of

LARGEST_MESSAGE = 4_096
_ABSOLUTE = lazy_pattern(r"http://([^/?#]*)(?=/|$)", re.IGNORECASE)
"""What comes before the path of a request in absolute form, which any server must take (RFC 9112, section 3.2.2)."""


def make_application(preview: Preview) -> Application:
    """Return the application that answers for a preview."""
    for name in ("tornado.access", "tornado.general", "livereload"):
        # A request that is not HTTP, a socket that is gone: nothing that the author of a course can fix.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return Application(
        [(SOCKET, Socket, {"preview": preview}), (r"[\s\S]*", Files, {"preview": preview})],
        websocket_max_message_size=LARGEST_MESSAGE,
    )


def open_pages() -> Iterator[Socket]:
    """Yield the sockets of the pages that are open."""
    yield from tuple(LiveReloadHandler.waiters)


class Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload states no types
    """The socket of one open page."""

    def initialize(self, preview: Preview) -> None:
        """Take what the requests share."""
        self.preview = preview
        self.address: Address | None = None
        self.version = ""

    def prepare(self) -> None:
        """Refuse other hosts, and requests that don't say where the page comes from, as each browser does."""
        if not self.preview.origin_check.allows_host(self.request.headers.get("Host", "")):
            raise HTTPError(403)
        if not self.preview.origin_check.allows_origin(self.request.headers.get("Origin", "")):
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Return whether a page of this origin may listen."""
        return self.preview.origin_check.allows_origin(origin)

    def on_message(self, message: str | bytes) -> None:
        """Answer a greeting, and note which page is waiting; what is not a message of the protocol is ignored."""
        try:
            said = json.loads(message)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict) or said.get("command") not in ("hello", "info"):
            return
        url, version = said.get("url"), said.get("version")
        if said["command"] == "info":
            address = read_address(_path_of(url)) if isinstance(url, str) else None
            if address is None or not isinstance(version, str):
                return
            self.address, self.version = file_of(address), version
        super().on_message(message)
        if said["command"] == "info":
            self.preview.greet(self)

    def notify(self, path: str) -> None:
        """Say that a file of the site has changed; `*` stands for several."""
        self.send_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in a line what is wrong."""
        self.finish(f"{status_code}\n")

    def log_exception(self, *_: Any) -> None:
        """Say nothing of a page that is gone."""


class Files(RequestHandler):
    """The files of the site."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, preview: Preview) -> None:
        """Take what the requests share."""
        self.preview = preview

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
        if not self.preview.origin_check.allows_host(headers.get("Host", "")):
            raise HTTPError(403)
        absolute = _ABSOLUTE.match(self.request.path)
        if absolute is not None:
            if not self.preview.origin_check.allows_host(absolute[1]):
                raise HTTPError(403)
            self.request.path = self.request.path[absolute.end() :] or "/"
        if "Origin" in headers and not self.preview.origin_check.allows_origin(headers["Origin"]):
            raise HTTPError(403)

    async def get(self) -> None:
        """Answer with a file of the site, or of the preview's own."""
        path = read_path(self.request.path)
        if path is not None and path in OWN_FILES:
            await self._send(OWN_FILES[path].read_bytes(), path)
        elif path == REPORT:
            address = file_of(read_address(self.get_query_argument("page", "/")) or Address(None, ""))
            snapshot = self.preview.look(address.day, fresh=False)
            await self._send(
                self.preview.frame.render_report(snapshot, address, self.preview.version(snapshot)), "report.html"
            )
        else:
            await self._answer(read_address(self.request.path))

    head = get

    async def _answer(self, address: Address | None) -> None:
        wanted = address or Address(None, "")
        is_page = address is None or type_of(file_of(wanted).path).startswith("text/html") or "." not in wanted.path
        snapshot = self.preview.look(wanted.day, fresh=is_page)
        found = find_file(wanted.path, snapshot.good) if address is not None and snapshot.good is not None else None
        if snapshot.good is None:
            await self._show_instead(snapshot, wanted)
        elif found is None:
            await self._miss(snapshot, wanted)
        elif found not in snapshot.good:
            self.redirect(Address(wanted.day, found).link)
        else:
            await self._send_file(snapshot, replace(wanted, path=found), found)

    async def _show_instead(self, snapshot: Snapshot, address: Address) -> None:
        """Answer with what is wrong, if there is nothing else to show."""
        self.set_status(500)
        await self._send(
            self.preview.frame.render_alone(snapshot, address, self.preview.version(snapshot)), "index.html"
        )

    async def _miss(self, snapshot: Snapshot, address: Address) -> None:
        """Answer with the page for missing files; a path that begins with the site's own folder leads into the site."""
        assert snapshot.good is not None
        folder = urlsplit(snapshot.good.plan.course.syllabus.url or "").path.strip("/")
        inner = address.path.removeprefix(f"{folder}/")
        if folder and inner != address.path and find_file(inner, snapshot.good) is not None:
            self.redirect(Address(address.day, inner).link)
            return
        self.set_status(404)
        await self._send_file(snapshot, address, "404.html")

    async def _send_file(self, snapshot: Snapshot, address: Address, file: str) -> None:
        snapshot, body = self.preview.read(snapshot, file)
        if isinstance(body, StoredFile) and (file.endswith(".html") or is_clocked(file)):
            with contextlib.suppress(Changed):
                body = read_whole(body)
        if body is None or snapshot.good is None:
            if file.endswith(".html"):
                await self._show_instead(snapshot, address)
            else:
                self.set_status(404)
                await self._send(b"The file can't be read; the terminal shows why.\n", "404.txt")
            return
        if file in snapshot.good.plan.assets:
            if may_run(file):
                self.set_header("Content-Security-Policy", ASSET_POLICY)
        elif file.endswith(".html") and isinstance(body, bytes):
            self.preview.deliver(snapshot, address, body)
            socket = f"ws://{self.request.host}{SOCKET}"
            body = self.preview.frame.wrap(body, snapshot, address, self.preview.version(snapshot), socket)
        clocked = is_clocked(file) and (address.day is not None or self.preview.cache.today is not None)
        if clocked and isinstance(body, bytes):
            body = hold_clock(body, snapshot.good.plan.now)
        await self._send(body, file)

    async def _send(self, body: Content, file: str) -> None:
        self.set_header("Content-Type", type_of(file))
        if isinstance(body, bytes):
            self.finish(body)
            return
        self.set_header("Content-Length", str(body.size))
        try:
            for piece in body.pieces() if self.request.method != "HEAD" else ():
                self.write(piece)
                await self.flush()  # so that one piece is in memory, however large the file is
        except Changed:
            self.detach().close()  # the browser sees that the end is missing
        except StreamClosedError:
            pass  # whoever asked is gone
        else:
            self.finish()

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in a line what is wrong."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        words = {
            403: "This preview answers only its own pages.",
            405: "This preview answers only GET and HEAD.",
            400: "The request is not valid HTTP.",
        }
        self.finish(f"{words.get(status_code, 'The preview failed; the terminal shows why.')}\n")


def file_of(address: Address) -> Address:
    """Return the address with the file that a folder stands for."""
    is_folder = address.path == "" or address.path.endswith("/")
    return replace(address, path=f"{address.path}index.html") if is_folder else address


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
