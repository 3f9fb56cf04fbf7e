"""What a new course is made from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from courseweek.frozen import dataclass
from courseweek.model.term import TimeRange

Template = Literal["berkeley", "seminar", "undergraduate", "smallest"]
"""What a new course starts from."""


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
