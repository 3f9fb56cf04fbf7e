"""What a new course is made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.term import TimeRange

Template = Literal["berkeley", "seminar", "undergraduate", "smallest"]
"""What a new course starts from."""
TEMPLATES: Mapping[Template, str] = {
    "smallest": "one topic, one reading, one assignment",
    "seminar": "reading responses, discussion leaders and a final paper",
    "berkeley": "papers read as a program committee does: presenters with roles, summaries, a project",
    "undergraduate": "lectures and a weekly lab, homework, exams, staff and a late policy",
}
"""The templates, the simplest first, each with what it is."""


@dataclass(frozen=True, slots=True)
class CourseDetails:
    """The details of a new course: `days` are days of the week (0 is Monday), `timezone` is an IANA name.

    `repository` is the web address of the course's repository (https), `branch` its default branch, and `subfolder`
    the course's folder in it, "" at its top.
    """

    title: str
    starts: date
    ends: date
    days: tuple[int, ...]
    time: TimeRange
    timezone: str
    term_name: str | None = None
    place: str | None = None
    institution: str | None = None
    language: str = "en"
    repository: str | None = None
    branch: str = "main"
    subfolder: str = ""
    template: Template = "smallest"
