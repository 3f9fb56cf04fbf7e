"""The compact copies of the style sheets: a browser reads the same rules in them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from courseweek.outputs.compact_copies import compact
from tests.sites import ROOT

SHEETS = sorted((ROOT / "assets" / "theme").glob("*.css"))
READ = r"""(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/, /g, ",").replace(/\b0(?=\.)/g, ""));
}"""


@pytest.mark.parametrize("name", [each.name for each in SHEETS])
def test_a_compact_copy_has_the_same_rules(name: str, browser: Browser) -> None:
    written = (ROOT / "assets" / "theme" / name).read_bytes()
    page = browser.new_page()
    try:
        rules, copied = (page.evaluate(READ, each.decode("utf-8")) for each in (written, compact(written)))
    finally:
        page.close()
    assert rules
    assert copied == rules
