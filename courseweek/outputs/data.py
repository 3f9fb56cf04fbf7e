"""`course.json`: the dated course for other programs. Its shape is versioned and described in docs/course-json.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from courseweek import __version__
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.course import Course
from courseweek.model.grading import GradePart
from courseweek.model.meeting import Meeting, Schedule
from courseweek.model.page import Note
from courseweek.model.past_term import PastTerm
from courseweek.model.people import Guest, OfficeHours, Staff
from courseweek.model.reading import Group, Reading
from courseweek.plan.plan import Plan

PATH = "course.json"
VERSION = 1
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def export_course(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export, which every course has, with its maker."""
    return {PATH: make_course_json}


def make_course_json(plan: Plan) -> bytes:
    """Return `course.json` as UTF-8: rows in order of time, instants as ISO 8601 with offset, published notes only."""
    course, schedule = plan.course, plan.schedule
    used: dict[str, list[str]] = {}
    for row in schedule.meetings:
        for group in (*row.required, *row.optional):
            for each in group.assigned:
                meetings = used.setdefault(each.reading.id, [])
                if row.id not in meetings:
                    meetings.append(row.id)
    content = {
        "version": VERSION,
        "generator": f"Courseweek {__version__}",
        "course": _course(course),
        "term": _term(course),
        "staff": [_staff(each) for each in course.syllabus.staff],
        "meetings": [_meeting(row) for row in schedule.meetings],
        "assignments": [_assignment(each, schedule) for each in schedule.assignments],
        "deadlines": [_deadline(each) for each in schedule.deadlines],
        "presentations": _presentations(course, schedule),
        "grading": [
            {"scheme": each.name, "parts": [_part(part) for part in each.parts]} for each in course.syllabus.grading
        ],
        "readings": [_reading(each, used.get(each.id, [])) for each in schedule.readings],
        "notes": [_note(each) for each in plan.notes],
        "carried_over": sorted(course.carried),
        "past_terms": [_past_term(each) for each in course.past_terms],
    }
    return _write(content).encode("utf-8")


def _write(content: dict[str, Any]) -> str:
    """Return the JSON with each entry of a list on a line of its own, so that versions of it can be compared."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    lines = []
    for key, value in content.items():
        listed = isinstance(value, list) and value
        lines.append(f"{write(key)}: " + ("[\n" + ",\n".join(map(write, value)) + "\n]" if listed else write(value)))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _course(course: Course) -> dict[str, Any]:
    syllabus = course.syllabus
    return {
        "code": syllabus.code,
        "title": syllabus.title,
        "institution": syllabus.institution,
        "language": syllabus.language,
        "url": syllabus.url,
        "repository": syllabus.repository.url if syllabus.repository is not None else None,
    }


def _term(course: Course) -> dict[str, Any]:
    term = course.syllabus.term
    return {
        "name": term.name,
        "starts": term.starts.isoformat(),
        "ends": term.ends.isoformat(),
        "timezone": term.timezone,
        "status": "tentative" if term.tentative else None,
    }


def _staff(staff: Staff) -> dict[str, Any]:
    return {
        "name": staff.name,
        "role": staff.role,
        "affiliation": staff.affiliation,
        "url": staff.url,
        "email": staff.email,
        "office_hours": [_hours(each) for each in staff.office_hours],
    }


def _hours(office: OfficeHours) -> dict[str, Any]:
    time = office.time
    return {
        "days": [DAYS[day] for day in office.days],
        "start": f"{time.start:%H:%M}" if time is not None else None,
        "end": f"{time.end:%H:%M}" if time is not None else None,
        "place": office.place,
        "text": office.text,
    }


def _assignment(assignment: Assignment, schedule: Schedule) -> dict[str, Any]:
    once = assignment.each is None
    deadlines = [each for each in schedule.deadlines if once and each.assignment is assignment and each.kind != "out"]
    moved = {each.milestone.id if each.milestone is not None else None: _moved(each) for each in deadlines}
    return {
        "id": assignment.id,
        "title": assignment.title,
        "each": assignment.each.text if assignment.each is not None else None,
        "out": assignment.out.text if assignment.out is not None else None,
        "due": assignment.due.text if assignment.due is not None else None,
        **moved.get(None, _moved(None)),
        "for": assignment.owed_by,
        "group": assignment.group,
        "counts": assignment.counts,
        "form": assignment.form,
        "status": assignment.status,
        "milestones": [
            {
                "id": each.id,
                "title": each.title,
                **moved.get(each.id, _moved(None)),
                "weight": each.weight,
                "status": each.status,
            }
            for each in assignment.milestones
        ],
    }


def _moved(deadline: Deadline | None) -> dict[str, Any]:
    """Return when something was due before it was moved, and until when late work is accepted."""
    return {
        "was": _instant(deadline.was) if deadline is not None else None,
        "accepted_until": _instant(deadline.accepted_until) if deadline is not None else None,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "id": deadline.id,
        "assignment": deadline.assignment.id,
        "title": deadline.title,
        "kind": deadline.kind,
        "at": _instant(deadline.at),
        **_moved(deadline),
        "meeting": deadline.meeting,
        "for": deadline.assignment.owed_by,
    }


def _presentations(course: Course, schedule: Schedule) -> dict[str, Any] | None:
    rules = course.syllabus.presentations
    if rules is None:
        return None
    slots = schedule.board.slots if schedule.board is not None else ()
    return {
        "roles": [role.name for role in rules.roles],
        "group": list(rules.group) if rules.group is not None else None,
        "at_least": rules.at_least,
        "different": rules.different,
        "sign_up": rules.sign_up,
        "meetings": [slot.meeting for slot in slots],
    }


def _part(part: GradePart) -> dict[str, Any]:
    return {
        "name": part.name,
        "weight": float(part.weight) if part.weight is not None else None,
        "parts": [_part(each) for each in part.parts],
        "any_of": [_part(each) for each in part.any_of],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "url": f"{note.page.name}.html",
        "title": note.page.title,
        "reading": note.reading,
        "meeting": note.meeting,
        "author": note.author,
    }


def _past_term(term: PastTerm) -> dict[str, Any]:
    return {
        "name": term.title,
        "url": term.home,
        "starts": term.starts.isoformat() if term.starts is not None else None,
        "ends": term.ends.isoformat() if term.ends is not None else None,
    }


def _presenters(row: Meeting) -> dict[str, list[str]]:
    """Return the names by role; those without a role are under ""."""
    by_role: dict[str, list[str]] = {}
    for each in row.presenters:
        by_role.setdefault(each.role or "", []).append(each.name)
    return by_role


def _guest(guest: Guest) -> dict[str, Any]:
    return {"name": guest.name, "affiliation": guest.affiliation, "url": guest.url}


def _meeting(row: Meeting) -> dict[str, Any]:
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
        "presenters": _presenters(row),
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
