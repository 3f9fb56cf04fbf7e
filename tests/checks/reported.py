"""What checking a small course tells, as lines that a table can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from courseweek.diagnostics import Diagnostic, Diagnostics
from courseweek.files.project import Project
from courseweek.pipeline import make_site
from tests.sites import write_course

NOW = datetime(2027, 3, 10)

SYLLABUS = """\
course: Knots
term:
  starts: 2027-01-25
  ends: 2027-05-07
  timezone: America/Los_Angeles
  meets: {day: Monday, time: 13:00-16:00}
schedule:
  - {topic: Introduction, id: intro, page: intro}
  - {topic: Bends and hitches, id: bends, days: 2}
  - {topic: TBD, times: 12}
assignments:
  - {title: Homework 1, id: hw1, due: 2027-02-12, page: hw1}
  - {title: Homework 2, id: hw2, due: 85 hours before tbd-3}
  - {title: Paper review, id: review, each: meeting, due: start}
  - title: Course project
    id: project
    milestones:
      - {title: Project proposal, id: proposal, due: 2027-03-05}
      - {title: Final report, id: report, due: 2027-05-05}
grading:
  Homework: 2 x 10%
  Paper reviews: 30%
  Participation: 10%
  Project: {weight: 40%, parts: {Proposal: 25%, Report: 75%}}
"""


def report(folder: Path, files: Mapping[str, str], syllabus: str = SYLLABUS) -> list[Diagnostic]:
    """Return the diagnostics of the course with these files, by file and place."""
    course = write_course(folder, {"syllabus.yaml": syllabus, "content/intro.md": "", "content/hw1.md": "", **files})
    found = Diagnostics()
    make_site(Project(course, course / "_site"), NOW, found)
    return sorted(found, key=Diagnostic.sort_key)


def show(each: Diagnostic) -> str:
    """Return a diagnostic as `FILE:LINE:COLUMN [the words it points at] SEVERITY[NAME]: MESSAGE`."""
    place = f"{each.span.file}:{each.span.line}:{each.span.column}"
    return f"{place} [{each.span.text}] {each.severity}[{each.name}]: {each.message}"


def report_page(folder: Path, text: str, name: str = "content/page.md") -> list[str]:
    """Return what is told about a page of this text in the course above, each without its file."""
    return [show(each).removeprefix(f"{name}:") for each in report(folder, {name: text})]
