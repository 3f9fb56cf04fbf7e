"""`readings.js`: what is read for each meeting, and the words of the boxes that students tick, for `ticks.js`.

It is a script for the same reasons as `search.js`. The ids of readings are here, so the pages need not have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from zlib import crc32

from courseweek.model.course import Course
from courseweek.model.meeting import AnyMeeting, Schedule
from courseweek.model.reading import Group
from courseweek.outputs.search import write_for_script
from courseweek.plan.plan import READINGS_SCRIPT, Plan
from courseweek.render.views.choices import name_in_storage


def export_ticks(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export with its maker; none where nothing is read."""
    return {READINGS_SCRIPT: make_readings_script} if any(map(_has_readings, schedule.all_meetings)) else {}


def make_readings_script(plan: Plan) -> bytes:
    """Return the script with the readings and, by their places among these, those of each meeting.

    A reading has its id, its title and the sum of its address, which is "" where another one has the same address.
    """
    rows = [row for row in plan.schedule.all_meetings if _has_readings(row)]
    used = {
        each.reading.id: each.reading
        for row in rows
        for group in (*row.required, *row.optional)
        for each in group.assigned
    }
    places = {id: place for place, id in enumerate(used)}
    addresses = Counter(each.url for each in used.values())

    def list_places(groups: Iterable[Group]) -> list[int]:
        return [places[each.reading.id] for group in groups for each in group.assigned]

    readings = [
        [each.id, each.title, _sum(each.url) if each.url and addresses[each.url] == 1 else ""] for each in used.values()
    ]
    meetings = [[row.id, list_places(row.required), list_places(row.optional)] for row in rows]
    # With the kind in front: what begins with course and term makes pages load the script of the choices.
    key = f"courseweek:read:{name_in_storage(plan.course.syllabus)}"
    return (
        f"window.courseReadings={{key:{write_for_script(key)},words:{write_for_script(_list_words(plan))},\n"
        f"readings:[\n{_write_lines(readings)}\n],\nmeetings:[\n{_write_lines(meetings)}\n]}};\n"
    ).encode()


def _has_readings(row: AnyMeeting) -> bool:
    return bool(row.required or row.optional)


def _sum(address: str) -> str:
    return f"{crc32(address.encode('utf-8', 'surrogatepass')):08x}"


def _write_lines(entries: Iterable[Any]) -> str:
    return ",\n".join(map(write_for_script, entries))


def _list_words(plan: Plan) -> dict[str, str]:
    """Return the words of the boxes and of the student's own list, by what they are for."""
    gettext = plan.locale.gettext
    return {
        "box": gettext("Read: {title}", title="{title}"),
        "count": gettext("{count} of {total} read", count="{count}", total="{total}"),
        "mine": gettext("My list: {count} of {total} read", count="{count}", total="{total}"),
        "where": gettext("What you tick is kept in this browser only."),
        "text": gettext("Save as text"),
        "ticks": gettext("Save for another browser"),
        "load": gettext("Load a saved list"),
        "loaded": gettext("The list is loaded."),
        "refused": gettext("This file is not a list saved from this course and term."),
    }
