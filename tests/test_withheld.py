"""What is withheld is not in the site: no byte of it, by any name, until its moment has come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import POLICY, read_tree, run_cli, write_course

BEFORE, AFTER = "2027-02-01T11:59", "2027-02-01T12:00"
LATER = "publish_on: 2027-02-01 12:00"

SYLLABUS = """
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-02-15
  timezone: Europe/Berlin
  meets: [{day: Monday, time: 10:00-12:00}]
schedule:
  - {topic: One, id: one, page: drafted, materials: {Handout: handout.txt}}
  - topic: Two
    id: two
    page: labs/later
    materials:
      - {label: Solutions, url: solutions.txt, publish_on: end}
      - {label: Recording, url: "https://example.org/WLATERADDRESS", publish_on: end}
      - {label: Never, url: never.txt, publish_on: 2027-03-15}
      - {label: Nowhere, url: "https://example.org/WNEVERADDRESS", publish_on: 2027-03-15}
site: {nav: [index, drafted, labs/later, announcements, readings]}
"""
READINGS = "one: {required: [{id: book, title: A book}]}\n"
PAGE = """---
{key}
---
# W{word}HEADING

W{word}TEXT, ![W{word}ALT]({up}assets/{name}.svg),
[W{word}LINK]({up}assets/W{word}NAME/{name}%20paper.txt "W{word}TITLE").

<img src="{up}assets/shown.svg" alt="W{word}HTML">

    W{word}CODE
"""


def write_page(path: str, key: str, word: str, up: str = "") -> dict[str, str]:
    """Return a page that is withheld by this line of its front matter, with its files; each holds the word."""
    name = word.lower()
    return {
        path: PAGE.format(key=key, word=word, name=name, up=up),
        f"assets/{name}.svg": f"<svg><title>W{word}PICTURE</title></svg>",
        f"assets/W{word}NAME/{name} paper.txt": f"W{word}PAPER",
    }


def course_files() -> dict[str, str]:
    files = {
        "syllabus.yaml": SYLLABUS,
        "readings.yaml": READINGS,
        "assets/handout.txt": "for all",
        "assets/unnamed.txt": "for all",
        "assets/shown.svg": "<svg/>",
        "assets/solutions.txt": "WLATERSOLUTIONS",
        "assets/never.txt": "WNEVERSOLUTIONS",
        "content/open.md": "# Open\n\n[a picture](assets/shown.svg), and what [comes](labs/later.md)\n",
    }
    book = "reading: book\nauthor: W{}AUTHOR\n{}"
    files |= write_page("content/drafted.md", "draft: yes", "NEVERPAGE")
    files |= write_page("content/labs/later.md", LATER, "LATERPAGE", "../")
    files |= write_page("content/notes/a.md", book.format("NEVERNOTE", "draft: yes"), "NEVERNOTE", "../")
    files |= write_page("content/notes/b.md", book.format("LATERNOTE", LATER), "LATERNOTE", "../")
    files |= write_page("content/notes/c.md", f"{LATER}\nmeeting: two", "LATERMEETING", "../")
    files |= write_page("content/announcements/2027-01-26-drafted.md", "draft: yes", "NEVERNEWS")
    files |= write_page("content/announcements/2027-01-27-later.md", LATER, "LATERNEWS")
    files |= write_page("content/announcements/2027-02-01-dated.md", "title: WDATEDNEWS", "DATEDNEWS")
    files |= write_page("content/announcements/2027-03-15-dated.md", "title: WNEVERDAY", "NEVERDAY")
    files |= write_page("content/readings.md", "draft: yes", "NEVERPART")
    files |= write_page("content/404.md", "draft: yes", "NEVERMISSING")
    return files


def words_of(site: Path) -> set[str]:
    """Return all marked words of a site: those in the bytes of its files, and those in their names."""
    tree = read_tree(site)
    everything = b"\n".join([*tree.values(), *(path.encode("utf-8") for path in tree)])
    return {word.decode("ascii") for word in re.findall(rb"W(?:LATER|NEVER|DATED)[A-Z]+", everything)}


def all_words(files: dict[str, str]) -> Iterator[str]:
    for name, text in files.items():
        yield from re.findall(r"W(?:LATER|NEVER|DATED)[A-Z]+", name + "\n" + text)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return write_course(tmp_path / "course", course_files())


def build(course: Path, today: str) -> set[str]:
    ran = run_cli("--source", course, "--today", today)
    assert ran.code == 0, ran.err
    return words_of(course / "_site")


def test_no_byte_of_it_is_published_before_its_moment(course: Path) -> None:
    assert build(course, "2027-01-31") == set()
    # On its day a notice that was dated by its name alone is out.
    assert {word[:10] for word in build(course, BEFORE)} == {"WDATEDNEWS"}
    tree = read_tree(course / "_site")
    assert {"assets/handout.txt", "assets/shown.svg", "assets/unnamed.txt"} <= tree.keys()
    assert not any(".cache" in path for path in tree)


def test_all_of_it_is_there_at_its_moment_and_gone_after_a_change_of_mind(course: Path) -> None:
    """The same words are found where they are published: so the test above would find them."""
    due = {word for word in all_words(course_files()) if not word.startswith("WNEVER")}
    assert build(course, AFTER) == due
    for path in (course / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"publish_on: .*|title: .*", "draft: yes", text), encoding="utf-8")
    syllabus = (course / "syllabus.yaml").read_text(encoding="utf-8")
    (course / "syllabus.yaml").write_text(
        syllabus.replace("publish_on: end", "publish_on: 2027-03-16"), encoding="utf-8"
    )
    assert build(course, AFTER) == set()


def test_drafts_are_never_due(course: Path) -> None:
    assert {word for word in build(course, "2028-01-01") if word.startswith("WNEVER")} == {
        *(word for word in all_words(course_files()) if word.startswith("WNEVERDAY")),
        "WNEVERADDRESS",
        "WNEVERSOLUTIONS",
    }


SHOWN_BY = {
    "a page": ("content/open.md", "# Open\n\n![A](assets/neverpage.svg)\n"),
    "a page as HTML": ("content/open.md", '# Open\n\n<img src="assets/neverpage.svg" alt="A">\n'),
    "a text": ("syllabus.yaml", SYLLABUS + "late_policy: 'See [it](assets/neverpage.svg).'\n"),
    "a material": ("syllabus.yaml", SYLLABUS.replace("handout.txt", "neverpage.svg")),
    "a person": ("syllabus.yaml", SYLLABUS + "staff: [{name: Ada, photo: neverpage.svg}]\n"),
    "a style sheet": ("assets/theme/style.css", "body { background: url(../neverpage.svg) }\n"),
    "a layout": (
        "layouts/page.html",
        POLICY + "<title>A</title><img src='{{ page.home }}/../assets/neverpage.svg' alt='A'>",
    ),
}


@pytest.mark.parametrize("name", SHOWN_BY)
def test_what_something_else_shows_is_published(name: str, course: Path) -> None:
    path, text = SHOWN_BY[name]
    write_course(course, {"syllabus.yaml": SYLLABUS, path: text})
    assert build(course, "2027-01-25") == {"WNEVERPAGEPICTURE"}
