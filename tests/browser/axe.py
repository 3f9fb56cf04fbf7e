"""Accessibility rules, run in the page by axe-core."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it stands, WCAG 2.2 AA and best practice.

    It waits on timers: a clock that was stopped with `page.clock.pause_at` stops it too.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_source())
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": TAGS},
        # It would fetch the style sheets again, which a page from the disk may not.
        "preload": False,
    }
    results: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [_text(violation, node) for violation in results["violations"] for node in violation["nodes"]]


@cache
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _text(violation: dict[str, Any], node: dict[str, Any]) -> str:
    selector = " ".join(str(part) for part in node["target"])
    summary = "\n    ".join(node.get("failureSummary", "").splitlines())
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n  {selector}\n    {summary}"
