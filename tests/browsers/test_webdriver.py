"""Firefox ESR, and WebKitGTK, whose engine is Safari's."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from tests.browser.shown import PICTURE
from tests.browsers.conftest import At
from tests.browsers.expected import COURSE, DURING, INSTANTS, PAGES, REFUSED, baked, check_looks
from tests.browsers.looks import EMPTY_LABELS, LOOKS, VIOLATIONS
from tests.conftest import BuildSite
from tests.sites import COURSES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="these browsers are for Linux"),
]
NARROW = 500
"""The width of the narrowest window that Firefox opens."""


def ask(driver: Any, function: str, *given: Any) -> Any:
    return driver.execute_script(f"return ({function})(...arguments)", *given)


def test_the_pages_wide_and_narrow(driver: Any, at_instant: At, build_site: BuildSite) -> None:
    for width in (1280, NARROW):
        driver.set_window_size(width, 900)
        for name in PAGES:
            driver.get(at_instant(build_site(COURSE), name, DURING))
            # Nothing makes the window of WebKitGTK active on a bare screen.
            check_looks(ask(driver, LOOKS), name, active=driver.capabilities["browserName"] == "firefox")
            assert ask(driver, EMPTY_LABELS) == 0


def test_four_instants(driver: Any, at_instant: At, build_site: BuildSite) -> None:
    for words, now in INSTANTS.items():
        driver.get(at_instant(build_site(COURSE), "index", now))
        assert ask(driver, PICTURE, None) == ask(driver, PICTURE, baked(now)), words


def test_the_policy(driver: Any, at_instant: At, build_site: BuildSite) -> None:
    driver.get(at_instant(build_site(COURSE), "index", DURING))
    ran, styled, refused = ask(driver, VIOLATIONS)
    assert [ran, styled, refused] == REFUSED


# WebKitGTK asks the desktop, of which there is none, and hands its accessibility tree to it.
only_firefox = pytest.mark.parametrize("driver", ["firefox"], indirect=True)


@only_firefox
def test_a_dark_system(driver: Any, at_instant: At, build_site: BuildSite) -> None:
    prefer = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])"
    with driver.context("chrome"):
        driver.execute_script(prefer, 0)
    try:
        driver.get(at_instant(build_site(COURSE), "index", DURING))
        check_looks(ask(driver, LOOKS), "index", dark=True)
    finally:
        with driver.context("chrome"):
            driver.execute_script(prefer, 2)


# The cells of the schedule as Firefox hands them to a screen reader: which is at each row and column.
CELLS = """
const done = arguments[arguments.length - 1];
(async () => {
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const find = (accessible) => {
    if (accessible.role === Ci.nsIAccessibleRole.ROLE_TABLE) return accessible;
    for (let at = 0; at < accessible.childCount; at++) {
      const found = find(accessible.getChildAt(at));
      if (found) return found;
    }
    return null;
  };
  let table = null;
  while (!table) {
    await new Promise((soon) => setTimeout(soon, 50));
    const frame = service.getAccessibleFor(gBrowser.selectedBrowser);
    table = frame && frame.childCount ? find(frame.getChildAt(0)) : null;
  }
  table.QueryInterface(Ci.nsIAccessibleTable);
  const rows = [];
  for (let row = 1; row < table.rowCount; row++) {
    const cells = [];
    for (let column = 0; column < table.columnCount; column++) {
      try {
        cells.push(table.getCellAt(row, column).name || "");
      } catch {
        cells.push(null);
      }
    }
    rows.push(cells);
  }
  done(rows);
})();
"""


@only_firefox
@pytest.mark.parametrize("width", [1280, NARROW])
def test_a_screen_reader_finds_each_cell_below_its_week(
    driver: Any, at_instant: At, build_site: BuildSite, width: int
) -> None:
    driver.set_window_size(width, 900)
    driver.get(at_instant(build_site(COURSES / "kinds"), "index", DURING))
    driver.set_script_timeout(30)
    wanted: list[list[str]] = ask(
        driver,
        "() => [...document.querySelectorAll('.schedule tbody tr')].map((row) => row.matches('.heading') ?"
        " [row.textContent.trim()] : ['.day', '.topic'].map((name) => row.querySelector(name).textContent))",
    )
    with driver.context("chrome"):
        rows: list[list[str | None]] = driver.execute_async_script(CELLS)
    assert len(rows) == len(wanted)
    for row, words in zip(rows, wanted, strict=True):
        assert [words for words, cell in zip(words, row, strict=False) if words not in (cell or "")] == []
        # The heading of a week spans its row, of which Firefox knows only in a table that looks like one.
        assert None not in row or row == [words[0], *[None] * (len(row) - 1)]
