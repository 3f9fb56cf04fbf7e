"""The words of a page that a course can replace by its own."""

from __future__ import annotations

import re

OWN_WORDS = {
    "week": ("Week",),
    "schedule": ("Schedule",),
    "readings": ("Readings",),
    "deadlines": ("Deadlines", "Due"),
    "staff": ("Staff",),
    "announcements": ("Announcements", "News"),
    "presentations": ("Presentations",),
    "grading": ("Grading",),
    "office_hours": ("Office hours", "Hours"),
    "required": ("Required",),
    "optional": ("Optional",),
    "notes": ("Notes",),
    "exam": ("Exam",),
}
"""The keys of `site.words` with the messages that they replace; some of them in a longer form, and in a shorter one."""
NUMBERED = ("Week {number}", "Week {number} of {last}", "week {number}")
"""The messages in which `week` is replaced too."""


def put_word(own: str, word: str, message: str) -> str:
    """Return a message with a course's own word in place of the page's; within a sentence it begins as that does."""

    def put(match: re.Match[str]) -> str:
        return own if match[0][0].isupper() or own.isupper() else f"{own[0].lower()}{own[1:]}"

    return re.sub(re.escape(word), put, message, count=1, flags=re.IGNORECASE)
