"""A page that is recalled is the page that would be drawn: whatever it shows has changed, and it is drawn anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from courseweek.cache import FOLDER, Memory
from courseweek.render import ahead
from tests.render.test_ahead import NOW, make
from tests.sampling import some_slow
from tests.sites import write_course

SECRET = b"s" * 32
FILES = {
    "syllabus.yaml": dedent("""\
        course:
          title: All about knots
          code: KC 8
          repository: https://github.com/example/knots
          description: How to tie *anything*.
        term:
          name: Spring 2027
          starts: 2027-02-22
          ends: 2027-03-29
          timezone: America/Los_Angeles
          meets: [{day: Monday, time: 13:00-16:00, place: Room 1}]
        staff: [{name: Ada Example, role: Instructor}]
        schedule:
          - {topic: Knots, id: knots}
          - {topic: Links, id: links, presenters: {Lead: [Cy]}}
          - {topic: Braids, id: braids, description: "See [the rules](rules.md#late)."}
        assignments: [{id: hw1, title: Sheet, due: week 2}]
        presentations: {roles: [Lead]}
        grading: {Sheet: 100%}
        late_policy: Three days, [as told](rules.md#late).
        """),
    "readings.yaml": "knots: [{id: ashley, title: The Ashley Book, url: https://example.org/ashley}]\n",
    "content/rules.md": "# Rules\n\n## Late\n\nSee [the notes](notes/a.md) and [their second half](notes/a.md#half).\n",
    "content/notes/a.md": "---\nreading: ashley\nauthor: Cy\n---\n\n# On $x$\n\n[The rules](../rules.md).\n\n## Half\n",
    "content/notes/b.md": "---\nmeeting: links\n---\n\n$$y$$\n\n```python\nprint(1)\n```\n",
    "content/announcements/2027-02-20-hello.md": "Hello, [all](../rules.md)\n\n## More\n",
    "content/staff.md": "The staff.\n\n[[staff]]\n\nAnd more, [here](#here).\n\n## Here\n",
    "assets/a.png": "a",
    "layouts/parts/own.html": "<p>Own: {{ course.name }}</p>\n",
    "layouts/page.html": dedent("""\
        {% extends "base.html" %}
        {% block main %}
        <h1>{{ page.heading }}</h1>
        {% include "parts/own.html" %}
        <div>{{ late_policy }}</div>
        {% for block in page.blocks %}{% include "parts/block.html" %}{% endfor %}
        {% endblock %}
        """),
}
SYLLABUS, READINGS = "syllabus.yaml", "readings.yaml"
CHANGES = {
    "the course's title": (SYLLABUS, "title: All about knots", "title: Knots"),
    "its code": (SYLLABUS, "KC 8", "KC 9"),
    "its repository": (SYLLABUS, "example/knots", "example/ropes"),
    "its description": (SYLLABUS, "*anything*", "**nothing**"),
    "its language": (SYLLABUS, "code: KC 8", "code: KC 8\n  language: de"),
    "its address": (SYLLABUS, "code: KC 8", "code: KC 8\n  url: https://example.edu/knots/"),
    "the term's name": (SYLLABUS, "Spring 2027", "Spring"),
    "the place": (SYLLABUS, "Room 1", "Room 2"),
    "the time": (SYLLABUS, "13:00", "14:00"),
    "the zone": (SYLLABUS, "America/Los_Angeles", "Europe/Paris"),
    "a topic": (SYLLABUS, "topic: Links", "topic: Chains"),
    "the id of a meeting": (SYLLABUS, "id: braids", "id: plaits"),
    "a lecturer": (SYLLABUS, "id: braids,", "id: braids, lecturer: Ada,"),
    "presenters": (SYLLABUS, "[Cy]", "[Di]"),
    "what a topic links to": (SYLLABUS, '(rules.md#late)."', '(rules.md)."'),
    "who teaches": (SYLLABUS, "Ada Example", "Bo Example"),
    "a deadline": (SYLLABUS, "due: week 2", "due: week 3"),
    "a part of the grade": (SYLLABUS, "{Sheet: 100%}", "{Sheet: 60%, Talk: 40%}"),
    "the rule for late work": (SYLLABUS, "Three days", "Four days"),
    "the order of the navigation": (SYLLABUS, "late_policy:", "site: {nav: [rules, index]}\nlate_policy:"),
    "the accent": (SYLLABUS, "late_policy:", 'site: {accent: "#a02020"}\nlate_policy:'),
    "what is highlighted": (SYLLABUS, "late_policy:", "site: {highlight: next meeting}\nlate_policy:"),
    "a reading's title": (READINGS, "The Ashley Book", "Ashley's Book"),
    "a reading's address": (READINGS, "org/ashley", "org/book"),
    "a reading's id": (READINGS, "id: ashley", "id: abok"),
    "where it is read": (READINGS, "knots:", "links:"),
    "a page's title": ("content/rules.md", "# Rules", "# The rules"),
    "a page's heading": ("content/rules.md", "## Late", "## Later"),
    "a page's links": ("content/rules.md", "(notes/a.md)", "(notes/b.md)"),
    "a page that is left out of the navigation": ("content/rules.md", "# Rules", "---\nnav: no\n---\n\n# Rules"),
    "a page that is a draft": ("content/rules.md", "# Rules", "---\ndraft: yes\n---\n\n# Rules"),
    "a page of another layout": ("content/rules.md", "# Rules", "---\nlayout: note\n---\n\n# Rules"),
    "a part on a page": ("content/rules.md", "## Late\n", "## Late\n\n[[grading]]\n"),
    "a note's author": ("content/notes/a.md", "Cy", "Di"),
    "a note's formula": ("content/notes/a.md", "$x$", "$z$"),
    "a note that comes later": ("content/notes/b.md", "meeting:", "publish_on: 2027-03-11\nmeeting:"),
    "what a note is about": ("content/notes/b.md", "meeting: links", "meeting: braids"),
    "a note's code": ("content/notes/b.md", "print(1)", "print(2)"),
    "a notice": ("content/announcements/2027-02-20-hello.md", "Hello", "Welcome"),
    "a layout": ("layouts/page.html", "<div>", '<div class="late">'),
    "a part of a layout": ("layouts/parts/own.html", "Own:", "Ours:"),
}
MOVES = {
    "a page": ("content/rules.md", "content/policy.md"),
    "a note": ("content/notes/a.md", "content/notes/z.md"),
    "a notice": ("content/announcements/2027-02-20-hello.md", "content/announcements/2027-02-21-hello.md"),
    "a layout": ("layouts/page.html", "layouts/own.html"),
    "an asset": ("assets/a.png", "assets/b.png"),
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", FILES)


@pytest.fixture(params=["here", "in a file", "drawn in copies of the process", "drawn in new processes"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    way: str = request.param
    if way.startswith("drawn"):
        monkeypatch.setattr("os.cpu_count", lambda: 2)
        monkeypatch.setattr(ahead, "FEWEST_AHEAD", 1)
    if way == "drawn in new processes":
        monkeypatch.setattr("threading.active_count", lambda: 2)
    return way


def recall(course: Path, way: str, before: Memory) -> Memory:
    """Return the memory of the build before, as it is when the next one comes."""
    before.settle()
    if way == "here":
        return before
    before.close()
    return Memory("1", course / FOLDER, SECRET)


def remember(course: Path, way: str) -> Memory:
    return Memory() if way == "here" else Memory("1", course / FOLDER, SECRET)


@pytest.mark.parametrize("change", some_slow(CHANGES, 4))
def test_a_change_is_seen(course: Path, change: str) -> None:
    name, old, new = CHANGES[change]
    memory = Memory()
    before = make(course, memory)
    text = (course / name).read_text(encoding="utf-8")
    assert old in text
    (course / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    clean = make(course)
    assert clean != before
    assert make(course, memory) == clean
    (course / name).write_text(text, encoding="utf-8")
    assert make(course, memory) == before, "and back"


@pytest.mark.parametrize("moved", MOVES)
def test_what_was_moved_is_seen(course: Path, moved: str) -> None:
    old, new = MOVES[moved]
    memory = Memory()
    before = make(course, memory)
    (course / old).rename(course / new)
    clean = make(course)
    assert clean != before
    assert make(course, memory) == clean


@pytest.mark.parametrize("days", [-60, -1, 1, 7, 30, 365])
def test_another_day_is_seen(course: Path, days: int) -> None:
    memory = Memory()
    before = make(course, memory)
    later: datetime = NOW + timedelta(days=days)
    clean = make(course, None, later)
    assert clean != before
    assert make(course, memory, later) == clean


def test_every_way_to_remember(course: Path, way: str) -> None:
    memory = remember(course, way)
    clean = make(course)
    assert make(course, memory) == clean
    memory = recall(course, way, memory)
    assert make(course, memory) == clean
    done = set[str]()
    for name, old, new in CHANGES.values():
        text = (course / name).read_text(encoding="utf-8")
        if old in text and old not in done:
            done.add(old)
            (course / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    clean = make(course)
    memory = recall(course, way, memory)
    assert make(course, memory) == clean
    memory = recall(course, way, memory)
    assert make(course, memory) == clean, "and once more"
    memory.close()
