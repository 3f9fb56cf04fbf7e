"""The files of a site with what is read, for reference managers: one of each format for the course and each meeting."""

from __future__ import annotations

from courseweek.model.course import Course
from courseweek.model.meeting import AnyMeeting, Schedule
from courseweek.plan.plan import MEETINGS

FORMATS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
"""The formats by the ends of their files' names."""
WHOLE = "readings"
"""The name of the files with all readings, without its end."""


def list_citation_files(course: Course, schedule: Schedule) -> dict[str, AnyMeeting | None]:
    """Return the names of the files without their ends, each with its meeting; that of the whole course has None.

    A meeting without readings has none, nor has one without a page.
    """
    rows = [row for row in schedule.all_meetings if row.required or row.optional]
    files: dict[str, AnyMeeting | None] = {WHOLE: None} if rows else {}
    if course.syllabus.site.meeting_pages:
        files |= {name_citation_file(row.id): row for row in rows if row.written is not None}
    return files


def name_citation_file(meeting: str) -> str:
    """Return the name of the files of a meeting, without its end."""
    return f"{MEETINGS}/{meeting}"
