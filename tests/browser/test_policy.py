"""The Content-Security-Policy: each page keeps to its own, served and from the disk, and a browser refuses the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Serve
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, run_cli, write_course

SITES = {
    "whole": ROOT,
    "kinds": COURSES / "kinds",
    "everything": COURSES / "everything",
    **{course.name: course for course in sorted((ROOT / "examples").iterdir()) if course.is_dir()},
}
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
"""
# What an attacker would put into a page, and whether it ran.
ADD = "document.body.insertAdjacentHTML('beforeend', "
ATTACKS = {
    "script": "const made = document.createElement('script'); made.textContent = 'window.ran = 1';"
    " document.head.append(made)",
    "handler": f'{ADD}\'<img src="data:," onerror="window.ran = 1" alt="">\')',
    "link": f"{ADD}'<a id=\"bad\" href=\"javascript:window.ran = 1\">x</a>'); document.getElementById('bad').click()",
    "other host": "const made = document.createElement('script'); made.src = 'https://example.org/a.js';"
    " made.onload = () => { window.ran = 1; }; document.head.append(made)",
    "eval": "setTimeout('window.ran = 1', 0)",
    "style": f'{ADD}\'<p id="bad" style="color: rgb(1, 2, 3)">x</p>\');'
    " if (getComputedStyle(document.getElementById('bad')).color === 'rgb(1, 2, 3)') window.ran = 1",
    "base": "document.head.insertAdjacentHTML('afterbegin', '<base href=\"https://example.org/\">');"
    " if (document.baseURI.startsWith('https://example.org/')) window.ran = 1",
}


# The rows that `today.js` has not read, and the times that `dates.js` has given no words.
UNREAD = """[
  ...[...document.querySelectorAll("tr[data-date]")].filter((row) => !row.spans),
  ...document.querySelectorAll("time[data-relative]:not(:has(+ .ago))"),
].map((each) => each.outerHTML.slice(0, 80))"""


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("violations")
    return found


@pytest.mark.parametrize("served", [True, False], ids=["served", "from the disk"])
@pytest.mark.parametrize(
    "site", [site if site == "everything" else pytest.param(site, marks=pytest.mark.slow) for site in SITES]
)
def test_no_page_breaks_its_own_policy(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, site: str, served: bool
) -> None:
    folder = build_site(SITES[site])
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    assert len(names) > 3
    # The links of a page for addresses that lead nowhere begin at the server's root, which the disk has not.
    names = [name for name in names if served or name != "404.html"]
    base = {"kinds": "/knots/"}.get(site, "/")
    page = open_page(serve(folder, base=base) + "index.html" if served else folder / "index.html", script=WATCH)
    for name in names:
        page.goto(serve(folder, base=base) + name if served else (folder / name).as_uri())
        assert violations(page) == [], name
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", f"{name} has no style"
        assert page.evaluate(UNREAD) == [], f"a script of {name} has not run"


@pytest.mark.parametrize(
    ("attack", "served"),
    [
        pytest.param(
            attack,
            served,
            id=f"{attack}-{'served' if served else 'from the disk'}",
            # From the disk one of them, and the others with the slow tests.
            marks=() if served or attack == "script" else pytest.mark.slow,
        )
        for attack in ATTACKS
        for served in (True, False)
    ],
)
def test_what_is_put_into_a_page_does_not_run(
    open_page: OpenPage, serve: Serve, build_site: BuildSite, attack: str, served: bool
) -> None:
    folder = build_site(COURSES / "kinds")
    allowed = ["Content Security Policy", "another host: https://example.org/a.js"]
    page = open_page(
        serve(folder, base="/knots/") + "colours.html" if served else folder / "colours.html", allow=allowed
    )
    page.evaluate(WATCH)
    page.evaluate(f"() => {{ {ATTACKS[attack]} }}")
    page.wait_for_function("violations.length > 0")
    assert page.evaluate("window.ran") is None


HOSTILE = """\
# Hostile

<p style="color: rgb(1, 2, 3)" onclick="window.ran = 1">styled</p>
<img src="assets/p.png" alt="picture" onerror="window.ran = 1" style="width: 1px">
<style>p { color: rgb(1, 2, 3) }</style>
<script>window.ran = 1</script>
<table><tr><th style="text-align: right">A</th></tr></table>

| A | B |
| :- | -: |
| 1 | 2 |

$x^2$ and `code`

```python
def f(x): return "s"  # why
```
"""


def test_what_a_contributor_writes_neither_runs_nor_styles(open_page: OpenPage, serve: Serve, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"content/hostile.md": HOSTILE, "assets/p.png": PICTURE})
    ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    page = open_page(serve(tmp_path / "site") + "hostile.html", script=WATCH)
    assert violations(page) == []
    attributes: list[Any] = page.evaluate(
        "[...document.querySelectorAll('main *')]"
        ".flatMap((element) => [...element.attributes].map((each) => each.name))"
        ".filter((name) => name === 'style' || name.startsWith('on'))"
    )
    assert attributes == []
    assert page.locator("main style, main script").count() == 0
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelector('.prose img').naturalWidth") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.prose td:last-child')).textAlign") == "right"


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def test_a_layout_of_the_course_can_allow_more(open_page: OpenPage, serve: Serve, tmp_path: Path) -> None:
    layout = (
        '{% extends "page.html" %}\n'
        "{% block policy %}{{ super() }}; frame-src 'self'{% endblock %}\n"
        '{% block main %}{{ super() }}<iframe src="assets/talk.html" title="The talk"></iframe>{% endblock %}\n'
    )
    page_text = "---\nlayout: talk\n---\nWatch it.\n"
    files = {"layouts/talk.html": layout, "content/talk.md": page_text, "assets/talk.html": "<p>Talk</p>"}
    course = write_course(tmp_path / "course", files)
    ran = run_cli("--source", course, "--output", tmp_path / "site", "--today", "2027-02-01")
    assert ran.code == 0, ran.err
    page = open_page(serve(tmp_path / "site") + "talk.html")
    assert page.frame_locator("iframe").locator("p").inner_text() == "Talk"
