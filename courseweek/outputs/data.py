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
    return _spread(content) + "\n"


def _spread(content: object) -> str:
    """Return a value as JSON, with each entry on a line of its own if it is a list or holds other mappings."""
    if isinstance(content, list) and content:
        return "[\n" + ",\n".join(map(_dump, content)) + "\n]"
    if isinstance(content, dict) and any(isinstance(each, dict) for each in content.values()):
        return "{\n" + ",\n".join(f"{_dump(key)}: {_spread(value)}" for key, value in content.items()) + "\n}"
    return _dump(content)


_dump = json.JSONEncoder(ensure_ascii=False).encode
