"""Texts that several builders are given alike: the course as JSON, front matter, the style sheet."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.course import Course, Note, Reading

_STYLE = Path(__file__).resolve().parents[2] / "assets" / "theme" / "style.css"
DESCRIPTION = "How to build systems that hold when everything grows."


def read_style() -> str:
    """Return the style sheet of Courseweek: all sites publish the same one."""
    return _STYLE.read_text(encoding="utf-8")


def quote(text: str) -> str:
    """Return the text as it is written in JSON, which is YAML as well."""
    return json.dumps(text, ensure_ascii=False)


def make_front_matter(**values: str) -> str:
    """Return YAML front matter, with its lines of dashes."""
    return "---\n" + "".join(f"{key}: {quote(value)}\n" for key, value in values.items()) + "---\n\n"


def make_note(note: Note, **values: str) -> str:
    """Return a note with front matter that names its reading by id, and holds the values."""
    return make_front_matter(title=note.title, author=note.author, reading=note.reading, **values) + note.text


def make_meetings(course: Course) -> str:
    """Return the meetings as JSON, each with the ids of its readings."""
    meetings = [
        {
            "week": number,
            "id": meeting.id,
            "date": f"{meeting.held_on:%a %d %b}",
            "topic": meeting.topic,
            "description": meeting.description,
            "readings": [reading.id for reading in meeting.readings],
        }
        for number, meeting in enumerate(course.meetings, 1)
    ]
    return json.dumps(meetings, indent=1)


def make_readings(course: Course) -> str:
    """Return the readings as JSON, by id, each with the id of its meeting."""
    readings = {
        reading.id: _make_reading(reading) | {"meeting": meeting.id}
        for meeting in course.meetings
        for reading in meeting.readings
    }
    return json.dumps(readings, indent=1)


def _make_reading(reading: Reading) -> dict[str, str | bool]:
    return {
        "title": reading.title,
        "url": reading.url,
        "authors": reading.authors,
        "venue": reading.venue,
        "optional": reading.optional,
    }
