"""`course.json`: the dated course for other programs. Its shape is versioned and described in docs/course-json.md."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from courseweek.model.course import Course
from courseweek.model.meeting import Meeting, Schedule
from courseweek.model.people import Guest, Staff
from courseweek.model.reading import Group, Reading

VERSION = 1


def make_course_json(course: Course, schedule: Schedule) -> bytes:
    """Return `course.json` as UTF-8: rows in order of time, instants as ISO 8601 with offset."""
    used: dict[str, list[str]] = {}
    for row in schedule.meetings:
        for group in (*row.required, *row.optional):
            for each in group.assigned:
                meetings = used.setdefault(each.reading.id, [])
                if row.id not in meetings:
                    meetings.append(row.id)
    content = {
        "version": VERSION,
        "course": _course(course),
        "term": _term(course),
        "staff": [_staff(each) for each in course.staff],
        "meetings": [_meeting(row, course) for row in schedule.meetings],
        "assignments": [],
        "deadlines": [],
        "presentations": None,
        "grading": [],
        "readings": [_reading(each, used.get(each.id, [])) for each in schedule.readings],
        "notes": [],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _course(course: Course) -> dict[str, Any]:
    return {
        "code": course.code,
        "title": course.title,
        "institution": course.institution,
        "language": course.language,
        "url": course.url,
        "repository": course.repository,
    }


def _term(course: Course) -> dict[str, Any]:
    term = course.term
    return {
        "name": term.name,
        "starts": term.starts.isoformat(),
        "ends": term.ends.isoformat(),
        "timezone": term.timezone,
        "status": "tentative" if term.tentative else None,
    }


def _staff(staff: Staff) -> dict[str, Any]:
    return {"name": staff.name, "role": staff.role, "affiliation": staff.affiliation, "url": staff.url}


def _guest(guest: Guest) -> dict[str, Any]:
    return {"name": guest.name, "affiliation": guest.affiliation, "url": guest.url}


def _meeting(row: Meeting, course: Course) -> dict[str, Any]:
    topic = row.written
    status = "tentative" if topic is not None and topic.status else None
    return {
        "id": row.id,
        "week": row.week,
        "number": row.number,
        "date": row.on.isoformat(),
        "start": _instant(row.starts_at),
        "end": _instant(row.ends_at),
        "kind": row.kind,
        "topic": row.topic,
        "unit": row.unit.title if row.unit is not None else None,
        "break": row.pause is not None,
        "status": status,
        "place": row.place,
        "lecturer": topic.lecturer if topic is not None else None,
        "guests": [_guest(each) for each in topic.guests] if topic is not None and row.leads else [],
        "presenters": {},
        "readings": {"required": _ids(row.required), "optional": _ids(row.optional)},
    }


def _ids(groups: tuple[Group, ...]) -> list[str]:
    return list(dict.fromkeys(each.reading.id for group in groups for each in group.assigned))


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _reading(reading: Reading, meetings: list[str]) -> dict[str, Any]:
    return {
        "id": reading.id,
        "title": reading.title,
        "url": reading.url,
        "authors": list(reading.authors),
        "venue": reading.venue,
        "year": reading.year,
        "meetings": meetings,
    }
