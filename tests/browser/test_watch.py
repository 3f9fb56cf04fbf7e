"""The watch over the pages sees what it is there to see."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PATIENCE, OpenPage, Serve

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Week 1</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="a.css"></head>
<body><main><h1>Week 1</h1><p id="said">no script</p></main><script src="a.js"></script></body></html>
"""
SAY_THE_TIME = "document.getElementById('said').textContent = new Date().toString()"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.css").write_text("p { color: #222 }", encoding="utf-8")
    (tmp_path / "a.js").write_text(SAY_THE_TIME, encoding="utf-8")
    return tmp_path


def said(open_page: OpenPage, script: str, site: Path, address: str | Path, awaited: str) -> list[str]:
    (site / "a.js").write_text(script, encoding="utf-8")
    page = open_page(address)
    for _ in range(PATIENCE // 10):
        if any(line.startswith(awaited) for line in open_page.troubles):
            break
        page.wait_for_timeout(10)
    open_page.close()
    troubles, open_page.troubles = open_page.troubles, []
    return troubles


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("console.error('oh')", "console error: oh"),
        ("undefined.week", "uncaught error: "),
        ("new Image().src = 'http://example.org/pixel.png'", "request to another host: http://example.org/"),
        ("new WebSocket('ws://example.org/socket')", "request to another host: ws://example.org/socket"),
        ("new Image().src = 'missing.png'", "console error: Failed to load resource"),
    ],
)
@pytest.mark.parametrize("served", [True, False])
def test_trouble_is_noticed(
    open_page: OpenPage, serve: Serve, site: Path, script: str, trouble: str, served: bool
) -> None:
    troubles = said(open_page, script, site, serve(site) if served else site / "index.html", trouble)
    assert any(line.startswith(trouble) for line in troubles), troubles


def test_allowed_trouble_does_not_count(open_page: OpenPage, serve: Serve, site: Path) -> None:
    open_page(serve(site) + "missing.html", allow=["404"])


@pytest.mark.parametrize("clock", ["fixed", "running"])
def test_the_page_lives_at_the_time_and_place_given(open_page: OpenPage, site: Path, clock: str) -> None:
    now = datetime(2026, 9, 14, 21, 0, tzinfo=UTC)
    page = open_page(
        site / "index.html",
        now=now,
        timezone="America/New_York",
        clock="fixed" if clock == "fixed" else "running",
    )
    assert page.inner_text("#said").startswith("Mon Sep 14 2026 17:00:0")


def test_without_javascript_and_below_a_path(open_page: OpenPage, serve: Serve, site: Path) -> None:
    page = open_page(serve(site, base="/course/"), javascript=False, now=datetime(2026, 9, 14, tzinfo=UTC))
    assert page.inner_text("#said") == "no script"
    assert page.url.endswith("/course/")
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(34, 34, 34)"


def test_axe_names_rule_and_element(open_page: OpenPage, site: Path) -> None:
    page = open_page(site / "index.html", now=datetime(2026, 9, 14, tzinfo=UTC))
    assert axe_violations(page) == []
    page.evaluate("document.querySelector('p').innerHTML = '<img src=data:image/gif;base64,R0lGODlh>'")
    (violation,) = axe_violations(page)
    assert violation.startswith("image-alt (critical): ")
    assert "\n  img\n" in violation
