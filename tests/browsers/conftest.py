"""A server that sets the clock of the pages, and the browsers."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Handler
from tests.browsers.bring import MissingError, find_firefox, find_webkit

CLOCK = """\
(() => {
  const now = Number(new URL(document.currentScript.src).searchParams.get("now")), Real = Date;
  window.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [now])); }
    static now() { return now; }
  };
})();
"""
"""Stops the clock. It is a file of the site's own host, as the pages' policy wants it, and comes first."""


class ClockHandler(Handler):
    """Serves a site below `/MILLISECONDS/`, each page with that clock."""

    def send_head(self) -> Any:
        found = re.match(r"/(\d+)(/[^?]*)", self.path)
        if found is None:
            return self.send_error(404)
        now, self.base, self.path = found[1], "/", found[2]
        if self.path == "/clock.js":
            return self._send(CLOCK.encode(), "text/javascript")
        file = Path(self.translate_path(self.path))
        if file.suffix != ".html" or not file.is_file():
            return super().send_head()
        script = f'<script src="/{now}/clock.js?now={now}"></script>'
        return self._send(file.read_text(encoding="utf-8").replace("<title>", f"{script}<title>").encode(), "text/html")

    def _send(self, data: bytes, kind: str) -> BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)


At = Callable[[Path, str, datetime], str]
"""Returns the address of a page of a folder, by its name, at an instant."""


@pytest.fixture(scope="session")
def at_instant() -> Iterator[At]:
    """Serve folders till the end of the session, with any clock."""
    servers: dict[Path, ThreadingHTTPServer] = {}

    def address(folder: Path, name: str, now: datetime) -> str:
        if folder not in servers:
            servers[folder] = ThreadingHTTPServer(
                ("127.0.0.1", 0), partial(ClockHandler, directory=str(folder), base="/")
            )
            threading.Thread(target=servers[folder].serve_forever, kwargs={"poll_interval": 0.02}).start()
        return f"http://127.0.0.1:{servers[folder].server_port}/{int(now.timestamp() * 1000)}/{name}.html"

    yield address
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="package", params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, plain_environment: Mapping[str, str]) -> Iterator[Any]:
    """Return a browser that is driven by WebDriver; one that is not there is a failure, which says what to install."""
    try:
        start = _firefox if request.param == "firefox" else _webkit
        # Not with the tests' own environment: Firefox does not start without a folder for its cache.
        yield from start(dict(plain_environment))
    except MissingError as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None


def _firefox(environment: dict[str, str]) -> Iterator[Any]:
    binary, driver = find_firefox()
    webdriver = _selenium()
    options = webdriver.FirefoxOptions()
    options.binary_location = str(binary)
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")  # its accessibility tree is asked for
    options.set_preference("accessibility.force_disabled", -1)
    running = webdriver.Firefox(options=options, service=webdriver.FirefoxService(str(driver), env=environment))
    try:
        yield running
    finally:
        running.quit()


def _webkit(environment: dict[str, str]) -> Iterator[Any]:
    binary, driver, screen = find_webkit()
    webdriver = _selenium()
    reading, writing = os.pipe()
    # It takes a free number and tells it.
    command = [str(screen), "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with ExitStack() as ending:
        showing = ending.enter_context(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL))
        ending.callback(showing.terminate)
        os.close(writing)
        with os.fdopen(reading) as reported:
            display = f":{reported.readline().strip()}"
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(binary)
        options.add_argument("--automation")
        service = webdriver.WebKitGTKService(str(driver), env={**environment, "DISPLAY": display})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # selenium of itself
            running = webdriver.WebKitGTK(options=options, service=service)
        ending.callback(running.quit)
        yield running


def _selenium() -> Any:
    try:
        from selenium import webdriver
    except ImportError:
        raise MissingError("there is no selenium: `pip install -e '.[browsers]'`") from None
    return webdriver
