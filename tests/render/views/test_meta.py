"""What pages say of themselves: previews where they are shared, the icon, and the course for search engines."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.sites import SIX_LINES, read_tree, run_cli, write_course

SYLLABUS = """\
course:
  title: Knots & <ropes>
  code: MA 12
  institution: Harbor College
  description: About *bends*, </script> and <b>hitches</b>.
  language: en-US
  url: https://example.edu/knots
term:
  name: Spring
  starts: 2027-01-25
  ends: 2027-02-15
  timezone: America/Los_Angeles
  meets:
    - {days: [Mon, Wed], time: 13:00-14:15, place: Room 5, kind: Lecture, numbered: yes}
    - {day: Fri, place: "https://example.edu/call", kind: Lab}
schedule: {Lecture: [{topic: Bends & more, id: bends}, {topic: Late, id: late, date: TBD}]}
staff: [{name: Ada Ley, role: Instructor}, {name: Bo Bell, role: Assistant}]
site: {accent: "#a02020"}
"""


def build(folder: Path, files: dict[str, str | bytes]) -> dict[str, bytes]:
    course = write_course(folder / "course", files)
    ran = run_cli("--source", course, "--output", folder / "site", "--today", "2027-01-31")
    assert ran.code == 0, ran.err
    return read_tree(folder / "site")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("meta"), {"syllabus.yaml": SYLLABUS, "content/a b.md": "# A *b*\n\nText.\n"})


def preview(page: bytes) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', page.decode("utf-8"))
    return {name: unescape(content) for name, content in found if name != "viewport"}


COURSE = "About bends, </script> and <b>hitches</b>."
SAME = {"og:type": "website", "color-scheme": "light dark"}
PREVIEWS = {
    "index.html": ("Knots & <ropes>", COURSE, "https://example.edu/knots/"),
    "a b.html": ("A b – MA 12", COURSE, "https://example.edu/knots/a%20b.html"),
    "meetings/bends.html": (
        "Bends & more – MA 12",
        "Lecture 1 · Mon, Jan 25, 2027, 1:00–2:15 PM · Room 5",
        "https://example.edu/knots/meetings/bends.html",
    ),
    "meetings/late.html": ("Late – MA 12", "Lecture", "https://example.edu/knots/meetings/late.html"),
}


@pytest.mark.parametrize("path", PREVIEWS)
def test_a_shared_page_has_a_preview(site: dict[str, bytes], path: str) -> None:
    title, description, address = PREVIEWS[path]
    own = {"og:title": title, "description": description, "og:description": description, "og:url": address}
    assert preview(site[path]) == SAME | own


def test_a_course_without_an_address_gives_none(tmp_path: Path) -> None:
    assert "og:url" not in preview(build(tmp_path, {})["index.html"])


def data_of(page: bytes) -> list[Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.decode("utf-8"), re.DOTALL)
    assert not any("<" in block for block in blocks)
    return [json.loads(block) for block in blocks]


def test_the_home_page_alone_describes_the_course_for_search_engines(site: dict[str, bytes]) -> None:
    exported = json.loads(site["course.json"])
    assert [path for path, data in site.items() if b"ld+json" in data] == ["index.html"]
    assert data_of(site["index.html"]) == [
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "name": exported["course"]["title"],
            "courseCode": exported["course"]["code"],
            "description": COURSE,
            "url": exported["course"]["url"],
            "provider": {"@type": "CollegeOrUniversity", "name": exported["course"]["institution"]},
            "hasCourseInstance": {
                "@type": "CourseInstance",
                "name": exported["term"]["name"],
                "startDate": exported["term"]["starts"],
                "endDate": exported["term"]["ends"],
                "courseMode": "Blended",
                "instructor": [{"@type": "Person", "name": "Ada Ley"}],
            },
        }
    ]


def test_the_least_course_is_described_too(tmp_path: Path) -> None:
    described = data_of(build(tmp_path, {})["index.html"])[0]
    assert set(described) == {"@context", "@type", "name", "hasCourseInstance"}
    assert set(described["hasCourseInstance"]) == {"@type", "startDate", "endDate"}


def icon_of(page: bytes) -> str:
    found = re.search(r'<link rel="icon" href="([^"]*)">', page.decode("utf-8"))
    assert found is not None
    return unescape(found[1])


def test_the_icon_is_the_first_letter_on_the_accent(site: dict[str, bytes]) -> None:
    assert icon_of(site["meetings/bends.html"]) == "../assets/theme/icon.svg"
    ground, letter = ElementTree.fromstring(site["assets/theme/icon.svg"])
    assert (ground.get("fill"), letter.text) == ("#a02020", "M")


LETTERS = {"CS 294": "C", "《机器学习》": "机", "<b>": "b", "&": None, "!": None}


@pytest.mark.parametrize("title", LETTERS)
def test_any_title_has_an_icon(tmp_path: Path, title: str) -> None:
    syllabus = SIX_LINES.replace("A small course", json.dumps(title, ensure_ascii=False))
    picture = build(tmp_path, {"syllabus.yaml": syllabus})["assets/theme/icon.svg"]
    assert ElementTree.fromstring(picture)[1].text == LETTERS[title]


@pytest.mark.parametrize("name", ["favicon.svg", "favicon.png", "favicon.ico"])
def test_a_course_can_have_an_icon_of_its_own(tmp_path: Path, name: str) -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    made = build(tmp_path, {"syllabus.yaml": SYLLABUS, f"assets/root/{name}": picture})
    assert icon_of(made["index.html"]) == name
    assert icon_of(made["meetings/bends.html"]) == f"../{name}"
    assert icon_of(made["404.html"]) == f"/knots/{name}"
