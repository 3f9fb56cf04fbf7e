"""`feed.xml`, read with feedparser: announcements and changes, each with a name that never changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from tests.changed import COURSE, NOON, build_changed, make_change
from tests.sites import run_cli, write_course

NAME = "tag:www.example.edu,2027:~ropes/kc1"
HOME = "https://www.Example.edu/~ropes/kc1/"
ROPE = "content/announcements/2027-03-09-rope.md"
ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(site: Path) -> Any:
    """Return the feed as a reader has it, without a complaint; the standard's parser takes it too."""
    data = (site / "feed.xml").read_bytes()
    ElementTree.fromstring(data)
    assert b"<![CDATA[" not in data
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "atom10"
    return feed


def test_announcements_and_changes_are_entries(tmp_path: Path) -> None:
    changes = [
        make_change("class-loops-20270310T120000Z", was="Thu 4 Mar, 9:30", details=["Bends: Tue 2 → Thu 4 Mar"]),
        make_change("event-fair-1", kind="event", ids=["fair"], text="New: Rope fair", at="2027-03-02T12:00:00+00:00"),
    ]
    feed = read_feed(build_changed(tmp_path, changes, {ROPE: "# Bring *rope*\n\nTwo feet.\n"}))
    assert (feed.feed.id, feed.feed.title, feed.feed.author) == (NAME, "Knots", "Knots")
    assert feed.feed.updated == "2027-03-10T12:00:00Z"
    assert {(each.rel, each.type): each.href for each in feed.feed.links} == {
        ("self", "application/atom+xml"): f"{HOME}feed.xml",
        ("alternate", "text/html"): HOME,
    }
    assert [(each.id, each.title, each.link, each.published, each.updated) for each in feed.entries] == [
        (
            f"{NAME}/change/class-loops-20270310T120000Z",
            "Class: Loops is now on Tue 9 Mar, 9:30 (was Thu 4 Mar, 9:30)",
            f"{HOME}meetings/loops.html",
            "2027-03-10T12:00:00Z",
            "2027-03-10T12:00:00Z",
        ),
        (
            f"{NAME}/announcement/2027-03-09-rope",
            "Announcement: Bring rope",
            f"{HOME}announcements.html#2027-03-09-rope",
            "2027-03-09T06:00:00Z",
            "2027-03-09T06:00:00Z",
        ),
        (
            f"{NAME}/change/event-fair-1",
            "Event: New: Rope fair",
            f"{HOME}#event-fair",
            "2027-03-02T12:00:00Z",
            "2027-03-02T12:00:00Z",
        ),
    ]
    assert feed.entries[0].content[0].value == (
        '<p dir="auto">Loops is now on Tue 9 Mar, 9:30 (was Thu 4 Mar, 9:30)</p>\n'
        '<ul dir="auto">\n<li>Bends: Tue 2 → Thu 4 Mar</li>\n</ul>\n'
        f'<p><a href="{HOME}changes.html">What changed</a></p>'
    )
    assert feed.entries[1].content[0].value == "<p>Two feet.</p>"
    assert [each.tags[0].term for each in feed.entries] == ["class", "announcement", "event"]


# The word with which titles begin, by kind and language.
WORDS = {
    "en": ["Announcement: ", "Class: ", "Deadline: ", "Event: ", "Reading: "],
    "de": ["Ankündigung: ", "Sitzung: ", "Abgabetermin: ", "Termin: ", "Lektüre: "],
    "es": ["Aviso: ", "Clase: ", "Entrega: ", "Evento: ", "Lectura: "],
    "fr": ["Annonce : ", "Séance : ", "Échéance : ", "Événement : ", "Lecture : "],
    "zh-Hans": ["通知：", "课程：", "截止日期：", "活动：", "阅读材料："],
    "ar": ["إعلان: ", "محاضرة: ", "موعد التسليم: ", "فعالية: ", "قراءة: "],
}


@pytest.mark.parametrize("language", WORDS)
def test_a_title_begins_with_a_fixed_word(tmp_path: Path, language: str) -> None:
    kinds = ("class", "deadline", "event", "reading")
    changes = [make_change(kind, kind=kind, text="Text.") for kind in kinds]
    files = {
        "syllabus.yaml": COURSE.replace("{title: Knots", f"{{language: {language}, title: Knots"),
        ROPE: "# Text.\n",
    }
    feed = read_feed(build_changed(tmp_path, changes, files))
    titles = {each.tags[0].term: each.title for each in feed.entries}
    assert [titles[kind] for kind in ("announcement", *kinds)] == [f"{word}Text." for word in WORDS[language]]
    assert feed.feed.language == language
    documented = (Path(__file__).parents[2] / "docs" / "instructor.md").read_text(encoding="utf-8")
    assert [word for word in WORDS[language] if f"`{word.rstrip(': ：')}`" not in documented] == []


# A text of an announcement, and what the feed has of it.
TEXTS = {
    "[a](projects.md#b)": '<p><a href="{home}projects.html#b">a</a></p>',
    "[a](announcements.md)": '<p><a href="{home}announcements.html">a</a></p>',
    "[a](https://example.org/?a=1&b=2)": '<p><a href="https://example.org/?a=1&amp;b=2">a</a></p>',
    "![a](assets/a.png)": '<p><img alt="a" src="{home}assets/a.png" /></p>',
    "[a](#part)\n\n## Part": '<p><a href="{home}announcements.html#2027-03-09-rope.part">a</a></p>',
    "[a](mailto:a@example.org)": '<p><a href="mailto:a@example.org">a</a></p>',
    '`href="x"` and <b>b</b>': '<p><code>href="x"</code> and <b>b</b></p>',
    "a ]]> b & c < d": "<p>a ]]&gt; b &amp; c &lt; d</p>",
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_of_an_announcement_is_whole(tmp_path: Path, text: str) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    files: dict[str, str | bytes] = {ROPE: f"# Rope\n\n{text}\n", "content/projects.md": "## B\n", "assets/a.png": png}
    entry = read_feed(build_changed(tmp_path, [], files)).entries[0]
    assert entry.content[0].value.startswith(TEXTS[text].replace("{home}", HOME))


HOSTILE = {
    "markup": "<b>&amp;</b> <script>x</script> ]]> <![CDATA[x]]> <!-- x -->",
    "quotes": "\"a\" 'b' &quot; &#0; &lt;",
    "directions": "\u202egnp.exe \u2067\u05d0",
    "lines": "a\u2028b\u2029c",
    "languages": "Nguyễn 日本語 😀 \U000e0041",
    "long": "x" * 4_990,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sentence_is_text(tmp_path: Path, name: str) -> None:
    text = HOSTILE[name]
    site = build_changed(tmp_path, [make_change("a/b?c#d e", text=text, details=[text])])
    read_feed(site)
    entry = ElementTree.fromstring((site / "feed.xml").read_bytes())[-1]
    title = (entry.findtext(f"{ATOM}title") or "").removeprefix("Class: ").strip("\u2068\u2069")
    assert title.split() == text.split()
    assert entry.findtext(f"{ATOM}id") == f"{NAME}/change/a%2Fb%3Fc%23d%20e"
    assert "<script" not in (entry.findtext(f"{ATOM}content") or "")


@pytest.mark.parametrize("name", ["markup", "quotes", "languages"])
def test_a_hostile_title_is_text(tmp_path: Path, name: str) -> None:
    title = json.dumps(HOSTILE[name], ensure_ascii=False)
    site = build_changed(tmp_path, [], {ROPE: f"---\ntitle: {title}\n---\n\nText.\n"})
    read_feed(site)
    entry = ElementTree.fromstring((site / "feed.xml").read_bytes())[-1]
    assert entry.findtext(f"{ATOM}title") == f"Announcement: {HOSTILE[name]}"


def test_what_is_withheld_is_not_in_it(tmp_path: Path) -> None:
    files = {
        "content/announcements/2027-03-12-tomorrow.md": "# Tomorrow\n",
        "content/announcements/2027-03-01-draft.md": "---\ndraft: yes\n---\n\n# Draft\n",
        "content/announcements/2027-03-02-late.md": "---\npublish_on: 2027-03-11T11:00\n---\n\n# Late\n",
    }
    feed = read_feed(build_changed(tmp_path, [], files))
    assert [(each.title, each.published) for each in feed.entries] == [("Announcement: Late", "2027-03-11T17:00:00Z")]


def test_a_change_that_is_undone_and_made_again_has_three_entries(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"syllabus.yaml": COURSE})
    moved = COURSE.replace("due: 2027-03-12", "due: 2027-03-15")
    public, ids = None, list[list[str]]()
    for hour, syllabus in enumerate((COURSE, moved, COURSE, moved), 10):
        write_course(course, {"syllabus.yaml": syllabus})
        since = () if public is None else ("--since", public)
        site = tmp_path / f"site-{hour}"
        ran = run_cli("--source", course, "--output", site, "--today", f"2027-03-02T{hour}:00", *since)
        assert (ran.code, ran.err) == (0, "")
        ids.append([each.id for each in read_feed(site).entries])
        public = site / "course.json"
    assert [len(each) for each in ids] == [0, 1, 2, 3]
    assert ids[3][1:] == ids[2]
    assert ids[2][1:] == ids[1]
    assert len(set(ids[3])) == 3


def test_equal_builds_make_equal_feeds(tmp_path: Path) -> None:
    """Nothing in it is of the day of the build."""
    made = [
        (build_changed(tmp_path / day, [make_change()], {ROPE: "Text.\n"}, f"2027-03-{day}") / "feed.xml").read_bytes()
        for day in ("11", "12", "30")
    ]
    assert made[0] == made[1] == made[2]


def test_an_empty_feed_is_dated_by_the_term(tmp_path: Path) -> None:
    feed = read_feed(build_changed(tmp_path, []))
    assert (feed.entries, feed.feed.updated) == ([], "2027-03-01T06:00:00Z")


# The address of a course, and the name of its feed.
ADDRESSES = {
    "https://example.edu/": "tag:example.edu,2027:kc-1",
    "https://example.edu/a/b": "tag:example.edu,2027:a/b",
    "https://example.edu:8443/a": "tag:example.edu,2027:a",
    "https://bücher.example/ä": "tag:xn--bcher-kva.example,2027:%C3%A4",
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_the_name_is_that_of_the_address(tmp_path: Path, url: str) -> None:
    course = COURSE.replace("https://www.Example.edu/~ropes/kc1/", url)
    assert read_feed(build_changed(tmp_path, [], {"syllabus.yaml": course})).feed.id == ADDRESSES[url]


def test_the_name_stays_when_the_address_changes(tmp_path: Path) -> None:
    before = build_changed(tmp_path / "one", [make_change()])
    course = write_course(tmp_path, {"syllabus.yaml": COURSE.replace("www.Example.edu/~ropes", "ropes.example.org")})
    site = tmp_path / "site"
    assert run_cli("--source", course, "--output", site, "--since", before / "course.json").code == 0
    feed = read_feed(site)
    assert (feed.feed.id, feed.feed.link) == (NAME, "https://ropes.example.org/kc1/")
    assert [each.id for each in feed.entries] == [f"{NAME}/change/one"]


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    course = COURSE.replace(", url: 'https://www.Example.edu/~ropes/kc1/'", "")
    site = build_changed(tmp_path, [make_change()], {"syllabus.yaml": course})
    assert not (site / "feed.xml").exists()
    assert "atom+xml" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "href"),
    [("index.html", "feed.xml"), ("meetings/loops.html", "../feed.xml"), ("404.html", "/~ropes/kc1/feed.xml")],
)
def test_pages_name_the_feed(tmp_path: Path, path: str, href: str) -> None:
    page = (build_changed(tmp_path, []) / path).read_text(encoding="utf-8")
    assert f'<link rel="alternate" type="application/atom+xml" href="{href}">' in page


def test_the_feed_is_not_a_layout_of_the_course(tmp_path: Path) -> None:
    site = build_changed(tmp_path, [make_change()], {"layouts/feed.xml": "no <feed"})
    assert [each.id for each in read_feed(site).entries] == [f"{NAME}/change/one"]


def test_the_newest_are_in_it(tmp_path: Path) -> None:
    days = [f"2027-03-{day:02}-{letter}" for day in range(1, 11) for letter in "abc"] + ["2027-02-27-old"]
    files = {f"content/announcements/{day}.md": "Text.\n" for day in days}
    changes = [make_change(f"c{number}", at=NOON) for number in range(30)]
    entries = read_feed(build_changed(tmp_path, changes, files)).entries
    assert len(entries) == 60
    assert {each.id for each in entries[30:]} == {f"{NAME}/announcement/{day}" for day in days[:-1]}
