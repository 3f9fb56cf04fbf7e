"""The pages of meetings beside other pages: what collides, what can't be stored, what leads to one that is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import SIX_LINES, read_tree, run_cli, write_course

ONE = SIX_LINES + "schedule: [{topic: One, id: one}]\n"
LONG = "\U00010401" * 62
TAKEN = "error[same-path]: this page becomes meetings/one.html, which is already the page of a meeting"

COLLISIONS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a page of the same path": (
        {"syllabus.yaml": ONE, "content/meetings/one.md": "Text.\n"},
        [f"content/meetings/one.md:1:1: {TAKEN}"],
    ),
    "a page that differs in case": (
        {"syllabus.yaml": ONE, "content/Meetings/One.md": "Text.\n"},
        [
            "content/Meetings/One.md:1:1: error[same-path]: this page becomes Meetings/One.html, which differs from "
            "meetings/one.html only in case"
        ],
    ),
    "a page beside them": ({"syllabus.yaml": ONE, "content/meetings/two.md": "Text.\n"}, []),
    "a page without meeting pages": (
        {"syllabus.yaml": ONE + "site: {meeting_pages: no}\n", "content/meetings/one.md": "Text.\n"},
        [],
    ),
    "a page called meetings": ({"syllabus.yaml": ONE, "content/meetings.md": "Text.\n"}, []),
    "a file for the top of the site": (
        {"syllabus.yaml": ONE, "assets/root/meetings/one.html": b"x"},
        [
            "assets/root/meetings/one.html:1:1: error[same-path]: this file becomes meetings/one.html, but the site "
            "already has meetings/one.html"
        ],
    ),
    "a file in the place of the folder": (
        {"syllabus.yaml": ONE, "assets/root/meetings": b"x"},
        [
            "assets/root/meetings:1:1: error[same-path]: this file becomes meetings, but the site already has "
            "meetings/one.html"
        ],
    ),
    "two ids that differ in case": (
        {"syllabus.yaml": SIX_LINES + "schedule: [{topic: One, id: Ab}, ab]\n"},
        [
            "syllabus.yaml:7:34: error[same-path]: the page of this meeting becomes meetings/ab.html, which differs "
            "from meetings/Ab.html only in case"
        ],
    ),
    "two such ids without meeting pages": (
        {"syllabus.yaml": SIX_LINES + "schedule: [{topic: One, id: Ab}, ab]\nsite: {meeting_pages: no}\n"},
        [],
    ),
    "an id that is too long for a file": (
        {"syllabus.yaml": SIX_LINES + f"schedule: [{{topic: One, id: {LONG}}}]\n"},
        [
            "syllabus.yaml:7:29: error[too-long]: the page of this meeting would be a file with a name of more than "
            "250 bytes"
        ],
    ),
    "an id that Windows can't store": (
        {"syllabus.yaml": SIX_LINES + "schedule: [{topic: One, id: con}, Aux]\n"},
        [
            "syllabus.yaml:7:29: warning[bad-name]: Windows can't store a file called `con.html`",
            "syllabus.yaml:7:35: warning[bad-name]: Windows can't store a file called `aux.html`",
        ],
    ),
}


def heads(err: str) -> list[str]:
    return [line for line in err.splitlines() if ": error[" in line or ("[bad-name]" in line)]


@pytest.mark.parametrize("name", COLLISIONS)
def test_what_collides_is_reported(tmp_path: Path, name: str) -> None:
    files, reported = COLLISIONS[name]
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-31")
    assert heads(ran.err) == reported
    assert ran.code == any(": error[" in each for each in reported)


LINKS = {
    "[x](meetings/one.html)": [],
    "[x](meetings/one.md)": [],
    "[x](index.html#one)": [],
    "[x](meetings/won.html)": [
        "content/page.md:1:1: error[dead-link]: `meetings/won.html` leads nowhere: this site has no such page or file"
    ],
}


@pytest.mark.parametrize("link", LINKS)
def test_texts_link_to_the_pages_of_meetings(tmp_path: Path, link: str) -> None:
    files: dict[str, str | bytes] = {"syllabus.yaml": ONE, "content/page.md": f"{link}\n"}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-31")
    assert [head.replace(":1:5:", ":1:1:") for head in heads(ran.err)] == LINKS[link]


def test_a_link_to_a_meeting_that_could_not_be_read_is_no_second_error(tmp_path: Path) -> None:
    syllabus = SIX_LINES + "schedule: [{topic: One, id: one}, {topic: Two, id: two, time: noonish}]\n"
    files: dict[str, str | bytes] = {"syllabus.yaml": syllabus, "content/page.md": "[x](meetings/two.html)\n"}
    ran = run_cli("--source", write_course(tmp_path, files), "--today", "2027-01-31")
    assert len(heads(ran.err)) == 1
    assert "noonish" in ran.err


def test_the_navigation_can_name_one_and_never_lists_all(tmp_path: Path) -> None:
    course = write_course(tmp_path, {"syllabus.yaml": ONE + "site: {nav: [schedule, meetings/one, zebra]}\n"})
    ran = run_cli("--source", course, "--today", "2027-01-31")
    assert "help: the pages are `schedule`, `syllabus`, `calendar`\n" in ran.err
    write_course(tmp_path, {"syllabus.yaml": ONE + "site: {nav: [schedule, meetings/one]}\n"})
    assert run_cli("--source", course, "--today", "2027-01-31").code == 0
    assert b'<a href="meetings/one.html">One</a></li>' in read_tree(course / "_site")["index.html"]
