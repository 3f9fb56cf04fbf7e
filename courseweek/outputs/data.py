"""`course.json`: the dated course for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from courseweek.model.course import Course
from courseweek.model.meeting import Schedule
from courseweek.plan.plan import Plan
from courseweek.published.course_data import describe_course

PATH = "course.json"


def export_course(course: Course, schedule: Schedule) -> dict[str, Callable[[Plan], bytes]]:
    """Return the one file of this export, which every course has, with its maker."""
    return {PATH: make_course_json}


def make_course_json(plan: Plan) -> bytes:
    """Return `course.json` as UTF-8, with each entry of a list on a line of its own."""
    return _write(describe_course(plan)).encode("utf-8")


def _write(content: dict[str, Any]) -> str:
    """Return the JSON with each entry of a list on a line of its own, so that versions of it can be compared."""
    write = json.JSONEncoder(ensure_ascii=False).encode
    lines = []
    for key, value in content.items():
        listed = isinstance(value, list) and value
        lines.append(f"{write(key)}: " + ("[\n" + ",\n".join(map(write, value)) + "\n]" if listed else write(value)))
    return "{\n" + ",\n".join(lines) + "\n}\n"
