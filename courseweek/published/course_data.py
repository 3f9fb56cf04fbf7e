"""The dated course as data, the content of `course.json`. Its shape is versioned, and in docs/course-json.md."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from courseweek import __version__
from courseweek.model.assignment import Assignment, Deadline
from courseweek.model.author import full_name
from courseweek.model.change import Change
from courseweek.model.course import Course
from courseweek.model.event import Event
from courseweek.model.grading import GradePart
from courseweek.model.link import Link
from courseweek.model.meeting import AnyMeeting, GroupMeeting, Meeting, Schedule, UndatedMeeting
from courseweek.model.page import Announcement, Note
from courseweek.model.past_term import PastTerm
from courseweek.model.people import Guest, OfficeHours, Staff, WeeklyHour, list_weekly_hours
from courseweek.model.reading import Group, Reading
from courseweek.plan.plan import Plan, path_of_asset
from courseweek.published.stamps import StampedEvents, stamp_events
from courseweek.schedule.deadlines import NEVER

VERSION = 2
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def describe_course(plan: Plan) -> dict[str, Any]:
    """Return the content of `course.json` as of `plan.now`: values of JSON, rows in order of time, nothing withheld.

    Instants are texts in ISO 8601 with offset.
    """
    course = plan.course
    dates = describe_dates(course, plan.schedule, plan.now)
    content = {
        "version": VERSION,
        "generator": f"Courseweek {__version__}",
        **{key: dates.pop(key) for key in ("course", "term")},
        "staff": [_staff(each) for each in course.syllabus.staff],
        "office_hours": [
            _weekly_hour(each) for each in list_weekly_hours(course.syllabus.staff, course.syllabus.office_hours)
        ],
        **{key: dates.pop(key) for key in ("meetings", "events", "assignments", "deadlines")},
        "presentations": _presentations(course, plan.schedule),
        "grading": [
            {"scheme": each.name, "parts": [_part(part) for part in each.parts]} for each in course.syllabus.grading
        ],
        **dates,
        "notes": [_note(each) for each in plan.notes],
        "announcements": [_announcement(each) for each in plan.announcements if each not in plan.to_come],
        "carried_over": sorted(id for id in course.carried if "/" not in id),
        "past_terms": [_past_term(each) for each in course.past_terms],
        "changes": [describe_change(each) for each in plan.changes],
    }
    stamped = stamp_events(plan)
    return {**_add_changes(content, stamped, course.syllabus.term.zone), "memory": stamped.describe()}


def _add_changes(content: dict[str, Any], stamped: StampedEvents, zone: ZoneInfo) -> dict[str, Any]:
    """Return the content with when the event of each entry last changed."""
    found = {key: at.astimezone(zone).isoformat() for key, at in stamped.find_changes().items()}
    added = {
        section: [each | {"changed_at": found[section, each["id"]]} for each in content[section]]
        for section in ("meetings", "events", "deadlines")
    }
    hours = enumerate(content["office_hours"])
    added["office_hours"] = [each | {"changed_at": found["office_hours", str(place)]} for place, each in hours]
    return content | added


def describe_dates(course: Course, schedule: Schedule, now: datetime) -> dict[str, Any]:
    """Return the part of `course.json` in which students look for changes: what takes place, is due, and is read."""
    used: dict[str, list[str]] = {}
    for row in schedule.all_meetings:
        for group in (*row.required, *row.optional):
            for each in group.assigned:
                meetings = used.setdefault(each.reading.id, [])
                if row.id not in meetings:
                    meetings.append(row.id)
    return {
        **describe_course_and_term(course),
        "meetings": [
            *(_meeting(row, now) for row in schedule.meetings),
            *(_undated(row, now) for row in schedule.undated),
        ],
        "events": [_event(each) for each in schedule.events],
        "assignments": [_assignment(each, schedule) for each in schedule.assignments],
        "deadlines": [_deadline(each) for each in schedule.deadlines],
        "readings": [_reading(each, used.get(each.id, [])) for each in schedule.readings],
    }


def describe_course_and_term(course: Course) -> dict[str, Any]:
    """Return the part of `course.json` by which a course and its term are known."""
    return {"course": _course(course), "term": _term(course)}


def describe_change(change: Change) -> dict[str, Any]:
    """Return a change as `course.json` has it."""
    return {
        "id": change.id,
        "at": change.at.isoformat(),
        "kind": change.kind,
        "ids": list(change.ids),
        "text": change.text,
        "was": change.was,
        "details": list(change.details),
        "href": change.href,
    }


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
        "pronouns": staff.pronouns,
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


def _weekly_hour(hour: WeeklyHour) -> dict[str, Any]:
    return {
        "day": DAYS[hour.day],
        "start": f"{hour.time.start:%H:%M}" if hour.time is not None else None,
        "end": f"{hour.time.end:%H:%M}" if hour.time is not None else None,
        "place": hour.place,
        "who": list(hour.who),
        "note": hour.note,
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


def _announcement(announcement: Announcement) -> dict[str, Any]:
    return {
        "id": announcement.id,
        "date": announcement.on.isoformat(),
        "title": announcement.page.title,
        "meeting": announcement.meeting,
        "until": announcement.until.isoformat() if announcement.until is not None else None,
    }


def _past_term(term: PastTerm) -> dict[str, Any]:
    return {
        "name": term.title,
        "url": term.home,
        "starts": term.starts.isoformat() if term.starts is not None else None,
        "ends": term.ends.isoformat() if term.ends is not None else None,
    }


def _presenters(row: AnyMeeting) -> dict[str, list[str]]:
    """Return the names by role; those without a role are under ""."""
    by_role: dict[str, list[str]] = {}
    for each in row.presenters:
        by_role.setdefault(each.role or "", []).append(each.name)
    return by_role


def _guest(guest: Guest) -> dict[str, Any]:
    return {"name": guest.name, "affiliation": guest.affiliation, "url": guest.url}


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "name": event.name,
        "date": event.starts.isoformat(),
        "end_date": event.ends.isoformat(),
        "start": _instant(event.starts_at),
        "end": _instant(event.ends_at),
        "place": event.place,
        "url": event.url,
    }


def _material(link: Link, at: datetime | None, now: datetime) -> dict[str, Any]:
    return {
        "label": link.label,
        "url": None if at is not None and at > now else _address(link.url, asset=link.asset),
        "access": link.access,
        "publish_on": _instant(at) if at != NEVER else None,
    }


def _address(url: str | None, *, asset: bool) -> str | None:
    """Return an address, or the path of a file in the site."""
    return path_of_asset(url) if asset and url is not None else url


def _meeting(row: Meeting, now: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "week": row.week,
        "number": row.number,
        "date": row.on.isoformat(),
        "end_date": row.pause.ends.isoformat() if row.pause is not None else None,
        "start": _instant(row.starts_at),
        "end": _instant(row.ends_at),
        "until": _instant(row.until),
        "same_day": row.same_day,
        **_facts_of_meeting(row, now),
    }


def _undated(row: UndatedMeeting, now: datetime) -> dict[str, Any]:
    """Return a meeting that is not yet scheduled: it has the keys of any other."""
    when = dict.fromkeys(("week", "number", "date", "end_date", "start", "end", "until", "same_day"))
    return {"id": row.id, **when, **_facts_of_meeting(row, now)}


def _facts_of_meeting(row: AnyMeeting, now: datetime) -> dict[str, Any]:
    """Return what is said of a meeting or a break whatever its day."""
    topic = row.written
    status = "tentative" if topic is not None and topic.status else None
    lecturers = topic.lecturers if topic is not None else ()
    return {
        "kind": row.kind,
        "topic": row.topic,
        "unit": row.unit.title if row.unit is not None else None,
        "break": row.pause is not None,
        "exam": row.exam,
        "status": status,
        "place": row.place,
        "groups": [_group(each) for each in row.groups],
        "lecturer": ", ".join(lecturers) or None,
        "lecturers": list(lecturers),
        "guests": [_guest(each) for each in topic.guests] if topic is not None and row.leads else [],
        "presenters": _presenters(row),
        "materials": [_material(link, at, now) for link, at in row.materials],
        "readings": {"required": _ids(row.required), "optional": _ids(row.optional)},
    }


def _group(group: GroupMeeting) -> dict[str, Any]:
    return {
        "name": group.name,
        "date": group.on.isoformat(),
        "start": _instant(group.starts_at),
        "end": _instant(group.ends_at),
        "place": group.place,
        "leader": group.leader,
        "cancelled": group.canceled,
    }


def _ids(groups: tuple[Group, ...]) -> list[str]:
    return list(dict.fromkeys(each.reading.id for group in groups for each in group.assigned))


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _reading(reading: Reading, meetings: list[str]) -> dict[str, Any]:
    return {
        "id": reading.id,
        "title": reading.title,
        "url": _address(reading.url, asset=reading.asset),
        "authors": list(map(full_name, reading.authors)),
        "venue": reading.venue,
        "in": reading.book,
        "editors": list(map(full_name, reading.editors)),
        "publisher": reading.publisher,
        "edition": reading.edition,
        "year": reading.year,
        "minutes": reading.minutes,
        "language": reading.language,
        "meetings": meetings,
    }
