"""Reading a made page back: the same tags as a whole parser finds, and each thing that no page may have."""

from __future__ import annotations

import html.parser
from datetime import datetime, timedelta

import pytest

from courseweek.checks.output.readback import Row, ShownTime, read_back
from tests.conftest import BuildSite
from tests.sites import COURSES, POLICY, ROOT


class Whole(html.parser.HTMLParser):
    """What Python's own parser finds in a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.dates: list[str] = []
        self.moments: list[str] = []
        self.day: str | None = None
        self.begins: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            self.begins = dict(attrs).get("data-from")
        if tag == "tr":
            self.day = dict(attrs).get("data-date")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src") and ":" not in (value or "").split("#")[0]:
                self.links.append(value or "")
            elif name == "data-date":
                self.dates.append(value or "")
            elif name == "datetime" and tag == "time":
                self.moments.append(value or "")
            elif name == "data-at" and tag == "li":
                self.moments.append(self.moment(value or ""))
            elif name == "class" and value == "day" and self.day is not None:
                self.moments.append(self.day)
                self.day = None

    def moment(self, at: str) -> str:
        """Return a moment that may be in minutes from the begin of its week."""
        if self.begins is None or not at.removeprefix("-").isdecimal():
            return at
        return (datetime.fromisoformat(self.begins) + timedelta(minutes=int(at))).isoformat()


@pytest.mark.parametrize(
    "course",
    [ROOT, *sorted((ROOT / "examples").glob("*/")), COURSES / "kinds", COURSES / "everything"],
    ids=lambda path: path.name if path != ROOT else "whole",
)
def test_a_whole_parser_finds_the_same(build_site: BuildSite, course: str) -> None:
    for path in build_site(ROOT / course).rglob("*.html"):
        data = path.read_bytes()
        whole = Whole()
        whole.feed(data.decode("utf-8"))
        facts = read_back(data)
        assert list(facts.ids) == whole.ids
        assert [target for target, _ in facts.links] == whole.links
        assert [row.date for row in facts.rows] == whole.dates
        assert [shown.moment for shown in facts.times] == whole.moments
        assert facts.flaws == ()


FLAWS = {
    "<p id=a>\n<p id='a'>": "2: `<p id='a'>` has the id `a`, which another element already has",
    '<P ID="a&amp;b"><p id="a&b">': '1: `<p id="a&b">` has the id `a&b`, which another element already has',
    "<p onclick=x>": "1: `<p onclick=x>` has a script in the attribute `onclick`",
    "<svg OnLoad = 'x'/>": "1: `<svg OnLoad = 'x'/>` has a script in the attribute `onload`",
    '<p style="">': '1: `<p style="">` has a style in the attribute `style`',
    "<style>p {}</style>": "1: `<style>` is an inline style",
    "<script>alert('<p id=a>')</script>": "1: `<script>` is an inline script",
    '<script type="module">x</script>': '1: `<script type="module">` is an inline script',
    '<a href="javascript:x">': '1: `<a href="javascript:x">` has an address with the scheme `javascript:`',
    "<a href=' &#106;avascript:x'>": "1: `<a href=' &#106;avascript:x'>` has an address with the scheme `javascript:`",
    '<img src="data:,">': '1: `<img src="data:,">` has an address with the scheme `data:`',
    '\n<a href="x>text': '2: `<a href="x>text` is not a tag that browsers understand',
    "1 < 2": "1: `< 2` is not a tag that browsers understand",
}


@pytest.mark.parametrize("page", FLAWS)
def test_a_flaw(page: str) -> None:
    assert [f"{flaw.line}: {flaw.message}" for flaw in read_back((POLICY + page).encode()).flaws] == [FLAWS[page]]


@pytest.mark.parametrize(
    "page",
    [
        '<!doctype html><link rel="icon" href="data:,">',
        '<script src="a.js" defer></script>',
        '<script type="application/ld+json">{"@id": "<p id=a>"}</script><p id="a">',
        "<!-- <p id=a onclick=x> --><p id=a>",
        '<a href="mailto:a@example.edu"><a href="tel:1"><a href="HTTPS://example.edu">',
        '<p title="id=a onclick=x" id="a"><my-part lang="on"></my-part>',
        "<title>a < b</title><textarea><p id=a></textarea><p id=a>",
    ],
)
def test_no_flaw(page: str) -> None:
    assert read_back((POLICY + page).encode()).flaws == ()


def test_rows_and_times() -> None:
    page = """<table><tbody id="week-1">
<tr id="a" data-date="2027-01-25"><td><time datetime="2027-01-25">Mon <b>25</b> Jan</time></td></tr>
<tr class="line"><td><time datetime="2027-01-26">Tue 26 Jan</time></td></tr>
<tr id="b" data-date="2027-02-01" data-week="2"><td><span class="day">Mon 1 Feb</span>
<i class="day">later</i> <ul><li data-at="2027-02-02T01:00:00Z">One</ul></td></tr>
</tbody><tbody id="week-of-2027-02-08"><tr id="c" data-date="2027-02-08"><td></td></tr>
</tbody></table><time datetime="2027-01-01">New &amp; Year</time>"""
    facts = read_back(page.encode())
    assert facts.rows == (
        Row("a", "2027-01-25", "1", 2, True),
        Row("b", "2027-02-01", "2", 4, True),
        Row("c", "2027-02-08", None, 6, True),
    )
    assert facts.times == (
        ShownTime("2027-01-25", "Mon 25 Jan", "a", 2, True),
        ShownTime("2027-01-26", "Tue 26 Jan", None, 3, True),
        ShownTime("2027-02-01", "Mon 1 Feb", "b", 4, True),
        ShownTime("2027-02-02T01:00:00Z", "", "b", 5, True),
        ShownTime("2027-01-01", "New & Year", None, 7, False),
    )
