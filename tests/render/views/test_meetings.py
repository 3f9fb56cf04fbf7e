"""The page of each meeting: what belongs to it, what leads to it, and a course that does without."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from courseweek.cache import Memory
from courseweek.model.repository import Repository
from courseweek.render.rendered_page import SheetRenderer
from courseweek.render.sheets import Sheet
from tests.sites import make_in_memory, read_tree, run_cli, write_course

SYLLABUS = """\
course:
  title: Knots
  url: https://example.edu/knots
  repository: https://github.com/example/knots
term:
  starts: 2027-01-25
  ends: 2027-03-05
  timezone: America/Los_Angeles
  breaks: [{date: 2027-02-15, name: Holiday}]
  meets:
    - {day: Monday, time: 13:00-16:00, place: Room 5, kind: Lecture, numbered: yes}
    - kind: Lab
      groups: [{name: A, day: Friday, time: 9:00-10:50, place: L416}, {name: B, day: Friday, time: 11:00-12:50}]
schedule:
  Lecture:
    - unit: Basics
      meetings: [{topic: Bends, id: bends, description: Of *two* ropes., page: on-bends}]
    - topic: Hitches
      id: hitches
      materials: {Slides: hitches.pdf, Recording: }
      guests: [{name: Ada Ley, affiliation: ACM}]
      presenters: {Lead: [Grace]}
      forms: {quiz: https://example.edu/hitches}
    - {topic: Splices, id: splices}
    - {topic: Take-home, id: home, kind: Final, date: TBD}
  Lab:
    - {topic: Ropes, id: lab}
    - {topic: More ropes, id: more, same_day: splices}
assignments:
  - {id: quiz, title: Quiz, each: lecture, due: start}
  - {id: essay, title: Essay, due: 2 days after bends at 17:00, url: https://example.edu/essay}
  - {id: sheet, title: Sheet, due: 2027-02-08 12:00}
presentations: {each_student: {at_least: 1}, roles: [Lead], each: lecture}
"""
READINGS = """\
bends:
  required:
    - title: The book
      id: book
      url: https://example.org/book
      authors: [Clifford Ashley, Mary Blake, John Cole]
      venue: Press
      access: campus
      note: Read *all*.
  optional: [{title: More}]
"""
FILES: dict[str, str | bytes] = {
    "syllabus.yaml": SYLLABUS,
    "readings.yaml": READINGS,
    "content/on-bends.md": "# On bends\n\nText.\n",
    "content/notes/mine.md": "---\nmeeting: hitches\nauthor: Cy\n---\n# My notes\n\nText.\n",
    "content/notes/bends.md": "---\nreading: book\n---\n# Of the book\n\nText.\n",
    "content/announcements/2027-01-26-room.md": "---\nmeeting: hitches\n---\n# Another room\n\nIt is large.\n",
    "assets/hitches.pdf": b"%PDF-1.4",
}


def build(folder: Path, files: dict[str, str | bytes]) -> dict[str, str]:
    course = write_course(folder / "course", files)
    ran = run_cli("--source", course, "--output", folder / "site", "--today", "2027-01-31")
    assert ran.code == 0, ran.err
    made = read_tree(folder / "site")
    return {path: data.decode("utf-8") for path, data in made.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("meetings"), FILES)


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def text_of(html: str) -> str:
    """Return the words of HTML on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_each_meeting_has_a_page_and_a_break_has_none(site: dict[str, str]) -> None:
    pages = {path for path in site if path.startswith("meetings/")}
    assert pages == {f"meetings/{id}.html" for id in ("bends", "hitches", "splices", "home", "lab", "more")}


SHOWN = {
    "bends": [
        '<a href="../index.html#bends">Week 1</a> · Lecture 1 · Basics',
        "<h1>Bends</h1>",
        '<time datetime="2027-01-25T13:00:00-08:00" data-relative="2027-01-26T00:00:00Z">'
        "Mon 25 Jan 2027, <b>13:00–16:00</b></time> · "
        '<span class="place">Room\u00a05</span>',
        '<p class="materials"><a href="../on-bends.html">On bends</a> ',
        "<p>Of <em>two</em> ropes.</p>",
        '<h2 id="page.readings">Read before class</h2>',
        "Clifford Ashley, Mary Blake, John Cole · Press · campus access",
        "Read <em>all</em>.",
        "<details open><summary>1 optional</summary>",
        '<a class="suggest" href="../suggest.html#bends">Suggest a reading</a>',
        '<a rel="next" href="lab.html"><small>Lab</small> Ropes</a>',
    ],
    "hitches": [
        "</a> · Lecture 2 · Lead: Grace</p>",
        "Ada Ley (ACM)",
        '<p class="materials"><a href="../assets/hitches.pdf">Slides</a> <span>Recording <small>to come</small></span>',
        '<a href="../announcements.html#2027-01-26-room">Another room</a>',
        '<li><a href="../notes/mine.html">My notes</a> <span class="small">by Cy</span></li>',
        '<a rel="prev" href="lab.html"><small>Lab</small> Ropes</a>',
    ],
    "splices": ['<a href="more.html">More ropes</a> <span class="small">Lab</span>'],
    "more": ['<a href="splices.html">Splices</a> <span class="small">Lecture 3</span>'],
    "lab": [
        "Fri 29 Jan 2027</time>",
        '<li data-for="group-lab A" data-on="0" data-time="540-650">A ',
        '<span class="place">L416</span>',
    ],
    "home": ["Schedule</a> · Final</p>", '<p class="when-where">Not yet scheduled</p>'],
}


@pytest.mark.parametrize(("meeting", "shown"), [(id, each) for id, texts in SHOWN.items() for each in texts])
def test_a_page_shows_what_belongs_to_its_meeting(site: dict[str, str], meeting: str, shown: str) -> None:
    assert shown in main_of(site[f"meetings/{meeting}.html"])


BELONGS = {
    "bends": [
        "Quiz Mon 25 Jan 13:00",
        "Essay Wed 27 Jan 17:00",
    ],
    "hitches": ["Quiz Mon 1 Feb 13:00 Hand in"],
    "home": [],
}


@pytest.mark.parametrize("meeting", BELONGS)
def test_what_is_due_for_a_meeting_is_on_its_page(site: dict[str, str], meeting: str) -> None:
    part = site[f"meetings/{meeting}.html"].partition('<ul class="due">')[2].partition("</ul>")[0]
    assert [text_of(entry) for entry in part.split("</li>") if text_of(entry)] == BELONGS[meeting]


LEADING = {
    "the schedule": ("index.html", '<h3 class="topic"><a href="meetings/bends.html">Bends</a></h3>'),
    "a meeting without a date": ("index.html", '<a href="meetings/home.html">Take-home</a>'),
    "the readings": ("readings.html", '<h2><a href="meetings/bends.html">Bends</a></h2>'),
    "a reading by its title": ("readings.html", '<a href="meetings/bends.html">week 1</a>'),
    "the board": ("presentations.html", '<a href="meetings/hitches.html">Hitches</a>'),
    "a note": ("notes/mine.html", '<a href="../meetings/hitches.html">Go to the meeting</a>'),
    "a deadline": ("deadlines.html", '(<a href="meetings/hitches.html">for Hitches, Mon 1 Feb</a>)'),
    "an exam": ("deadlines.html", '<a href="meetings/home.html">Take-home</a>'),
    "an announcement": ("announcements.html", '<a href="meetings/hitches.html">Hitches</a>'),
}


@pytest.mark.parametrize("what", LEADING)
def test_what_names_a_meeting_leads_to_its_page(site: dict[str, str], what: str) -> None:
    path, link = LEADING[what]
    assert link in site[path]


def test_the_row_keeps_its_address(site: dict[str, str]) -> None:
    assert '<tr id="bends"' in site["index.html"]


def test_a_note_is_begun_on_the_page_for_suggestions(site: dict[str, str]) -> None:
    begun = '<a href="../suggest.html#note.{}">Write one</a>'
    assert f"Nobody has written any yet. {begun.format('bends')}" in site["meetings/bends.html"]
    assert f'<p class="small">{begun.format("hitches")}' in site["meetings/hitches.html"]


NEW_FILES = {
    "github": ("github", "https://example.edu/r/new/main/c/content/notes?filename=a%20b.md&value=x%0A"),
    "gitlab": ("gitlab", "https://example.edu/r/-/new/main?file_name=c/content/notes/a%20b.md"),
    "unknown": (None, None),
}


@pytest.mark.parametrize("name", NEW_FILES)
def test_each_host_has_an_address_for_new_files(name: str) -> None:
    host, address = NEW_FILES[name]
    repository = Repository("https://example.edu/r", "main", "c", host)  # type: ignore[arg-type]
    assert repository.create("content/notes/a b.md", "x\n") == address


def test_without_meeting_pages_all_leads_to_the_rows(tmp_path: Path) -> None:
    made = build(tmp_path, {**FILES, "syllabus.yaml": f"{SYLLABUS}site: {{meeting_pages: no}}\n"})
    assert [path for path in made if path.startswith("meetings/")] == []
    assert '<h3 class="topic"><a href="on-bends.html">Bends</a></h3>' in made["index.html"]
    assert '<h2><a href="index.html#bends">Bends</a></h2>' in made["readings.html"]
    assert '<a href="../index.html#hitches">Go to the meeting</a>' in made["notes/mine.html"]
    assert "meetings/" not in "".join(made.values())


def test_the_day_of_the_build_changes_no_page_of_a_meeting(tmp_path: Path) -> None:
    """A build changes no page that it need not change."""
    course = write_course(tmp_path / "course", FILES)
    made = []
    for today in ("2027-01-31", "2027-02-20"):
        ran = run_cli("--source", course, "--output", tmp_path / today, "--today", today)
        assert ran.code == 0, ran.err
        tree = read_tree(tmp_path / today / "meetings")
        # A calendar says when it was made, as long as nothing says since when it is the same.
        made.append({path: data for path, data in tree.items() if not path.endswith(".ics")})
    assert made[0] == made[1]


def test_a_course_can_have_a_layout_of_its_own_for_them(tmp_path: Path) -> None:
    layout = (
        '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{{ meeting.row.facts[0] }}{% endblock %}\n'
    )
    made = build(tmp_path, {**FILES, "layouts/meeting.html": layout})
    assert text_of(main_of(made["meetings/bends.html"])) == 'id="page.main"> Bends Lecture 1'


MADE_AGAIN = {
    "the text of a note": ("content/notes/mine.md", "Text.", "Other text.", set()),
    "the author of a note about a meeting": ("content/notes/mine.md", "author: Cy", "author: Di", {"hitches"}),
    "a note about a reading": ("content/notes/bends.md", "reading: book", "reading: book\nauthor: Di", {"bends"}),
    "a reading": ("readings.yaml", "venue: Press", "venue: Print", {"bends"}),
    "a topic's materials": ("syllabus.yaml", "hitches.pdf", "https://example.org/h", {"hitches"}),
    "a topic's title": ("syllabus.yaml", "topic: Splices", "topic: Splice", {"splices", "hitches", "more"}),
    "the text of the home page": ("content/index.md", "Hello", "Welcome", set()),
}


@pytest.mark.parametrize("change", MADE_AGAIN)
def test_a_change_makes_only_the_pages_again_that_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    name, old, new, again = MADE_AGAIN[change]
    files = {**FILES, "content/index.md": "Hello.\n"}
    course, memory, now = write_course(tmp_path, files), Memory(), datetime(2027, 1, 31, 12)
    make_in_memory(course, now, memory)
    memory.settle()
    text = files[name]
    assert isinstance(text, str)
    assert old in text
    write_course(course, {**files, name: text.replace(old, new)})
    made: list[str] = []
    render = SheetRenderer.render

    def note(self: SheetRenderer, sheet: Sheet, *rest: Any) -> Any:
        made.append(sheet.page.path)
        return render(self, sheet, *rest)

    monkeypatch.setattr(SheetRenderer, "render", note)
    make_in_memory(course, now, memory)
    assert {path for path in made if path.startswith("meetings/")} == {f"meetings/{id}.html" for id in again}
