"""Two states of one course, their sites, and what must hold of a folder in which one is becoming the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.crash.machine import Machine
from tests.sites import SIX_LINES, read_tree, write_course


@dataclass(frozen=True)
class State:
    """The files of a course, and the site that a build in a clean folder makes of them."""

    files: dict[str, str]
    site: dict[str, bytes]


def make_states(machine: Machine, folder: Path, pages: int) -> tuple[State, State]:
    """Return two states of a course with so many pages; of their sites nearly every file differs."""
    states = []
    for number, title in enumerate(("A small course", "Another course")):
        files = {f"content/part-{page % 7}/page-{page}.md": f"# Page {page}\n\nWords.\n" for page in range(pages)}
        files["syllabus.yaml"] = SIX_LINES.replace("A small course", title) + "site: {nav: [index]}\n"
        files["content/both.md"] = f"# Both\n\nIn {title}.\n"
        files["assets/large.txt"] = title * 1_500
        files[f"assets/only-{number}/file.txt"] = title
        # What is a file in one of them is a folder in the other.
        files["assets/turn" if number else "assets/turn/file.txt"] = title
        course = write_course(folder / f"clean-{number}", files)
        ended = machine.build(course)
        assert (ended.code, ended.err) == (0, "")
        states.append(State(files, read_tree(course / "_site")))
    one, other = states
    return one, other


def put(course: Path, state: State) -> None:
    """Let a course be in this state; what need not change is left alone."""
    is_there = {path: data for path, data in read_tree(course).items() if path.startswith(("content/", "assets/"))}
    for path in is_there.keys() - state.files.keys():
        (course / path).unlink()
        if not any((course / path).parent.iterdir()):
            (course / path).parent.rmdir()
    changed = {path: text for path, text in state.files.items() if is_there.get(path) != text.encode("utf-8")}
    write_course(course, changed)


def differ(folder: Path, site: dict[str, bytes]) -> list[str]:
    """Return the paths at which a folder and a site differ, which is all that is of interest."""
    found, expected = (
        {path: leave_out_stamps(path, data) for path, data in each.items()} for each in (read_tree(folder), site)
    )
    return sorted(path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path))


def leave_out_stamps(path: str, data: bytes) -> bytes:
    """Return a file of a site without since when each event is as it is, which depends on the site before."""
    if path.endswith(".ics"):
        return re.sub(rb"^(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\n", b"", data, flags=re.MULTILINE)
    if path.endswith("course.json"):
        return re.sub(rb'"sequence": \d+|"changed_at": "[^"]*"', b"", data)
    return data


def check_whole(folder: Path, one: State, other: State) -> None:
    """Each file of a site is whole, that of one state or of the other, and what both have is there."""
    site = {path: data for path, data in read_tree(folder).items() if ".courseweek" not in path}
    states = [{path: leave_out_stamps(path, data) for path, data in each.site.items()} for each in (one, other)]
    torn = [
        path for path, data in site.items() if leave_out_stamps(path, data) not in [state.get(path) for state in states]
    ]
    assert torn == []
    both = {path for path in one.site.keys() & other.site.keys() if ".courseweek" not in path}
    assert both <= site.keys()
