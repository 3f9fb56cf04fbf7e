"""The documentation as the tests read it: headings, tables, fenced examples, and what the tool says to them.

An example names its file in the line that opens it: "```yaml syllabus.yaml", "```yaml readings.yaml",
"```markdown content/projects.md", "```csv presenters.csv", "```html layouts/page.html". Examples under one heading
are one course, until a file comes again. What a course must have and an example leaves out is filled in (`complete`).
A word after the file's name says what to expect:

- nothing: the course builds, without a warning but for class days that have no topic yet;
- `broken` or `warns`: the "```text" block below it is what the tool says, to the letter;
- `same`: it builds the same site as the example before it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest

from courseweek.cli import main
from tests.lms.exports import canvas

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2027-03-10"

Expected = Literal["broken", "warns", "same"]
WORDS: dict[str, Expected] = {"broken": "broken", "warns": "warns", "same": "same"}

COURSE = "course: Machine Learning Systems\n"
TERM = "  starts: 2027-01-25\n  ends: 2027-05-10\n  timezone: America/Los_Angeles\n"
MEETS = "  meets: {day: Monday, time: 13:00-16:00}\n"
SCHEDULE = """schedule:
  - {topic: Introduction, id: intro}
  - {topic: Big data systems, id: big-data}
  - {topic: Hardware for machine learning, id: hardware}
  - {topic: TBD, times: 13}
"""
FILES = {
    "assets/lectures/01.pdf": "%PDF-1.7\n",
    "assets/lectures/01.pptx": "PK\x03\x04",
    "assets/staff/ta.jpg": "a picture",
    "content/hw1.md": "What to do.\n",
    "content/profiling.md": "How to find out where the time goes.\n",
    "content/report.md": "What to write.\n",
}
EXPORTS = {
    "canvas.ics": canvas(
        ("HW1: A shell with pipes", "2027-02-04"),
        ("A scheduler", "2027-02-19 15:00"),
        ("Demand paging", "2027-03-05 15:00"),
        ("A thread pool", "2027-04-13"),
        ("Course survey", "2027-04-30"),
        code="CS350-SP27",
    )
}
"""Calendars of other systems that the documentation compares with a course; times are by the clock in Los Angeles."""

_LINE = re.compile(r"(?P<heading>#{1,6}) +(?P<title>.+)|(?P<fence>`{3,})(?P<info>.*)")
_FILE = re.compile(
    r"(?:yaml|markdown|csv|html) +"
    r"(?P<file>(?:syllabus|readings)\.yaml|content/\S+\.md|presenters\.csv|(?:layouts|assets)/\S+\.html)"
    r"(?: +(?P<word>\w+))?"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the line on which it opens (from 1), what stands behind the fence, and its text."""

    line: int
    heading: str
    info: str
    text: str


@dataclass(slots=True)
class Course:
    """A course of the documentation; `said` is the block that shows what the tool says to it, if one does."""

    document: Path
    line: int
    heading: str
    files: dict[str, str] = field(default_factory=dict)
    expected: Expected | None = None
    said: Block | None = None
    before: Course | None = None

    @property
    def name(self) -> str:
        """The name of its test."""
        return f"{self.document.relative_to(ROOT).as_posix()}:{self.line}"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its exit code, what it said, and the files of the site."""

    code: int
    said: str
    files: dict[str, bytes]


def documents() -> list[Path]:
    """Return the files of the documentation."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def blocks(document: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a document."""
    heading = ""
    fence, opened, info, lines = "", 0, "", list[str]()
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if fence:
            if line.rstrip() == fence:
                yield Block(opened, heading, info, "".join(f"{each}\n" for each in lines))
                fence = ""
            else:
                lines.append(line)
        elif match := _LINE.fullmatch(line):
            if match["heading"]:
                heading = match["title"].strip()
            else:
                fence, opened, info, lines = match["fence"], number, match["info"].strip(), []
        else:
            assert not line.lstrip().startswith("```"), f"{document}:{number}: a block stands at the margin"
    assert not fence, f"{document}:{opened}: this block is not closed"


def courses(document: Path) -> list[Course]:
    """Return the courses of a document's examples."""
    found: list[Course] = []
    latest: Course | None = None
    for block in blocks(document):
        match = _FILE.fullmatch(block.info)
        if match is None:
            if block.info == "text" and latest is not None and latest.expected in ("broken", "warns"):
                latest.said = latest.said or block
            latest = None
            continue
        file, word = match["file"], match["word"]
        assert word is None or word in WORDS, f"{document}:{block.line}: {word} is no such word"
        last = found[-1] if found and found[-1].heading == block.heading else None
        if last is None or file in last.files or last.said is not None:
            last = Course(document, block.line, block.heading, before=last)
            found.append(last)
        last.files[file] = block.text
        if word is not None:
            last.expected = WORDS[word]
        latest = last
    return found


def complete(files: dict[str, str]) -> dict[str, str]:
    """Return the files with what each course must have; it goes below, so that lines keep their numbers."""
    whole = {**FILES, **files}
    text = whole.get("syllabus.yaml", "")
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    term = re.compile(r"^term:\n(?:[ #].*\n|\n)*", re.MULTILINE)
    if "term" not in keys:
        text += f"term:\n{MEETS}"
    if (match := term.search(text)) and "  starts:" not in match[0]:
        text = f"{text[: match.end()]}{TERM}{text[match.end() :]}"
    if "course" not in keys:
        text += COURSE
    if "schedule" not in keys and "readings.yaml" in files:
        text += SCHEDULE
    whole["syllabus.yaml"] = text
    return whole


def build(files: dict[str, str], folder: Path) -> Built:
    """Write a course's files to a new folder and build it."""
    source, output = folder / "course", folder / "site"
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        code = main(["--today", TODAY, "--source", str(source), "--output", str(output)])
    made = {
        path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()
    }
    return Built(code, said.getvalue().strip() + "\n", made)


_FRAME_OR_SUMMARY = re.compile(r"^ *\d* *\|(?: .*)?\n|^\nNothing was published: .*\n", re.MULTILINE)


def printed(document: Path, said: str) -> str:
    """Return what a page shows of a report: docs/diagnostics.md leaves out the line shown, and the summary."""
    return _FRAME_OR_SUMMARY.sub("", said) if document.name == "diagnostics.md" else said


COMMANDS = ("build", "check", "serve", "new", "new-term", "archive", "pin", "compare", "suggest")


def help_text(*command: str) -> str:
    """Return the help text of the command line, or of one of its commands, at the width of a terminal."""
    reported = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        patch.setenv("NO_COLOR", "1")
        with redirect_stdout(reported), suppress(SystemExit):
            main([*command, "--help"])
    return reported.getvalue()


def help_of_block(block: Block) -> str | None:
    """Return what a block should hold that a help text stands in: "```text courseweek check --help"."""
    match = re.fullmatch(r"text courseweek(?: ([\w-]+))? --help", block.info)
    return None if match is None else help_text(*(match[1],) if match[1] else ())


def comparison_of_block(block: Block) -> str | None:
    """Return what a block should hold that a comparison is in: "```text courseweek compare canvas.ics".

    The course is the one in examples/undergraduate.
    """
    match = re.fullmatch(r"text courseweek compare (\S+\.ics)", block.info)
    if match is None:
        return None
    said = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(said):
        path = Path(folder, match[1])
        path.write_bytes(EXPORTS[match[1]])
        main(["compare", str(path), "--source", str(ROOT / "examples" / "undergraduate"), "--today", "2027-01-20"])
    return said.getvalue()


def tables(document: Path) -> dict[str, list[list[str]]]:
    """Return the rows of the tables of a document, as the texts of their cells, by the heading above them."""
    found: dict[str, list[list[str]]] = {}
    heading, fenced = "", False
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and (match := _LINE.fullmatch(line)) and match["heading"]:
            heading = match["title"].strip()
        elif not fenced and line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            found.setdefault(heading, []).append(cells)
    return {
        heading: [row for row in rows[1:] if not set("".join(row)) <= set("-: ")] for heading, rows in found.items()
    }
