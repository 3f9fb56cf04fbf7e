"""The script on pages of a course's own layouts of before: it marks the same rows, and needs no panel for that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage, Serve
from tests.browser.shown import read_shown
from tests.conftest import BuildSite
from tests.former import LAYOUTS, WORDS, apply_remedies, take_former
from tests.sites import COURSES

# A class day, a weekend, an exam, a break and the day after the term, by the time in Los Angeles.
INSTANTS = (
    "2027-02-15T12:00",
    "2027-03-07T12:00",
    "2027-03-08T14:00",
    "2027-03-10T12:00",
    "2027-03-24T12:00",
    "2027-04-05T12:00",
)
NOW = '{% include "parts/now.html" %}\n'

CASES: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, str]]]] = {
    "home page": (("home.html",), {}),
    "home page without a card": (("home.html",), {"home.html": (NOW, "")}),
    "home page with other panels": (
        ("home.html",),
        {"home.html": (NOW, '{% include "parts/due-next.html" %}\n{% include "parts/hours.html" %}\n')},
    ),
    "card": (("parts/now.html",), {}),
    "card without words": (("parts/now.html",), {"parts/now.html": (WORDS, "")}),
    "schedule": (("parts/schedule.html",), {}),
    "rows without topics": (
        ("parts/schedule.html",),
        {"parts/schedule.html": ('<h3 class="topic">', "<h3>")},
    ),
    "base": (("base.html",), {}),
    "all": (tuple(LAYOUTS), {}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_same_rows_are_marked(
    case: str, tmp_path: Path, open_page: OpenPage, serve: Serve, build_site: BuildSite
) -> None:
    names, changes = CASES[case]
    course = take_former(tmp_path, *names)
    apply_remedies(course)
    for name, (old, new) in changes.items():
        path = course / "layouts" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    own = open_page(serve(build_site(course)), now=at(INSTANTS[0]), timezone="Asia/Tokyo")
    built_in = open_page(serve(build_site(COURSES / "everything")), now=at(INSTANTS[0]), timezone="Asia/Tokyo")
    for instant in INSTANTS:
        marked = []
        for page in (own, built_in):
            page.clock.set_fixed_time(at(instant))
            page.evaluate("dispatchEvent(new Event('focus'))")
            shown = read_shown(page)
            marked.append((instant, shown.weeks, shown.next, shown.current, len(shown.anchors)))
        assert marked[0] == marked[1]


def at(text: str) -> datetime:
    """Return an instant by the time in Los Angeles."""
    return datetime.fromisoformat(f"{text}{'-08:00' if text < '2027-03-14T02' else '-07:00'}")
