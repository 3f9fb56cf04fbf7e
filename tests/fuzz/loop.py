"""Coverage-guided fuzzing of the reader, in a hundred lines: no library brings it to every machine and version.

    python -m tests.fuzz.loop SECONDS [SEED]

keeps each changed course that makes the reader take a step from one line to another which no course before it took,
and goes on changing those. A course is three texts: the syllabus, the readings and a page.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.read.course import read_course
from courseweek.report.text import report_text
from courseweek.schedule.schedule import schedule_course

ROOT = Path(__file__).resolve().parents[2]
FILES = ("syllabus.yaml", "readings.yaml", "content/page.md")
WATCHED = str(ROOT / "courseweek" / "read")
STEPS = 400
"""Steps of the reader for each character of a course, and for the thousand that it has anyway: more are too many."""
TOKENS = (
    ": ", ":", " #", "- ", "-", "\n", "\n  ", '"', "'", "[", "]", "{", "}", ",", "|", ">", "@", "*", "&", "!", "%", "`",
    "?", "\t", "\r", "\u00a0", "\u2028",
    "---\n", "...\n", "<<: ", "~", "\\", '"\\ud800"', "é", "😀", "“", "\x00", "\ufeff",
    "2027-02-15", "2/15/27", "Feb 30", "9999-12-31", "0001-01-01", "24:00", "13:00-14:00", "week 3", "end of week 99",
    "odd", "2-14", "999 days after hw1", "TBD", "yes", "no", "javascript:alert(1)", "https://[", "../x", "\u202e",
    "1" * 30,
    "\u0301", "[a](b)", "```", "$x$", "[[schedule]]", "{reuse: a}", "each: meeting", "same_day: yes", "days: 60",
)  # fmt: skip
Course = tuple[str, str, str]


@dataclass
class Watch:
    """Which steps from line to line were ever taken, and how many were in this run."""

    seen: set[tuple[CodeType, int, int]] = field(default_factory=set)
    new: int = 0
    steps: int = 0
    before: dict[CodeType, int] = field(default_factory=dict)

    def line(self, code: CodeType, number: int) -> None:
        self.steps += 1
        edge = (code, self.before.get(code, 0), number)
        self.before[code] = number
        if edge not in self.seen:
            self.seen.add(edge)
            self.new += 1

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            self.line(frame.f_code, frame.f_lineno)
        return self.trace


def check(folder: Path, course: Course, watch: Watch) -> None:
    """Read and date a course; whatever is wrong with it must be told at a place inside its files."""
    for name, text in zip(FILES, course, strict=True):
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    watch.new = watch.steps = 0
    watch.before.clear()
    found = Diagnostics()
    sys.settrace(watch.trace)
    try:
        read = read_course(Project(folder, folder / "_site"), found)
    finally:
        sys.settrace(None)
    if read is not None:
        schedule_course(read, found)
    for each in found:
        for span in (each.span, *(edit.span for edit in each.fix), *((each.other[0],) if each.other else ())):
            assert 0 <= span.start <= span.end <= len(span.source.text) + 1, each
        assert each.message, each
    assert "\x1b" not in report_text(found)
    assert watch.steps <= STEPS * (sum(map(len, course)) + 1000), watch.steps


def seeds() -> Iterator[Course]:
    """Yield the courses of the tests and the examples, broken ones too."""
    for path in sorted([*ROOT.glob("tests/*/*/syllabus.yaml"), *ROOT.glob("examples/*/syllabus.yaml")]):
        pages = [*sorted((path.parent / "content").glob("**/*.md")), None]
        files = [path, path.parent / "readings.yaml", pages[0]]
        read = [
            file.read_bytes().decode("utf-8", "replace")[:4000] if file and file.is_file() else "" for file in files
        ]
        yield read[0], read[1], read[2]


def change(text: str, other: str, choose: random.Random) -> str:
    """Return the text with one change as people and programs make them, now and then with a piece of another one."""
    lines = text.split("\n")
    at, to = choose.randrange(len(lines)), choose.randrange(len(lines))
    spot = choose.randrange(len(text) + 1)
    pieces = other.split("\n")
    match choose.randrange(9):
        case 0:
            return text[:spot] + choose.choice(TOKENS) + text[spot + choose.choice((0, 0, 1, 3, 9)) :]
        case 1:
            lines[at] = " " * choose.randrange(9) + lines[at].lstrip()
        case 2:
            lines[at] = re.sub(r"(:\s+|-\s+).*", lambda lead: lead[1] + choose.choice(TOKENS), lines[at], count=1)
        case 3:
            lines.insert(to, lines[at])
        case 4:
            del lines[at : at + choose.choice((1, 1, 2, 5))]
        case 5:
            lines[at], lines[to] = lines[to], lines[at]
        case 6:
            start = choose.randrange(len(pieces))
            lines[at:at] = pieces[start : start + choose.choice((1, 2, 6))]
        case 7:
            return text[:spot]
        case _:
            return text[:spot] + text[max(0, spot - choose.choice((1, 4, 40))) :]
    return "\n".join(lines)


def fuzz(seconds: float, seed: int) -> tuple[int, int]:
    """Change courses for so many seconds; return how many were read and how many steps are known."""
    choose, watch, count = random.Random(seed), Watch(), 0
    corpus = list(seeds())
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "content").mkdir()
        for course in corpus:
            check(folder, course, watch)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            course = choose.choice(corpus[-50:] if choose.random() < 0.5 else corpus)
            for _ in range(choose.choice((1, 1, 2, 4))):
                which, donor = choose.choice((0, 0, 1, 1, 2)), choose.choice(corpus)
                texts = list(course)
                texts[which] = change(texts[which], choose.choice(donor), choose)[:20_000]
                course = (texts[0], texts[1], texts[2])
            try:
                check(folder, course, watch)
            except BaseException:
                print(repr(course), file=sys.stderr)
                raise
            count += 1
            if watch.new:
                corpus.append(course)
    return count, len(watch.seen)


if __name__ == "__main__":
    print(*fuzz(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
