"""The words of a page that a course can replace by its own."""

from __future__ import annotations

OWN_WORDS = {
    "week": "Week",
    "schedule": "Schedule",
    "readings": "Readings",
    "deadlines": "Deadlines",
    "staff": "Staff",
    "announcements": "Announcements",
    "presentations": "Presentations",
    "grading": "Grading",
    "office_hours": "Office hours",
    "required": "Required",
    "optional": "Optional",
    "notes": "Notes",
    "exam": "Exam",
}
"""The keys of `site.words` with the messages that they replace."""
