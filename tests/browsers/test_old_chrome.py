"""Chrome 109, the oldest that is promised: the last one for Windows 7 and 8."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.shown import PICTURE
from tests.browsers.bring import MissingError, find_old_chrome
from tests.browsers.conftest import At
from tests.browsers.expected import COURSE, DURING, INSTANTS, PAGES, REFUSED, baked, check_looks
from tests.browsers.looks import EMPTY_LABELS, LOOKS, VIOLATIONS
from tests.conftest import BuildSite

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="these browsers are for Linux"),
]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-zygote",  # it is built to run where no process may be forked
    "--single-process",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="module")
def chrome(plain_environment: Mapping[str, str]) -> Iterator[Browser]:
    try:
        found = find_old_chrome(plain_environment)
    except MissingError as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found.path, args=FLAGS, env=found.environment)
        assert running.version.startswith("109.")
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(chrome: Browser) -> Page:
    return chrome.new_page()  # one for all: in a single process no second context can be closed


def test_the_pages_light_and_dark_wide_and_narrow(page: Page, at_instant: At, build_site: BuildSite) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        for name in PAGES:
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(at_instant(build_site(COURSE), name, DURING))
                page.keyboard.press("Tab")  # a ring is for those who use the keyboard
                check_looks(page.evaluate(LOOKS), name, dark=dark)
                assert page.evaluate(EMPTY_LABELS) == 0
    assert errors == []


def test_four_instants_and_the_policy(page: Page, at_instant: At, build_site: BuildSite) -> None:
    for words, now in INSTANTS.items():
        page.goto(at_instant(build_site(COURSE), "index", now))
        rendered = page.evaluate(PICTURE, None)
        assert rendered == page.evaluate(PICTURE, baked(now)), words
    assert page.evaluate(VIOLATIONS) == REFUSED
