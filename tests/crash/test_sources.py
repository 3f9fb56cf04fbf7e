"""Files of a course that go away, or change, while it is built: its site is that of before or of after, or stays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crash.machine import Ended, Machine
from tests.crash.sites import differ
from tests.sites import SIX_LINES, read_tree, write_course

LAYOUT = (
    "{% extends 'base.html' %}{% block main %}<h1>{{ page.title }}</h1>"
    "{% for block in page.blocks %}{% include 'parts/block.html' %}{% endfor %}{% endblock %}\n"
)
FILES = {
    "syllabus.yaml": SIX_LINES
    + "schedule: [{topic: One, materials: {Slides: slides.pdf}}, Two, Three]\n"
    + "presentations: {roles: [Lead], presenters: presenters.csv}\n",
    "readings.yaml": "one: [{title: A book}]\n",
    "presenters.csv": "name,meeting,role\nAda Lovelace,one,Lead\n",
    "content/a.md": "# A\n\nOne $x$.\n",
    "content/notes/n.md": "---\nmeeting: one\n---\n# N\n\nWords.\n",
    "content/announcements/2027-01-10-news.md": "# News\n\nWords.\n",
    "assets/slides.pdf": "slides",
    "assets/theme/style.css": "p { color: black }\n",
    "layouts/page.html": LAYOUT,
    "layouts/parts/nav.html": "<nav aria-label='Pages'>One</nav>\n",
}
SWAPS = {
    "syllabus.yaml": FILES["syllabus.yaml"].replace("A small course", "Another course"),
    "readings.yaml": "one: [{title: Another book}]\n",
    "presenters.csv": "name,meeting,role\nAlan Turing,one,Lead\n",
    "content/a.md": "# A\n\nTwo $y$ [n](notes/n.md).\n",
    "content/notes/n.md": "---\nmeeting: two\n---\n# M\n\nOther words.\n",
    "content/announcements/2027-01-10-news.md": "# Other news\n",
    "assets/slides.pdf": "other slides",
    "assets/theme/style.css": "p { color: red }\n",
    "layouts/page.html": LAYOUT.replace("h1", "h2"),
    "layouts/parts/nav.html": "<nav aria-label='Pages'>Two</nav>\n",
}
OPTIONAL = sorted(SWAPS.keys() - {"syllabus.yaml"})


@dataclass(frozen=True)
class Tried:
    """A course whose file is changed while it is built; its site before is of another day of its files."""

    machine: Machine
    folder: Path

    @property
    def course(self) -> Path:
        return self.folder / "course"

    def clean(self, changed: dict[str, str], without: str = "") -> dict[str, bytes]:
        """Return the site that a build in a clean folder makes; none where there are errors."""
        number = len(list(self.folder.iterdir()))
        files = {name: text for name, text in {**FILES, **changed}.items() if name != without}
        course = write_course(self.folder / f"clean-{number}", files)
        self.machine.build(course)
        return read_tree(course / "_site") if (course / "_site").exists() else {}

    def events(self) -> int:
        """Return how many events a build has."""
        return self.disturb(1_000_000, "nothing", None).events

    def disturb(self, at: int, name: str, swap: str | None) -> Ended:
        """Build the course; at this event the file is replaced, or goes."""
        write_course(self.course, {**FILES, "content/before.md": "# Before\n"})
        assert self.machine.build(self.course).code == 0
        (self.course / "content" / "before.md").unlink()
        moved = self.folder / "moved"
        if swap is not None:
            moved.write_text(swap, encoding="utf-8")
        return self.machine.build(
            self.course, at=at, moved=str(moved) if swap is not None else "", target=str(self.course / name)
        )


def check_swaps(tried: Tried, names: Sequence[str], moments: Iterable[int]) -> None:
    old = tried.clean({})
    changed = {name: tried.clean({name: SWAPS[name]}) for name in set(names)}
    for name, at in zip(names, moments, strict=False):
        new = changed[name]
        ended = tried.disturb(at, name, SWAPS[name])
        assert ended.code == 0, (name, at, ended.err)
        assert [] in [differ(tried.course / "_site", each) for each in (old, new)], (name, at)
        assert ended.err in {"", "Files of the course changed during the build; build again.\n"}
        write_course(tried.course, {**FILES, name: SWAPS[name]})  # where the build ended before the moment came
        assert tried.machine.build(tried.course).code == 0
        assert differ(tried.course / "_site", new) == [], (name, at)
        # What was remembered of the file that was swapped is true of each: the old one gives the old site.
        write_course(tried.course, FILES)
        assert tried.machine.build(tried.course).code == 0
        assert differ(tried.course / "_site", old) == [], (name, at)


def check_deletions(tried: Tried, names: Sequence[str], moments: Iterable[int]) -> None:
    old = tried.clean({})
    without = {name: tried.clean({}, without=name) for name in set(names)}
    for name, at in zip(names, moments, strict=False):
        new = without[name]
        ended = tried.disturb(at, name, None)
        site = tried.course / "_site"
        if ended.code == 0:
            assert [] in [differ(site, each) for each in (old, new)], (name, at)
        else:
            assert (ended.code, ended.out) == (1, ""), (name, at, ended.err)
            assert (site / "before.html").exists()
            assert re.search(r"^Nothing was published: \d errors?\.\n\Z", ended.err, re.MULTILINE), ended.err
        assert "Traceback" not in ended.err
        (tried.course / name).unlink(missing_ok=True)
        assert tried.machine.build(tried.course).code == (0 if new else 1)
        if new:
            assert differ(tried.course / "_site", new) == [], (name, at)


@pytest.fixture
def tried(machine: Machine, tmp_path: Path) -> Tried:
    return Tried(machine, tmp_path)


def test_swapped(tried: Tried) -> None:
    events = tried.events()
    moments = random.Random(3)
    names = ["layouts/page.html", "syllabus.yaml"]
    check_swaps(tried, names, [moments.randint(1, events) for _ in names])


def test_deleted(tried: Tried) -> None:
    events = tried.events()
    moments = random.Random(4)
    names = ["assets/slides.pdf", "content/a.md"]
    check_deletions(tried, names, [moments.randint(1, events) for _ in names])


def spread(events: int) -> list[int]:
    """Return moments all over a build."""
    return list(range(2, events + 1, max(1, events // 12)))


@pytest.mark.slow
@pytest.mark.parametrize("name", SWAPS)
def test_swapped_at_many_moments(tried: Tried, name: str) -> None:
    moments = spread(tried.events())
    check_swaps(tried, [name] * len(moments), moments)


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIONAL)
def test_deleted_at_many_moments(tried: Tried, name: str) -> None:
    moments = spread(tried.events())
    check_deletions(tried, [name] * len(moments), moments)
