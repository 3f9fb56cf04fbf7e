"""Take the picture of the README: the home page of the top-level course in week 7, on a desk and on a phone.

    python scripts/screenshot.py            writes docs/images/home.png
    python scripts/screenshot.py suggest    writes docs/images/suggest.png, the page for suggestions on a phone

Text looks a little different on each machine, since the page uses the reader's own fonts: take it anew only when the
page has changed.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from courseweek.cli import main
from tests.browser.chromium import launch

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "home.png"
SUGGESTION = ROOT / "docs" / "images" / "suggest.png"
PASTED = "@misc{dao, title={{FlashAttention}: Fast and Exact}, url={https://arxiv.org/abs/2205.14135}}"
NOW = datetime(2027, 3, 10, 14, tzinfo=ZoneInfo("America/Los_Angeles"))
DESK = (1280, 1010)
PHONE = (390, 844)
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 28px; width: max-content; display: flex; align-items: end; gap: 28px; background: #e8e9ec }}
img {{ display: block; border-radius: 6px; box-shadow: 0 0 0 1px #cfd1d6 }}
</style><img src="{desk}"><img src="{phone}">"""


def take_picture(browser: Browser, address: str, size: tuple[int, int]) -> str:
    """Return what the window shows of a page, as the address of a picture."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, timezone_id=str(NOW.tzinfo))
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    page.goto(address)
    taken = page.screenshot()
    context.close()
    return "data:image/png;base64," + b64encode(taken).decode("ascii")


def take_pictures(site: Path) -> None:
    """Write the picture of the site's home page."""
    address = (site / "index.html").as_uri()
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, site)
        frame = FRAME.format(
            desk=take_picture(browser, address, DESK), phone=take_picture(browser, f"{address}#week-6", PHONE)
        )
        page = browser.new_page(viewport={"width": DESK[0] + PHONE[0] + 3 * 28, "height": DESK[1] + 2 * 28})
        page.set_content(frame)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} KB")


def take_suggestion(site: Path) -> None:
    """Write the picture of the page for suggestions, filled in from an entry of BibTeX."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, site)
        page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
        page.goto((site / "suggest.html").as_uri())
        page.locator("#page\\.paste").fill(PASTED)
        page.locator("main").screenshot(path=SUGGESTION)
        browser.close()
    print(f"{SUGGESTION.relative_to(ROOT)}: {SUGGESTION.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    suggests = "suggest" in sys.argv
    with TemporaryDirectory() as folder:
        source = ROOT / "tests" / "golden" / "course" if suggests else ROOT
        status = main(["--today", f"{NOW:%Y-%m-%d}", "--output", folder], source=source)
        if status == 0:
            (take_suggestion if suggests else take_pictures)(Path(folder))
    sys.exit(status)
