"""Courses of a few lines: written into a folder, read and dated, and shown as lines that a table can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from courseweek.diagnostics import Diagnostics
from courseweek.files.project import Project
from courseweek.model.course import Course
from courseweek.model.meeting import Meeting, Schedule
from courseweek.read.course import read_course
from courseweek.schedule.schedule import schedule_course


@dataclass(frozen=True)
class Mini:
    """What became of a small course. `found` holds the diagnostics' names and messages, one text each."""

    course: Course | None
    schedule: Schedule | None
    diagnostics: Diagnostics

    @property
    def found(self) -> list[str]:
        return [f"{each.severity}[{each.name}]: {each.message}" for each in self.diagnostics]

    @property
    def dated(self) -> Schedule:
        assert self.schedule is not None, self.found
        return self.schedule

    def row(self, id: str) -> Meeting:
        return next(row for row in self.dated.meetings if row.id == id)

    def rows(self) -> list[str]:
        """Return each row as `WEEK DAY DATE TOPIC`; a break's topic is in brackets."""
        return [show(row) for row in self.dated.meetings]


def show(row: Meeting) -> str:
    week = "-" if row.week is None else str(row.week)
    topic = row.topic if row.pause is None else f"[{row.topic}]"
    until = f"..{row.last_on:%d}" if row.last_on != row.on else ""
    return f"{week} {row.on:%a %Y-%m-%d}{until} {topic}"


def read_mini(folder: Path, syllabus: str, readings: str | None = None, files: Mapping[str, str] | None = None) -> Mini:
    """Write the files (their texts may be indented) and read them, without dating the course."""
    texts = {"syllabus.yaml": syllabus, **(files or {})}
    if readings is not None:
        texts["readings.yaml"] = readings
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dedent(text).lstrip("\n").encode("utf-8"))
    found = Diagnostics()
    course = read_course(Project(folder, folder / "_site"), found)
    return Mini(course, None, found)


def date_mini(folder: Path, syllabus: str, readings: str | None = None, files: Mapping[str, str] | None = None) -> Mini:
    """Do the same, and date the course if that can be done."""
    mini = read_mini(folder, syllabus, readings, files)
    if mini.course is None:
        return mini
    return Mini(mini.course, schedule_course(mini.course, mini.diagnostics), mini.diagnostics)


def term(lines: str, schedule: str = "", zone: str = "America/Los_Angeles") -> str:
    """Return a syllabus with these lines of its term and these of its schedule."""
    topics = f"schedule:\n{_indent(schedule, 2)}" if schedule else ""
    return f"course: Knots\nterm:\n  timezone: {zone}\n{_indent(lines, 2)}\n{topics}\n"


def _indent(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line.strip() else "" for line in dedent(text).strip("\n").split("\n"))


def lines(text: str) -> list[str]:
    """Return the lines of an indented text, without those that are empty."""
    return [line for line in dedent(text).split("\n") if line.strip()]
