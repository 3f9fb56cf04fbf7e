"""`syllabus.md`: read back as GitHub reads it, with all that the course has, whatever was typed."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

from courseweek.outputs.markdown_text import MarkdownFitter, write_address, write_plain
from tests.conftest import BuildSite
from tests.sites import COURSES, ROOT, SIX_LINES, make_in_memory, write_course

ALL = {
    "whole": ROOT,
    **{path.parent.name: path.parent for path in sorted((ROOT / "examples").glob("*/syllabus.yaml"))},
    **{path.parent.name: path.parent for path in sorted(COURSES.glob("*/syllabus.yaml"))},
}
NOW = datetime(2027, 3, 1, 12)


class ReadBack(HTMLParser):
    """The headings of a document by level, its links, its list entries, and all its text."""

    def __init__(self, markdown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.level = 0
        self.html = github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES)
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.level = int(tag[1])
            self.headings.append((self.level, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == f"h{self.level}":
            self.level = 0

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.level:
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    def texts_of(self, level: int) -> list[str]:
        return [words for each, words in self.headings if each == level]


def words_of(text: str) -> str:
    return " ".join(text.split())


def make(folder: Path, files: Mapping[str, str], now: datetime = NOW) -> dict[str, bytes]:
    """Return the files of the site of a course of these files."""
    site = make_in_memory(write_course(folder, {name: dedent(text) for name, text in files.items()}), now)
    return {path: content for path, content in site.artifacts.items() if isinstance(content, bytes)}


def write_markdown(folder: Path, files: Mapping[str, str], now: datetime = NOW) -> str:
    return make(folder, files, now)["syllabus.md"].decode("utf-8")


@pytest.mark.parametrize("name", ALL)
def test_each_course_is_there_in_full(build_site: BuildSite, name: str) -> None:
    site = build_site(ALL[name])
    read = ReadBack((site / "syllabus.md").read_text(encoding="utf-8"))
    course: dict[str, Any] = json.loads((site / "course.json").read_text(encoding="utf-8"))
    assert read.texts_of(1) == [words_of(course["course"]["title"])]
    levels = [level for level, _ in read.headings]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    topics = read.texts_of(4)
    assert [
        each["topic"] for each in course["meetings"] if not any(words_of(each["topic"]) in it for it in topics)
    ] == []
    shown = words_of(read.text)
    used = [each for each in course["readings"] if each["meetings"]]
    assert [each["title"] for each in used if words_of(each["title"]) not in shown] == []
    addresses = [html.unescape(each["url"]) for each in used if each["url"] and "://" in each["url"]]
    links = {link.replace("%20", " ") for link in read.links}
    assert [each for each in addresses if each.replace("%20", " ") not in links] == []
    for person in course["staff"]:
        assert words_of(person["name"]) in shown


def test_all_parts_of_a_course_are_there_in_order(build_site: BuildSite) -> None:
    read = ReadBack((build_site(ROOT / "examples/undergraduate") / "syllabus.md").read_text(encoding="utf-8"))
    assert read.texts_of(2)[:6] == [
        "Staff",
        "Office hours",
        "Grading",
        "Assignments",
        "Deadlines and exams",
        "Schedule",
    ]
    for text in ("Midterm", "Hand in", "Required:", "Optional:", "Remzi H. Arpaci-Dusseau", "Late work"):
        assert text in read.text


SIGNS = r"*Stars* & _lines_ #1 | <b>bold</b> [x](y) \ `c` ~~d~~ $5 and $6 &amp; 2 < 3 > 1 <!-- x -->"


@pytest.mark.parametrize(
    "title",
    [
        SIGNS,
        "# No heading",
        "- no entry",
        "1. no number",
        "2) no number",
        "> no quotation",
        "+ x",
        "=== x",
        "C#",
        "a_b_c",
    ],
)
def test_no_title_changes_the_document(tmp_path: Path, title: str) -> None:
    files = {
        "syllabus.yaml": f"""\
            course: {{title: {json.dumps(title)}, code: {json.dumps(title)}}}
            term:
              starts: 2027-02-22
              ends: 2027-03-08
              timezone: America/New_York
              meets: [{{day: Monday, time: 9:00-10:00}}]
            staff: [{{name: {json.dumps(title)}, role: {json.dumps(title)}}}]
            schedule: [{{topic: {json.dumps(title)}, id: one}}]
            assignments: [{{title: {json.dumps(title)}, id: hw, due: 2027-03-01}}]
            grading: {{{json.dumps(title)}: 100%}}
            """,
        "readings.yaml": f"one: {{required: [{{title: {json.dumps(title)}, authors: [{json.dumps(title)}]}}]}}\n",
    }
    read = ReadBack(write_markdown(tmp_path, files))
    assert read.texts_of(1) == [title]
    assert read.texts_of(2) == ["Staff", "Grading", "Assignments", "Deadlines and exams", "Schedule"]
    assert read.texts_of(3)[0] == title
    assert read.texts_of(4)[0] == f"Mon 22 Feb: {title}"
    assert set(read.tags) <= {"h1", "h2", "h3", "h4", "p", "ul", "li", "strong", "a"}
    assert read.text.count(title) >= 7


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a_(b)", "<https://example.org/a_(b)>"),
        ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&copy=2"),
        ("https://example.org/?a&copy;", "https://example.org/?a&amp;copy;"),
        ("a b.pdf", "<a b.pdf>"),
        ("a\\b<c>", "a%5Cb%3Cc%3E"),
    ],
)
def test_an_address_is_written_so_that_it_is_read_back(address: str, written: str) -> None:
    assert write_address(address) == written
    plain = address.replace(" ", "%20").replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    assert ReadBack(f"[x]({written})").links == [plain]


def fit(text: str, below: int = 1) -> str:
    return MarkdownFitter(lambda address, path: address).fit_page(dedent(text), "index.html", below)


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("## A\n\n### B", "### A\n\n#### B"),
        ("# A\n\n## B", "### A\n\n#### B"),
        ("A\n=\n\nB\nC\n---\n\nD", "### A\n\n#### B C\n\nD"),
        ("A\n\n---\n\nB", "A\n\n---\n\nB"),
        ("- a\n---\nb", "- a\n---\nb"),
        ("```\n# A\n```\n---\n## B", "```\n# A\n```\n---\n### B"),
        ("    # A\n\n##### B\n\n###### C", "    # A\n\n###### B\n\n###### C"),
        ("> ## A", "> ### A"),
        ("<h2>A</h2>", "<h3>A</h3>"),
        ("a\n\n```\nb", "a\n\n```\nb\n```"),
        ("````\n```\nb", "````\n```\nb\n````"),
        ("<details>\n\na", "<details>\n\na\n\n</details>"),
        ("a <!-- b\n\nc --> d", "a  d"),
        ("<!-- `a` -->b\n\n`<!-- c -->`", "b\n\n`<!-- c -->`"),
        ("a <!-- b\n\nc", "a \\<!-- b\n\nc"),
        ("a\n\n<!-- b\n\nc", "a"),
        ("[TOC]\n\n## A", "### A"),
        ("a\r\n\r\n## B\r\n", "a\n\n### B"),
    ],
)
def test_a_text_is_fitted_in_as_it_was_written(text: str, fitted: str) -> None:
    assert fit(text) == fitted


def test_the_home_page_keeps_its_levels() -> None:
    assert fit("## A\n\n### B", 0) == "## A\n\n### B"
    assert fit("# A\n\n## B", 0) == "## A\n\n### B"


def test_footnotes_and_names_of_addresses_stay_apart() -> None:
    fitter = MarkdownFitter(lambda address, path: address)
    first = fitter.fit_page("A[^1] [b] [c][b] [b][].\n\n[^1]: One.\n\n[b]: https://example.org/1\n", "a.html", 1)
    second = fitter.fit_page(
        "D[^1] [B] [c][b] [b][] [e](f).\n\n[^1]: Two.\n\n[b]: https://example.org/2\n", "d.html", 1
    )
    read = ReadBack(f"{first}\n\n{second}")
    assert first.startswith("A[^1] [b] [c][b]")
    assert [link for link in read.links if link.startswith("https:")] == [
        *["https://example.org/1"] * 3,
        *["https://example.org/2"] * 3,
    ]
    assert read.text.index("One.") < read.text.index("Two.")


COURSE = """\
    course: {title: Knots, url: "https://example.edu/knots", description: "See [us](rules.md#late), #1."}
    term:
      starts: 2027-02-22
      ends: 2027-03-08
      timezone: America/New_York
      meets: [{day: Monday, time: 9:00-10:00}]
    schedule: [{topic: One, id: one, description: "<b>Not bold</b>, <https://example.org/>."}]
    site: {syllabus: [rules.md, labs/first, rules]}
    """
PAGES = {
    "content/index.md": """\
        # Knots

        ## How

        Look at [rules](rules.md), [here](#how), [one](#one), ![p](assets/p.png).

        [[schedule]]
        """,
    "content/rules.md": "# The *rules*\n\n## Late\n\nNot.[^1] [First](labs/first.md)\n\n[^1]: Or so.\n",
    "content/labs/first.md": """\
        ---
        title: Lab
        ---
        Back [home](../index.md#one) and to [rules](../rules.html). [^1]

        [^1]: Too.
        """,
    "assets/p.png": "x",
}


def test_the_pages_that_the_course_names_follow_with_their_links(tmp_path: Path) -> None:
    text = write_markdown(tmp_path, {"syllabus.yaml": COURSE, **PAGES})
    read = ReadBack(text)
    assert read.texts_of(2) == ["How", "Schedule", "The rules", "Lab"]
    assert read.texts_of(3)[0] == "Week 1"
    assert read.texts_of(3)[-1] == "Late"
    base = "https://example.edu/knots/"
    assert [link for link in read.links if not link.startswith("#fn")] == [
        f"{base}rules.html#late",
        f"{base}rules.html",
        "#how",
        f"{base}index.html#one",
        "https://example.org/",
        f"{base}labs/first.html",
        f"{base}index.html#one",
        f"{base}rules.html",
    ]
    assert f"![p]({base}assets/p.png)" in text
    assert r"\<b>Not bold\</b>" in text
    assert "[[schedule]]" not in text


def test_links_are_relative_without_an_address(tmp_path: Path) -> None:
    text = write_markdown(
        tmp_path, {"syllabus.yaml": COURSE.replace(', url: "https://example.edu/knots"', ""), **PAGES}
    )
    assert "[rules](rules.html), [here](#how), [one](index.html#one), ![p](assets/p.png)" in text
    assert "[home](index.html#one) and to [rules](rules.html)" in text


def test_what_is_withheld_is_in_neither(tmp_path: Path) -> None:
    files = {"syllabus.yaml": COURSE, **PAGES}
    files["content/rules.md"] = "---\npublish_on: 2027-03-02\n---\n" + PAGES["content/rules.md"]
    files["content/labs/first.md"] = "---\ntitle: Lab\ndraft: yes\n---\nSECRET\n"
    files["content/index.md"] = "Hello <!-- HIDDEN -->\n"
    before, after = make(tmp_path, files), make(tmp_path, files, datetime(2027, 3, 3))
    for path in ("syllabus.md", "syllabus.html"):
        assert b"Or so." not in before[path]
        assert b"Or so." in after[path]
        assert not {b"SECRET", b"HIDDEN"} & {word for word in (b"SECRET", b"HIDDEN") if word in after[path]}


@pytest.mark.parametrize(
    ("own", "made", "missing"),
    [
        ([], ["syllabus.html", "syllabus.md"], ["course.html", "course.md"]),
        (["syllabus"], ["syllabus.html", "course.html", "course.md"], ["syllabus.md"]),
        (["Syllabus"], ["Syllabus.html", "course.html", "course.md"], ["syllabus.html", "syllabus.md"]),
        (["syllabus", "course"], ["syllabus.html", "course.html"], ["syllabus.md", "course.md"]),
    ],
)
def test_a_page_of_the_course_keeps_its_name(
    tmp_path: Path, own: list[str], made: list[str], missing: list[str]
) -> None:
    files = make(tmp_path, {f"content/{name}.md": "OWN\n" for name in own})
    assert {*made} <= files.keys()
    assert not {*missing} & files.keys()
    assert [name for name in own if b"OWN" not in files[f"{name}.html"]] == []
    led = [
        each for each in ("syllabus", "course") if f'href="{each}.html">Syllabus</a> ·'.encode() in files["index.html"]
    ]
    assert led == ([] if len(own) > 1 else ["course"] if own else ["syllabus"])


def test_a_draft_keeps_its_name_too(tmp_path: Path) -> None:
    files = make(tmp_path, {"content/syllabus.md": "---\ndraft: yes\n---\nOWN\n"})
    assert "syllabus.html" not in files
    assert "course.html" in files


def test_plain_text_is_written_on_one_line() -> None:
    assert write_plain("a\nb  c") == "a b c"


def test_the_smallest_course_has_little_to_say(tmp_path: Path) -> None:
    assert write_markdown(tmp_path, {"syllabus.yaml": SIX_LINES}).startswith("# ")
