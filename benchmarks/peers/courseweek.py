"""Courseweek itself: where it is installed, or else from this checkout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from benchmarks.course import FIRST_DAY, TITLE, TODAY, Course, Note, Reading
from benchmarks.peers.peer import Change, Command, Peer, find_in, read_version
from benchmarks.peers.texts import DESCRIPTION, make_note, quote
from courseweek import __version__

ROOT = Path(__file__).resolve().parents[2]
# build.py is told that the course is in the current folder.
_COURSE = ("--source", ".", "--today", TODAY.isoformat())


class Courseweek(Peer):
    name = "Courseweek"
    how_to_get = "pip install ."
    settings = (
        "as it comes: what it remembers is in `.cache/`, and its own layouts stay compiled for the person who builds."
        " It does more than the others: formulas become MathML, HTML in notes is made safe, links and prose are"
        " checked, each page is read back, and course.json is written"
    )
    output = "_site"
    memory = (".cache",)

    @classmethod
    def find(cls, folders: Sequence[Path]) -> Peer | None:
        program = find_in(folders, "courseweek")
        if program is None:
            return cls(ROOT / "build.py", f"{__version__} (not installed)")
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        return cls(program, read_version(asked.stdout))

    @classmethod
    def frame(cls) -> Mapping[str, str]:
        return {"content/index.md": f"{DESCRIPTION}\n"}

    @classmethod
    def course_files(cls, course: Course) -> Mapping[str, str]:
        last = course.meetings[-1].held_on
        topics = "".join(
            f"  - topic: {quote(each.topic)}\n    id: {each.id}\n    description: {quote(each.description)}\n"
            for each in course.meetings
        )
        syllabus = (
            f"course: {TITLE}\nterm:\n  starts: {FIRST_DAY}\n  ends: {last}\n  timezone: America/Los_Angeles\n"
            f"  meets: {{day: {FIRST_DAY:%A}, time: 13:00-16:00}}\nschedule:\n{topics}"
            "site: {meeting_pages: no}\n"  # the others have none
        )
        lists = [
            f"{each.id}:\n"
            + _write_list("required", [reading for reading in each.readings if not reading.optional])
            + _write_list("optional", [reading for reading in each.readings if reading.optional])
            for each in course.meetings
            if each.readings
        ]
        return {"syllabus.yaml": syllabus, "readings.yaml": "".join(lists)}

    @classmethod
    def note_file(cls, course: Course, note: Note) -> tuple[str, str]:
        return f"content/notes/{note.name}.md", make_note(note)

    def build(self, change: Change) -> Command:
        return Command([*self._words(), "build", *_COURSE])

    def serve(self, port: int) -> Command | None:
        if not self._serves:
            return None
        return Command([*self._words(), "serve", "--port", str(port), *_COURSE])

    def _words(self) -> list[str]:
        return [sys.executable, str(self.program)] if self.program.suffix == ".py" else [str(self.program)]

    @cached_property
    def _serves(self) -> bool:
        asked = subprocess.run([*self._words(), "serve", "--help"], cwd=ROOT, capture_output=True, check=False)
        return asked.returncode == 0


def _write_list(name: str, readings: Sequence[Reading]) -> str:
    items = "".join(
        f"    - title: {quote(each.title)}\n      id: {each.id}\n      url: {each.url}\n"
        f"      authors: [{each.authors}]\n      venue: {each.venue}\n"
        for each in readings
    )
    return f"  {name}:\n{items}" if items else ""
